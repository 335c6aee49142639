#pragma once

#include "core/clock.hpp"
#include "unit/net_client/scripted_server.hpp"
#include "unit/upstream/scripted.hpp"
#include "upstream/spotify/accounts.hpp"
#include "upstream/spotify/api.hpp"

#include <gtest/gtest.h>

#include <deque>

/// Spotify without a network: answers from a list, a clock that moves when somebody sleeps.
namespace personalify::spotify::testing {

using namespace std::chrono_literals;
using personalify::testing::run;

using upstream::testing::broken;
using upstream::testing::noon;
using upstream::testing::reply;
using upstream::testing::States;

struct World {
    ManualClock clock{noon};
    States states;
    std::vector<std::chrono::milliseconds> sleeps;
    std::vector<net::HttpCall> sent;
    std::deque<net::HttpResult> answers; ///< the last one repeats
    std::vector<std::string> reports;
    std::function<void()> while_sending = [] {};

    Timing timing{clock, [this](std::chrono::milliseconds time) { return sleep(time); }, [] { return 0.0; }};
    Governor::Report report = [this](std::string_view what, const Error&) { reports.emplace_back(what); };
    Governor api_governor{"spotify-api", {90, 30s}, states, timing, report};
    Governor accounts_governor{"spotify-accounts", {}, states, timing, report};
    Send send = [this](net::HttpCall call) { return answer(std::move(call)); };
    Api api{"https://api.example/sub", Caller{send, api_governor, {}, timing}};
    Accounts accounts{
        "https://accounts.example", {"client123", "secret456"}, Caller{send, accounts_governor, {}, timing}};

    std::chrono::milliseconds slept() const {
        std::chrono::milliseconds sum{0};
        for (const auto time : sleeps) {
            sum += time;
        }
        return sum;
    }

private:
    Task<void> sleep(std::chrono::milliseconds time) {
        sleeps.push_back(time);
        clock.advance(time);
        co_return;
    }
    Task<net::HttpResult> answer(net::HttpCall call) {
        sent.push_back(std::move(call));
        while_sending();
        net::HttpResult next = answers.empty() ? net::HttpResult{reply(200, "{}")} : answers.front();
        if (answers.size() > 1) {
            answers.pop_front();
        }
        co_return next;
    }
};

} // namespace personalify::spotify::testing
