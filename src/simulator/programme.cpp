#include "simulator/programme.hpp"

#include "simulator/catalogue_seed.hpp"

#include <algorithm>

namespace personalify::simulator {
namespace {

constexpr int tracks_a_round = 120;
constexpr int tracks_between_ads = 4;
constexpr int tracks_between_episodes = 15;
constexpr std::size_t apart = 8; ///< so many items lie between two plays of a track, at least
constexpr int local_ms = 171'000;
constexpr int unknown_ms = 180'000;
constexpr int ad_ms = 29'500;

bool was_just_played(const std::vector<Item>& items, const Track* track) {
    const std::size_t last = std::min(items.size(), apart);
    return std::any_of(items.end() - static_cast<std::ptrdiff_t>(last), items.end(),
                       [track](const Item& item) { return item.track == track; });
}

/// The product of two rolls: the first favourites come most often.
const Track* draw(const std::vector<const Track*>& favourites, const std::vector<Item>& items,
                  Random& random) {
    const int last = static_cast<int>(favourites.size()) - 1;
    const Track* track = nullptr;
    do { // ends: there are at least fifty favourites
        const int roll = random.between(0, last);
        track = favourites[static_cast<std::size_t>(roll * random.between(0, last) / last)];
    } while (was_just_played(items, track));
    return track;
}

ContextKind draw_context(Random& random) {
    const int roll = random.between(0, 9);
    return roll < 5   ? ContextKind::album
           : roll < 7 ? ContextKind::playlist
           : roll < 8 ? ContextKind::artist
                      : ContextKind::none;
}

Programme make_programme(const Listener& listener, const std::vector<const Track*>& favourites) {
    Programme programme{.listener = &listener, .items = {}};
    if (favourites.empty()) {
        return programme;
    }
    Random random(hash_texts("programme", listener.account_id));
    std::vector<Item>& items = programme.items;
    for (int i = 1; i <= tracks_a_round; ++i) {
        Item& item = items.emplace_back(item_of(*draw(favourites, items, random)));
        item.context = draw_context(random);
        if (i == tracks_a_round) { // ends with a track, so that the plays of the past reach up to the start
            break;
        }
        if (listener.product == "free" && i % tracks_between_ads == 0) {
            items.emplace_back(item_of(ItemKind::ad)).duration_ms = random.between(15'000, 30'000);
        }
        if (i % tracks_between_episodes == 0) {
            const int last = static_cast<int>(episodes().size()) - 1;
            items.push_back(item_of(episodes()[static_cast<std::size_t>(random.between(0, last))]));
        }
    }
    for (const Item& item : items) {
        programme.length += std::chrono::milliseconds{item.duration_ms};
    }
    return programme;
}

} // namespace

Item item_of(const Track& track) {
    return {.kind = ItemKind::track,
            .context = ContextKind::album,
            .duration_ms = track.duration_ms,
            .track = &track};
}

Item item_of(const Episode& episode) {
    return {.kind = ItemKind::episode,
            .context = ContextKind::show,
            .duration_ms = episode.duration_ms,
            .episode = &episode};
}

Item item_of(ItemKind kind) {
    const int duration_ms = kind == ItemKind::ad        ? ad_ms
                            : kind == ItemKind::local   ? local_ms
                            : kind == ItemKind::unknown ? unknown_ms
                                                        : 0;
    return {.kind = kind, .duration_ms = duration_ms};
}

std::vector<Programme> make_programmes(const Favourites& favourites) {
    std::vector<Programme> programmes;
    for (const Listener& listener : listeners()) {
        programmes.push_back(make_programme(listener, favourites.tracks(listener, TimeRange::medium_term)));
    }
    return programmes;
}

} // namespace personalify::simulator
