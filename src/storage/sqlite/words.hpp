#pragma once

#include "json/describe.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace personalify::storage {

/// The word of an enumeration's value, as stored.
template <class E>
std::string_view word_of(E value) {
    constexpr auto values = json::enum_values<E>();
    constexpr auto names = json::enum_names<E>();
    return names[static_cast<std::size_t>(std::ranges::find(values, value) - values.begin())];
}

/// Its inverse; nullopt for a word that is none.
template <class E>
std::optional<E> from_word(std::string_view word) {
    constexpr auto values = json::enum_values<E>();
    constexpr auto names = json::enum_names<E>();
    const auto at = std::ranges::find(names, word);
    return at == names.end() ? std::nullopt
                             : std::optional{values[static_cast<std::size_t>(at - names.begin())]};
}

} // namespace personalify::storage
