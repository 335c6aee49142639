#include "domain/playing.hpp"

#include <gtest/gtest.h>

namespace personalify {
namespace {

using namespace std::chrono_literals;

Playing track(std::string id, std::int64_t progress, std::int64_t duration = 200'000) {
    return {.what = Playing::What::track,
            .is_playing = true,
            .track = {.id = std::move(id), .name = "Name", .duration_ms = duration},
            .progress_ms = progress};
}

Playing paused(Playing playing) {
    playing.is_playing = false;
    return playing;
}

TEST(Playing, ProgressRunsToTheEndAndNoFurther) {
    EXPECT_EQ(progress_after(track("a", 1000), 2500ms), 3500);
    EXPECT_EQ(progress_after(track("a", 199'000), 2500ms), 200'000);
    EXPECT_EQ(progress_after(track("a", 250'000), 0ms), 200'000);
    EXPECT_EQ(progress_after(track("a", 1000), -1h), 1000) << "the clock was set back";
    EXPECT_EQ(progress_after(track("a", -7), 0ms), 0);
    EXPECT_EQ(progress_after(track("a", 1000, 0), 1h), 3'601'000) << "length unknown";
    EXPECT_EQ(progress_after(paused(track("a", 1000)), 2500ms), 1000);
    Playing ad{.what = Playing::What::ad, .is_playing = true, .progress_ms = 7000};
    EXPECT_EQ(progress_after(ad, 1h), ad_duration_ms);
    ad.progress_ms.reset();
    EXPECT_EQ(progress_after(ad, 5s), 5000);
}

TEST(Playing, OnlyWhatRunsAndHasALengthEnds) {
    EXPECT_EQ(time_left(track("a", 150'000), 20s), 30s);
    EXPECT_EQ(time_left(track("a", 150'000), 60s), 0s);
    EXPECT_EQ(time_left(paused(track("a", 150'000)), 0s), std::nullopt);
    EXPECT_EQ(time_left(track("a", 0, 0), 0s), std::nullopt);
    EXPECT_EQ(time_left({}, 0s), std::nullopt);
    EXPECT_EQ(time_left({.what = Playing::What::ad, .is_playing = true, .progress_ms = 0}, 0s), std::nullopt);
}

TEST(Playing, FilesWithoutAnIdAreToldByTheirNames) {
    EXPECT_TRUE(same_item(track("a", 1), track("a", 2)));
    EXPECT_FALSE(same_item(track("a", 1), track("b", 1)));
    EXPECT_FALSE(same_item(track("a", 1), track("", 1)));
    EXPECT_TRUE(same_item(track("", 1), track("", 5)));
    Playing other = track("", 1);
    other.track.name = "Another";
    EXPECT_FALSE(same_item(track("", 1), other));
    EXPECT_FALSE(same_item(track("a", 1), {}));
    EXPECT_TRUE(same_item({}, {}));
}

TEST(Playing, NewsIsWhatNobodyCouldForesee) {
    const Playing shown = track("a", 10'000);
    EXPECT_FALSE(is_news(shown, 5s, track("a", 15'000)));
    EXPECT_FALSE(is_news(shown, 5s, track("a", 16'900)));
    EXPECT_FALSE(is_news(shown, 5s, track("a", 13'100)));
    EXPECT_TRUE(is_news(shown, 5s, track("a", 17'100))) << "a seek";
    EXPECT_TRUE(is_news(shown, 5s, track("a", 0))) << "from the start";
    EXPECT_TRUE(is_news(shown, 5s, track("b", 15'000)));
    EXPECT_TRUE(is_news(shown, 5s, paused(track("a", 15'000))));
    EXPECT_TRUE(is_news(shown, 5s, {}));
    EXPECT_FALSE(is_news(shown, 1h, track("a", 200'000))) << "it stands at its end";
    EXPECT_FALSE(is_news(paused(shown), 1h, paused(shown)));
    EXPECT_FALSE(is_news({}, 1h, {}));
}

} // namespace
} // namespace personalify
