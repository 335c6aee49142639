#pragma once

#include "storage/stores.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

namespace personalify::test {

/// What every app::LyricsStore does. A World has `storage::Stores& stores()`, empty at first.
template <class World>
class LyricsStoreContract : public ::testing::Test {
protected:
    static app::StoredLyrics song(std::string key, std::string text = "Lampu kota tinggal satu") {
        app::StoredLyrics made;
        made.key = std::move(key);
        made.lyrics.state = app::LyricsState::found;
        made.lyrics.text = std::move(text);
        made.found_at = noon;
        return made;
    }
    void save(app::StoredLyrics lyrics, app::LyricsBounds keep = {.count = 100, .bytes = 1'000'000}) {
        EXPECT_TRUE(run(store().save(std::move(lyrics), keep)));
    }
    std::optional<app::StoredLyrics> find(std::string key) {
        return run(store().find(std::move(key))).value();
    }
    app::LyricsStore& store() { return world_.stores().lyrics(); }

private:
    World world_;
};
TYPED_TEST_SUITE_P(LyricsStoreContract);

TYPED_TEST_P(LyricsStoreContract, ComeBackAsTheyWere) {
    app::StoredLyrics full = this->song("song/a", "[Bait]\nHujan \"lagi\" 雨\n\nשלום e\xCC\x81 🌧\n한국어");
    full.lyrics.synced = "[00:01.00] Hujan";
    full.lyrics.source = "lrclib";
    full.lyrics.title = "Pulang";
    full.lyrics.artist = "Lentera Biru";
    full.lyrics.url = "https://example.org/a";
    full.analysis = app::LyricsAnalysis{.emotions = {{"sadness", 1.0 / 3}},
                                        .sections = {{"Bait", {{"sadness", 0.5}}}, {"", {}}},
                                        .language = "id",
                                        .translated = true,
                                        .engine = "local"};
    full.analysis_version = "2026.11-abc";
    this->save(full);
    EXPECT_EQ(this->find("song/a"), full);
    EXPECT_EQ(this->find("song/b"), std::nullopt);
}

TYPED_TEST_P(LyricsStoreContract, AbsenceIsKeptToo) {
    for (const auto state :
         {app::LyricsState::missing, app::LyricsState::instrumental, app::LyricsState::unreleased}) {
        app::StoredLyrics none = this->song("song/a", "");
        none.lyrics.state = state;
        this->save(none);
        EXPECT_EQ(this->find("song/a"), none);
    }
}

TYPED_TEST_P(LyricsStoreContract, TheLastWordCounts) {
    this->save(this->song("song/a", "one"));
    this->save(this->song("song/a", "two"));
    EXPECT_EQ(this->find("song/a")->lyrics.text, "two");
}

TYPED_TEST_P(LyricsStoreContract, TheOldestGo) {
    for (int i = 0; i < 6; ++i) {
        this->save(this->song(std::to_string(i)), {.count = 3, .bytes = 1'000'000});
    }
    EXPECT_FALSE(this->find("2"));
    EXPECT_TRUE(this->find("3"));
    EXPECT_TRUE(this->find("5"));
    this->save(this->song("long", std::string(5000, 'x')), {.count = 100, .bytes = 5000});
    EXPECT_FALSE(this->find("5"));
    EXPECT_TRUE(this->find("long"));
}

REGISTER_TYPED_TEST_SUITE_P(LyricsStoreContract, ComeBackAsTheyWere, AbsenceIsKeptToo, TheLastWordCounts,
                            TheOldestGo);

} // namespace personalify::test
