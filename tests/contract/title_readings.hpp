#pragma once

#include "storage/stores.hpp"
#include "support/run_task.hpp"

#include <gtest/gtest.h>

namespace personalify::test {

/// What every app::TitleReadingStore does. A World has `storage::Stores& stores()`, empty at first.
template <class World>
class TitleReadingStoreContract : public ::testing::Test {
protected:
    static app::TitleReading reading(std::string title, float first = 0.25F) {
        app::TitleReading made{.title = std::move(title)};
        made.probabilities.fill(0.001F);
        made.probabilities.front() = first;
        made.probabilities.back() = 1.0F / 3;
        return made;
    }
    void save(const std::string& engine, std::vector<app::TitleReading> read, int most = 1000) {
        const Result<> saved = run(readings().save(engine, std::move(read), most));
        ASSERT_TRUE(saved.has_value()) << saved.error().cause;
    }
    app::TitleReadingStore::Found find(const std::string& engine, std::vector<std::string> titles) {
        return run(readings().find(engine, std::move(titles))).value();
    }
    /// The first probability of each title; nothing for an unknown one.
    std::vector<std::optional<float>> firsts(const std::string& engine, std::vector<std::string> titles) {
        std::vector<std::optional<float>> found;
        for (const auto& probabilities : find(engine, std::move(titles))) {
            found.push_back(probabilities ? std::optional{probabilities->front()} : std::nullopt);
        }
        return found;
    }
    app::TitleReadingStore& readings() { return world_.stores().title_readings(); }

private:
    World world_;
};
TYPED_TEST_SUITE_P(TitleReadingStoreContract);

using Firsts = std::vector<std::optional<float>>;

TYPED_TEST_P(TitleReadingStoreContract, ComesBackToTheBitAndInOrder) {
    const auto one = this->reading("one", 0.1F);
    const auto two = this->reading("two", 0.7F);
    this->save("v1", {one, two});
    const auto found = this->find("v1", {"two", "unknown", "one", "two"});
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0], two.probabilities);
    EXPECT_EQ(found[1], std::nullopt);
    EXPECT_EQ(found[2], one.probabilities);
    EXPECT_EQ(found[3], two.probabilities);
    EXPECT_TRUE(this->find("v1", {}).empty());
}

TYPED_TEST_P(TitleReadingStoreContract, VersionsAreNeverMixed) {
    this->save("v1", {this->reading("one", 0.1F)});
    EXPECT_EQ(this->firsts("v2", {"one"}), Firsts{std::nullopt});
    this->save("v2", {this->reading("one", 0.2F)});
    EXPECT_EQ(this->firsts("v1", {"one"}), Firsts{std::optional{0.1F}});
    EXPECT_EQ(this->firsts("v2", {"one"}), Firsts{std::optional{0.2F}});
}

TYPED_TEST_P(TitleReadingStoreContract, TheLastReadingCounts) {
    this->save("v1", {this->reading("one", 0.1F), this->reading("one", 0.2F)});
    EXPECT_EQ(this->firsts("v1", {"one"}), Firsts{std::optional{0.2F}});
    this->save("v1", {this->reading("one", 0.3F)});
    EXPECT_EQ(this->firsts("v1", {"one"}), Firsts{std::optional{0.3F}});
    this->save("v1", {});
    EXPECT_EQ(this->firsts("v1", {"one"}), Firsts{std::optional{0.3F}});
}

TYPED_TEST_P(TitleReadingStoreContract, AnyTextSurvives) {
    const std::string odd = "'; DROP TABLE users; -- \"夜\" 💔 \x01";
    this->save("v1", {this->reading(odd, 0.1F), this->reading("", 0.2F)});
    EXPECT_EQ(this->firsts("v1", {odd, "", "夜"}), (Firsts{0.1F, 0.2F, std::nullopt}));
}

TYPED_TEST_P(TitleReadingStoreContract, TheFirstOnesMakeRoom) {
    for (int i = 0; i < 10; ++i) {
        this->save(i % 2 == 0 ? "v1" : "v2", {this->reading(std::to_string(i))}, 4);
    }
    EXPECT_EQ(this->firsts("v1", {"4", "6", "8"}), (Firsts{std::nullopt, 0.25F, 0.25F}));
    EXPECT_EQ(this->firsts("v2", {"5", "7", "9"}), (Firsts{std::nullopt, 0.25F, 0.25F}));
    this->save("v1", {this->reading("a"), this->reading("b"), this->reading("c")}, 2);
    EXPECT_EQ(this->firsts("v1", {"a", "b", "c", "8"}), (Firsts{std::nullopt, 0.25F, 0.25F, std::nullopt}));
}

REGISTER_TYPED_TEST_SUITE_P(TitleReadingStoreContract, ComesBackToTheBitAndInOrder, VersionsAreNeverMixed,
                            TheLastReadingCounts, AnyTextSurvives, TheFirstOnesMakeRoom);

} // namespace personalify::test
