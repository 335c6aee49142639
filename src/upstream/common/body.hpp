#pragma once

#include "net/http_client.hpp"

#include <string>
#include <string_view>

/// Answers that may be anything: JSON, text, a proxy's HTML.
namespace personalify::upstream {

/// Whether the content type is JSON's, or not told.
bool claims_json(const net::HttpReply& reply);

/// One line of text without control characters, cut to 200 bytes; "" for markup, which nobody should see.
std::string readable(std::string_view text);

} // namespace personalify::upstream
