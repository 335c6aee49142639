#pragma once

#include "json/describe.hpp"
#include "simulator/catalogue.hpp"
#include "simulator/episodes.hpp"
#include "simulator/people.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace personalify::simulator {

/// What a player plays.
enum class ItemKind : std::uint8_t { track, episode, ad, local, unknown, nothing };
BOOST_DESCRIBE_ENUM(ItemKind, track, episode, ad, local, unknown, nothing)

/// From where it was started.
enum class ContextKind : std::uint8_t { none, album, artist, playlist, show };
BOOST_DESCRIBE_ENUM(ContextKind, none, album, artist, playlist, show)

struct Item {
    ItemKind kind = ItemKind::nothing;
    ContextKind context = ContextKind::none;
    int duration_ms = 0;              ///< of an ad, too, though Spotify does not tell; 0: nothing plays
    const Track* track = nullptr;     ///< of a track
    const Episode* episode = nullptr; ///< of an episode
};

/// Each with its own length; the contexts are the usual ones.
Item item_of(const Track& track);
Item item_of(const Episode& episode);
/// For the kinds that need no track or episode.
Item item_of(ItemKind kind);

/// What a listener hears, over and over: some eight hours of tracks from their favourites, the best ones more
/// often; now and then an episode, and ads for a free account. Begins with four tracks. Empty for a newcomer.
/// The same one every time.
struct Programme {
    const Listener* listener = nullptr;
    std::vector<Item> items;
    std::chrono::milliseconds length{0}; ///< of all items
};

/// In the order of listeners().
std::vector<Programme> make_programmes(const Favourites& favourites);

} // namespace personalify::simulator
