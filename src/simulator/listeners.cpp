#include "simulator/listeners.hpp"

#include "simulator/catalogue_seed.hpp"
#include "simulator/listeners_taste.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace personalify::simulator {
namespace {

const Listener everybody[] = {
    {.id = "bagas.gigs",
     .account_id = "kV7mQ2xB9eLtR4",
     .display_name = "Bagas Trotoar",
     .email = "bagas@example.org",
     .country = "ID",
     .product = "premium",
     .followers = 214,
     .has_portrait = true,
     .blurb = "Indie kid from Bandung: gig tickets in every pocket, shoegaze on the angkot.",
     .taste = &tastes::indie_kid},
    {.id = "eulisgarut48",
     .account_id = "p3WzN8cYh5DuA1",
     .display_name = "Ambu Eulis 🌺",
     .email = "eulis@example.org",
     .country = "ID",
     .product = "free",
     .followers = 9,
     .has_portrait = true,
     .blurb = "Grandmother in Garut: pop sunda in the kitchen, kacapi suling before sleep.",
     .taste = &tastes::pop_sunda_grandmother},
    {.id = "11824630577",
     .account_id = "zH6rT0sJq8KfX2",
     .display_name = "Wren Holloway-Finch",
     .email = "wren@example.org",
     .country = "GB",
     .product = "premium",
     .followers = 1'382,
     .has_portrait = true,
     .blurb = "Night owl in Leeds: dream pop after midnight, nothing above a whisper.",
     .taste = &tastes::night_owl},
    {.id = "jajang_koplo_full_bass",
     .account_id = "d9LbE4gUo7MvC3",
     .display_name = "Kang Jajang <Full Bass>",
     .email = "jajang@example.org",
     .country = "ID",
     .product = "premium",
     .followers = 73,
     .has_portrait = false,
     .blurb = "Dangdut party-goer: if the kendang starts, the chairs are already gone.",
     .taste = &tastes::koplo_dancer},
    {.id = "nisa-baru",
     .account_id = "a1QyS5jPw6GnZ8",
     .display_name = "Nisa",
     .email = "nisa@example.org",
     .country = "ID",
     .product = "free",
     .followers = 0,
     .has_portrait = false,
     .blurb = "Signed up this morning and has not played a note yet.",
     .taste = nullptr},
    {.id = "rani senja+ñ",
     .account_id = "t8FxI2oRk4VbM7",
     .display_name = std::nullopt,
     .email = "rani@example.org",
     .country = "MY",
     .product = "premium",
     .followers = 12,
     .has_portrait = true,
     .blurb = "Never filled in a name: sad ballads, slow R&B and a little city pop.",
     .taste = &tastes::heartbroken},
};

template <class Item>
struct Scored {
    std::int64_t score = 0;
    const Item* item = nullptr;
};

/// Per cent between 100 - spread and 100 + spread, fixed by the texts.
template <class... Texts>
int sway(int spread, const Texts&... texts) {
    return 100 - spread + static_cast<int>(hash_texts(texts...) % static_cast<std::uint64_t>(2 * spread + 1));
}

/// How far a range strays from what the listener likes in general, in per cent.
int restlessness(TimeRange range) {
    switch (range) {
    case TimeRange::short_term:
        return 45;
    case TimeRange::medium_term:
        return 22;
    case TimeRange::long_term:
        return 12;
    }
    return 0;
}

/// The strongest genre decides, the others add a little; the language alone gives the floor.
std::int64_t liking(const Taste& taste, const Artist& artist) {
    int strongest = 0;
    int sum = 0;
    for (const std::string_view genre : artist.genres) {
        const auto found = std::ranges::find(taste.genres, genre, &GenreWeight::genre);
        const int weight = found == taste.genres.end() ? 0 : found->weight;
        strongest = std::max(strongest, weight);
        sum += weight;
    }
    return strongest + (sum - strongest) / 4 + taste.scenes[static_cast<std::size_t>(artist.scene)];
}

/// What the listener thinks of the artist in any season: liking, chance of having met, fame.
std::int64_t affinity(const Listener& listener, const Artist& artist) {
    const Taste& taste = *listener.taste;
    const std::int64_t fame = 100 + (artist.popularity - 35) * taste.fame / 50;
    return liking(taste, artist) * sway(35, listener.id, artist.id) * std::max<std::int64_t>(fame, 20);
}

/// Per cent by the age of a record: novelty pulls in the short range, habit in the long one.
int freshness(const Album& album, TimeRange range) {
    const bool is_new = album.release_date >= "2024";
    const bool is_old = album.release_date < "2016";
    switch (range) {
    case TimeRange::short_term:
        return is_new ? 128 : is_old ? 94 : 100;
    case TimeRange::medium_term:
        return is_new ? 110 : 100;
    case TimeRange::long_term:
        return is_new ? 88 : is_old ? 106 : 100;
    }
    return 100;
}

/// Best first; the id settles ties so that the order never depends on the sort.
template <class Item>
std::vector<const Item*> best(std::vector<Scored<Item>> scored, const Listener& listener, TimeRange range,
                              std::string_view kind) {
    std::ranges::sort(scored, [](const Scored<Item>& left, const Scored<Item>& right) {
        return left.score != right.score ? left.score > right.score : left.item->id < right.item->id;
    });
    const std::size_t length = 50 + hash_texts(listener.id, kind, to_string(range)) % 21;
    std::vector<const Item*> items;
    for (std::size_t i = 0; i < std::min(length, scored.size()); ++i) {
        items.push_back(scored[i].item);
    }
    return items;
}

} // namespace

