#include "api/examples.hpp"
#include "api/job_answer.hpp"

namespace personalify::api {

namespace {

/// The id of the last event: who comes back with it has heard everything.
constexpr std::string_view last_event = "over";

Task<Result<JobAnswer>> show(app::JobService& jobs, app::Caller caller, std::string id) {
    const Result<app::Job> job = co_await jobs.show(std::move(caller), std::move(id));
    if (!job) {
        co_return std::unexpected(job.error());
    }
    co_return answer_of(*job);
}

/// "state" when it enters one, "progress" when it goes on in it.
std::string event_of(const app::Job& job, std::optional<app::JobState> told) {
    std::string event = told == job.state ? "event: progress\n" : "event: state\n";
    if (job.is_over()) {
        event.append("id: ").append(last_event).append("\n");
    }
    event += "data: ";
    json::append(event, answer_of(job));
    event += "\n\n";
    return event;
}

/// What a stream of a job's events holds on to.
struct Following {
    std::string token; ///< of the session that opened it
    app::FollowedJob followed;
    std::chrono::milliseconds heartbeat;
};

/// The job as its owner may see it now; nullopt when the session has ended, or the job is gone.
Task<std::optional<app::Job>> look_again(JobAccess access, const Following& following) {
    Result<app::Caller> caller = co_await access.sessions.identify(following.token);
    if (!caller) {
        co_return std::nullopt;
    }
    Result<app::Job> job = co_await access.jobs.show(std::move(*caller), following.followed.job.id);
    co_return job ? std::optional{std::move(*job)} : std::nullopt;
}

/// From news to news until the job is over; ends when the client or the server goes, or the session does.
Task<void> send_events(JobAccess access, std::shared_ptr<const Following> following,
                       http::ResponseStream& stream) {
    using SteadyClock = std::chrono::steady_clock;
    app::JobWatch& watch = *following->followed.watch;
    watch.on_news([&stream] { stream.wake(); });
    app::Job job = following->followed.job;
    bool there = co_await stream.write("retry: 3000\n" + event_of(job, std::nullopt));
    SteadyClock::time_point beat_at = SteadyClock::now() + following->heartbeat;
    while (there && !job.is_over()) {
        std::optional<app::Job> news = watch.take();
        if (!news && !watch.take_doubt() && SteadyClock::now() < beat_at) {
            there = co_await stream.wait(
                std::chrono::ceil<std::chrono::milliseconds>(beat_at - SteadyClock::now()));
            continue;
        }
        if (!news) {
            news = co_await look_again(access, *following);
            beat_at = SteadyClock::now() + following->heartbeat;
        }
        if (!news) {
            break;
        }
        there = co_await stream.write(*news == job ? ": still here\n\n" : event_of(*news, job.state));
        job = std::move(*news);
    }
    watch.on_news(nullptr);
}

Task<void> no_events(http::ResponseStream&) {
    co_return;
}

Task<Result<http::Response>> follow(JobAccess access, app::Caller caller, bool headers_only, std::string id,
                                    std::chrono::milliseconds heartbeat) {
    std::string token = caller.token;
    Result<app::FollowedJob> followed = co_await access.jobs.follow(std::move(caller), std::move(id));
    if (!followed) {
        co_return std::unexpected(std::move(followed.error()));
    }
    http::Response response;
    response.headers = {
        {"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
    response.stream = no_events;
    if (!headers_only) {
        const auto following =
            std::make_shared<const Following>(Following{std::move(token), std::move(*followed), heartbeat});
        response.stream = [access, following](http::ResponseStream& stream) {
            return send_events(access, following, stream);
        };
    }
    co_return response;
}

/// A browser that comes back after the last event is told that there is nothing more (204 ends it).
Task<Result<http::Response>> nothing_more() {
    co_return http::to_response(http::NoContent{});
}

} // namespace

void add_job_routes(Routes& routes, JobAccess access, std::chrono::milliseconds heartbeat) {
    routes.get<JobAnswer>("/api/jobs/{id}", "How a job of the session's user goes")
        .tag("Emotions")
        .describe(
            "`progress` counts titles: `total` is 0 until the job has looked, and grows when somebody asks "
            "for more titles of the same range (`extended`) meanwhile. Kept for a day after its end. "
            "Anybody else's job looks unknown.")
        .needs_session()
        .fails_with(Errc::not_found)
        .handle([access](const app::Caller& caller, std::string id) {
            return show(access.jobs, caller, std::move(id));
        });

    routes.get<http::Response>("/api/jobs/{id}/events", "The same, told as it goes on")
        .tag("Emotions")
        .describe(
            "Server-sent events with what the route above answers as their data: `state` first and whenever "
            "the job enters another state, `progress` in between. The stream ends after the `state` that "
            "is `done` or `failed`; a browser that opens it again is answered 204. A comment comes every "
            "15 seconds.")
        .needs_session()
        .produces("text/event-stream")
        .answers(204, "All was told before")
        .fails_with(Errc::not_found)
        .handle([access, heartbeat](const app::Caller& caller, const http::Request& request, std::string id) {
            if (request.header("last-event-id") == last_event) {
                return nothing_more();
            }
            return follow(access, caller, request.method == "HEAD", std::move(id), heartbeat);
        });
}

} // namespace personalify::api
