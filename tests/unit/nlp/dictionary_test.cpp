#include "nlp/dictionary.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace personalify::nlp {
namespace {

/// A small dictionary of the test's own.
const Dictionary& dictionary() {
    static const Dictionary read = [] {
        // A folder of its own: the tests of this file run side by side, each in its own process.
        const test::TempDir own;
        const std::filesystem::path& folder = own.path();
        std::ofstream{folder / "indonesian-english.tsv"}
            << "cinta\tlove\nhati\theart; liver\nterima kasih\tthank you\npatah hati\theartbroken\nsaya\tI\n"
               "lupa\tforget\nsih\t\nteman\tfriend\nsedih\tsad\ndan\tand\nanak\tchild\n";
        std::ofstream{folder / "sundanese-english.tsv"}
            << "hate\theart\nbudak\tchild\ntinggal\tstay\nteh\t\n";
        std::ofstream{folder / "freedict-indonesian-english.tsv"}
            << "# a licence\nkursi\tchair\nhati\tliver\n";
        auto loaded = Dictionary::load(folder);
        return std::move(*loaded);
    }();
    return read;
}

std::string indonesian(std::string_view text) {
    return dictionary().to_english(text, Language::indonesian);
}
std::string sundanese(std::string_view text) {
    return dictionary().to_english(text, Language::sundanese);
}

TEST(Dictionary, TranslatesWords) {
    EXPECT_EQ(indonesian("Cinta, dan SEDIH!\n kursi"), "Love, and SAD!\n chair");
    EXPECT_EQ(indonesian("saya lupa"), "I forget");
}

TEST(Dictionary, PrefersTheLongestIdiom) {
    EXPECT_EQ(indonesian("Terima kasih, saya patah hati"), "Thank you, I heartbroken");
    EXPECT_EQ(indonesian("patah\nhati"), "patah\nheart");
}

TEST(Dictionary, PrefersItsFirstListAndFirstMeaning) {
    EXPECT_EQ(indonesian("hati"), "heart");
}

TEST(Dictionary, FindsRoots) {
    EXPECT_EQ(indonesian("melupakan"), "forget");
    EXPECT_EQ(indonesian("kesedihan"), "sad");
    EXPECT_EQ(indonesian("teman-teman"), "friend");
    EXPECT_EQ(indonesian("anak-anaknya"), "child");
}

TEST(Dictionary, KeepsWhoseAndWhom) {
    EXPECT_EQ(indonesian("hatiku"), "my heart");
    EXPECT_EQ(indonesian("mencintaimu"), "love you");
    EXPECT_EQ(indonesian("kulupa"), "I forget");
    EXPECT_EQ(indonesian("hatinya"), "heart");
}

TEST(Dictionary, TakesNoNameApart) {
    EXPECT_EQ(indonesian("saya lupa Hatiku"), "I forget Hatiku");
    EXPECT_EQ(indonesian("Saya Lupa Hatiku"), "I Forget My heart");
}

TEST(Dictionary, DropsParticlesWithASpace) {
    EXPECT_EQ(indonesian("cinta sih sedih"), "love sad");
    EXPECT_EQ(indonesian("sih"), "");
}

TEST(Dictionary, KeepsWhatItDoesNotKnow) {
    EXPECT_EQ(indonesian("xyzzy @cinta #cinta 12 \xF0\x9F\x98\x8D"),
              "xyzzy @cinta #cinta 12 \xF0\x9F\x98\x8D");
    EXPECT_EQ(dictionary().to_english("cinta", Language::english), "cinta");
    EXPECT_EQ(dictionary().to_english("cinta", Language::undetermined), "cinta");
}

TEST(Dictionary, SundaneseFallsBackToIndonesian) {
    EXPECT_EQ(sundanese("hatena sedih"), "heart sad");
    EXPECT_EQ(sundanese("barudak"), "child");
    EXPECT_EQ(sundanese("ninggalkeun"), "stay");
    EXPECT_EQ(indonesian("hate"), "hate");
}

TEST(Dictionary, AMissingListIsNamed) {
    const auto loaded = Dictionary::load("/no/such/folder");
    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().detail.find("indonesian-english.tsv"), std::string::npos);
}

} // namespace
} // namespace personalify::nlp
