#include "nlp/normalizer.hpp"
#include "support/temp_dir.hpp"
#include "unit/nlp/words_fixture.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace personalify::nlp {
namespace {

std::string normal(std::string_view text) {
    static const Normalizer normalizer{shipped_words(), shipped_slang(), shipped_languages()};
    return normalizer.normalize(text);
}

TEST(Normalizer, KnowsTheCommonAbbreviations) {
    EXPECT_EQ(normal("org yg bgt"), "orang yang banget");
    EXPECT_EQ(normal("utk tmn"), "untuk teman");
}

TEST(Normalizer, CutsStretchedWords) {
    EXPECT_EQ(normal("bangettt"), "banget");
    EXPECT_EQ(normal("lucuuu"), "lucu");
    EXPECT_EQ(normal("cintaaaaa"), "cinta");
}

TEST(Normalizer, KeepsDoubledLettersThatBelong) {
    for (const std::string_view text : {"maaf", "saat", "tunggu", "good", "all", "manfaat", "minggu"}) {
        EXPECT_EQ(normal(text), text);
    }
}

TEST(Normalizer, WritesDoubledWordsTwice) {
    EXPECT_EQ(normal("anak2"), "anak-anak");
    EXPECT_EQ(normal("anak\xC2\xB2"), "anak-anak");
    EXPECT_EQ(normal("kata2nya"), "kata-katanya");
    EXPECT_EQ(normal("kata2ny"), "kata-katanya");
    EXPECT_EQ(normal("ber-sama2"), "bersama-sama");
    EXPECT_EQ(normal("org2"), "orang-orang");
    EXPECT_EQ(normal("jalan\" yuk"), "jalan-jalan yuk");
    EXPECT_EQ(normal("teman\"ny"), "teman-temannya");
    EXPECT_EQ(normal("kata \"jalan\" itu"), "kata \"jalan\" itu");
}

TEST(Normalizer, AClosingQuoteIsNoDoubling) {
    EXPECT_EQ(normal("\"aku pergi\""), "\"aku pergi\"");
    EXPECT_EQ(normal("lalu dia pergi\""), "lalu dia pergi\"");
    EXPECT_EQ(normal("lalu pergi\"\nsaja"), "lalu pergi\"\nsaja");
}

TEST(Normalizer, JoinsEndingsToSlangStems) {
    EXPECT_EQ(normal("mukany"), "mukanya");
    EXPECT_EQ(normal("tmnku"), "temanku");
    EXPECT_EQ(normal("orangx"), "orangnya");
}

TEST(Normalizer, MakesColloquialVerbsFormal) {
    EXPECT_EQ(normal("dengerin"), "mendengarkan");
    EXPECT_EQ(normal("ngeliat"), "melihat");
    EXPECT_EQ(normal("nyari"), "mencari");
}

TEST(Normalizer, ReadsOldSpellingAndFinalLetters) {
    EXPECT_EQ(normal("boelan"), "bulan");
    EXPECT_EQ(normal("sukak"), "suka");
}

TEST(Normalizer, FindsWordsByTheirConsonants) {
    EXPECT_EQ(normal("bgs"), "bagus");
    EXPECT_EQ(normal("smngt"), "semangat");
    EXPECT_EQ(normal("dateng"), "datang");
}

TEST(Normalizer, KeepsCapitals) {
    EXPECT_EQ(normal("Yg BGT Bgt"), "Yang BANGET Banget");
}

TEST(Normalizer, KeepsEverythingElseByteForByte) {
    for (const std::string_view text :
         {"@gw_bgt #yg2 https://yg.id/gw?bgt=1 www.gw.com gw@mail.com bit.ly/bgt", "  \t\r\n\n 123 2 3x 4 ",
          "\xF0\x9F\x98\x8D\xF0\x9F\x98\x8D \xE6\x84\x9B \xD0\xBB\xD1\x8E\xD0\xB1", "\xFF\xFE\x80 \xC3",
          "qzxjwq", "Saya sangat mencintaimu, jangan pergi.", "I really love you, don't go!"}) {
        EXPECT_EQ(normal(text), text);
    }
}

TEST(Normalizer, LeavesFormalWordsAlone) {
    for (const std::string_view text :
         {"Penataan kawasan memerlukan kajian mendalam.", "kenyal", "baret", "masnya",
          "Saya galau dan jengkel.", "mereka memancing-mancing dan menyebut-nyebut nama", "ikut-ikutan",
          "Sidang DPR dan MDC di kantor DHL", "beratnya 5 kg, jauhnya 3 km", "tokennya", "rollnya"}) {
        EXPECT_EQ(normal(text), text);
    }
    EXPECT_EQ(normal("temen-temen"), "teman-teman");
    EXPECT_EQ(normal("km dimana"), "kamu di mana");
}

TEST(Normalizer, LeavesEnglishAlone) {
    EXPECT_EQ(normal("this is the best song ever made, man"), "this is the best song ever made, man");
    EXPECT_EQ(normal("All I want for Christmas is you"), "All I want for Christmas is you");
}

TEST(Normalizer, ReadsLongTextsInBlocksWithoutAChange) {
    std::string text;
    std::string expected;
    while (text.size() < 100'000) {
        text += "yg penting org senang\r\n";
        expected += "yang penting orang senang\r\n";
    }
    EXPECT_EQ(normal(text), expected);
    const std::string endless(70'000, 'x');
    EXPECT_EQ(normal(endless), endless);
    const std::string broken(70'000, '\x80');
    EXPECT_EQ(normal(broken), broken);
}

TEST(Normalizer, TheOperatorsEntriesGoOnTop) {
    const test::TempDir folder;
    const std::filesystem::path file = folder.path() / "slang.tsv";
    std::ofstream{file} << "# ours\nyg\tnan\nkepo\tingin tahu\n";
    const Normalizer normalizer{shipped_words(), shipped_slang(file), shipped_languages()};
    EXPECT_EQ(normalizer.normalize("yg Kepo org"), "nan Ingin tahu orang");
}

TEST(Slang, AMissingOverlayIsNamed) {
    const Result<Slang> read = Slang::load(PERSONALIFY_WORDS_DIR, "/no/such/overlay.tsv");
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().detail.find("/no/such/overlay.tsv"), std::string::npos);
}

} // namespace
} // namespace personalify::nlp
