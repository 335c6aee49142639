#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace personalify::simulator {

/// The bytes as one gzip member (RFC 1952).
std::string gzip(std::string_view bytes);

/// A JSON text of `mebibytes` MiB, nearly all of it spaces, as one gzip member about a thousandth the size.
std::string gzip_bomb(std::size_t mebibytes);

} // namespace personalify::simulator
