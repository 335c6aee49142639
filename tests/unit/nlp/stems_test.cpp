#include "nlp/stems.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace personalify::nlp {
namespace {

using testing::Contains;
using testing::Not;

std::vector<std::string> roots(std::string_view word, bool (*search)(std::string_view, const RootVisitor&)) {
    std::vector<std::string> found;
    search(word, [&](std::string_view root) {
        found.emplace_back(root);
        return false;
    });
    return found;
}

TEST(IndonesianRoots, LoseAffixes) {
    EXPECT_THAT(roots("mencintaimu", any_indonesian_root), Contains("cinta"));
    EXPECT_THAT(roots("menyanyikan", any_indonesian_root), Contains("sanyi"));
    EXPECT_THAT(roots("memukul", any_indonesian_root), Contains("pukul"));
    EXPECT_THAT(roots("mengirim", any_indonesian_root), Contains("kirim"));
    EXPECT_THAT(roots("mengambil", any_indonesian_root), Contains("ambil"));
    EXPECT_THAT(roots("kebahagiaan", any_indonesian_root), Contains("bahagia"));
    EXPECT_THAT(roots("dilupakannya", any_indonesian_root), Contains("lupa"));
}

TEST(IndonesianRoots, AreNeverTheWordItselfNorTooShort) {
    EXPECT_THAT(roots("cinta", any_indonesian_root), Not(Contains("cinta")));
    EXPECT_THAT(roots("diam", any_indonesian_root), testing::IsEmpty());
    EXPECT_THAT(roots("", any_indonesian_root), testing::IsEmpty());
}

TEST(SundaneseRoots, LoseAffixesAndTheInfixOfPlurals) {
    EXPECT_THAT(roots("ninggalkeun", any_sundanese_root), Contains("tinggal"));
    EXPECT_THAT(roots("nyokot", any_sundanese_root), Contains("cokot"));
    EXPECT_THAT(roots("hatena", any_sundanese_root), Contains("hate"));
    EXPECT_THAT(roots("barudak", any_sundanese_root), Contains("budak"));
    EXPECT_THAT(roots("palinter", any_sundanese_root), Contains("pinter"));
}

TEST(ActivePrefix, ChangesWithTheFirstLetter) {
    EXPECT_EQ(with_active_prefix("cari"), "mencari");
    EXPECT_EQ(with_active_prefix("lihat"), "melihat");
    EXPECT_EQ(with_active_prefix("pukul"), "memukul");
    EXPECT_EQ(with_active_prefix("simpan"), "menyimpan");
    EXPECT_EQ(with_active_prefix("tulis"), "menulis");
    EXPECT_EQ(with_active_prefix("kirim"), "mengirim");
    EXPECT_EQ(with_active_prefix("ambil"), "mengambil");
    EXPECT_EQ(with_active_prefix("traktir"), "mentraktir");
    EXPECT_EQ(with_active_prefix(""), "");
}

} // namespace
} // namespace personalify::nlp
