#pragma once

#include "core/error.hpp"

#include <string>
#include <string_view>

namespace personalify::crypto {

/// Seals a secret so that whoever knows the passphrase may open it: scrypt (N = 2^16, r = 8, p = 1, a salt of
/// 16 random bytes) makes the key, SecretBox seals. Takes 64 MiB and a moment. `context` as SecretBox's.
std::string seal_with_passphrase(std::string_view secret, std::string_view passphrase,
                                 std::string_view context);

/// internal error when the passphrase, the context or the bytes do not fit.
Result<std::string> open_with_passphrase(std::string_view sealed, std::string_view passphrase,
                                         std::string_view context);

} // namespace personalify::crypto
