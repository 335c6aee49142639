#include "simulator/scopes.hpp"

#include <algorithm>

namespace personalify::simulator {
namespace {

constexpr Scope scopes[] = {
    {"app-remote-control", "Control playback on this device"},
    {"playlist-modify-private", "Change your private playlists"},
    {"playlist-modify-public", "Change your public playlists"},
    {"playlist-read-collaborative", "See the playlists you share with others"},
    {"playlist-read-private", "See your private playlists"},
    {"streaming", "Play music in its own player"},
    {"ugc-image-upload", "Upload pictures for you"},
    {"user-follow-modify", "Change whom you follow"},
    {"user-follow-read", "See whom you follow"},
    {"user-library-modify", "Change your library"},
    {"user-library-read", "See your library"},
    {"user-modify-playback-state", "Control what your devices play"},
    {"user-read-currently-playing", "See what is playing right now"},
    {"user-read-email", "See your e-mail address"},
    {"user-read-playback-position", "See where you stopped in an episode"},
    {"user-read-playback-state", "See your devices and what they play"},
    {"user-read-private", "See your country and your subscription"},
    {"user-read-recently-played", "See what you played lately"},
    {"user-top-read", "See your top artists and tracks"},
};

} // namespace

const Scope* find_scope(std::string_view name) {
    const auto* found = std::ranges::find(scopes, name, &Scope::name);
    return found == std::end(scopes) ? nullptr : found;
}

std::optional<std::vector<std::string>> parse_scopes(std::string_view text) {
    std::vector<std::string> names;
    while (!text.empty()) {
        const std::string_view name = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(name.size() + 1, text.size()));
        if (name.empty()) {
            continue;
        }
        if (find_scope(name) == nullptr) {
            return std::nullopt;
        }
        names.emplace_back(name);
    }
    std::ranges::sort(names);
    const auto repeats = std::ranges::unique(names);
    names.erase(repeats.begin(), repeats.end());
    return names;
}

} // namespace personalify::simulator
