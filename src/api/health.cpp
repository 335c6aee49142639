#include "api/system.hpp"
#include "core/concurrent.hpp"

namespace personalify::api {

namespace {

constexpr std::chrono::seconds patience{2}; ///< for all dependencies together: they are asked side by side

struct Health {
    std::string status;
    static Health example() { return {"ok"}; }
};
BOOST_DESCRIBE_STRUCT(Health, (), (status))

struct Closed {
    std::string until; ///< RFC 3339
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Closed, (), (until, reason))

struct Readiness {
    std::string status;                                      ///< ready or unavailable
    std::vector<std::pair<std::string, std::string>> checks; ///< dependency to ok or what is wrong
    /// Parts whose trouble takes nothing down: "ok", or what there is to say.
    std::vector<std::pair<std::string, std::string>> parts;
    /// Services whose absence takes nothing down: "ok", or for how long they are left alone.
    std::vector<std::pair<std::string, std::string>> services;
    std::vector<std::pair<std::string, Closed>> closed; ///< of these, those that are left alone
    static Readiness example() {
        return {"ready",
                {{"storage", "ok"}},
                {{"emotion_model", "loaded"}, {"workers", "ok"}, {"disk", "low"}, {"key", "ok"}},
                {{"genius-pages", "closed for 1800 s"}, {"lrclib", "ok"}},
                {{"genius-pages", {"2026-11-22T17:28:43.120Z", "Genius answered 403"}}}};
    }
};
BOOST_DESCRIBE_STRUCT(Readiness, (), (status, checks, parts, services, closed))

Task<Result<Health>> healthy() {
    co_return Health{"ok"};
}

using Dependencies = decltype(SystemInfo::dependencies);

using Parts = decltype(SystemInfo::parts);
using Services = decltype(SystemInfo::services);

Task<Result<http::Reply<Readiness>>> check(std::shared_ptr<const Dependencies> dependencies, Parts parts,
                                           Services services) {
    const Executor shard = co_await asio::this_coro::executor;
    std::vector<Started<Result<>>> running;
    for (const auto& [name, probe] : *dependencies) {
        running.push_back(personalify::start(shard, probe()));
    }
    const auto until = std::chrono::steady_clock::now() + patience;
    http::Reply<Readiness> reply{.body = {"ready", {}, {}, {}, {}}};
    for (std::size_t i = 0; i < running.size(); ++i) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        const Result<> outcome = (co_await running[i].value_within(left))
                                     .value_or(fail(Errc::upstream_unavailable, "does not answer in time"));
        reply.body.checks.emplace_back((*dependencies)[i].first, outcome ? "ok" : outcome.error().detail);
        if (!outcome) {
            reply.status = 503;
            reply.body.status = "unavailable";
        }
    }
    if (parts) {
        reply.body.parts = parts();
    }
    if (services) {
        for (const auto& [name, closed] : services()) {
            reply.body.services.emplace_back(
                name, closed ? "closed for " + std::to_string(closed->left.count()) + " s" : "ok");
            if (closed) {
                reply.body.closed.emplace_back(name, Closed{to_rfc3339(closed->until), closed->why});
            }
        }
    }
    co_return reply;
}

} // namespace

void add_health_routes(Routes& routes, const SystemInfo& info) {
    routes.get<Health>("/healthz", "Whether the process answers").tag("System").unlimited().handle([] {
        return healthy();
    });

    const auto dependencies = std::make_shared<const Dependencies>(info.dependencies);
    routes.get<http::Reply<Readiness>>("/readyz", "Whether each dependency answers")
        .tag("System")
        .answers<Readiness>(503, "A dependency does not answer")
        .unlimited()
        .handle([dependencies, parts = info.parts, services = info.services] {
            return check(dependencies, parts, services);
        });
}

} // namespace personalify::api
