#include "crypto/crypto.hpp"
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

TEST(Access, RefusesNamesThatAreNotOneLine) {
    World world;
    for (const char* bad : {"", " \u3000", "Rani\nMail: x@example.org", "Rani\tSenja", "Rani\u2028",
                            "\u202Einar", "Ra\u0085ni", "\x1b[31mRani"}) {
        EXPECT_EQ(error_of(run(world.access.request(bad, "rani@example.org"))), Errc::invalid_argument)
            << bad;
    }
    for (const char* good : {"Rani_*[]<>&", "田中 太郎 🎧", "\u0634\u200c\u0627", "👩\u200d🎤"}) {
        EXPECT_TRUE(run(world.access.request(good, "rani@example.org"))) << good;
    }
}

TEST(Access, TellsOfWhatIsNew) {
    World world;
    int told = 0;
    AccessService access{world.access_requests, world.clock, [&] { ++told; }};
    EXPECT_TRUE(access.tells_owner());
    EXPECT_FALSE(world.access.tells_owner());
    run(access.request("Rani", "rani@example.org")).value();
    run(access.request("Rani", "rani@example.org")).value();
    EXPECT_EQ(told, 1);
}

TEST(Access, ApprovingInvitesAndDecliningDoesNot) {
    World world;
    run(world.access.request("Rani", "rani@example.org")).value();
    world.access_requests.users = 3;
    const AccessDecision approved = run(world.access.decide(1, true)).value();
    EXPECT_EQ(approved.request.state, AccessState::approved);
    EXPECT_EQ(approved.invitation.size(), 43U);
    EXPECT_EQ(approved.expires_at, noon + 24h * 14);
    EXPECT_EQ(approved.places_left, 2);
    ASSERT_TRUE(world.access_requests.invited);
    EXPECT_EQ(world.access_requests.invited->code_hash, crypto::sha256_hex(approved.invitation));

    world.access_requests.users = 9;
    const AccessDecision declined = run(world.access.decide(1, false)).value();
    EXPECT_EQ(declined.invitation, "");
    EXPECT_EQ(declined.places_left, 0);
    EXPECT_FALSE(world.access_requests.invited);
    EXPECT_EQ(error_of(run(world.access.decide(7, true))), Errc::not_found);
}

TEST(Access, RefusesWhatIsNoAddressAndTellsOfABrokenStore) {
    World world;
    EXPECT_EQ(error_of(run(world.access.request("Rani", "rani at example"))), Errc::invalid_argument);
    EXPECT_TRUE(world.access_requests.requests.empty());
    world.access_requests.failure = Error{Errc::overloaded, "busy"};
    EXPECT_EQ(error_of(run(world.access.request("Rani", "rani@example.org"))), Errc::overloaded);
}

} // namespace personalify::app