std::string_view to_string(TimeRange range) {
    switch (range) {
    case TimeRange::short_term:
        return "short_term";
    case TimeRange::medium_term:
        return "medium_term";
    case TimeRange::long_term:
        return "long_term";
    }
    return "";
}

std::optional<TimeRange> parse_time_range(std::string_view text) {
    for (const auto range : {TimeRange::short_term, TimeRange::medium_term, TimeRange::long_term}) {
        if (text == to_string(range)) {
            return range;
        }
    }
    return std::nullopt;
}

std::span<const Listener> listeners() {
    return everybody;
}

const Listener* find_listener(std::string_view id) {
    const auto* found = std::ranges::find(everybody, id, &Listener::id);
    return found == std::end(everybody) ? nullptr : found;
}

std::vector<const Artist*> top_artists(const Listener& listener, TimeRange range) {
    if (listener.taste == nullptr) {
        return {};
    }
    std::vector<Scored<Artist>> scored;
    for (const Artist& artist : catalogue().artists()) {
        const int season = sway(restlessness(range), listener.id, artist.id, to_string(range));
        scored.push_back({affinity(listener, artist) * season, &artist});
    }
    return best(std::move(scored), listener, range, "artists");
}

std::vector<const Track*> top_tracks(const Listener& listener, TimeRange range) {
    if (listener.taste == nullptr) {
        return {};
    }
    const Taste& taste = *listener.taste;
    std::vector<Scored<Track>> scored;
    for (const Artist& artist : catalogue().artists()) {
        // The season of the artist is that of top_artists, so that the two lists agree with each other.
        const int season = sway(restlessness(range), listener.id, artist.id, to_string(range));
        const std::int64_t artist_score = affinity(listener, artist) / 100 * season / 100;
        for (const Track* track : artist.tracks) {
            std::int64_t score =
                artist_score * sway(restlessness(range), listener.id, track->id, to_string(range));
            score = score * sway(30, listener.id, track->id) / 100;
            score = score * taste.moods[static_cast<std::size_t>(track->mood)] / 100;
            score = score * (track->is_explicit ? taste.explicit_lyrics : 100) / 100;
            scored.push_back({score * freshness(*track->album, range), track});
        }
    }
    return best(std::move(scored), listener, range, "tracks");
}

} // namespace personalify::simulator
