#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace personalify::http {

/// Content codings that we write (RFC 9110, 8.4.1; RFC 7932).
enum class Encoding : std::uint8_t { identity, gzip, br };

/// "" for identity.
std::string_view to_string(Encoding encoding);

/// The smallest that an Accept-Encoding header allows; identity when it names none of them, or is not there
/// ("").
Encoding negotiate_encoding(std::string_view accept_encoding);

/// The bytes, compressed at a level fit for small bodies; empty when the library failed.
std::string encode(Encoding encoding, std::string_view bytes);

} // namespace personalify::http
