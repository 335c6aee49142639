#pragma once

#include "api/resources.hpp"

namespace personalify::api {

struct JobProgress {
    int done = 0;
    int total = 0; ///< 0 until the job has looked
};
BOOST_DESCRIBE_STRUCT(JobProgress, (), (done, total))

/// `result` is there when it is done, `error` when it failed.
struct JobAnswer {
    std::string id;
    app::JobKind kind = app::JobKind::title_emotions;
    app::JobState state = app::JobState::queued;
    TimeRange time_range = TimeRange::medium_term;
    bool extended = false;
    JobProgress progress;
    TimePoint created_at;
    TimePoint updated_at;
    json::Omittable<EmotionAnswer> result = {};
    json::Omittable<std::string> error = {};

    static JobAnswer example() {
        const TimePoint at{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
        return {.id = "kVb2w3mJ0rWl7kqTgq1c9y5uYw3n8oXb4aZ6sD2fG1h",
                .state = app::JobState::running,
                .time_range = TimeRange::short_term,
                .progress = {5, 10},
                .created_at = at,
                .updated_at = at + std::chrono::seconds{1}};
    }
};
BOOST_DESCRIBE_STRUCT(JobAnswer, (),
                      (id, kind, state, time_range, extended, progress, created_at, updated_at, result,
                       error))

inline JobAnswer answer_of(const app::Job& job) {
    JobAnswer answer{.id = job.id,
                     .kind = job.kind,
                     .state = job.state,
                     .time_range = job.range,
                     .extended = job.extended,
                     .progress = {job.steps_done, job.steps},
                     .created_at = job.created_at,
                     .updated_at = job.updated_at};
    if (job.result) {
        answer.result = api::answer_of(EmotionSummary{*job.result});
    }
    if (job.state == app::JobState::failed) {
        answer.error = job.error;
    }
    return answer;
}

} // namespace personalify::api
