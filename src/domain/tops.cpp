#include "domain/tops.hpp"

#include <algorithm>
#include <unordered_map>

namespace personalify {

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

std::optional<TimeRange> time_range_from(std::string_view text) {
    for (const TimeRange range : all_time_ranges) {
        if (to_string(range) == text) {
            return range;
        }
    }
    return std::nullopt;
}

GenreArtists artists_by_genre(const std::vector<Artist>& artists) {
    GenreArtists genres;
    std::unordered_map<std::string_view, std::size_t> position;
    for (const Artist& artist : artists) {
        for (auto genre = artist.genres.begin(); genre != artist.genres.end(); ++genre) {
            if (std::find(artist.genres.begin(), genre, *genre) != genre) {
                continue; // a genre listed twice counts once
            }
            const auto [at, added] = position.try_emplace(*genre, genres.size());
            if (added) {
                genres.emplace_back(*genre, std::vector<std::string>{});
            }
            genres[at->second].second.push_back(artist.name);
        }
    }
    std::ranges::stable_sort(genres,
                             [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
    return genres;
}

std::vector<GenreCount> count_genres(const std::vector<Artist>& artists) {
    std::vector<GenreCount> counts;
    for (const auto& [genre, names] : artists_by_genre(artists)) {
        counts.push_back({genre, static_cast<std::int32_t>(names.size())});
    }
    return counts;
}

std::vector<std::string> titles_of(const std::vector<Track>& tracks) {
    std::vector<std::string> titles;
    titles.reserve(tracks.size());
    for (const Track& track : tracks) {
        titles.push_back(track.name);
    }
    return titles;
}

} // namespace personalify
