#include "simulator/player.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace personalify::simulator {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint start{std::chrono::milliseconds{1'795'338'400'123}};

const std::vector<Programme>& programmes() {
    static const Favourites favourites;
    static const std::vector<Programme> all = make_programmes(favourites);
    return all;
}

const Programme& programme(std::string_view id) {
    const auto found = std::ranges::find(programmes(), id, [](const Programme& p) { return p.listener->id; });
    return found == programmes().end() ? programmes().front() : *found;
}

std::chrono::milliseconds length(const Item& item) {
    return std::chrono::milliseconds{item.duration_ms};
}

bool same(const Item& one, const Item& other) {
    return one.kind == other.kind && one.track == other.track && one.episode == other.episode &&
           one.duration_ms == other.duration_ms;
}

std::ptrdiff_t count(const Programme& programme, ItemKind kind) {
    return std::ranges::count(programme.items, kind, &Item::kind);
}

TEST(Programmes, AreDrawnFromFavouritesAndAreTheSameEveryTime) {
    const Favourites favourites;
    const auto again = make_programmes(favourites);
    ASSERT_EQ(again.size(), listeners().size());
    for (std::size_t i = 0; i < again.size(); ++i) {
        const Programme& programme = again[i];
        EXPECT_TRUE(std::ranges::equal(programme.items, programmes()[i].items, same));
        const auto& loved = favourites.tracks(*programme.listener, TimeRange::medium_term);
        std::chrono::milliseconds sum{0};
        for (const Item& item : programme.items) {
            EXPECT_GT(item.duration_ms, 0);
            sum += length(item);
            if (item.kind == ItemKind::track) {
                EXPECT_NE(std::ranges::find(loved, item.track), loved.end());
                EXPECT_EQ(item.duration_ms, item.track->duration_ms);
            }
        }
        EXPECT_EQ(programme.length, sum);
    }
}

TEST(Programmes, BeginWithTracksAndHaveAdsForTheFreeAccountOnly) {
    for (const Programme& programme : programmes()) {
        if (programme.listener->taste == nullptr) {
            EXPECT_TRUE(programme.items.empty());
            continue;
        }
        EXPECT_EQ(count(programme, ItemKind::track), 120);
        EXPECT_EQ(count(programme, ItemKind::episode), 7);
        EXPECT_EQ(count(programme, ItemKind::ad), programme.listener->product == "free" ? 29 : 0);
        for (std::size_t i = 0; i < 4; ++i) {
            EXPECT_EQ(programme.items[i].kind, ItemKind::track);
        }
    }
}

TEST(Player, MovesOnAtNaturalEndsAndRemembersTracks) {
    const Programme& ambu = programme("eulisgarut48");
    Player player(ambu, start);
    TimePoint end = start;
    for (std::size_t i = 0; i < 40; ++i) {
        const Item& item = ambu.items[i];
        player.advance(end);
        EXPECT_TRUE(same(player.item(), item)) << i;
        EXPECT_EQ(player.position(end), 0ms);
        EXPECT_EQ(player.changed_at(), end);
        end += length(item);
        player.advance(end - 1ms);
        EXPECT_TRUE(same(player.item(), item)) << i;
        EXPECT_EQ(player.position(end - 1ms), length(item) - 1ms);
        player.advance(end);
        if (item.kind == ItemKind::track) {
            EXPECT_EQ(player.plays().front().played_at, end);
            EXPECT_TRUE(same(player.plays().front().item, item));
        } else {
            EXPECT_NE(player.plays().front().played_at, end);
        }
        EXPECT_EQ(player.plays().size(), Player::max_plays);
    }
}

TEST(Player, OneLookAfterAWholeDayComesToTheSameAsManyLooks) {
    Player seldom(programme("bagas.gigs"), start);
    Player often(programme("bagas.gigs"), start);
    const TimePoint later = start + 24h;
    for (TimePoint at = start; at <= later; at += 20s) {
        often.advance(at);
    }
    seldom.advance(later);
    EXPECT_TRUE(same(seldom.item(), often.item()));
    EXPECT_EQ(seldom.position(later), often.position(later));
    EXPECT_TRUE(std::ranges::equal(seldom.plays(), often.plays(), [](const Play& one, const Play& other) {
        return one.played_at == other.played_at && same(one.item, other.item);
    }));
}

TEST(Player, HasAPastWithoutOverlaps) {
    const Player player(programme("bagas.gigs"), start);
    const auto& plays = player.plays();
    ASSERT_EQ(plays.size(), Player::max_plays);
    EXPECT_EQ(plays.front().played_at, start);
    for (std::size_t i = 1; i < plays.size(); ++i) {
        EXPECT_LE(plays[i].played_at + length(plays[i - 1].item), plays[i - 1].played_at) << i;
    }
}

TEST(Player, PausesResumesAndSeeks) {
    Player player(programme("bagas.gigs"), start);
    player.pause(start + 10s);
    player.advance(start + 1h);
    EXPECT_FALSE(player.is_playing());
    EXPECT_EQ(player.position(start + 1h), 10s);
    player.pause(start + 1h);
    EXPECT_EQ(player.changed_at(), start + 10s) << "was paused already";
    player.seek(20s, start + 1h);
    EXPECT_EQ(player.position(start + 1h), 20s);
    player.resume(start + 2h);
    EXPECT_TRUE(player.is_playing());
    EXPECT_EQ(player.position(start + 2h + 5s), 25s);
    player.seek(1s, start + 2h + 5s);
    EXPECT_EQ(player.position(start + 2h + 6s), 2s);
    EXPECT_EQ(player.position(start), 0ms) << "a clock that steps back";
}

