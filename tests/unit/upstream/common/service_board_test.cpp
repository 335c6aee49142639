#include "upstream/common/service_board.hpp"

#include <gtest/gtest.h>

namespace personalify::upstream {

namespace {

using namespace std::chrono_literals;

struct Told {
    std::vector<std::string> events;
    ServiceBoard board{
        {.closed = [this](std::string_view service, TimePoint, std::string_view why) { note(service, why); },
         .opened = [this](std::string_view service) { note(service, "opened"); }}};
    void note(std::string_view service, std::string_view what) {
        events.push_back(std::string{service} + ' ' + std::string{what});
    }
};

constexpr TimePoint noon = from_millis(1'800'000'000'000);

net::HttpResult answer(int status) {
    return net::HttpReply{.status = status, .headers = {}, .body = {}};
}

} // namespace

TEST(ServiceBoard, TellsAClosureOnceAndItsEndOnce) {
    Told told;
    const auto record = told.board.record("genius-api");
    EXPECT_EQ(record, told.board.record("genius-api"));
    told.board.close(*record, noon, noon + 10s, "answered 429");
    told.board.close(*record, noon + 1s, noon + 20s, "answered 503"); // longer: no second closure
    told.board.close(*record, noon + 1s, noon + 5s, "answered 502");  // shorter: nothing new
    told.board.look(noon + 19s);
    EXPECT_EQ(told.events, std::vector<std::string>{"genius-api answered 429"});
    ASSERT_TRUE(record->closed(noon + 19s));
    EXPECT_EQ(record->closed(noon + 19s)->why, "answered 503");
    told.board.look(noon + 20s);
    told.board.look(noon + 21s);
    EXPECT_EQ(told.events.size(), 2U);
    EXPECT_EQ(told.events.back(), "genius-api opened");
    EXPECT_FALSE(record->closed(noon + 20s));
}

TEST(ServiceBoard, KnowsHowCallsEnd) {
    EXPECT_EQ(outcome_of(answer(200)), CallOutcome::ok);
    EXPECT_EQ(outcome_of(answer(404)), CallOutcome::ok);
    EXPECT_EQ(outcome_of(answer(401)), CallOutcome::refused);
    EXPECT_EQ(outcome_of(answer(429)), CallOutcome::limited);
    EXPECT_EQ(outcome_of(answer(502)), CallOutcome::error);
    net::HttpFailure failure;
    EXPECT_EQ(outcome_of(std::unexpected(failure)), CallOutcome::error);
    failure.timed_out = true;
    EXPECT_EQ(outcome_of(std::unexpected(failure)), CallOutcome::timeout);
}

} // namespace personalify::upstream
