#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Repeatable chance for the invented world: integers only, so every platform builds the same one.
namespace personalify::simulator {

/// One step of splitmix64: advances `state`, returns 64 well mixed bits.
constexpr std::uint64_t splitmix64(std::uint64_t& state) {
    state += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
}

/// FNV-1a of the bytes, mixed once more since its low bits alone are poor.
constexpr std::uint64_t hash_text(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char byte : text) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 0x100000001b3U;
    }
    return splitmix64(hash);
}

/// Hash of several texts; ("ab", "c") differs from ("a", "bc").
template <class... Texts>
constexpr std::uint64_t hash_texts(const Texts&... texts) {
    std::uint64_t hash = 0x5eed5eed5eed5eedU;
    ((hash ^= hash_text(texts), hash = splitmix64(hash)), ...);
    return hash;
}

/// An id as Spotify's: 128 bits in 22 digits of base62, most significant first; a function of the texts.
std::string make_id(std::string_view kind, std::string_view owner, std::string_view name);

/// A stream of chance from one seed. Draw once in an argument list or expression at most: compilers differ in
/// the order in which they evaluate the rest.
class Random {
public:
    explicit constexpr Random(std::uint64_t seed)
        : state_(seed) {}

    /// Uniform in [low, high]; needs low <= high. The bias of the modulo is far below what anyone could see.
    constexpr int between(int low, int high) {
        const auto width = static_cast<std::uint64_t>(static_cast<std::int64_t>(high) - low + 1);
        return static_cast<int>(low + static_cast<std::int64_t>(splitmix64(state_) % width));
    }

    constexpr bool percent(int chance) { return between(0, 99) < chance; }

private:
    std::uint64_t state_;
};

} // namespace personalify::simulator
