#include "upstream/translate/entities.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace personalify::translate {

namespace {

constexpr std::size_t longest_entity = 10; ///< between & and ;

std::string utf8_of(std::uint32_t point) {
    const auto byte = [](std::uint32_t value) {
        return static_cast<char>(static_cast<unsigned char>(value));
    };
    if (point < 0x80) {
        return {byte(point)};
    }
    if (point < 0x800) {
        return {byte(0xC0U | point >> 6U), byte(0x80U | (point & 0x3FU))};
    }
    if (point < 0x10000) {
        return {byte(0xE0U | point >> 12U), byte(0x80U | (point >> 6U & 0x3FU)),
                byte(0x80U | (point & 0x3FU))};
    }
    return {byte(0xF0U | point >> 18U), byte(0x80U | (point >> 12U & 0x3FU)),
            byte(0x80U | (point >> 6U & 0x3FU)), byte(0x80U | (point & 0x3FU))};
}

/// What an entity's name or number stands for; "" when it is none.
std::string meaning_of(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> named{
        {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", "\u00A0"}}};
    for (const auto& [each, meaning] : named) {
        if (name == each) {
            return std::string{meaning};
        }
    }
    if (!name.starts_with('#')) {
        return {};
    }
    name.remove_prefix(1);
    const bool hex = name.starts_with('x') || name.starts_with('X');
    name.remove_prefix(hex ? 1 : 0);
    std::uint32_t point = 0;
    const char* end = name.data() + name.size();
    const auto [at, problem] = std::from_chars(name.data(), end, point, hex ? 16 : 10);
    const bool is_character = problem == std::errc{} && at == end && point > 0 && point <= 0x10FFFF &&
                              (point < 0xD800 || point > 0xDFFF);
    return is_character ? utf8_of(point) : std::string{};
}

/// The entity that begins at `from` (a '&'): its length with & and ;, and its meaning.
std::pair<std::size_t, std::string> entity_at(std::string_view text, std::size_t from) {
    const std::string_view rest = text.substr(from + 1, longest_entity + 1);
    const std::size_t end = rest.find(';');
    if (end == std::string_view::npos) {
        return {0, {}};
    }
    return {end + 2, meaning_of(rest.substr(0, end))};
}

} // namespace

bool has_entity(std::string_view text) {
    for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
        if (!entity_at(text, at).second.empty()) {
            return true;
        }
    }
    return false;
}

std::string without_entities(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '&') {
            const auto [length, meaning] = entity_at(text, i);
            if (!meaning.empty()) {
                out += meaning;
                i += length;
                continue;
            }
        }
        out += text[i++];
    }
    return out;
}

} // namespace personalify::translate
