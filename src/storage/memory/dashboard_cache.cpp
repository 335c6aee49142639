#include "storage/memory/dashboard_cache.hpp"

#include <algorithm>

namespace personalify::storage {

namespace {

/// The answer made of a dashboard holds about as many bytes as it, and half as many again for the compressed
/// shapes.
constexpr std::size_t with_its_answer = 3;

std::string key_of(const UserId& user, TimeRange range) {
    return std::string{to_string(range)} + '/' + user.str();
}

std::size_t size_of(const Artist& artist) {
    std::size_t bytes = sizeof artist + artist.id.size() + artist.name.size() + artist.image.size();
    for (const std::string& genre : artist.genres) {
        bytes += sizeof(std::string) + genre.size();
    }
    return bytes;
}

std::size_t size_of(const Track& track) {
    std::size_t bytes = sizeof track + track.id.size() + track.name.size() + track.image.size() +
                        track.album.name.size() + track.preview_url.value_or("").size();
    for (const std::string& name : track.artists) {
        bytes += sizeof(std::string) + name.size();
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
            bytes += sizeof(std::string) + name.size();
        }
    }
    return bytes;
}

} // namespace

std::atomic<std::uint64_t>& MemoryDashboardCache::erasures(const UserId& user) {
    return erasures_[std::hash<UserId>{}(user) % erasures_.size()];
}

std::shared_ptr<const app::DashboardCache::Kept> MemoryDashboardCache::at_hand(std::string_view user,
                                                                               TimeRange range) {
    // Composed on the stack: this is asked for every dashboard that is sent.
    const std::string_view prefix = to_string(range);
    std::array<char, 288> key;
    if (prefix.size() + 1 + user.size() > key.size()) {
        return nullptr;
    }
    char* end = std::ranges::copy(prefix, key.data()).out;
    *end++ = '/';
    end = std::ranges::copy(user, end).out;
    return entries_.get({key.data(), end});
}

Task<app::DashboardCache::Lookup> MemoryDashboardCache::get(UserId user, TimeRange range) {
    const std::uint64_t mark = erasures(user).load();
    const auto kept = at_hand(user.str(), range);
    co_return Lookup{kept ? kept->dashboard : nullptr, mark};
}

Task<void> MemoryDashboardCache::put(UserId user, Value dashboard, Audience audience,
                                     std::chrono::seconds lifetime, std::uint64_t mark) {
    if (dashboard == nullptr || erasures(user).load() != mark) {
        co_return;
    }
    const std::string key = key_of(user, dashboard->time_range);
    const std::size_t bytes = size_of(*dashboard) * with_its_answer;
    entries_.put(key, std::make_shared<const Kept>(std::move(dashboard), audience), bytes, lifetime);
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

std::size_t MemoryDashboardCache::clear() {
    for (std::atomic<std::uint64_t>& each : erasures_) {
        each.fetch_add(1);
    }
    return entries_.clear();
}

} // namespace personalify::storage
