#pragma once

#include <string>
#include <string_view>

namespace personalify::http {

/// A strong entity tag (RFC 9110, 8.8.3) out of the bytes: quoted, 32 hexadecimal digits. Equal on every
/// replica. Not a cryptographic hash: it tells versions of one answer apart, and guards nothing.
std::string make_etag(std::string_view bytes);

/// Whether an If-None-Match names the tag, or is `*`. Compared weakly, as the header asks (RFC 9110, 13.1.2).
bool names_etag(std::string_view if_none_match, std::string_view etag);

} // namespace personalify::http
