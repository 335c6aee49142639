#pragma once

#include "storage/stores.hpp"
#include "support/run_task.hpp"
#include "support/samples.hpp"

#include <gtest/gtest.h>

namespace personalify::test {

/// What every app::HistoryStore does. A World has `storage::Stores& stores()`, empty at first.
template <class World>
class HistoryStoreContract : public ::testing::Test {
protected:
    void SetUp() override {
        for (const char* id : {"ada", "bob"}) {
            ASSERT_TRUE(run(world_.stores().users().save_login(profile(id), {"sealed"}, noon)).has_value());
        }
    }
    /// Names of the documents, in the order listed.
    std::vector<std::string> names(int limit, std::optional<TimePoint> before = std::nullopt) {
        std::vector<std::string> listed;
        for (const app::HistoryEntry& entry : run(history().list(UserId{"ada"}, limit, before)).value()) {
            listed.push_back(entry.document.user);
        }
        return listed;
    }
    void append(const std::string& name, TimePoint at) {
        ASSERT_TRUE(run(history().append(UserId{"ada"}, {document(TimeRange::short_term, name), at})));
    }
    app::HistoryStore& history() { return world_.stores().history(); }

private:
    World world_;
};
TYPED_TEST_SUITE_P(HistoryStoreContract);

using Names = std::vector<std::string>;

TYPED_TEST_P(HistoryStoreContract, EntriesComeBackWhole) {
    const SyncDocument saved = document(TimeRange::long_term);
    ASSERT_TRUE(run(this->history().append(UserId{"ada"}, {saved, noon + 7ms})));
    const auto entries = run(this->history().list(UserId{"ada"}, 10, std::nullopt)).value();
    ASSERT_EQ(entries.size(), 1U);
    const SyncDocument& stored = entries[0].document;
    EXPECT_EQ(entries[0].synced_at, noon + 7ms);
    EXPECT_EQ(stored.user, saved.user);
    EXPECT_EQ(stored.image, saved.image);
    EXPECT_EQ(stored.artists, saved.artists);
    EXPECT_EQ(stored.tracks, saved.tracks);
    EXPECT_EQ(stored.genres, saved.genres);
    EXPECT_EQ(stored.time_range, TimeRange::long_term);
    EXPECT_EQ(stored.emotion_paragraph, saved.emotion_paragraph);
    EXPECT_EQ(stored.top_emotions, saved.top_emotions);
}

TYPED_TEST_P(HistoryStoreContract, NewestFirstWhateverTheOrderOfArrival) {
    this->append("second", noon + 2h);
    this->append("third", noon + 3h);
    this->append("first", noon + 1h);
    EXPECT_EQ(this->names(100), (Names{"third", "second", "first"}));
    EXPECT_EQ(this->names(2), (Names{"third", "second"}));
    EXPECT_EQ(this->names(2, noon + 3h), (Names{"second", "first"}));
    EXPECT_EQ(this->names(2, noon + 1h), Names{});
}

TYPED_TEST_P(HistoryStoreContract, OfOneMomentTheLastAddedIsFirst) {
    this->append("a", noon);
    this->append("b", noon);
    this->append("c", noon);
    EXPECT_EQ(this->names(100), (Names{"c", "b", "a"}));
    const auto newest = run(this->history().list(UserId{"ada"}, 1, std::nullopt)).value();
    EXPECT_EQ(this->names(100, newest.front().synced_at), (Names{"b", "a"})); // a page may end between them
}

TYPED_TEST_P(HistoryStoreContract, UsersHaveTheirOwn) {
    this->append("ada's", noon);
    EXPECT_TRUE(run(this->history().list(UserId{"bob"}, 10, std::nullopt))->empty());
    EXPECT_TRUE(run(this->history().list(UserId{"nobody"}, 10, std::nullopt))->empty());
    const Result<> stray = run(this->history().append(UserId{"nobody"}, {document(), noon}));
    ASSERT_FALSE(stray.has_value());
    EXPECT_EQ(stray.error().code, Errc::not_found);
}

TYPED_TEST_P(HistoryStoreContract, KeepsTheNewestThousand) {
    std::vector<Task<Result<>>> appends;
    for (int i = 0; i < 1005; ++i) {
        SyncDocument small;
        small.user = std::to_string(i);
        appends.push_back(this->history().append(UserId{"ada"}, {small, noon + std::chrono::minutes{i}}));
        if (appends.size() == 500) {
            run_all(std::exchange(appends, {}));
        }
    }
    run_all(std::move(appends));
    ASSERT_TRUE(run(this->history().append(UserId{"bob"}, {document(), noon})));
    EXPECT_EQ(this->names(1), Names{"1004"});
    EXPECT_EQ(this->names(100, noon + 7min), (Names{"6", "5"}));
    EXPECT_EQ(run(this->history().list(UserId{"bob"}, 10, std::nullopt))->size(), 1U);
}

TYPED_TEST_P(HistoryStoreContract, TheEntryOfASyncIsAnnotated) {
    const EmotionSummary emotions{"Shades of \"golden\" <b>joy</b>.",
                                  {{"Golden Joy", 1.0 / 3}, {"Quiet Ñ", 0}}};
    const auto annotate = [&](TimeRange range, TimePoint synced_at) {
        ASSERT_TRUE(run(this->history().annotate(UserId{"ada"}, range, synced_at, emotions)));
    };
    annotate(TimeRange::short_term, noon); // nothing there: fine
    this->append("old", noon);
    this->append("new", noon + 1h);
    ASSERT_TRUE(
        run(this->history().append(UserId{"ada"}, {document(TimeRange::long_term, "other"), noon + 2h})));
    annotate(TimeRange::short_term, noon + 3h); // of a sync that is not in the history
    for (const auto& entry : run(this->history().list(UserId{"ada"}, 10, std::nullopt)).value()) {
        EXPECT_EQ(entry.document.emotion_paragraph, document().emotion_paragraph);
    }
    annotate(TimeRange::short_term, noon + 1h);
    const auto entries = run(this->history().list(UserId{"ada"}, 10, std::nullopt)).value();
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(entries[0].document.top_emotions, document().top_emotions);
    EXPECT_EQ(entries[1].document.user, "new");
    EXPECT_EQ(entries[1].document.emotion_paragraph, emotions.paragraph);
    EXPECT_EQ(entries[1].document.top_emotions, emotions.top);
    EXPECT_EQ(entries[1].document.tracks, document().tracks);
    EXPECT_EQ(entries[1].document.artists, document().artists);
    EXPECT_EQ(entries[2].document.top_emotions, document().top_emotions);
}

TYPED_TEST_P(HistoryStoreContract, AnEntryThatWasOvertakenIsAnnotatedItself) {
    this->append("old", noon);
    this->append("moved", noon); // to the next millisecond, but still of that sync
    this->append("new", noon + 1h);
    ASSERT_TRUE(run(
        this->history().annotate(UserId{"ada"}, TimeRange::short_term, noon, EmotionSummary{"Calm.", {}})));
    ASSERT_TRUE(run(this->history().annotate(UserId{"ada"}, TimeRange::short_term, noon + 1ms,
                                             EmotionSummary{"Nobody's.", {}})));
    const auto entries = run(this->history().list(UserId{"ada"}, 10, std::nullopt)).value();
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(entries[0].document.emotion_paragraph, document().emotion_paragraph);
    EXPECT_EQ(entries[1].document.user, "moved");
    EXPECT_EQ(entries[1].document.emotion_paragraph, "Calm.");
    EXPECT_EQ(entries[2].document.emotion_paragraph, document().emotion_paragraph);
}

REGISTER_TYPED_TEST_SUITE_P(HistoryStoreContract, EntriesComeBackWhole, NewestFirstWhateverTheOrderOfArrival,
                            OfOneMomentTheLastAddedIsFirst, UsersHaveTheirOwn, TheEntryOfASyncIsAnnotated,
                            AnEntryThatWasOvertakenIsAnnotatedItself, KeepsTheNewestThousand);

} // namespace personalify::test
