#include "nlp/word_preparer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

namespace personalify::nlp {
namespace {

const WordPreparer& preparer() {
    static const WordPreparer read =
        std::move(*WordPreparer::load(std::filesystem::path{PERSONALIFY_WORDS_DIR}.parent_path(), ""));
    return read;
}

TEST(WordPreparer, NormalisesAndTranslates) {
    const Prepared prepared = preparer().prepare("yg kangen bgt sama tmn");
    EXPECT_EQ(prepared.language, "id");
    EXPECT_EQ(prepared.normalised, "yang kangen banget sama teman");
    EXPECT_NE(prepared.english.find("friend"), std::string::npos);
}

TEST(WordPreparer, LeavesEnglishAsItIs) {
    const Prepared prepared = preparer().prepare("I miss you so much tonight");
    EXPECT_EQ(prepared.language, "en");
    EXPECT_EQ(prepared.normalised, "I miss you so much tonight");
    EXPECT_EQ(prepared.english, prepared.normalised);
}

TEST(WordPreparer, KeepsLines) {
    const Prepared prepared = preparer().prepare("hujan\r\n\r\nmalam\n");
    EXPECT_EQ(std::count(prepared.english.begin(), prepared.english.end(), '\n'), 3);
}

TEST(WordPreparer, EmptyTextStaysEmpty) {
    const Prepared prepared = preparer().prepare("");
    EXPECT_EQ(prepared.language, "und");
    EXPECT_EQ(prepared.english, "");
}

TEST(WordPreparer, HugeAndBrokenTextsTakeBoundedTime) {
    using Clock = std::chrono::steady_clock;
    std::string unknown;
    for (int i = 0; unknown.size() < 20'000; ++i) {
        unknown += "bzkr" + std::string(1, static_cast<char>('a' + i % 26)) + "tn" +
                   std::string(1, static_cast<char>('a' + i / 26 % 26)) + ' ';
    }
    for (const std::string& text :
         {unknown, std::string(20'000, 'a'), std::string(20'000, '-'), std::string(20'000, '"'),
          std::string(20'000, '\xC3'), std::string(20'000, '\x80'), std::string(1'000'000, '\n')}) {
        const auto start = Clock::now();
        (void)preparer().prepare(text);
        EXPECT_LT(Clock::now() - start, std::chrono::seconds{2});
    }
    std::string hyphens;
    std::string stretched;
    while (hyphens.size() < 20'000) {
        hyphens += "a-";
        stretched += "aaaaab'";
    }
    (void)preparer().prepare(hyphens);
    (void)preparer().prepare(stretched);
}

TEST(WordPreparer, AMissingFolderIsNamed) {
    const auto loaded = WordPreparer::load("/no/such/folder", "");
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, Errc::not_found);
}

} // namespace
} // namespace personalify::nlp
