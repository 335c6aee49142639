#include "unit/upstream/spotify/world.hpp"
#include "upstream/spotify/retry.hpp"

namespace personalify::spotify {
namespace {

using namespace testing;
using app::Urgency;
using Kind = Outcome::Kind;

constexpr auto user = Urgency::user_request;
constexpr auto job = Urgency::background;

Outcome status(int code, std::optional<std::chrono::seconds> retry_after = std::nullopt, bool quota = false) {
    return {Kind::answered, code, retry_after, quota};
}
Outcome without_answer(Kind kind) {
    return {kind, 0, std::nullopt, false};
}

struct Case {
    const char* name;
    Outcome outcome;
    int number;
    Repeat repeat;
    Urgency urgency;
    std::optional<std::chrono::milliseconds> retry_in; ///< nullopt: give up
    std::optional<std::chrono::seconds> closed_for = std::nullopt;
};
class RetryTable : public ::testing::TestWithParam<Case> {};

TEST_P(RetryTable, Decides) {
    const Case& given = GetParam();
    const Decision decision = decide(given.outcome, {given.number, given.repeat, given.urgency, noon}, 0);
    EXPECT_EQ(decision.retry, given.retry_in.has_value());
    EXPECT_EQ(decision.delay, given.retry_in.value_or(0ms));
    EXPECT_EQ(decision.close_until,
              given.closed_for ? std::optional<TimePoint>{noon + *given.closed_for} : std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(
    Reads, RetryTable,
    ::testing::Values(
        Case{"success", status(200), 0, Repeat::freely, user, {}},
        Case{"unauthorised", status(401), 0, Repeat::freely, user, {}},
        Case{"bad_request", status(400), 0, Repeat::freely, user, {}},
        Case{"forbidden", status(403), 0, Repeat::freely, job, {}},
        Case{"not_found", status(404), 0, Repeat::freely, user, {}},
        Case{"unprocessable", status(422), 0, Repeat::freely, user, {}},
        Case{"not_implemented", status(501), 0, Repeat::freely, user, {}},
        Case{"error_500", status(500), 0, Repeat::freely, user, 100ms},
        Case{"error_502_again", status(502), 1, Repeat::freely, user, 200ms},
        Case{"error_504_too_often", status(504), 2, Repeat::freely, user, {}},
        Case{"error_503_asks_for_time", status(503, 3s), 0, Repeat::freely, user, 3s, 3s},
        Case{"error_503_asks_for_much_time", status(503, 120s), 0, Repeat::freely, job, {}, 120s},
        Case{"not_sent", without_answer(Kind::not_sent), 0, Repeat::freely, user, 100ms},
        Case{"not_sent_thrice", without_answer(Kind::not_sent), 2, Repeat::freely, user, {}},
        Case{"reset_before_bytes", without_answer(Kind::unanswered), 0, Repeat::freely, user, 100ms},
        Case{"timed_out", without_answer(Kind::timed_out), 0, Repeat::freely, user, {}},
        Case{"broken_off", without_answer(Kind::broken), 0, Repeat::freely, user, {}}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    RateLimits, RetryTable,
    ::testing::Values(Case{"short_pause", status(429, 2s), 0, Repeat::freely, user, 2s, 2s},
                      Case{"the_cap_for_users", status(429, 5s), 0, Repeat::freely, user, 5s, 5s},
                      Case{"above_the_cap_for_users", status(429, 6s), 0, Repeat::freely, user, {}, 6s},
                      Case{"jobs_wait_longer", status(429, 30s), 0, Repeat::freely, job, 30s, 30s},
                      Case{"above_the_cap_for_jobs", status(429, 31s), 0, Repeat::freely, job, {}, 31s},
                      Case{"a_ban", status(429, 48925s), 0, Repeat::freely, job, {}, 48925s},
                      Case{"zero_means_at_least_a_second", status(429, 0s), 0, Repeat::freely, user, 1s, 1s},
                      Case{"no_header", status(429), 0, Repeat::freely, user, 5s, 5s},
                      Case{"no_header_doubles", status(429), 1, Repeat::freely, user, {}, 10s},
                      Case{"no_header_doubles_for_jobs", status(429), 1, Repeat::freely, job, 10s, 10s},
                      Case{"quota_without_header", status(429, {}, true), 0, Repeat::freely, job, {}, 3600s},
                      Case{
                          "quota_with_header", status(429, 79892s, true), 0, Repeat::freely, job, {}, 79892s},
                      Case{"last_try_still_closes", status(429, 2s), 2, Repeat::freely, user, {}, 2s}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Tokens, RetryTable,
    ::testing::Values(
        Case{"refresh_not_sent", without_answer(Kind::not_sent), 0, Repeat::until_answered, user, 100ms},
        Case{"refresh_reset", without_answer(Kind::unanswered), 0, Repeat::until_answered, user, 100ms},
        Case{"refresh_timed_out", without_answer(Kind::timed_out), 0, Repeat::until_answered, user, {}},
        Case{"refresh_broken", without_answer(Kind::broken), 0, Repeat::until_answered, user, {}},
        Case{"refresh_500", status(500), 0, Repeat::until_answered, user, {}},
        Case{"refresh_503", status(503, 1s), 0, Repeat::until_answered, user, {}, 1s},
        Case{"refresh_429", status(429, 1s), 0, Repeat::until_answered, user, 1s, 1s},
        Case{"exchange_not_sent", without_answer(Kind::not_sent), 0, Repeat::until_sent, user, 100ms},
        Case{"exchange_reset", without_answer(Kind::unanswered), 0, Repeat::until_sent, user, {}},
        Case{"exchange_timed_out", without_answer(Kind::timed_out), 0, Repeat::until_sent, user, {}},
        Case{"exchange_502", status(502), 0, Repeat::until_sent, user, {}},
        Case{"exchange_429", status(429, 1s), 0, Repeat::until_sent, user, 1s, 1s}),
    [](const auto& info) { return info.param.name; });

TEST(Retry, JitterSpreadsWithinTheBackoff) {
    const Attempt attempt{0, Repeat::freely, user, noon};
    EXPECT_EQ(decide(status(500), attempt, 0).delay, 100ms);
    EXPECT_EQ(decide(status(500), attempt, 0.5).delay, 150ms);
    EXPECT_LT(decide(status(500), attempt, 0.999).delay, 200ms);
    EXPECT_GE(decide(status(429, 2s), attempt, 0.5).delay, 2s);
    EXPECT_LT(decide(status(429, 2s), attempt, 0.5).delay, 2500ms);
}

struct HeaderCase {
    const char* text;
    std::optional<std::chrono::seconds> expected;
};
class RetryAfterHeader : public ::testing::TestWithParam<HeaderCase> {};
TEST_P(RetryAfterHeader, IsRead) {
    EXPECT_EQ(parse_retry_after(GetParam().text, noon), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Table, RetryAfterHeader,
    ::testing::Values(HeaderCase{"2", 2s}, HeaderCase{"0", 0s}, HeaderCase{"48925", 48925s},
                      HeaderCase{"Sun, 22 Nov 2026 12:00:07 GMT", 7s},
                      HeaderCase{"Sunday, 22-Nov-26 12:01:00 GMT", 60s},
                      HeaderCase{"Sun Nov 22 12:00:02 2026", 2s},
                      HeaderCase{"Sun, 22 Nov 2026 11:00:00 GMT", 0s}, // in the past
                      HeaderCase{"99999999999999999999999", longest_closure},
                      HeaderCase{"9223372036854775807", longest_closure},
                      HeaderCase{"Sat, 22 Nov 2036 12:00:00 GMT", longest_closure},
                      HeaderCase{"-5", std::nullopt}, HeaderCase{"2.5", std::nullopt},
                      HeaderCase{"", std::nullopt}, HeaderCase{"soon", std::nullopt},
                      HeaderCase{"Sun, 31 Feb 2026 12:00:00 GMT", std::nullopt},
                      HeaderCase{"Sun, 22 Nov 2026 12:00:07 GMT and more", std::nullopt}));

} // namespace
} // namespace personalify::spotify
