#pragma once

#include "storage/stores.hpp"
#include "support/run_task.hpp"

#include <gtest/gtest.h>

namespace personalify::test {

/// What every app::TranslationStore does. A World has `storage::Stores& stores()`, empty at first.
template <class World>
class TranslationStoreContract : public ::testing::Test {
protected:
    static constexpr std::size_t plenty = 1000;
    static constexpr std::size_t room = 1'000'000; // bytes

    app::TranslationStore& store() { return world_.stores().translations(); }
    void save(std::vector<app::StoredTranslation> translations, std::size_t keep = plenty,
              std::size_t bytes = room) {
        EXPECT_TRUE(run(store().save(std::move(translations), {.count = keep, .bytes = bytes})));
    }
    app::TranslationStore::Found find(std::vector<std::string> hashes) {
        return run(store().find(std::move(hashes))).value();
    }

private:
    World world_;
};
TYPED_TEST_SUITE_P(TranslationStoreContract);

TYPED_TEST_P(TranslationStoreContract, OneEntryAHashInOrder) {
    const app::Translation rain{"The rain\n\nfalls \"here\" 雨", "id"};
    const app::Translation nothing{"", ""};
    this->save({{"a", rain}, {"b", nothing}});
    EXPECT_EQ(this->find({"b", "none", "a", "b"}),
              (app::TranslationStore::Found{nothing, std::nullopt, rain, nothing}));
    EXPECT_TRUE(this->find({}).empty());
}

TYPED_TEST_P(TranslationStoreContract, TheLastWordCounts) {
    this->save({{"a", {"one", "id"}}, {"a", {"two", "id"}}});
    this->save({{"a", {"three", "su"}}});
    EXPECT_EQ(this->find({"a"}).at(0), (app::Translation{"three", "su"}));
}

TYPED_TEST_P(TranslationStoreContract, TheOldestGo) {
    for (int i = 0; i < 10; ++i) {
        this->save({{std::to_string(i), {"x", ""}}}, 3);
    }
    EXPECT_FALSE(this->find({"6"}).at(0));
    for (const char* hash : {"7", "8", "9"}) {
        EXPECT_TRUE(this->find({hash}).at(0)) << hash;
    }
    this->save({{"a", {"x", ""}}, {"b", {"x", ""}}, {"c", {"x", ""}}, {"d", {"x", ""}}}, 3);
    EXPECT_FALSE(this->find({"9"}).at(0));
    EXPECT_FALSE(this->find({"a"}).at(0));
    EXPECT_TRUE(this->find({"d"}).at(0));
    this->save({}, 0);
    EXPECT_FALSE(this->find({"d"}).at(0));
}

TYPED_TEST_P(TranslationStoreContract, BytesAreBoundedToo) {
    for (int i = 0; i < 10; ++i) {
        this->save({{std::to_string(i), {"üñ", "id"}}}, 100, 12); // four bytes
    }
    EXPECT_FALSE(this->find({"6"}).at(0));
    EXPECT_TRUE(this->find({"7"}).at(0));
    this->save({{"9", {"eight ch", "id"}}}, 100, 12);
    EXPECT_FALSE(this->find({"7"}).at(0)) << "what is replaced is the last, with its new size";
    EXPECT_EQ(this->find({"9"}).at(0)->text, "eight ch");
    this->save({{"a", {"", ""}}}, 100, 12);
    EXPECT_TRUE(this->find({"a"}).at(0));
    this->save({{"much", {std::string(100, 'x'), ""}}}, 100, 12);
    EXPECT_FALSE(this->find({"9"}).at(0));
}

REGISTER_TYPED_TEST_SUITE_P(TranslationStoreContract, OneEntryAHashInOrder, TheLastWordCounts, TheOldestGo,
                            BytesAreBoundedToo);

} // namespace personalify::test
