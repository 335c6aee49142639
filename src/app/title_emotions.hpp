#pragma once

#include "app/jobs.hpp"
#include "app/ports/dashboards.hpp"
#include "app/ports/emotions.hpp"
#include "app/ports/history.hpp"
#include "app/ports/library.hpp"
#include "app/report.hpp"
#include "app/title_reader.hpp"

namespace personalify::app {

/// How many of a range's titles count, from the top.
inline constexpr int standard_titles = 10;
inline constexpr int extended_titles = 20;

/// Where the emotions of a range are shown.
struct EmotionPlaces {
    LibraryStore& library;
    HistoryStore& history;
    DashboardCache& cache;

    /// Lets dashboard and history show what the titles of those tops say. Told to the history unless the
    /// dashboard goes on showing an extended analysis and this is none. Errors: the stores'.
    Task<Result<>> show(UserId user, TimeRange range, StoredTops tops, EmotionSummary emotions,
                        bool extended) const;
};

/// What an analysis came to: its result, or the job that will have it.
struct Analysis {
    std::optional<EmotionSummary> emotions;
    std::string job; ///< the id of an unfinished one
};

/// Emotions of listeners' titles, for requests: out of what was read before, else a job is queued for
/// EmotionWorker. Any shard may use it.
class TitleEmotions final : public EmotionReader {
public:
    TitleEmotions(TitleReader& titles, JobService& jobs, EmotionPlaces places, Report report = nullptr)
        : titles_(titles)
        , jobs_(jobs)
        , places_(places)
        , report_(std::move(report)) {}

    Task<std::optional<EmotionSummary>> summary(UserId user, TimeRange range, std::vector<std::string> titles,
                                                bool all) override;
    Task<void> synced(UserId user, TimeRange range, TimePoint synced_at,
                      std::vector<std::string> titles) override;

    /// Reads the titles of the caller's range, or all of them, and waits for it that long at most; equal
    /// calls share one job. Dashboard and history show the result, too. not_found when the caller is not the
    /// user or has no tracks there; upstream_unavailable when the reading failed; overloaded.
    Task<Result<Analysis>> analyze(Caller caller, UserId user, TimeRange range, bool extended,
                                   std::chrono::milliseconds patience);

private:
    Task<Result<KnownTitles>> look_up(std::vector<std::string> titles, bool all);
    Task<void> request(UserId user, TimeRange range, bool extended);
    Task<Result<>> show_if_new(UserId user, TimeRange range, StoredTops tops, EmotionSummary emotions,
                               bool extended);
    void report(const Error& error) const;

    TitleReader& titles_;
    JobService& jobs_;
    EmotionPlaces places_;
    Report report_;
};

/// What analyze() says to who has no data, or asks for somebody else's.
inline constexpr const char* nothing_to_analyze = "No data found for analysis";

} // namespace personalify::app
