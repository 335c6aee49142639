#include "app/remembered_sessions.hpp"

#include <algorithm>

namespace personalify::app {

const RememberedSessions::Part& RememberedSessions::part_of(std::string_view token) const {
    // The low bits choose the bucket inside the part: take others here.
    return parts_[(Hash{}(token) >> 48U) % part_count];
}

RememberedSessions::Part& RememberedSessions::part_of(std::string_view token) {
    return parts_[(Hash{}(token) >> 48U) % part_count];
}

const Session* RememberedSessions::find(const Part& part, std::string_view token) const {
    const auto at = part.entries.find(token);
    const bool found = at != part.entries.end() && at->second.until > clock_.now();
    (found ? part.hits : part.misses).add_alone();
    return found ? &at->second.session : nullptr;
}

metrics::CacheStats RememberedSessions::stats() const {
    metrics::CacheStats sum;
    for (const Part& part : parts_) {
        const std::lock_guard lock(part.mutex);
        sum.entries += part.entries.size();
        sum.hits += part.hits.value();
        sum.misses += part.misses.value();
    }
    return sum;
}

bool RememberedSessions::prove(std::string_view token, std::string_view user) const {
    const Part& part = part_of(token);
    const std::lock_guard lock(part.mutex);
    const Session* session = find(part, token);
    return session != nullptr && session->user.str() == user;
}

RememberedSessions::Look RememberedSessions::look(std::string_view token) const {
    const Part& part = part_of(token);
    const std::lock_guard lock(part.mutex);
    const Session* session = find(part, token);
    return {session != nullptr ? std::optional{*session} : std::nullopt, part.forgotten};
}

void RememberedSessions::remember(std::string_view token, const Session& session, std::uint64_t mark) {
    const TimePoint now = clock_.now();
    const TimePoint until = std::min<TimePoint>(now + lifetime, session.expires_at);
    Part& part = part_of(token);
    const std::lock_guard lock(part.mutex);
    if (part.forgotten != mark) {
        return;
    }
    if (part.entries.size() >= most / part_count) {
        std::erase_if(part.entries, [now](const auto& entry) { return entry.second.until <= now; });
    }
    if (part.entries.size() >= most / part_count) {
        part.entries.clear(); // a read from storage each brings them back
    }
    part.entries.insert_or_assign(std::string{token}, Entry{session, until});
}

void RememberedSessions::forget(std::string_view token) {
    Part& part = part_of(token);
    const std::lock_guard lock(part.mutex);
    ++part.forgotten;
    if (const auto at = part.entries.find(token); at != part.entries.end()) {
        part.entries.erase(at);
    }
}

void RememberedSessions::forget_user(const UserId& user) {
    for (Part& part : parts_) {
        const std::lock_guard lock(part.mutex);
        ++part.forgotten;
        std::erase_if(part.entries, [&](const auto& entry) { return entry.second.session.user == user; });
    }
}

std::size_t RememberedSessions::forget_all() {
    std::size_t known = 0;
    for (Part& part : parts_) {
        const std::lock_guard lock(part.mutex);
        ++part.forgotten;
        known += part.entries.size();
        part.entries.clear();
    }
    return known;
}

std::size_t RememberedSessions::size() const {
    std::size_t known = 0;
    for (const Part& part : parts_) {
        const std::lock_guard lock(part.mutex);
        known += part.entries.size();
    }
    return known;
}

} // namespace personalify::app
