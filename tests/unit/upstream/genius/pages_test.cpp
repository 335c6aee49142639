#include "upstream/genius/lyrics_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

/// Every page in tests/data/lyrics-pages: NAME.html with the exact text in NAME.txt, or why there is none in
/// NAME.reason.
namespace personalify::genius {

namespace {

const std::filesystem::path folder = PERSONALIFY_LYRICS_PAGES;

std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    EXPECT_TRUE(in) << file;
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::vector<std::string> page_names() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() == ".html") {
            names.push_back(entry.path().stem());
        }
    }
    std::ranges::sort(names);
    return names;
}

PageKind kind_named(const std::string& name) {
    static const std::map<std::string, PageKind> kinds{{"instrumental", PageKind::instrumental},
                                                       {"unreleased", PageKind::unreleased},
                                                       {"not_transcribed", PageKind::not_transcribed},
                                                       {"blocked", PageKind::blocked},
                                                       {"not_understood", PageKind::not_understood}};
    return kinds.at(name);
}

} // namespace

class LyricsPages : public testing::TestWithParam<std::string> {};

TEST_P(LyricsPages, IsReadExactly) {
    const std::filesystem::path file = folder / GetParam();
    const auto page = read_lyrics_page(read(file.string() + ".html"));
    ASSERT_TRUE(page) << page.error().detail;
    if (const std::string reason = file.string() + ".reason"; std::filesystem::exists(reason)) {
        std::string name = read(reason);
        name.pop_back();
        EXPECT_EQ(page->kind, kind_named(name));
        EXPECT_EQ(page->text, "");
        EXPECT_NE(reason_of(page->kind), "");
    } else {
        EXPECT_EQ(page->kind, PageKind::lyrics);
        EXPECT_EQ(page->text + "\n", read(file.string() + ".txt"));
    }
}

INSTANTIATE_TEST_SUITE_P(All, LyricsPages, testing::ValuesIn(page_names()),
                         [](const auto& page) { return page.param; });

TEST(LyricsPages, AreAllThere) {
    EXPECT_GE(page_names().size(), 50U);
}

} // namespace personalify::genius
