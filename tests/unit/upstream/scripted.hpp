#pragma once

#include "app/ports/upstream_state.hpp"
#include "core/clock.hpp"
#include "support/run_task.hpp"
#include "upstream/common/timing.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

/// A service without a network: answers from a list, a clock that moves when somebody sleeps.
namespace personalify::upstream::testing {

using namespace std::chrono_literals;

/// 2026-11-22T12:00:00Z, a Sunday.
inline constexpr TimePoint noon{std::chrono::milliseconds{1'795'348'800'000}};

class States final : public app::UpstreamStateStore {
public:
    Task<Result<std::optional<TimePoint>>> closed_until(std::string upstream) override {
        if (failing) {
            co_return fail(Errc::internal, "broken store");
        }
        const auto at = closed.find(upstream);
        co_return at == closed.end() ? std::optional<TimePoint>{} : std::optional<TimePoint>{at->second};
    }
    Task<Result<>> close_until(std::string upstream, TimePoint until) override {
        ++writes;
        if (failing) {
            co_return fail(Errc::internal, "broken store");
        }
        closed[upstream] = until;
        co_return Result<>{};
    }

    std::map<std::string, TimePoint> closed;
    int writes = 0;
    bool failing = false;
};

inline net::HttpReply reply(int status, std::string body, std::vector<net::HttpHeader> headers = {}) {
    return {status, std::move(headers), std::move(body)};
}

inline net::HttpResult broken(net::HttpProgress progress, bool timed_out = false,
                              Errc code = Errc::upstream_unavailable) {
    return std::unexpected(
        net::HttpFailure{{code, "The service could not be reached", "why"}, progress, timed_out});
}

struct Script {
    ManualClock clock{noon};
    States states;
    std::vector<std::chrono::milliseconds> sleeps;
    std::vector<net::HttpCall> sent;
    std::deque<net::HttpResult> answers;     ///< the last one repeats
    std::chrono::milliseconds each_takes{0}; ///< by which the clock moves with every answer
    int turns = 0;                           ///< of the loop that an answer takes, in which others go on
    std::vector<std::string> reports;
    /// Instead of the list, when set.
    std::function<net::HttpResult(const net::HttpCall&)> answer_to;

    Timing timing{clock, [this](std::chrono::milliseconds time) { return sleep(time); }, [] { return 0.0; }};
    std::function<void(std::string_view, const Error&)> report = [this](std::string_view what, const Error&) {
        reports.emplace_back(what);
    };
    Send send = [this](net::HttpCall call) { return answer(std::move(call)); };

private:
    Task<void> sleep(std::chrono::milliseconds time) {
        sleeps.push_back(time);
        clock.advance(time);
        co_return;
    }
    Task<net::HttpResult> answer(net::HttpCall call) {
        sent.push_back(std::move(call));
        const net::HttpCall mine = sent.back();
        for (int turn = 0; turn < turns; ++turn) {
            co_await asio::post(co_await asio::this_coro::executor, use_task);
        }
        clock.advance(each_takes);
        if (answer_to) {
            co_return answer_to(mine);
        }
        net::HttpResult next = answers.empty() ? net::HttpResult{reply(200, "{}")} : answers.front();
        if (answers.size() > 1) {
            answers.pop_front();
        }
        co_return next;
    }
};

} // namespace personalify::upstream::testing
