#pragma once

#include "simulator/catalogue.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// The people who can sign in to the simulated Spotify, and what they listen to.
namespace personalify::simulator {

/// Spotify's windows: about four weeks, six months, a year.
enum class TimeRange : std::uint8_t { short_term, medium_term, long_term };

std::string_view to_string(TimeRange range); ///< "short_term", "medium_term", "long_term"

/// Null for any other text.
std::optional<TimeRange> parse_time_range(std::string_view text);

/// What a listener likes; private to listeners.cpp.
struct Taste;

struct Listener {
    std::string_view id;         ///< may hold any characters: encode it in paths
    std::string_view account_id; ///< immutable, plain letters and digits
    std::optional<std::string_view> display_name;
    std::string_view email;   ///< at example.org
    std::string_view country; ///< two letters
    std::string_view product; ///< "premium" or "free"
    int followers = 0;
    bool has_portrait = false;    ///< false: `images` is empty
    std::string_view blurb;       ///< one line for the sign-in page
    const Taste* taste = nullptr; ///< null: a newcomer who has played nothing
};

/// Everybody, in the order of the sign-in page.
std::span<const Listener> listeners();

/// Null if there is no such listener.
const Listener* find_listener(std::string_view id);

/// The listener's artists, best first, no repeats: 50-70, or none for a newcomer. Same answer every time and
/// on every platform. The ranges differ as they do in life: the longer one is steadier, the short one
/// restless.
std::vector<const Artist*> top_artists(const Listener& listener, TimeRange range);

/// As top_artists. Recent releases weigh more in the short range, old ones in the long.
std::vector<const Track*> top_tracks(const Listener& listener, TimeRange range);

} // namespace personalify::simulator
