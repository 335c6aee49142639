#pragma once

#include "app/ports/sessions.hpp"
#include "core/metrics.hpp"

#include <array>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <unordered_map>

namespace personalify::app {

/// Sessions that were found in storage a short while ago, by token, in this process's memory: checking one
/// costs no read. Bounded, every entry with a lifetime. What is forgotten is forgotten at once, also for a
/// reader that looked in storage before. Any thread may use it.
class RememberedSessions {
public:
    /// After this long storage is asked again.
    static constexpr std::chrono::minutes lifetime{5};
    static constexpr std::size_t most = 32'768;

    explicit RememberedSessions(const Clock& clock)
        : clock_(clock) {}

    /// Whether the token is known to prove that user's session.
    bool prove(std::string_view token, std::string_view user) const;

    struct Look {
        std::optional<Session> session; ///< nullopt: ask storage
        std::uint64_t mark = 0;         ///< the moment of looking, for remember()
    };
    Look look(std::string_view token) const;

    /// Keeps what storage answered, unless something was forgotten since `mark`.
    void remember(std::string_view token, const Session& session, std::uint64_t mark);
    void forget(std::string_view token);
    /// Sessions changed hands. How many were known.
    std::size_t forget_all();
    std::size_t size() const;
    void forget_user(const UserId& user);
    metrics::CacheStats stats() const;

private:
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void; // NOLINT(readability-identifier-naming): the library's name
    };
    struct Entry {
        Session session;
        TimePoint until;
    };
    struct Part {
        mutable std::mutex mutex;
        std::unordered_map<std::string, Entry, Hash, std::equal_to<>> entries;
        std::uint64_t forgotten = 0; ///< how often
        mutable metrics::Counter hits;
        mutable metrics::Counter misses;
    };
    static constexpr std::size_t part_count = 16;

    const Part& part_of(std::string_view token) const;
    Part& part_of(std::string_view token);
    /// The caller holds the part's mutex.
    const Session* find(const Part& part, std::string_view token) const;

    const Clock& clock_;
    std::array<Part, part_count> parts_;
};

} // namespace personalify::app
