#include "app/title_emotions.hpp"

#include <algorithm>

namespace personalify::app {

namespace {

constexpr std::chrono::seconds retry_after_failure{10};

} // namespace

Task<Result<>> EmotionPlaces::show(UserId user, TimeRange range, StoredTops tops, EmotionSummary emotions,
                                   bool extended) const {
    if (extended && !tops.all_titles) {
        Result<bool> counted = co_await library.count_all_titles(user, range, tops.synced_at);
        if (!counted) {
            co_return std::unexpected(std::move(counted.error()));
        }
    }
    if (extended || !tops.all_titles) {
        Result<> told = co_await history.annotate(user, range, tops.synced_at, std::move(emotions));
        if (!told) {
            co_return told;
        }
    }
    co_await cache.erase(std::move(user)); // last: what is composed from here on has all of it
    co_return Result<>{};
}

Task<Result<KnownTitles>> TitleEmotions::look_up(std::vector<std::string> titles, bool all) {
    return titles_.look_up(std::move(titles), all ? extended_titles : standard_titles);
}

Task<void> TitleEmotions::request(UserId user, TimeRange range, bool extended) {
    if (titles_.is_resting()) { // whoever looks later asks again
        co_return;
    }
    const Result<Job> queued = co_await jobs_.enqueue(std::move(user), range, extended);
    if (!queued) {
        report(queued.error());
    }
}

Task<std::optional<EmotionSummary>> TitleEmotions::summary(UserId user, TimeRange range,
                                                           std::vector<std::string> titles, bool all) {
    if (titles.empty()) {
        co_return std::nullopt;
    }
    const Result<KnownTitles> found = co_await look_up(std::move(titles), all);
    if (!found) {
        report(found.error());
        co_return std::nullopt;
    }
    if (!found->complete()) {
        co_await request(std::move(user), range, all);
        co_return std::nullopt;
    }
    if (found->has_provisional() && titles_.may_read_again()) {
        co_await request(std::move(user), range, all);
    }
    co_return found->summary();
}

Task<void> TitleEmotions::synced(UserId user, TimeRange range, TimePoint synced_at,
                                 std::vector<std::string> titles) {
    std::optional<EmotionSummary> known = co_await summary(user, range, std::move(titles), false);
    if (known) {
        const Result<> told =
            co_await places_.history.annotate(std::move(user), range, synced_at, std::move(*known));
        if (!told) {
            report(told.error());
        }
    }
}

Task<Result<>> TitleEmotions::show_if_new(UserId user, TimeRange range, StoredTops tops,
                                          EmotionSummary emotions, bool extended) {
    const DashboardCache::Lookup cached = co_await places_.cache.get(user, range);
    const bool pending = cached.value && cached.value->emotion_paragraph == pending_emotion_paragraph;
    if (!pending && (tops.all_titles || !extended)) {
        co_return Result<>{};
    }
    co_return co_await places_.show(std::move(user), range, std::move(tops), std::move(emotions), extended);
}

Task<Result<Analysis>> TitleEmotions::analyze(Caller caller, UserId user, TimeRange range, bool extended,
                                              std::chrono::milliseconds patience) {
    if (!caller.is(user)) {
        co_return fail(Errc::not_found, nothing_to_analyze);
    }
    Result<std::optional<StoredTops>> tops = co_await places_.library.tops(user, range);
    if (!tops) {
        co_return std::unexpected(std::move(tops.error()));
    }
    if (!tops->has_value() || (*tops)->tops.tracks.empty()) {
        co_return fail(Errc::not_found, nothing_to_analyze);
    }
    std::vector<std::string> titles = titles_of((*tops)->tops.tracks);
    Result<KnownTitles> known = co_await look_up(std::vector<std::string>{titles}, extended);
    if (!known) {
        co_return std::unexpected(std::move(known.error()));
    }
    if (known->complete()) {
        EmotionSummary emotions = known->summary();
        Result<> shown = co_await show_if_new(std::move(user), range, std::move(**tops),
                                              EmotionSummary{emotions}, extended);
        if (!shown) {
            co_return std::unexpected(std::move(shown.error()));
        }
        co_return Analysis{std::move(emotions), ""};
    }
    Result<Job> job = co_await jobs_.enqueue(std::move(user), range, extended);
    if (job) {
        job = co_await jobs_.wait(job->id, patience);
    }
    if (!job) {
        co_return std::unexpected(std::move(job.error()));
    }
    if (job->state == JobState::failed) {
        co_return fail(Errc::upstream_unavailable, job->error, "the job failed",
                       std::max<std::chrono::seconds>(titles_.rests_for(), retry_after_failure));
    }
    if (job->result && job->extended && !extended) { // the job is shared with somebody who wanted more
        known = co_await look_up(std::move(titles), false);
        if (!known) {
            co_return std::unexpected(std::move(known.error()));
        }
        if (known->complete()) {
            job->result = known->summary();
        }
    }
    co_return Analysis{std::move(job->result), std::move(job->id)};
}

void TitleEmotions::report(const Error& error) const {
    if (report_) {
        report_("emotions.titles", error);
    }
}

} // namespace personalify::app
