#pragma once

#include "http/message.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::api {

struct Inflated;

/// A file that lives in the binary.
struct Asset {
    std::string_view name; ///< below /assets/
    std::string_view type;
    std::string_view bytes;
    bool gzipped = false;                         ///< the bytes are a gzip stream
    std::string etag = {};                        ///< strong, of the bytes
    std::shared_ptr<Inflated> inflated = nullptr; ///< of a gzip stream, made for the first who needs it
};

/// The page's files and the API page's bundle.
const std::vector<Asset>& assets();

/// The file with ETag, 304 where the client has it, and inflated for a client that can't read gzip.
http::Response serve_asset(const Asset& asset, const http::Request& request);

} // namespace personalify::api
