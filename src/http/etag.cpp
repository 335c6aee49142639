#include "http/etag.hpp"

#include "http/text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace personalify::http {

namespace {

__extension__ using Wide = unsigned __int128;

/// Both halves of the product, folded together.
std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t word_at(std::string_view bytes, std::size_t at) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, std::min<std::size_t>(8, bytes.size() - at));
    return word;
}

// The first fractional digits of pi, in hexadecimal: odd, and chosen by nobody.
constexpr std::uint64_t key_a = 0x243F6A8885A308D3;
constexpr std::uint64_t key_b = 0x13198A2E03707345;
constexpr std::uint64_t key_c = 0xA4093822299F31D1;
constexpr std::uint64_t key_d = 0x082EFA98EC4E6C89;

void append_hex(std::string& out, std::uint64_t word) {
    for (int shift = 60; shift >= 0; shift -= 4) {
        out += "0123456789abcdef"[(word >> static_cast<unsigned>(shift)) & 15U];
    }
}

} // namespace

std::string make_etag(std::string_view bytes) {
    std::uint64_t left = key_a ^ bytes.size();
    std::uint64_t right = key_b + bytes.size();
    std::size_t at = 0;
    for (; at + 8 < bytes.size(); at += 16) {
        const std::uint64_t first = word_at(bytes, at);
        const std::uint64_t second = word_at(bytes, at + 8);
        left = fold(left ^ first, key_c ^ second) + right;
        right = fold(right ^ second, key_d ^ first) ^ (left << 1U);
    }
    if (at < bytes.size()) {
        const std::uint64_t last = word_at(bytes, at);
        left = fold(left ^ last, key_c) + right;
        right = fold(right ^ last, key_d) ^ (left << 1U);
    }
    std::string tag = "\"";
    append_hex(tag, fold(left ^ key_b, right ^ key_c));
    append_hex(tag, fold(right ^ key_a, left ^ key_d));
    tag += '"';
    return tag;
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
    const auto opaque = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
    // Tags of ours hold no comma; another server's that does is none of ours either way.
    std::optional<std::string_view> rest = if_none_match;
    while (const auto tag = next_item(rest, ',')) {
        if (*tag == "*" || (!tag->empty() && opaque(*tag) == opaque(etag))) {
            return true;
        }
    }
    return false;
}

} // namespace personalify::http
