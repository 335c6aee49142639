#include "simulator/artist_tags.hpp"

#include "simulator/catalogue_seed.hpp"

#include <algorithm>
#include <array>

namespace personalify::simulator {
namespace {

constexpr std::string_view noise[] = {"seen live",
                                      "female vocalists",
                                      "male vocalists",
                                      "favorites",
                                      "albums i own",
                                      "awesome",
                                      "my music",
                                      "beautiful",
                                      "2010s",
                                      "00s",
                                      "spotify",
                                      "love at first listen",
                                      "under 2000 listeners",
                                      "check out",
                                      "good"};

std::string_view country_tag(const Artist& artist) {
    return artist.scene == Scene::english ? "british" : "indonesian";
}

/// The text of a hash as UUID, version 4.
std::string uuid_of(std::string_view kind, std::string_view name) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::uint64_t state = hash_texts(kind, name);
    std::string id;
    for (std::uint64_t bits = 0; id.size() < 36; bits >>= 4U) {
        if (id.size() == 8 || id.size() == 13 || id.size() == 18 || id.size() == 23) {
            id += '-';
        }
        if (bits == 0) {
            bits = splitmix64(state) | (1ULL << 63U); // never without bits before all were used
        }
        id += id.size() == 14 ? '4' : id.size() == 19 ? 'a' : digits[bits & 0xFU];
    }
    return id;
}

void add_once(std::vector<Tag>& tags, std::string_view name, int count) {
    if (std::ranges::find(tags, name, &Tag::name) == tags.end()) {
        tags.push_back({std::string{name}, count});
    }
}

MbArtist namesake_of(const Artist& artist) {
    return {.id = uuid_of("mbid of a namesake", artist.name),
            .name = artist.name,
            .artist = nullptr,
            .disambiguation = "polka band from Wisconsin",
            .country = "US",
            .genres = {{"polka", 3}},
            .tags = {{"polka", 3}, {"accordion", 1}}};
}

void add_artist(const Artist& artist, std::vector<MbArtist>& artists) {
    Random random(hash_texts("musicbrainz", artist.name));
    if (random.percent(12)) {
        return;
    }
    if (random.percent(6)) {
        artists.push_back(namesake_of(artist));
    }
    MbArtist known{.id = uuid_of("mbid", artist.name),
                   .name = artist.name,
                   .artist = &artist,
                   .disambiguation = {},
                   .country = artist.scene == Scene::english ? "GB" : "ID",
                   .genres = {},
                   .tags = {}};
    if (random.percent(80)) {
        int count = random.between(2, 9);
        for (const std::string_view genre : artist.genres) {
            add_once(known.genres, genre, count);
            count = std::max(1, count - 2);
        }
        known.tags = known.genres;
        if (random.percent(40)) {
            add_once(known.tags, country_tag(artist), 1);
        }
    }
    artists.push_back(std::move(known));
}

} // namespace

std::optional<std::vector<Tag>> lastfm_tags(const Artist& artist) {
    Random random(hash_texts("lastfm", artist.name));
    if (random.percent(8)) {
        return std::nullopt;
    }
    std::vector<Tag> tags;
    if (random.percent(5)) {
        return tags;
    }
    if (!random.percent(4)) { // else: nothing but noise
        int count = 100;
        for (const std::string_view genre : artist.genres) {
            add_once(tags, genre, count);
            count = count * random.between(50, 85) / 100;
        }
    }
    if (random.percent(8)) { // hardly anybody listens
        tags.resize(std::min<std::size_t>(tags.size(), 1));
        return tags;
    }
    const int others = random.between(1, 5);
    for (int i = 0; i < others; ++i) {
        const auto chosen =
            static_cast<std::size_t>(random.between(0, static_cast<int>(std::size(noise)) - 1));
        add_once(tags, noise[chosen], random.between(1, 60));
    }
    add_once(tags, country_tag(artist), random.between(5, 90));
    add_once(tags, artist.name, random.between(0, 3));
    std::ranges::stable_sort(tags, std::greater{}, &Tag::count);
    return tags;
}

const std::vector<MbArtist>& musicbrainz_artists() {
    static const std::vector<MbArtist> all = [] {
        std::vector<MbArtist> artists;
        for (const Artist& artist : catalogue().artists()) {
            add_artist(artist, artists);
        }
        return artists;
    }();
    return all;
}

} // namespace personalify::simulator
