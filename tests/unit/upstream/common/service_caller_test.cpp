#include "unit/upstream/scripted.hpp"
#include "upstream/common/service_caller.hpp"

#include <gtest/gtest.h>

namespace personalify::upstream {
namespace {

using namespace testing;
using net::HttpProgress;
using personalify::test::run;
using personalify::test::run_all;

net::HttpCall a_call() {
    net::HttpCall call;
    call.url = "https://service.example/";
    return call;
}

/// A service whose 200 is good, whose 500 may be repeated once, and which closes at 429.
struct Service : Script {
    Closure closure{"service", states, clock, report};
    ServiceCaller caller{"The service", send, closure, 2, {}, timing};

    static Judgement<int> judge(const net::HttpReply& reply, const Try& attempt) {
        Judgement<int> judgement{.outcome = reply.status};
        if (reply.status != 200) {
            judgement.outcome = fail(Errc::upstream_unavailable, "no");
            judgement.is_trouble = reply.status >= 500;
        }
        if (reply.status == 500 && attempt.number == 0) {
            judgement.retry_after = 100ms;
        }
        if (reply.status == 429) {
            judgement.close_until = attempt.now + 5min;
        }
        return judgement;
    }
    Task<Result<int>> call(std::chrono::milliseconds within = 10s) {
        return caller.call<int>(a_call(), clock.now() + within, &judge);
    }
};

TEST(ServiceCaller, AGoodAnswer) {
    Service service;
    service.answers = {reply(200, "")};
    EXPECT_EQ(run(service.call()), 200);
    EXPECT_LE(service.sent.at(0).deadline, 5s);
}

TEST(ServiceCaller, NoTryIsLongerThanWhatIsLeft) {
    Service service;
    service.each_takes = 2s;
    service.answers = {reply(500, ""), reply(200, "")};
    EXPECT_EQ(run(service.call(3s)), 200);
    EXPECT_EQ(service.sent.at(0).deadline, 3s);
    EXPECT_EQ(service.sent.at(1).deadline, 900ms);
    EXPECT_LE(service.sent.at(1).connect_timeout, 900ms);
}

TEST(ServiceCaller, NoRetryBeyondTheDeadline) {
    Service service;
    service.each_takes = 2950ms;
    service.answers = {reply(500, "")};
    EXPECT_FALSE(run(service.call(3s)));
    EXPECT_EQ(service.sent.size(), 1U);
}

struct Break {
    const char* name;
    HttpProgress progress;
    bool timed_out;
    std::size_t tries;
};
class Breaks : public ::testing::TestWithParam<Break> {};

TEST_P(Breaks, AreRepeatedWhenNothingCame) {
    Service service;
    service.answers = {broken(GetParam().progress, GetParam().timed_out)};
    const Result<int> answer = run(service.call());
    EXPECT_EQ(answer.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(service.sent.size(), GetParam().tries);
}
INSTANTIATE_TEST_SUITE_P(Every, Breaks,
                         ::testing::Values(Break{"Down", HttpProgress::not_sent, false, 2},
                                           Break{"Reset", HttpProgress::sent, false, 2},
                                           Break{"Slow", HttpProgress::sent, true, 1},
                                           Break{"Truncated", HttpProgress::answered, false, 1}),
                         [](const auto& info) { return info.param.name; });

TEST(ServiceCaller, OurOwnFaultsAreNotTheServices) {
    Service service;
    service.answers = {broken(HttpProgress::not_sent, false, Errc::cancelled)};
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(run(service.call()).error().code, Errc::cancelled);
    }
    EXPECT_EQ(service.sent.size(), 5U);
}

TEST(ServiceCaller, AClosedServiceIsNotCalledAndSaysUntilWhen) {
    Service service;
    service.answers = {reply(429, "")};
    EXPECT_FALSE(run(service.call()));
    const Result<int> second = run(service.call());
    EXPECT_EQ(second.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(second.error().retry_after, 300s);
    EXPECT_EQ(service.sent.size(), 1U);
    EXPECT_EQ(service.states.closed.at("service"), noon + 5min) << "kept over restarts";
    service.clock.advance(5min);
    service.answers = {reply(200, "")};
    EXPECT_TRUE(run(service.call()));
}

TEST(ServiceCaller, AClosureFromBeforeTheRestart) {
    Service service;
    service.states.closed["service"] = noon + 1h;
    run(service.closure.restore());
    EXPECT_EQ(run(service.call()).error().retry_after, 3600s);
    EXPECT_TRUE(service.sent.empty());
}

TEST(ServiceCaller, AStoreThatFailsBlocksNobody) {
    Service service;
    service.states.failing = true;
    run(service.closure.restore());
    service.answers = {reply(429, "")};
    EXPECT_FALSE(run(service.call()));
    EXPECT_EQ(service.reports.size(), 2U);
}

TEST(ServiceCaller, FailuresInARowGiveTheServiceARest) {
    Service service;
    service.answers = {reply(503, "")};
    for (int i = 0; i < 5; ++i) {
        EXPECT_FALSE(run(service.call()));
    }
    EXPECT_EQ(service.sent.size(), 3U);
    service.clock.advance(1min);
    EXPECT_FALSE(run(service.call()));
    EXPECT_EQ(service.sent.size(), 4U);
    service.clock.advance(1min);
    EXPECT_FALSE(run(service.call())) << "the second rest is longer";
    EXPECT_EQ(service.sent.size(), 4U);
    service.clock.advance(1min);
    service.answers = {reply(200, "")};
    EXPECT_TRUE(run(service.call()));
    service.answers = {reply(503, "")};
    EXPECT_FALSE(run(service.call()));
    EXPECT_FALSE(run(service.call())) << "counted anew";
    EXPECT_EQ(service.sent.size(), 7U);
}

TEST(ServiceCaller, FewCallsAtOnceTheOthersInLine) {
    Service service;
    int under_way = 0;
    int most = 0;
    ServiceCaller caller{"The service",
                         [&](net::HttpCall) -> Task<net::HttpResult> {
                             return [](int& now, int& peak) -> Task<net::HttpResult> {
                                 peak = std::max(peak, ++now);
                                 for (int i = 0; i < 3; ++i) {
                                     co_await asio::post(co_await asio::this_coro::executor, use_task);
                                 }
                                 --now;
                                 co_return reply(200, "");
                             }(under_way, most);
                         },
                         service.closure,
                         2,
                         {},
                         service.timing};
    std::vector<Task<Result<int>>> calls;
    calls.reserve(10);
    for (int i = 0; i < 10; ++i) {
        calls.push_back(caller.call<int>(a_call(), service.clock.now() + 60s, &Service::judge));
    }
    for (const Result<int>& answer : run_all(std::move(calls))) {
        EXPECT_EQ(answer, 200);
    }
    EXPECT_EQ(most, 2);
}

TEST(Slots, TheLineIsBoundedAndImpatient) {
    Slots slots{1, 1};
    const auto first = run(slots.take(0ms));
    ASSERT_TRUE(first);
    EXPECT_EQ(run(slots.take(0ms)).error().code, Errc::overloaded);
    Slots without_line{1, 0};
    const auto other = run(without_line.take(60s));
    EXPECT_EQ(run(without_line.take(60s)).error().code, Errc::overloaded);
}

TEST(Slots, APlaceComesBack) {
    Slots slots{1, 0};
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(run(slots.take(0ms)));
    }
}

} // namespace
} // namespace personalify::upstream
