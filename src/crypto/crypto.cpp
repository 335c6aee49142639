#include "crypto/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <stdexcept>

namespace personalify::crypto {

namespace {

constexpr char sealed_version = 1;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::size_t random_token_bytes = 32;
/// Tells this key from any other that may be derived from the same secret one day.
constexpr std::string_view key_purpose = "personalify SecretBox v1";

struct Free {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
    void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
    void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free>;
using Kdf = std::unique_ptr<EVP_KDF, Free>;
using KdfContext = std::unique_ptr<EVP_KDF_CTX, Free>;

void require(bool done, const char* what) {
    if (!done) {
        throw std::runtime_error(std::string{"OpenSSL failed: "} + what);
    }
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

int length(std::size_t size) {
    require(size <= static_cast<std::size_t>(std::numeric_limits<int>::max()), "input too long");
    return static_cast<int>(size);
}

/// Value of a base64 digit, or -1.
int digit_value(char c) {
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/// A context set up with the key, the nonce, and the version byte and context as authenticated data.
CipherContext start(const Digest& key, std::string_view header, std::string_view context, bool encrypt) {
    CipherContext cipher{EVP_CIPHER_CTX_new()};
    require(cipher != nullptr, "EVP_CIPHER_CTX_new");
    const std::string_view nonce = header.substr(1);
    require(EVP_CipherInit_ex2(cipher.get(), EVP_aes_256_gcm(), key.data(), bytes_of(nonce), encrypt ? 1 : 0,
                               nullptr) == 1,
            "AES-256-GCM init");
    int written = 0;
    require(EVP_CipherUpdate(cipher.get(), nullptr, &written, bytes_of(header), 1) == 1,
            "AES-256-GCM version");
    require(EVP_CipherUpdate(cipher.get(), nullptr, &written, bytes_of(context), length(context.size())) == 1,
            "AES-256-GCM context");
    return cipher;
}

} // namespace

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    require(RAND_bytes(bytes_of(bytes), length(count)) == 1, "RAND_bytes");
    return bytes;
}

std::string random_token() {
    return base64url(random_bytes(random_token_bytes));
}

std::string base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0'); // EVP_EncodeBlock ends it with a NUL
    const int size = EVP_EncodeBlock(bytes_of(text), bytes_of(bytes), length(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::string base64url(std::string_view bytes) {
    std::string text = base64(bytes);
    text.resize(std::min(text.size(), text.find('=')));
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

Result<std::string> base64_decode(std::string_view text) {
    const auto invalid = [] { return fail(Errc::invalid_argument, "Not valid base64."); };
    if (text.size() % 4 != 0) {
        return invalid();
    }
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    unsigned bits = 0;
    int bit_count = 0;
    for (const char c : text.substr(0, text.size() - padding)) {
        const int value = digit_value(c);
        if (value < 0) {
            return invalid();
        }
        bits = (bits << 6 | static_cast<unsigned>(value)) & 0xffffU;
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            bytes.push_back(static_cast<char>(bits >> bit_count & 0xffU));
        }
    }
    if ((bits & ((1U << bit_count) - 1)) != 0) { // bits that no encoder writes: two texts for the same bytes
        return invalid();
    }
    return bytes;
}

Digest sha256(std::string_view bytes) {
    Digest digest{};
    unsigned size = 0;
    require(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1 &&
                size == digest.size(),
            "SHA-256");
    return digest;
}

std::string sha256_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * std::tuple_size_v<Digest>);
    for (const unsigned char byte : sha256(bytes)) {
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 0xf]);
    }
    return text;
}

std::string pkce_challenge(std::string_view verifier) {
    const Digest digest = sha256(verifier);
    return base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

bool equal_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

SecretBox::SecretBox(std::string_view key_material) {
    const Kdf kdf{EVP_KDF_fetch(nullptr, OSSL_KDF_NAME_HKDF, nullptr)};
    require(kdf != nullptr, "HKDF");
    const KdfContext context{EVP_KDF_CTX_new(kdf.get())};
    require(context != nullptr, "EVP_KDF_CTX_new");
    // OSSL_PARAM takes pointers to what it only reads, without const.
    std::string digest = "SHA256";
    std::string material{key_material};
    std::string purpose{key_purpose};
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), digest.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, material.data(), material.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, purpose.data(), purpose.size()),
        OSSL_PARAM_construct_end(),
    };
    const bool derived = EVP_KDF_derive(context.get(), key_.data(), key_.size(), params) == 1;
    OPENSSL_cleanse(material.data(), material.size());
    require(derived, "HKDF-SHA-256");
}

std::string SecretBox::seal(std::string_view plain, std::string_view context) const {
    std::string sealed(1, sealed_version);
    sealed += random_bytes(nonce_size);
    const CipherContext cipher = start(key_, sealed, context, true);
    const std::size_t header_size = sealed.size();
    sealed.resize(header_size + plain.size() + tag_size);
    int written = 0;
    require(EVP_EncryptUpdate(cipher.get(), bytes_of(sealed) + header_size, &written, bytes_of(plain),
                              length(plain.size())) == 1,
            "AES-256-GCM encrypt");
    unsigned char* const tag = bytes_of(sealed) + header_size + plain.size();
    require(EVP_EncryptFinal_ex(cipher.get(), tag, &written) == 1, "AES-256-GCM finish");
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, length(tag_size), tag) == 1,
            "AES-256-GCM tag");
    return sealed;
}

Result<std::string> SecretBox::open(std::string_view sealed, std::string_view context) const {
    const auto refuse = [](const char* why) {
        return fail(Errc::internal, "A stored secret cannot be read.", why);
    };
    constexpr std::size_t header_size = 1 + nonce_size;
    if (sealed.size() < header_size + tag_size) {
        return refuse("sealed text is too short");
    }
    if (sealed.front() != sealed_version) {
        return refuse("sealed text has an unknown version");
    }
    const std::string_view secret = sealed.substr(header_size, sealed.size() - header_size - tag_size);
    std::string tag{sealed.substr(sealed.size() - tag_size)};
    const CipherContext cipher = start(key_, sealed.substr(0, header_size), context, false);
    std::string plain(secret.size(), '\0');
    int written = 0;
    require(EVP_DecryptUpdate(cipher.get(), bytes_of(plain), &written, bytes_of(secret),
                              length(secret.size())) == 1,
            "AES-256-GCM decrypt");
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, length(tag_size), tag.data()) == 1,
            "AES-256-GCM set tag");
    if (EVP_DecryptFinal_ex(cipher.get(), bytes_of(plain) + plain.size(), &written) != 1) {
        return refuse("the key or the context does not fit the sealed text");
    }
    return plain;
}

} // namespace personalify::crypto
