#include "app/emotion_engines.hpp"
#include "support/run_task.hpp"
#include "unit/app/fake_engines.hpp"

#include <gtest/gtest.h>

namespace personalify::app {

namespace {

using namespace std::chrono_literals;
using test::FakeTranslator;
using test::run;
using test::ScriptedEngine;

class EnginesTest : public ::testing::Test {
protected:
    Result<std::vector<EmotionReading>> read(EmotionEngine& engine, std::vector<std::string> texts) {
        return run(engine.read(std::move(texts)));
    }
    /// Reads with a service that only answers when the reading is done.
    Task<Result<std::vector<EmotionReading>>> read_first(EmotionEngine& engine, bool& held) {
        held = true;
        auto readings = co_await engine.read({"rain"});
        held = false;
        co_return readings;
    }
    static float joy(const EmotionReading& reading) {
        return reading.probabilities[emotion_from("joy").value()];
    }

    std::vector<std::string> reports_;
    Report report_ = [this](std::string_view what, const Error&) { reports_.emplace_back(what); };
    std::shared_ptr<ScriptedEngine> local_ = std::make_shared<ScriptedEngine>("local", 0.5F);
    std::shared_ptr<ScriptedEngine> remote_ = std::make_shared<ScriptedEngine>("huggingface", 0.25F);
    std::shared_ptr<FakeTranslator> translator_ = std::make_shared<FakeTranslator>();
    HybridEngine hybrid_{local_, remote_, report_, 60s};
    RemoteFirstEngine remote_first_{local_, remote_, report_, 60s};
    TranslatingEngine translating_{
        local_, translator_,
        [](std::string_view text) {
            return std::string{text.starts_with("hujan") ? "id" : text.starts_with("rain") ? "en" : "und"};
        },
        report_, 60s};
    Error down_{Errc::upstream_unavailable, "down"};
};

} // namespace

TEST_F(EnginesTest, HybridAveragesBoth) {
    const auto readings = read(hybrid_, {"rain", "sun"});
    ASSERT_EQ(readings->size(), 2U);
    EXPECT_FLOAT_EQ(joy(readings->at(1)), 0.375F);
    EXPECT_EQ(readings->at(1).engine, "hybrid");
    EXPECT_EQ(readings->at(1).language, "su") << "the local engine knows languages";
    EXPECT_EQ(hybrid_.version(), "hybrid(local-1 + huggingface-1)");
}

TEST_F(EnginesTest, HybridReadsAloneWhenTheOtherFails) {
    remote_->failure = down_;
    EXPECT_EQ(read(hybrid_, {"rain"})->at(0).engine, "local");
    EXPECT_FLOAT_EQ(joy(read(hybrid_, {"rain"})->at(0)), 0.5F);
    EXPECT_TRUE(read(hybrid_, {"rain"})->at(0).provisional);
    EXPECT_EQ(reports_, std::vector<std::string>{"emotions.remote"}) << "told once";
    remote_->failure.reset();
    EXPECT_EQ(read(hybrid_, {"rain"})->at(0).engine, "hybrid");
    EXPECT_FALSE(read(hybrid_, {"rain"})->at(0).provisional);
    remote_->throws = true;
    EXPECT_EQ(read(hybrid_, {"rain"})->at(0).engine, "local");
    EXPECT_EQ(reports_.size(), 2U);
}

TEST_F(EnginesTest, HybridDoesNotTakeAnotherNumberOfReadings) {
    remote_->surplus = 1;
    EXPECT_EQ(read(hybrid_, {"rain"})->at(0).engine, "local");
}

TEST_F(EnginesTest, HybridDoesNotWaitForASlowOne) {
    HybridEngine impatient{local_, remote_, report_, 0ms};
    EXPECT_EQ(run(read_first(impatient, remote_->held))->at(0).engine, "local");
    EXPECT_EQ(remote_->texts.size(), 1U);
}

TEST_F(EnginesTest, HybridReadsRemotelyWithoutALocalModel) {
    local_->failure = Error{Errc::upstream_unavailable, "no model"};
    EXPECT_EQ(read(hybrid_, {"rain"})->at(0).engine, "huggingface");
    remote_->failure = down_;
    EXPECT_EQ(read(hybrid_, {"rain"}).error().detail, "no model");
}

TEST_F(EnginesTest, RemoteFirstAsksTheLocalOneOnlyAfterAFailure) {
    EXPECT_EQ(read(remote_first_, {"rain"})->at(0).engine, "huggingface");
    EXPECT_TRUE(local_->texts.empty());
    remote_->failure = down_;
    EXPECT_EQ(read(remote_first_, {"rain"})->at(0).engine, "local");
    EXPECT_TRUE(read(remote_first_, {"rain"})->at(0).provisional);
    remote_->failure.reset();
    remote_->throws = true;
    EXPECT_EQ(read(remote_first_, {"rain"})->at(0).engine, "local");
    remote_->throws = false;
    remote_->surplus = 1;
    EXPECT_EQ(read(remote_first_, {"rain"})->at(0).engine, "local");
    EXPECT_EQ(remote_first_.version(), "first(huggingface-1, local-1)");
}

TEST_F(EnginesTest, RemoteFirstDoesNotWaitForEver) {
    RemoteFirstEngine impatient{local_, remote_, report_, 0ms};
    EXPECT_EQ(run(read_first(impatient, remote_->held))->at(0).engine, "local");
}

TEST_F(EnginesTest, ForeignTextsAreReadInEnglish) {
    translator_->known["hujan"] = {"rain", "in"};
    translator_->known["paris"] = {"paris", "fr"};
    translator_->known["sun"] = {"sun!", "en"};
    translator_->known["udan"] = {"rain", "jw"};
    const auto readings = read(translating_, {"rain", "hujan", "paris", "sun", "udan", "123 !", ""});
    ASSERT_TRUE(readings);
    EXPECT_EQ(translator_->texts.at(0), (std::vector<std::string>{"hujan", "paris", "sun", "udan"}));
    EXPECT_EQ(local_->texts.at(0),
              (std::vector<std::string>{"rain", "rain", "paris", "sun", "rain", "123 !", ""}));
    std::vector<bool> translated;
    for (const EmotionReading& reading : *readings) {
        translated.push_back(reading.translated);
    }
    EXPECT_EQ(translated, (std::vector<bool>{false, true, false, false, true, false, false}));
    EXPECT_EQ(readings->at(1).language, "id") << "the detector's word";
    EXPECT_EQ(readings->at(4).language, "jv") << "the service's where the detector has none";
    EXPECT_EQ(readings->at(0).language, "su") << "the inner engine's";
    EXPECT_EQ(translating_.version(), "translated(fake, local-1)");
}

TEST_F(EnginesTest, WithoutForeignTextsNobodyIsAsked) {
    EXPECT_TRUE(read(translating_, {"rain", "...", "2024"}));
    EXPECT_TRUE(translator_->texts.empty());
}

TEST_F(EnginesTest, AFailedTranslationLeavesTheOriginal) {
    const auto expect_original = [this] {
        const auto readings = read(translating_, {"hujan", "rain"});
        ASSERT_TRUE(readings);
        EXPECT_FALSE(readings->at(0).translated);
        EXPECT_TRUE(readings->at(0).provisional);
        EXPECT_FALSE(readings->at(1).provisional);
        EXPECT_EQ(local_->texts.back(), (std::vector<std::string>{"hujan", "rain"}));
    };
    translator_->known["hujan"] = {"rain", "id"};
    translator_->failure = down_;
    expect_original();
    translator_->failure.reset();
    translator_->throws = true;
    expect_original();
    translator_->throws = false;
    translator_->surplus = 1;
    expect_original();
    EXPECT_EQ(reports_, std::vector<std::string>{"emotions.translate"});
}

TEST_F(EnginesTest, ASlowTranslatorIsNotWaitedFor) {
    TranslatingEngine impatient{local_, translator_, [](std::string_view) { return "id"; }, report_, 0ms};
    const auto readings = run(read_first(impatient, translator_->held));
    EXPECT_FALSE(readings->at(0).translated);
}

TEST(IsoLanguage, OldNamesAndRegions) {
    for (const auto& [code, iso] : std::vector<std::pair<std::string, std::string>>{{"id", "id"},
                                                                                    {"in", "id"},
                                                                                    {"jw", "jv"},
                                                                                    {"zh-CN", "zh"},
                                                                                    {"iw", "he"},
                                                                                    {"fil", "tl"},
                                                                                    {"SU", "su"},
                                                                                    {"", "und"},
                                                                                    {"auto", "und"},
                                                                                    {"x", "und"},
                                                                                    {"1d", "und"}}) {
        EXPECT_EQ(iso_language(code), iso) << code;
    }
}

} // namespace personalify::app
