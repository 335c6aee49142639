#include "simulator/songbook.hpp"

#include "simulator/folding.hpp"
#include "simulator/songbook_builder.hpp"
#include "simulator/words.hpp"

#include <algorithm>

namespace personalify::simulator {
namespace {

template <class Map, class Key>
auto find_in(const Map& map, const Key& key) -> typename Map::mapped_type {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : found->second;
}

/// How well one of the words fits, in hundredths: the word itself, or one that begins or is begun by it.
int fit(std::string_view wanted, const std::vector<std::string>& words) {
    int best = 0;
    for (const std::string& word : words) {
        if (word == wanted) {
            return 100;
        }
        const std::size_t shorter = std::min(word.size(), wanted.size());
        std::size_t same = 0;
        while (same < shorter && word[same] == wanted[same]) {
            ++same;
        }
        if (same >= 3) {
            best = std::max(best, static_cast<int>(60 * same / std::max(word.size(), wanted.size())));
        }
    }
    return best;
}

} // namespace

Songbook::Songbook() {
    SongbookBuilder(*this).build();
}

const GeniusSong* Songbook::find_song(std::int64_t id) const {
    return find_in(songs_by_id_, id);
}

const GeniusArtist* Songbook::find_artist(std::int64_t id) const {
    return find_in(artists_by_id_, id);
}

const GeniusSong* Songbook::find_track(std::string_view track_id) const {
    return find_in(songs_by_track_, track_id);
}

const GeniusSong* Songbook::find_path(std::string_view path) const {
    return find_in(songs_by_path_, path);
}

std::vector<const GeniusSong*> Songbook::search(std::string_view query, std::size_t most) const {
    constexpr std::size_t most_words = 20;
    std::vector<std::string> wanted = words_of(fold(query));
    wanted.resize(std::min(wanted.size(), most_words));
    struct Hit {
        int score;
        const GeniusSong* song;
    };
    std::vector<Hit> hits;
    for (const Entry& entry : entries_) {
        int score = 0;
        for (const std::string& word : wanted) {
            score += std::max(fit(word, entry.title), fit(word, entry.names));
        }
        if (score == 0) {
            continue;
        }
        // Of the words that nobody asked for a few cost little, so that a longer title may come first.
        score -= static_cast<int>(std::min<std::size_t>(entry.title.size(), 20));
        if (entry.song->kind == SongKind::translation && entry.song->seed % 2 == 0) {
            score += 40; // translations of foreign songs are often what most people look for
        }
        hits.push_back({score, entry.song});
    }
    std::ranges::stable_sort(hits, std::greater{}, &Hit::score);
    hits.resize(std::min(hits.size(), most));
    std::vector<const GeniusSong*> found;
    std::ranges::transform(hits, std::back_inserter(found), &Hit::song);
    return found;
}

const Songbook& songbook() {
    static const Songbook book;
    return book;
}

std::vector<Verse> verses_of(const GeniusSong& song) {
    const GeniusSong& named = song.of == nullptr ? song : *song.of;
    auto verses = write_words(named.artist->name, named.title, song.language, song.mood);
    if (!song.guests.empty()) {
        verses.front().heading += ": " + song.artist->name + " & " + song.guests.front()->name;
    }
    return verses;
}

std::string page_text(const GeniusSong& song) {
    switch (song.kind) {
    case SongKind::lyrics:
    case SongKind::translation:
        return text_of(verses_of(song), true);
    case SongKind::tagged_instrumental:
        return "[Instrumental]";
    case SongKind::list: {
        std::string text;
        for (const Track* track : song.album->tracks) {
            text += (text.empty() ? "" : "\n") + std::to_string(track->track_number) + ". " +
                    std::string{track->name};
        }
        return text;
    }
    case SongKind::instrumental:
    case SongKind::unreleased:
        break;
    }
    return "";
}

} // namespace personalify::simulator
