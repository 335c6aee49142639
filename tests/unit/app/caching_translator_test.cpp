#include "app/caching_translator.hpp"
#include "support/run_task.hpp"
#include "unit/app/fake_engines.hpp"

#include <gtest/gtest.h>

namespace personalify::app {

namespace {

using test::FakeTranslator;
using test::run;
using test::run_all;
using Texts = std::vector<std::string>;

class MapTranslations final : public TranslationStore {
public:
    Task<Result<Found>> find(Texts hashes) override {
        if (failure) {
            co_return std::unexpected(*failure);
        }
        Found found;
        for (const std::string& hash : hashes) {
            const auto at = stored.find(hash);
            found.push_back(at == stored.end() ? std::nullopt : std::optional{at->second});
        }
        co_return found;
    }
    Task<Result<>> save(std::vector<StoredTranslation> translations, TranslationBounds keep) override {
        if (failure) {
            co_return std::unexpected(*failure);
        }
        EXPECT_EQ(keep.count, 100'000U);
        EXPECT_EQ(keep.bytes, 64U * 1024 * 1024);
        for (StoredTranslation& each : translations) {
            stored[each.hash] = std::move(each.translation);
        }
        co_return Result<>{};
    }

    std::map<std::string, Translation> stored;
    std::optional<Error> failure;
};

class CachingTest : public ::testing::Test {
protected:
    Result<std::vector<Translation>> translate(Texts texts) {
        return run(translator_.to_english(std::move(texts)));
    }

    std::vector<std::string> reports_;
    std::shared_ptr<FakeTranslator> inner_ = std::make_shared<FakeTranslator>();
    MapTranslations store_;
    CachingTranslator translator_{
        inner_, store_, [this](std::string_view what, const Error&) { reports_.emplace_back(what); }};
};

} // namespace

TEST_F(CachingTest, EachTextIsTranslatedOnceAndForAll) {
    inner_->known = {{"hujan", {"rain", "id"}}, {"pulang", {"home", "id"}}};
    const auto first = translate({"hujan", "...", "pulang", "hujan \r", ""});
    ASSERT_TRUE(first);
    EXPECT_EQ(*first, (std::vector<Translation>{
                          {"rain", "id"}, {"...", ""}, {"home", "id"}, {"rain", "id"}, {"", ""}}));
    EXPECT_EQ(inner_->texts, (std::vector<Texts>{{"hujan", "pulang"}}));
    EXPECT_EQ(translate({"pulang", "hujan"})->at(0).text, "home");
    EXPECT_EQ(inner_->texts.size(), 1U);
    CachingTranslator after_restart{inner_, store_, nullptr};
    EXPECT_EQ(run(after_restart.to_english({"hujan"}))->at(0).text, "rain");
    EXPECT_EQ(inner_->texts.size(), 1U);
    EXPECT_EQ(translator_.name(), "fake");
}

TEST_F(CachingTest, NothingToTranslateAsksNobody) {
    store_.failure = Error{Errc::internal, "not asked"};
    EXPECT_TRUE(translate({}));
    EXPECT_TRUE(translate({"", "1999"}));
    EXPECT_TRUE(inner_->texts.empty());
    EXPECT_TRUE(reports_.empty());
}

TEST_F(CachingTest, CallersAtOnceShareATextNotABatch) {
    inner_->turns = 20;
    std::vector<Task<Result<std::vector<Translation>>>> calls;
    for (int i = 0; i < 50; ++i) {
        calls.push_back(translator_.to_english({"a", "b" + std::to_string(i % 2)}));
    }
    for (const auto& translations : run_all(std::move(calls))) {
        ASSERT_TRUE(translations);
        EXPECT_EQ(translations->at(0).text, "a");
    }
    EXPECT_EQ(inner_->texts, (std::vector<Texts>{{"a", "b0"}, {"b1"}}));
}

TEST_F(CachingTest, AFailureIsNotRemembered) {
    inner_->failure = Error{Errc::rate_limited, "no"};
    EXPECT_EQ(translate({"a"}).error().code, Errc::rate_limited);
    inner_->failure.reset();
    inner_->throws = true;
    EXPECT_EQ(translate({"a"}).error().code, Errc::internal);
    inner_->throws = false;
    inner_->surplus = 1;
    EXPECT_EQ(translate({"a"}).error().code, Errc::internal);
    EXPECT_TRUE(store_.stored.empty());
    inner_->surplus = 0;
    EXPECT_TRUE(translate({"a"})) << "and nobody still holds the text";
    EXPECT_EQ(store_.stored.size(), 1U);
}

TEST_F(CachingTest, AFailingStoreIsDoneWithout) {
    store_.failure = Error{Errc::internal, "disk"};
    EXPECT_TRUE(translate({"a"}));
    EXPECT_EQ(reports_, (Texts{"translations.find", "translations.save"}));
}

TEST_F(CachingTest, WhatMakesNoDifference) {
    EXPECT_EQ(normalized_for_translation("a \t\r\n\n  b\r\n "), "a\n\n  b\n");
    EXPECT_EQ(normalized_for_translation(""), "");
    EXPECT_EQ(normalized_for_translation("\n"), "\n");
}

} // namespace personalify::app
