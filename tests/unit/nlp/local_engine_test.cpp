#include "nlp/local_engine.hpp"
#include "support/run_task.hpp"
#include "support/temp_dir.hpp"
#include "tiny_model.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <latch>
#include <semaphore>
#include <stdexcept>

namespace personalify::nlp {

namespace {

using namespace std::chrono_literals;
using app::EmotionReading;
using Readings = Result<std::vector<EmotionReading>>;

/// "id: ..." is Indonesian, "xx: ..." of a language without a way of its own, all else English.
class Prefixes final : public TextPreparer {
public:
    Prepared prepare(std::string_view text) const override {
        std::string language = text.starts_with("id: ") ? "id" : text.starts_with("xx: ") ? "xx" : "en";
        const std::string words{language == "en" ? text : text.substr(4)};
        return {.language = std::move(language), .normalised = words, .english = "love " + words};
    }
};

Result<std::unique_ptr<TextPreparer>> prefixes() {
    return std::make_unique<Prefixes>();
}

LocalEngineOptions tiny() {
    LocalEngineOptions options;
    options.folder = test::tiny_model();
    options.gathering = 0ms;
    return options;
}

std::vector<EmotionReading> read(LocalEmotionEngine& engine, std::vector<std::string> texts) {
    const std::size_t count = texts.size();
    const Readings readings = personalify::test::run(engine.read(std::move(texts)));
    EXPECT_TRUE(readings) << readings.error().cause;
    EXPECT_EQ(readings.value().size(), count);
    return readings.value();
}

void expect_close(const EmotionReading& a, const EmotionReading& b) {
    for (std::size_t i = 0; i < emotion_count; ++i) {
        EXPECT_NEAR(a.probabilities[i], b.probabilities[i], 1e-3) << emotion_labels[i];
    }
}

std::string lyric(std::size_t lines) {
    std::string text;
    for (std::size_t i = 0; i < lines; ++i) {
        text += "line " + std::to_string(i * 7919 % 1000) + " of love, night and rain, baby don't go\n";
    }
    return text;
}

/// Opens once, for a preparer that keeps the worker busy.
struct Gate {
    std::latch reached{1};
    std::latch open{1};
};

/// Notes how a read ended; internal stands for readings, which are no end that these tests expect.
auto remember_end_in(std::vector<Errc>& ends) {
    return [&ends](std::exception_ptr, const Readings& readings) {
        ends.push_back(readings ? Errc::internal : readings.error().code);
    };
}

LocalEmotionEngine behind(Gate& gate, LocalEngineOptions options) {
    return {std::move(options), [&gate]() -> Result<std::unique_ptr<TextPreparer>> {
                gate.reached.count_down();
                gate.open.wait();
                return std::make_unique<Prefixes>();
            }};
}

} // namespace

TEST(LocalEmotionEngine, ReadsEachTextByTheWayOfItsLanguage) {
    LocalEmotionEngine engine{tiny(), prefixes};
    EXPECT_EQ(engine.version(), "tiny");
    const auto readings = read(engine, {"I love you", "id: hati", "xx: hati", "I love you"});
    EXPECT_EQ(readings[0].language, "en");
    EXPECT_EQ(readings[1].language, "id");
    EXPECT_EQ(readings[2].language, "xx");
    EXPECT_EQ(readings[0].engine, "local");
    EXPECT_NE(readings[1].probabilities, readings[2].probabilities);
    expect_close(readings[0], readings[3]);
}

TEST(LocalEmotionEngine, ATextIsReadTheSameInAnyCompany) {
    LocalEmotionEngine engine{tiny(), prefixes};
    const std::vector<std::string> texts{"love", "id: malam ini", lyric(30), "I don't know, maybe?",
                                         "xx: hati cinta"};
    std::vector<EmotionReading> alone;
    for (const std::string& text : texts) {
        alone.push_back(read(engine, {text}).front());
    }
    std::vector<std::string> crowd;
    for (int i = 0; i < 40; ++i) {
        crowd.push_back("company " + std::string(static_cast<std::size_t>(i) * 3, 'x') + " and love");
        crowd.push_back(texts[static_cast<std::size_t>(i) % texts.size()]);
    }
    const std::vector<EmotionReading> together = read(engine, crowd);
    for (std::size_t i = 1; i < crowd.size(); i += 2) {
        expect_close(together[i], alone[i / 2 % texts.size()]);
    }
}

TEST(LocalEmotionEngine, AnyTextHasAnAnswer) {
    LocalEmotionEngine engine{tiny(), prefixes};
    std::string huge = lyric(3000);
    const std::vector<std::string> texts{"",
                                         " \n\t \u3000\u200b",
                                         "\u200b\u200d\ufeff",
                                         "\xFF\xFE\xC3 \xF0\x9F",
                                         "\U0001F62D\U0001F62D\u2764\ufe0f",
                                         "\u05d0\u05d4\u05d1\u05d4 \u202e\u0627\u062d\u0628\u0643",
                                         std::string("nul\0nul", 7),
                                         std::string(50'000, 'a'),
                                         std::string(20'000, '\n'),
                                         "id: " + std::string(3000, '\xF0'),
                                         std::move(huge)};
    const auto readings = read(engine, texts);
    for (std::size_t text = 0; text < texts.size(); ++text) {
        for (const float probability : readings[text].probabilities) {
            EXPECT_TRUE(std::isfinite(probability) && probability >= 0 && probability <= 1) << text;
        }
    }
    EXPECT_EQ(readings[0].probabilities[neutral_emotion], 1.0F);
    EXPECT_EQ(readings[1].probabilities[neutral_emotion], 1.0F);
    EXPECT_TRUE(read(engine, {}).empty());
}

TEST(LocalEmotionEngine, WhatFollowsTwentyThousandCharactersIsNotRead) {
    LocalEmotionEngine engine{tiny(), prefixes};
    const std::string most(20'000, 'a');
    const auto readings = read(engine, {most, most + " love you baby"});
    EXPECT_EQ(readings[0].probabilities, readings[1].probabilities);
}

TEST(LocalEmotionEngine, AGiantTextKeepsNoShortOneWaiting) {
    Gate gate;
    LocalEmotionEngine engine = behind(gate, tiny());
    asio::io_context loop{1};
    std::vector<int> order;
    const auto start = [&](int name, std::vector<std::string> texts) {
        asio::co_spawn(loop, engine.read(std::move(texts)),
                       [&order, name](std::exception_ptr, Readings readings) {
                           EXPECT_TRUE(readings);
                           order.push_back(name);
                       });
    };
    start(1, std::vector<std::string>(40, lyric(400)));
    start(2, {"I love you"});
    start(3, {"rain and night"});
    loop.poll(); // all three wait at the worker
    gate.open.count_down();
    loop.restart();
    loop.run();
    EXPECT_EQ(order.back(), 1);
}

TEST(LocalEmotionEngine, RefusesWhenTooManyWait) {
    Gate gate;
    LocalEngineOptions options = tiny();
    options.waiting_requests = 2;
    LocalEmotionEngine engine = behind(gate, options);
    asio::io_context loop{1};
    int answered = 0;
    for (int i = 0; i < 2; ++i) {
        asio::co_spawn(loop, engine.read({"love"}),
                       [&](std::exception_ptr, Readings readings) { answered += readings ? 1 : 0; });
    }
    loop.poll();
    gate.reached.wait();
    const Readings refused = personalify::test::run(engine.read({"love"}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::overloaded);
    gate.open.count_down();
    loop.restart();
    loop.run();
    EXPECT_EQ(answered, 2);
    EXPECT_EQ(read(engine, {"love"}).size(), 1U) << "there is room again";
}

TEST(LocalEmotionEngine, GivesUpOnWhatTakesTooLong) {
    Gate gate;
    LocalEngineOptions options = tiny();
    options.patience = 0ms;
    LocalEmotionEngine engine = behind(gate, options);
    gate.open.count_down();
    const Readings late = personalify::test::run(engine.read({lyric(400), lyric(300)}));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Errc::overloaded);
}

TEST(LocalEmotionEngine, LeavesMemoryWhenNobodyAsksAndComesBack) {
    class Leaving final : public TextPreparer {
    public:
        explicit Leaving(std::counting_semaphore<>& left)
            : left_(left) {}
        ~Leaving() override { left_.release(); }
        Prepared prepare(std::string_view text) const override { return Prefixes{}.prepare(text); }

    private:
        std::counting_semaphore<>& left_;
    };
    std::counting_semaphore<> left{0};
    int prepared = 0;
    LocalEngineOptions options = tiny();
    options.keep_idle = 20ms;
    LocalEmotionEngine engine{options, [&]() -> Result<std::unique_ptr<TextPreparer>> {
                                  EXPECT_FALSE(engine.is_loaded()) << "it is made anew only after it left";
                                  ++prepared;
                                  return std::make_unique<Leaving>(left);
                              }};
    EXPECT_FALSE(engine.is_loaded()) << "nobody has asked yet";
    const EmotionReading before = read(engine, {"I love you"}).front();
    ASSERT_TRUE(left.try_acquire_for(10s)) << "it stays in memory";
    expect_close(read(engine, {"I love you"}).front(), before);
    EXPECT_EQ(prepared, 2);
}

TEST(LocalEmotionEngine, APreparerThatThrowsFailsOneRequest) {
    class Throws final : public TextPreparer {
    public:
        Prepared prepare(std::string_view text) const override {
            if (text == "trap") {
                throw std::runtime_error("trapped");
            }
            return Prefixes{}.prepare(text);
        }
    };
    LocalEmotionEngine engine{
        tiny(), []() -> Result<std::unique_ptr<TextPreparer>> { return std::make_unique<Throws>(); }};
    const Readings failed = personalify::test::run(engine.read({"love", "trap"}));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, Errc::internal);
    EXPECT_EQ(failed.error().cause, "trapped");
    EXPECT_EQ(read(engine, {"love"}).size(), 1U);
}

TEST(LocalEmotionEngine, MissingWordListsAreAModelThatIsNotInstalled) {
    LocalEmotionEngine engine{tiny(), []() -> Result<std::unique_ptr<TextPreparer>> {
                                  return fail(Errc::not_found, "cannot read the file /somewhere/words");
                              }};
    const Readings failed = personalify::test::run(engine.read({"love"}));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(failed.error().detail, "The emotion model is not installed.");
    EXPECT_EQ(failed.error().cause, "cannot read the file /somewhere/words");
}

TEST(LocalEmotionEngine, WhatWaitsWhenItEndsIsCancelled) {
    asio::io_context loop{1};
    std::vector<Errc> ends;
    {
        LocalEngineOptions options = tiny();
        options.gathering = 1h; // all that come wait for more, until the engine ends
        LocalEmotionEngine engine{options, prefixes};
        for (int i = 0; i < 3; ++i) {
            asio::co_spawn(loop, engine.read({"love"}), remember_end_in(ends));
        }
        loop.poll();
    }
    loop.restart();
    loop.run();
    EXPECT_EQ(ends, std::vector(3, Errc::cancelled));
}

TEST(LocalEmotionEngine, WhatIsBeingReadWhenItEndsIsCancelled) {
    Gate gate;
    asio::io_context loop{1};
    std::vector<Errc> ends;
    {
        LocalEmotionEngine engine = behind(gate, tiny());
        // Many seconds of reading, of which the engine does no more than one batch after its end began.
        asio::co_spawn(loop, engine.read(std::vector<std::string>(200, lyric(400))), remember_end_in(ends));
        loop.poll();
        gate.reached.wait();
        gate.open.count_down();
    }
    loop.restart();
    loop.run();
    EXPECT_EQ(ends, std::vector(1, Errc::cancelled));
}

class BadArtefact : public testing::Test {
protected:
    BadArtefact() {
        std::filesystem::copy(test::tiny_model(), folder());
        for (const auto& file : std::filesystem::directory_iterator(folder())) {
            std::filesystem::permissions(file, std::filesystem::perms::owner_write,
                                         std::filesystem::perm_options::add);
        }
    }
    std::filesystem::path folder() const { return dir_.path() / "model"; }
    void overwrite(const std::string& name, std::string_view text) const {
        std::ofstream{folder() / name, std::ios::binary | std::ios::trunc} << text;
    }
    /// The engine goes on: it fails in the same way twice, and reads once the folder is whole again.
    void expect_refused(const std::string& named) {
        LocalEngineOptions options = tiny();
        options.folder = folder();
        LocalEmotionEngine engine{options, prefixes};
        for (int i = 0; i < 2; ++i) {
            const Readings readings = personalify::test::run(engine.read({"I love you", "love"}));
            ASSERT_FALSE(readings);
            EXPECT_TRUE(readings.error().code == Errc::internal ||
                        readings.error().code == Errc::upstream_unavailable);
            EXPECT_NE(readings.error().cause.find(named), std::string::npos) << readings.error().cause;
        }
        using enum std::filesystem::copy_options;
        std::filesystem::copy(test::tiny_model(), folder(), recursive | overwrite_existing);
        EXPECT_EQ(read(engine, {"I love you"}).front().language, "en");
    }

private:
    personalify::test::TempDir dir_;
};

TEST_F(BadArtefact, DescriptionMissing) {
    std::filesystem::remove(folder() / "model.json");
    expect_refused("model.json");
}

TEST_F(BadArtefact, DescriptionOfSomethingElse) {
    overwrite("model.json", R"({"version":"x","labels":["joy"]})");
    expect_refused("labels");
}

TEST_F(BadArtefact, GraphCut) {
    const std::string whole = test::contents(folder() / "english.xml");
    overwrite("english.xml", std::string_view(whole).substr(0, whole.size() / 2));
    expect_refused("loading the network");
}

TEST_F(BadArtefact, WeightsMissing) {
    std::filesystem::remove(folder() / "english.bin");
    expect_refused("loading the network");
}

TEST_F(BadArtefact, VocabularyCut) {
    const std::string whole = test::contents(folder() / "english.vocab");
    overwrite("english.vocab", std::string_view(whole).substr(0, whole.size() / 2));
    expect_refused("vocabulary");
}

} // namespace personalify::nlp
