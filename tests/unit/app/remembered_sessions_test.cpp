#include "app/remembered_sessions.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace personalify::app {

namespace {

using namespace std::chrono_literals;
using namespace test;

class RememberedSessionsTest : public ::testing::Test {
protected:
    static Session session(std::string user, TimePoint expires_at = noon + 24h) {
        return {"hash", UserId{std::move(user)}, SessionKind::web, noon, expires_at};
    }
    void remember(const std::string& token, const std::string& user) {
        remembered_.remember(token, session(user), remembered_.look(token).mark);
    }

    ManualClock clock_{noon};
    RememberedSessions remembered_{clock_};
};

} // namespace

TEST_F(RememberedSessionsTest, ATokenProvesItsOwnUserOnly) {
    EXPECT_FALSE(remembered_.prove("t", "ada"));
    remember("t", "ada");
    EXPECT_TRUE(remembered_.prove("t", "ada"));
    EXPECT_FALSE(remembered_.prove("t", "bob"));
    EXPECT_FALSE(remembered_.prove("", "ada"));
    EXPECT_EQ(remembered_.look("t").session, session("ada"));
}

TEST_F(RememberedSessionsTest, StorageIsAskedAgainAfterAWhile) {
    remember("t", "ada");
    clock_.advance(RememberedSessions::lifetime - 1s);
    EXPECT_TRUE(remembered_.prove("t", "ada"));
    clock_.advance(1s);
    EXPECT_FALSE(remembered_.prove("t", "ada"));
    EXPECT_EQ(remembered_.look("t").session, std::nullopt);
}

TEST_F(RememberedSessionsTest, NothingOutlivesTheSession) {
    remembered_.remember("t", session("ada", noon + 10s), 0);
    clock_.advance(10s);
    EXPECT_FALSE(remembered_.prove("t", "ada"));
}

TEST_F(RememberedSessionsTest, WhatIsForgottenStaysForgottenForSlowReaders) {
    remember("t", "ada");
    const std::uint64_t before = remembered_.look("t").mark;
    remembered_.forget("t");
    EXPECT_FALSE(remembered_.prove("t", "ada"));
    remembered_.remember("t", session("ada"), before);
    EXPECT_FALSE(remembered_.prove("t", "ada")) << "read before the session ended";

    remember("u", "bob");
    const std::uint64_t then = remembered_.look("u").mark;
    remembered_.forget_all();
    EXPECT_FALSE(remembered_.prove("u", "bob"));
    remembered_.remember("u", session("bob"), then);
    EXPECT_FALSE(remembered_.prove("u", "bob"));
}

TEST_F(RememberedSessionsTest, TellsHowManyItForgot) {
    remember("t", "ada");
    remember("u", "bob");
    EXPECT_EQ(remembered_.size(), 2U);
    EXPECT_EQ(remembered_.forget_all(), 2U);
    EXPECT_EQ(remembered_.size(), 0U);
}

TEST_F(RememberedSessionsTest, IsBounded) {
    for (std::size_t i = 0; i < 3 * RememberedSessions::most; ++i) {
        remember("token " + std::to_string(i), "ada");
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < 3 * RememberedSessions::most; ++i) {
        kept += remembered_.prove("token " + std::to_string(i), "ada") ? 1U : 0U;
    }
    EXPECT_LE(kept, RememberedSessions::most);
}

TEST_F(RememberedSessionsTest, AnEndWinsOverReadersOnOtherThreads) {
    for (int round = 0; round < 50; ++round) {
        const std::uint64_t mark = remembered_.look("t").mark;
        std::vector<std::jthread> threads;
        for (int i = 0; i < 3; ++i) {
            threads.emplace_back([&] { remembered_.remember("t", session("ada"), mark); });
        }
        threads.emplace_back([&] { remembered_.forget("t"); });
        threads.clear();
        ASSERT_FALSE(remembered_.prove("t", "ada")) << round;
    }
}

} // namespace personalify::app
