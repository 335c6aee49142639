#include "storage/memory/dashboard_cache.hpp"

namespace personalify::storage {

namespace {

std::string key_of(const UserId& user, TimeRange range) {
    return std::string{to_string(range)} + '/' + user.str();
}

std::size_t size_of(const Artist& artist) {
    std::size_t bytes = sizeof artist + artist.id.size() + artist.name.size() + artist.image.size();
    for (const std::string& genre : artist.genres) {
        bytes += sizeof genre + genre.size();
    }
    return bytes;
}

std::size_t size_of(const Track& track) {
    std::size_t bytes = sizeof track + track.id.size() + track.name.size() + track.image.size() +
                        track.album.name.size() + track.preview_url.value_or("").size();
    for (const std::string& name : track.artists) {
        bytes += sizeof name + name.size();
    }
    return bytes;
}

std::size_t size_of(const Dashboard& dashboard) {
    std::size_t bytes = sizeof dashboard + dashboard.user.size() + dashboard.image.size() +
                        dashboard.emotion_paragraph.size();
    for (const Artist& artist : dashboard.artists) {
        bytes += size_of(artist);
    }
    for (const Track& track : dashboard.tracks) {
        bytes += size_of(track);
    }
    for (const auto& [genre, names] : dashboard.genre_artists_map) {
        bytes += 2 * (sizeof(GenreCount) + genre.size()); // once in the counts, once in the map
        for (const std::string& name : names) {
            bytes += sizeof name + name.size();
        }
    }
    return bytes;
}

} // namespace

std::atomic<std::uint64_t>& MemoryDashboardCache::erasures(const UserId& user) {
    return erasures_[std::hash<UserId>{}(user) % erasures_.size()];
}

Task<app::DashboardCache::Lookup> MemoryDashboardCache::get(UserId user, TimeRange range) {
    const std::uint64_t mark = erasures(user).load();
    co_return Lookup{entries_.get(key_of(user, range)), mark};
}

Task<void> MemoryDashboardCache::put(UserId user, Value dashboard, std::chrono::seconds lifetime,
                                     std::uint64_t mark) {
    if (dashboard == nullptr || erasures(user).load() != mark) {
        co_return;
    }
    const std::string key = key_of(user, dashboard->time_range);
    const std::size_t bytes = size_of(*dashboard);
    entries_.put(key, std::move(dashboard), bytes, lifetime);
    if (erasures(user).load() != mark) { // erased between the look and the put
        entries_.erase(key);
    }
}

Task<void> MemoryDashboardCache::erase(UserId user) {
    erasures(user).fetch_add(1);
    for (const TimeRange range : all_time_ranges) {
        entries_.erase(key_of(user, range));
    }
    co_return;
}

} // namespace personalify::storage
