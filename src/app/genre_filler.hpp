#pragma once

#include "app/bell.hpp"
#include "app/ports/dashboards.hpp"
#include "app/ports/genres.hpp"
#include "app/report.hpp"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

namespace personalify::app {

/// Finds genres for listeners' artists for whom Spotify names none, beside requests: one artist at a time, as
/// fast as the source's rules let it. What is left to do is what storage says, so a crash loses nothing. One
/// per process.
class GenreFiller {
public:
    static constexpr std::chrono::hours sought_again_after{24 * 30};
    static constexpr int at_once = 20; ///< artists that are read from storage together
    static constexpr std::chrono::minutes idle_look{10};
    static constexpr std::chrono::minutes trouble_look{1}; ///< unless the source says when
    static constexpr std::chrono::hours longest_look{1};
    static constexpr int most_failures = 3; ///< in a row, of one artist
    static constexpr std::chrono::hours postponed_for{24};

    GenreFiller(GenreStore& store, GenreSource& source, DashboardCache& cache, const Clock& clock,
                Report report = nullptr)
        : store_(store)
        , source_(source)
        , cache_(cache)
        , clock_(clock)
        , report_(std::move(report)) {}

    /// Works on `shard` and never ends.
    Task<void> work(Executor shard);
    /// There may be new artists. Any thread.
    void ring();

    /// What one round came to.
    struct Round {
        int artists = 0;                                                 ///< that were looked for
        std::optional<std::chrono::milliseconds> trouble = std::nullopt; ///< how long to wait after it
    };
    /// Looks for the genres of the artists that wait, some at most.
    Task<Round> run_once();

private:
    Task<void> work_by(std::shared_ptr<Bell> bell);
    std::chrono::milliseconds trouble(const Error& error) const;
    /// The source failed for that artist: an artist whom it fails for again and again waits a day, so that
    /// the others' turn comes.
    Task<void> note_failure(NamelessArtist artist);

    GenreStore& store_;
    GenreSource& source_;
    DashboardCache& cache_;
    const Clock& clock_;
    Report report_;
    std::mutex mutex_;
    std::shared_ptr<Bell> bell_; ///< guarded by mutex_
    std::string failing_;        ///< the artist for whom the source failed last
    int failures_ = 0;           ///< in a row, for that one
};

} // namespace personalify::app
