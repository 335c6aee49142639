#include "nlp/language.hpp"
#include "nlp/scripts.hpp"
#include "unit/nlp/words_fixture.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>

namespace personalify::nlp {
namespace {

std::string_view language_of(std::string_view text) {
    static const auto detector = shipped_languages();
    return code_of(detector->detect(text));
}

TEST(LanguageDetector, TellsSentences) {
    EXPECT_EQ(language_of("I can't stop thinking about the night we met"), "en");
    EXPECT_EQ(language_of("Aku tidak bisa berhenti memikirkan malam itu"), "id");
    EXPECT_EQ(language_of("Abdi teu tiasa eureun mikiran anjeun peuting eta"), "su");
}

TEST(LanguageDetector, TellsSlang) {
    EXPECT_EQ(language_of("gw kangen bgt sm lo"), "id");
    EXPECT_EQ(language_of("lol idk what ur talking about"), "en");
    EXPECT_EQ(language_of("aing mah teu nyaho euy"), "su");
}

TEST(LanguageDetector, TheMajorityOfWordsDecidesAMixture) {
    EXPECT_EQ(language_of("I love you so much sayang"), "en");
    EXPECT_EQ(language_of("aku yang selalu stay di sini buat kamu, baby"), "id");
    EXPECT_EQ(language_of("Lagu ini so sweet"), "id");
}

TEST(LanguageDetector, TellsScripts) {
    EXPECT_EQ(language_of("夜に駆ける"), "ja");
    EXPECT_EQ(language_of("봄날"), "ko");
    EXPECT_EQ(language_of("月亮代表我的心"), "zh");
    EXPECT_EQ(language_of("حبيبي يا نور العين"), "ar");
    EXPECT_EQ(language_of("Катюша"), "ru");
}

TEST(LanguageDetector, SaysWhenItCannotTell) {
    for (const std::string_view text :
         {"", "   ", "12345", "!!!", "\xF0\x9F\x98\x8D", "\xFF\xFE\x80", "xqzt vrrk"}) {
        EXPECT_EQ(language_of(text), "und") << text;
    }
}

TEST(LanguageDetector, ReadsOnlySoMuch) {
    std::string text;
    while (text.size() < 1'000'000) {
        text += "cinta ini ";
    }
    EXPECT_EQ(language_of(text), "id");
}

TEST(LanguageDetector, IsRightOnNineTitlesOfTen) {
    std::ifstream in{PERSONALIFY_TITLES};
    std::map<std::string, std::pair<int, int>> counts; // right, all
    for (std::string line; std::getline(in, line);) {
        const std::size_t tab = line.find('\t');
        if (line.starts_with('#') || tab == std::string::npos) {
            continue;
        }
        auto& [right, all] = counts[line.substr(0, tab)];
        right += language_of(std::string_view{line}.substr(tab + 1)) == line.substr(0, tab) ? 1 : 0;
        ++all;
    }
    ASSERT_EQ(counts.size(), 3U);
    for (const auto& [language, count] : counts) {
        EXPECT_GE(count.second, 150) << language;
        EXPECT_GE(count.first * 10, count.second * 9)
            << language << ": " << count.first << " of " << count.second;
    }
}

TEST(Scripts, CountsLetters) {
    const Scripts scripts = scripts_of("abc é 愛 12 \xE6\x84");
    EXPECT_EQ(scripts.latin, 4);
    EXPECT_EQ(scripts.other, 1);
    EXPECT_EQ(scripts.language, Language::chinese);
}

} // namespace
} // namespace personalify::nlp