TEST(Player, SkipsBackAndForthWithoutRemembering) {
    const Programme& bagas = programme("bagas.gigs");
    Player player(bagas, start);
    player.skip(start + 5s);
    EXPECT_TRUE(same(player.item(), bagas.items[1]));
    player.previous(start + 6s);
    player.previous(start + 7s);
    EXPECT_TRUE(same(player.item(), bagas.items.back()));
    player.skip(start + 8s);
    EXPECT_TRUE(same(player.item(), bagas.items[0]));
    EXPECT_EQ(player.plays().front().played_at, start);
}

TEST(Player, AGuestEndsIntoTheProgramme) {
    const Programme& bagas = programme("bagas.gigs");
    Player player(bagas, start);
    player.play(item_of(ItemKind::ad), 500ms, start + 1s);
    EXPECT_EQ(player.position(start + 1s), 500ms);
    player.previous(start + 2s);
    EXPECT_TRUE(same(player.item(), bagas.items[0])) << "what the guest interrupted";
    Item guest = item_of(*bagas.items[7].track);
    guest.duration_ms = 2'000;
    player.play(guest, 0ms, start + 3s);
    player.advance(start + 5s);
    EXPECT_TRUE(same(player.item(), bagas.items[1]));
    EXPECT_EQ(player.plays().front().item.track, guest.track);
    EXPECT_EQ(player.plays().front().played_at, start + 5s);
}

TEST(Player, QueueHoldsWhatComesNextWithoutAds) {
    const Programme& ambu = programme("eulisgarut48");
    const Player player(ambu, start);
    const auto queue = player.queue();
    ASSERT_EQ(queue.size(), Player::max_queue);
    EXPECT_TRUE(same(queue[0], ambu.items[1]));
    EXPECT_TRUE(same(queue[3], ambu.items[5])) << "an ad stands between";
    EXPECT_TRUE(std::ranges::none_of(queue, [](const Item& item) { return item.kind == ItemKind::ad; }));
}

TEST(Player, PrivateSessionsLeaveNoTrace) {
    Player player(programme("bagas.gigs"), start);
    player.is_private = true;
    player.advance(start + 1h);
    EXPECT_EQ(player.plays().front().played_at, start);
    player.is_private = false;
    player.advance(start + 2h);
    EXPECT_GT(player.plays().front().played_at, start + 1h);
}

TEST(Player, TheNewcomerIsSilentUntilToldToPlay) {
    Player player(programme("nisa-baru"), start);
    player.advance(start + 1h);
    EXPECT_TRUE(player.plays_nothing());
    EXPECT_TRUE(player.plays().empty());
    EXPECT_TRUE(player.queue().empty());
    EXPECT_EQ(player.take_next_track().track, nullptr);
    player.play(item_of(catalogue().tracks()[3]), 0ms, start + 1h);
    EXPECT_TRUE(player.is_playing());
    player.advance(start + 2h);
    EXPECT_TRUE(player.plays_nothing());
    EXPECT_EQ(player.plays().size(), 1U);
}

TEST(Player, LatePlaysGoWhereTheyBelongAndOldOnesFallOut) {
    Player player(programme("bagas.gigs"), start);
    const Item item = item_of(catalogue().tracks()[0]);
    player.remember({.played_at = start - 1ms, .item = item});
    EXPECT_EQ(player.plays().size(), Player::max_plays);
    EXPECT_EQ(player.plays()[1].item.track, item.track);
    player.remember({.played_at = start - 100h, .item = item});
    EXPECT_NE(player.plays().back().item.track, item.track);
    player.forget_plays();
    player.remember({.played_at = start, .item = item});
    player.remember({.played_at = start, .item = item});
    EXPECT_EQ(player.plays().size(), 2U) << "Spotify repeats itself";
}

TEST(Players, AreInTheMiddleOfTheFirstTrackAtTheStart) {
    const auto players = make_players(programmes(), std::nullopt, start);
    for (std::size_t i = 0; i < players.size(); ++i) {
        const Programme& programme = programmes()[i];
        if (programme.items.empty()) {
            EXPECT_TRUE(players[i].plays_nothing());
            continue;
        }
        EXPECT_TRUE(same(players[i].item(), programme.items.front()));
        EXPECT_GE(players[i].position(start), 20s);
        EXPECT_LT(players[i].position(start), 60s);
        EXPECT_EQ(players[i].is_playing(), programme.listener->id != "rani senja+ñ");
    }
}

TEST(Players, ThatBeganLongAgoDoNotDependOnTheStart) {
    const auto early = make_players(programmes(), TimePoint{}, start);
    const auto late = make_players(programmes(), TimePoint{}, start + 40h);
    for (std::size_t i = 0; i < early.size(); ++i) {
        if (!early[i].is_playing()) {
            continue;
        }
        Player player = early[i];
        player.advance(start + 40h);
        EXPECT_TRUE(same(player.item(), late[i].item())) << i;
        EXPECT_EQ(player.position(start + 40h), late[i].position(start + 40h)) << i;
        EXPECT_TRUE(std::ranges::equal(player.plays(), late[i].plays(),
                                       [](const Play& one, const Play& other) {
                                           return one.played_at == other.played_at &&
                                                  same(one.item, other.item);
                                       }))
            << i;
    }
}

} // namespace
} // namespace personalify::simulator
