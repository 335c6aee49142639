#include "crypto/passphrase.hpp"

#include "crypto/crypto.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <cstdint>
#include <stdexcept>

namespace personalify::crypto {

namespace {

constexpr std::size_t salt_size = 16;
constexpr std::uint64_t cost = 1U << 16U;
constexpr std::uint64_t block_size = 8;
constexpr std::uint64_t parallel = 1;
constexpr std::uint64_t memory_limit = 80ULL * 1024 * 1024;

SecretBox box_of(std::string_view passphrase, std::string_view salt) {
    Digest key{};
    const int derived = EVP_PBE_scrypt(passphrase.data(), passphrase.size(),
                                       reinterpret_cast<const unsigned char*>(salt.data()), salt.size(), cost,
                                       block_size, parallel, memory_limit, key.data(), key.size());
    if (derived != 1) {
        throw std::runtime_error("scrypt failed");
    }
    SecretBox box{{reinterpret_cast<const char*>(key.data()), key.size()}};
    OPENSSL_cleanse(key.data(), key.size());
    return box;
}

} // namespace

std::string seal_with_passphrase(std::string_view secret, std::string_view passphrase,
                                 std::string_view context) {
    const std::string salt = random_bytes(salt_size);
    return salt + box_of(passphrase, salt).seal(secret, context);
}

Result<std::string> open_with_passphrase(std::string_view sealed, std::string_view passphrase,
                                         std::string_view context) {
    if (sealed.size() < salt_size) {
        return fail(Errc::internal, "A stored secret cannot be read.", "sealed text is too short");
    }
    return box_of(passphrase, sealed.substr(0, salt_size)).open(sealed.substr(salt_size), context);
}

} // namespace personalify::crypto
