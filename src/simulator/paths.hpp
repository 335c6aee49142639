#pragma once

#include <optional>
#include <string_view>

namespace personalify::simulator {

/// What stands for "{id}" (one segment, as received), or "" if the pattern has none; nullopt if the path is
/// another's.
inline std::optional<std::string_view> match_path(std::string_view pattern, std::string_view path) {
    constexpr std::string_view hole = "{id}";
    const auto at = pattern.find(hole);
    if (at == std::string_view::npos) {
        return path == pattern ? std::optional{std::string_view{}} : std::nullopt;
    }
    const std::string_view tail = pattern.substr(at + hole.size());
    if (path.size() <= at + tail.size() || !path.starts_with(pattern.substr(0, at)) ||
        !path.ends_with(tail)) {
        return std::nullopt;
    }
    const std::string_view id = path.substr(at, path.size() - at - tail.size());
    return id.contains('/') ? std::nullopt : std::optional{id};
}

} // namespace personalify::simulator
