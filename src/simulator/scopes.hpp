#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::simulator {

/// A wish of an app, for the consent page.
struct Scope {
    std::string_view name;
    std::string_view words; ///< what the app may do, as the end of "... would like to see or change"
};

/// Null if Spotify has no such scope.
const Scope* find_scope(std::string_view name);

/// The scopes of an authorization request (separated by spaces), sorted, without repeats; nullopt if one is
/// unknown.
std::optional<std::vector<std::string>> parse_scopes(std::string_view text);

} // namespace personalify::simulator
