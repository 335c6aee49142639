#include "simulator/catalogue.hpp"
#include "simulator/covers.hpp"
#include "simulator/listeners.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace personalify::simulator {
namespace {

/// A strict reading of the little XML that the pictures use: tags balance, attributes are quoted, every
/// ampersand starts an entity. Returns what is wrong, or nothing.
std::string complaint(std::string_view xml) {
    std::vector<std::string_view> open;
    while (!xml.empty()) {
        const auto tag = xml.find('<');
        const auto text = xml.substr(0, tag);
        if (text.find('>') != std::string_view::npos) {
            return "stray > in text";
        }
        if (tag == std::string_view::npos) {
            break;
        }
        const auto end = xml.find('>', tag);
        if (end == std::string_view::npos) {
            return "tag without end";
        }
        std::string_view inside = xml.substr(tag + 1, end - tag - 1);
        xml.remove_prefix(end + 1);
        if (inside.find('<') != std::string_view::npos) {
            return "tag within a tag";
        }
        if (inside.starts_with('/')) {
            if (open.empty() || open.back() != inside.substr(1)) {
                return "unbalanced " + std::string(inside);
            }
            open.pop_back();
        } else if (!inside.ends_with('/')) {
            open.push_back(inside.substr(0, inside.find(' ')));
        }
        std::size_t quotes = 0;
        for (const char c : inside) {
            quotes += c == '"' ? 1U : 0U;
        }
        if (quotes % 2 != 0) {
            return "odd quotes in " + std::string(inside);
        }
    }
    return open.empty() ? "" : "left open " + std::string(open.back());
}

bool entities_are_known(std::string_view xml) {
    for (auto at = xml.find('&'); at != std::string_view::npos; at = xml.find('&', at + 1)) {
        bool known = false;
        for (const std::string_view entity : {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"}) {
            known = known || xml.substr(at).starts_with(entity);
        }
        if (!known) {
            return false;
        }
    }
    return true;
}

void expect_sound(const std::string& svg) {
    EXPECT_EQ(complaint(svg), "") << svg;
    EXPECT_TRUE(entities_are_known(svg)) << svg;
    EXPECT_LT(svg.size(), 3072U) << svg;
    EXPECT_TRUE(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    EXPECT_EQ(svg.find("script"), std::string::npos);
    EXPECT_EQ(svg.find("href"), std::string::npos);
}

TEST(Covers, AreSmallAndWellFormedForTheWholeCatalogue) {
    std::set<std::string> different;
    for (const Album& album : catalogue().albums()) {
        const std::string svg = cover_svg(album.id, album.name, 640);
        expect_sound(svg);
        different.insert(svg);
    }
    EXPECT_EQ(different.size(), catalogue().albums().size());
    for (const Artist& artist : catalogue().artists()) {
        expect_sound(cover_svg(artist.id, artist.name, 320));
        expect_sound(portrait_svg(artist.id, artist.name, 320));
    }
    for (const Listener& listener : listeners()) {
        expect_sound(portrait_svg(listener.id, listener.display_name.value_or(""), 300));
    }
}

TEST(Covers, StaySmallAndSafeWithAHostileTitle) {
    const std::string hostile = "</title><script>alert('x')</script>" + std::string(400, '"');
    for (const Album& album : catalogue().albums()) {
        const std::string svg = cover_svg(album.id, hostile, 640);
        EXPECT_EQ(complaint(svg), "");
        EXPECT_LT(svg.size(), 3072U);
        EXPECT_EQ(svg.find("<script"), std::string::npos);
    }
}

TEST(Covers, ReplaceWhatXmlMustNotHold) {
    const std::string svg = portrait_svg("id", "a\x01z \xff\xed\xa0\x80 \xef\xbf\xbf caf\xc3", 64);
    EXPECT_EQ(complaint(svg), "");
    EXPECT_NE(svg.find("<title>a z \ufffd"), std::string::npos);
    EXPECT_EQ(svg.find('\x01'), std::string::npos);
    EXPECT_EQ(svg.find('\xff'), std::string::npos);
    EXPECT_NE(svg.find("caf\ufffd</title>"), std::string::npos);
}

TEST(Covers, KeepLettersOfEveryScript) {
    const std::string svg = cover_svg("id", "Haté & moth🌙light ñ", 64);
    EXPECT_NE(svg.find("Haté &amp; moth🌙light ñ"), std::string::npos);
}

TEST(Covers, DependOnTheIdAlone) {
    EXPECT_EQ(cover_svg("abc", "Title", 300), cover_svg("abc", "Title", 300));
    EXPECT_NE(cover_svg("abc", "Title", 300), cover_svg("abd", "Title", 300));
    EXPECT_NE(cover_svg("abc", "Title", 300), portrait_svg("abc", "Title", 300));
}

TEST(Covers, ClampTheSize) {
    EXPECT_NE(cover_svg("abc", "", 0).find("width=\"16\""), std::string::npos);
    EXPECT_NE(cover_svg("abc", "", 1'000'000).find("width=\"2048\""), std::string::npos);
    EXPECT_NE(cover_svg("abc", "", 64).find("width=\"64\" height=\"64\""), std::string::npos);
}

} // namespace
} // namespace personalify::simulator
