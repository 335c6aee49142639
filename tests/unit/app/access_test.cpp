#include "unit/app/world.hpp"

#include <gtest/gtest.h>

namespace personalify::app {

namespace {

using namespace test;

} // namespace

TEST(EmailAddress, IsOneAtBetweenALocalPartAndADomain) {
    for (const char* good : {"rani@example.org", "rani.senja+beta@mail.example.org", "a@b.co",
                             "ñ@example.org", "r'ani@example-one.org"}) {
        EXPECT_TRUE(is_email_address(good)) << good;
    }
    for (const char* bad : {"",
                            "@",
                            "rani",
                            "rani@",
                            "@example.org",
                            "rani@example",
                            "rani@@example.org",
                            "ra@ni@example.org",
                            "rani@.example.org",
                            "rani@example.org.",
                            "rani@example..org",
                            "rani senja@example.org",
                            "rani@exam ple.org",
                            "rani@example.org\n",
                            "rani@example.org\r\nBcc: all@example.org",
                            "<rani@example.org>",
                            "rani@example.org,eve@example.org",
                            "\"rani\"@example.org",
                            "rani;eve@example.org",
                            "rani\x7f@example.org"}) {
        EXPECT_FALSE(is_email_address(bad)) << bad;
    }
    EXPECT_FALSE(is_email_address(std::string_view{"ra\0ni@example.org", 17}));
}

TEST(EmailAddress, HasTheLengthsOfMail) {
    EXPECT_TRUE(is_email_address(std::string(64, 'a') + "@example.org"));
    EXPECT_FALSE(is_email_address(std::string(65, 'a') + "@example.org"));
    EXPECT_TRUE(is_email_address("a@" + std::string(248, 'b') + ".org"));
    EXPECT_FALSE(is_email_address("a@" + std::string(249, 'b') + ".org"));
}

TEST(Access, IsStoredOnceADayAndAlwaysAnsweredOk) {
    World world;
    EXPECT_TRUE(run(world.access.request("Rani", "rani@example.org")));
    EXPECT_TRUE(run(world.access.request("Rani", "rani@example.org")));
    ASSERT_EQ(world.access_requests.requests.size(), 1U);
    EXPECT_EQ(world.access_requests.requests[0].name, "Rani");
    EXPECT_EQ(world.access_requests.requests[0].requested_at, noon);
    world.clock.advance(24h);
    EXPECT_TRUE(run(world.access.request("Rani", "rani@example.org")));
    EXPECT_EQ(world.access_requests.requests.size(), 2U);
}

TEST(Access, RefusesWhatIsNoAddressAndTellsOfABrokenStore) {
    World world;
    EXPECT_EQ(error_of(run(world.access.request("Rani", "rani at example"))), Errc::invalid_argument);
    EXPECT_TRUE(world.access_requests.requests.empty());
    world.access_requests.failure = Error{Errc::overloaded, "busy"};
    EXPECT_EQ(error_of(run(world.access.request("Rani", "rani@example.org"))), Errc::overloaded);
}

} // namespace personalify::app
