#pragma once

#include "core/error.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

/// Cryptographic primitives, all from OpenSSL 3.
namespace personalify::crypto {

using Digest = std::array<unsigned char, 32>;

/// `count` random bytes from the system's generator.
std::string random_bytes(std::size_t count);

/// 256 random bits as 43 characters of base64url: session tokens, states, one-time codes.
std::string random_token();

/// Base64url without padding (RFC 4648, section 5).
std::string base64url(std::string_view bytes);
/// Standard base64 with padding (RFC 4648, section 4), for Basic credentials.
std::string base64(std::string_view bytes);
/// Inverse of base64; invalid_argument for anything that is not base64 with padding.
Result<std::string> base64_decode(std::string_view text);

Digest sha256(std::string_view bytes);
/// SHA-256 as 64 lower-case hexadecimal digits: the form in which session tokens are stored.
std::string sha256_hex(std::string_view bytes);

/// PKCE challenge: base64url(SHA-256(verifier)) (RFC 7636, section 4.2, S256).
std::string pkce_challenge(std::string_view verifier);

/// Compares without telling by its time where the texts differ.
bool equal_constant_time(std::string_view a, std::string_view b);

/// Seals small secrets with AES-256-GCM. The sealed form is version byte, nonce (12), ciphertext, tag (16).
/// `context` is authenticated but not stored: a text sealed for one user does not open for another.
class SecretBox {
public:
    /// `key_material` of any length (APP_SECRET, or the generated key file); the key is its HKDF-SHA-256.
    explicit SecretBox(std::string_view key_material);

    std::string seal(std::string_view plain, std::string_view context) const;
    /// internal error when the key, the context or the bytes do not fit.
    Result<std::string> open(std::string_view sealed, std::string_view context) const;

private:
    Digest key_{};
};

} // namespace personalify::crypto
