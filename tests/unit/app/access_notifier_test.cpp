#include "app/access_notifier.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"
#include "unit/app/fakes.hpp"

#include <gmock/gmock.h>

namespace personalify::app {

using namespace test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

class FakeMessenger final : public AccessMessenger {
public:
    Task<MessageOutcome> send(std::string text) override {
        sent.push_back(std::move(text));
        co_return outcome;
    }
    std::optional<std::chrono::seconds> closed_for() const override { return closed; }

    std::vector<std::string> sent;
    MessageOutcome outcome;
    std::optional<std::chrono::seconds> closed;
};

class AccessNotifierTest : public ::testing::Test {
protected:
    void ask(const std::string& email) { run(store_.add({"Rani", email, clock_.now()}, 100)).value(); }
    Delivery delivery(std::size_t at = 0) const { return store_.stored.at(at).delivery; }

    ManualClock clock_{noon};
    FakeAccessRequests store_;
    FakeMessenger messenger_;
    std::vector<std::string> reports_;
    AccessNotifier notifier_{store_, messenger_, clock_,
                             [this](std::string_view what, const Error&) { reports_.emplace_back(what); }};
};

} // namespace

TEST(AfterAttempt, WhatMayHaveBeenSentIsNeverSentAgain) {
    EXPECT_EQ(after_attempt({MessageFate::sent}, 1, noon).delivery, Delivery::sent);
    EXPECT_EQ(after_attempt({MessageFate::maybe_sent}, 1, noon).delivery, Delivery::maybe_sent);
    EXPECT_EQ(after_attempt({MessageFate::unsendable}, 1, noon).delivery, Delivery::failed);
}

TEST(AfterAttempt, WrongSettingsUseNothingUp) {
    const MessageOutcome refused{MessageFate::misconfigured, std::chrono::minutes{10}};
    const NextDelivery next = after_attempt(refused, 10 * AccessNotifier::most_attempts, noon);
    EXPECT_EQ(next.delivery, Delivery::pending);
    EXPECT_EQ(next.next_attempt, noon + 10min);
    EXPECT_EQ(after_attempt({MessageFate::not_sent}, AccessNotifier::most_attempts, noon).delivery,
              Delivery::failed);
}

TEST(AfterAttempt, WhatWasNotSentWaitsLongerEachTime) {
    TimePoint last = noon;
    for (int attempts = 1; attempts < AccessNotifier::most_attempts; ++attempts) {
        const NextDelivery next = after_attempt({MessageFate::not_sent}, attempts, noon);
        EXPECT_EQ(next.delivery, Delivery::pending);
        EXPECT_GE(next.next_attempt, last);
        EXPECT_LE(next.next_attempt, noon + 1h);
        last = next.next_attempt;
    }
    EXPECT_EQ(after_attempt({MessageFate::not_sent}, 1, noon).next_attempt, noon + 5s);
    EXPECT_EQ(last, noon + 1h);
}

TEST(AfterAttempt, ComesWhenTheServiceSays) {
    EXPECT_EQ(after_attempt({MessageFate::not_sent, 300s}, 1, noon).next_attempt, noon + 300s);
    EXPECT_EQ(after_attempt({MessageFate::not_sent, 1s}, 9, noon).next_attempt, noon + 1s);
}

TEST_F(AccessNotifierTest, TellsOfEachRequestOnceInOrder) {
    ask("one@example.org");
    ask("two@example.org");
    EXPECT_TRUE(run(notifier_.run_once()).tried);
    EXPECT_TRUE(run(notifier_.run_once()).tried);
    const auto round = run(notifier_.run_once());
    EXPECT_FALSE(round.tried);
    EXPECT_TRUE(round.until_rung);
    EXPECT_THAT(messenger_.sent, ElementsAre(HasSubstr("one@example.org"), HasSubstr("two@example.org")));
    EXPECT_THAT(messenger_.sent[0], HasSubstr("Name: Rani\n"));
    EXPECT_EQ(delivery(0), Delivery::sent);
    EXPECT_EQ(delivery(1), Delivery::sent);
}

TEST_F(AccessNotifierTest, TriesAgainWhatWasNotSent) {
    ask("one@example.org");
    messenger_.outcome = {MessageFate::not_sent};
    run(notifier_.run_once());
    EXPECT_EQ(delivery(), Delivery::pending);
    const auto round = run(notifier_.run_once());
    EXPECT_FALSE(round.tried);
    EXPECT_EQ(round.rest, 5s);
    clock_.advance(5s);
    messenger_.outcome = {};
    EXPECT_TRUE(run(notifier_.run_once()).tried);
    EXPECT_EQ(delivery(), Delivery::sent);
    EXPECT_EQ(store_.stored[0].attempts, 2);
}

TEST_F(AccessNotifierTest, LeavesAloneWhatMayHaveBeenSent) {
    ask("one@example.org");
    messenger_.outcome = {MessageFate::maybe_sent};
    run(notifier_.run_once());
    clock_.advance(24h);
    EXPECT_FALSE(run(notifier_.run_once()).tried);
    EXPECT_EQ(delivery(), Delivery::maybe_sent);
}

TEST_F(AccessNotifierTest, TakesNothingWhileTheMessengerIsClosed) {
    ask("one@example.org");
    messenger_.closed = 35s;
    const auto round = run(notifier_.run_once());
    EXPECT_EQ(round.rest, 35s);
    EXPECT_FALSE(round.until_rung) << "whoever asks meanwhile has to wait, too";
    EXPECT_EQ(delivery(), Delivery::pending);
    EXPECT_EQ(store_.stored[0].attempts, 0);
}

TEST_F(AccessNotifierTest, GivesUpInTheEndAndSaysSo) {
    ask("one@example.org");
    messenger_.outcome = {MessageFate::not_sent, 600s};
    for (int attempt = 0; attempt < AccessNotifier::most_attempts; ++attempt) {
        run(notifier_.run_once());
        clock_.advance(2h);
    }
    EXPECT_EQ(delivery(), Delivery::failed);
    EXPECT_THAT(reports_, ElementsAre("access.notify"));
}

TEST_F(AccessNotifierTest, ABrokenStoreIsReportedAndWaitedFor) {
    store_.failure = Error{Errc::internal, "broken"};
    const auto round = run(notifier_.run_once());
    EXPECT_EQ(round.rest, AccessNotifier::trouble_look);
    EXPECT_FALSE(round.until_rung);
    EXPECT_THAT(reports_, ElementsAre("access.notify"));
}

} // namespace personalify::app
