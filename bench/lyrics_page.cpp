// What reading a song's page costs beside bare parsing: both on the same pages of 2 MB, taking turns in one
// run, medians of 21. `script/build --preset release bench_lyrics_page &&
// build/release/bench/bench_lyrics_page`
#include "upstream/genius/lyrics_page.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <gumbo.h>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace personalify;

constexpr std::size_t page_bytes = 2'000'000;
constexpr int rounds = 21;

constexpr std::string_view verse =
    "[Verse 1: Dewi &amp; <i>Guntur</i>]<br/>Kereta pelan melintas sawah<br/>"
    "<a href=\"/111/Sawah-biru\" class=\"ReferentFragment-desktop__ClickTarget-sc-1-0\"><span "
    "class=\"ReferentFragment-desktop__Highlight-sc-1-1\">Jendela retak menahan hujan<br/>tas lama masih "
    "kupeluk</span></a><span tabindex=\"0\" style=\"position:absolute;opacity:0\"></span><br/>She said "
    "&quot;don&#x27;t run&quot;<br/><br/>";
constexpr std::string_view menu =
    "<div class=\"Menu__Item-sc-1-0\"><a href=\"/artists/Sawah-biru\"><span>Sawah "
    "Biru</span></a><button>Follow</button><svg viewBox=\"0 0 9 9\"><path "
    "d=\"M0 0\"></path></svg></div>";
constexpr std::string_view state =
    "{\\\"title\\\":\\\"Jalan Pulang\\\",\\\"html\\\":\\\"<p>A slow train<\\/p>\\\"},";

std::string repeated(std::string_view part, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) {
        text += part;
    }
    return text;
}

std::string page(std::size_t verses, std::size_t menus, std::size_t script) {
    return "<!DOCTYPE html><html><head><title>Jalan Pulang</title></head><body>" + repeated(menu, menus) +
           "<div data-lyrics-container=\"true\">" + repeated(verse, verses) +
           "</div><script>window.__PRELOADED_STATE__ = JSON.parse('" + repeated(state, script) +
           "');</script></body></html>";
}

std::string lyrics(std::string_view line) {
    return "<html><body><div data-lyrics-container=\"true\">" + repeated(line, page_bytes) +
           "</div></body></html>";
}

double milliseconds(auto&& work) {
    const auto started = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
}

double median(std::vector<double> values) {
    std::ranges::nth_element(values, values.begin() + rounds / 2);
    return values[rounds / 2];
}

void compare(const char* name, const std::string& html) {
    std::vector<double> bare;
    std::vector<double> ours;
    std::size_t lyrics = 0;
    for (int i = 0; i < rounds; ++i) {
        bare.push_back(
            milliseconds([&] { gumbo_destroy_output(&kGumboDefaultOptions, gumbo_parse(html.c_str())); }));
        ours.push_back(milliseconds([&] {
            const auto read = genius::read_lyrics_page(html);
            lyrics = read ? read->text.size() : 0;
        }));
    }
    std::printf(
        "%-24s %7zu bytes, %7zu of lyrics: gumbo_parse %6.2f ms, read_lyrics_page %6.2f ms, ratio %.2f\n",
        name, html.size(), lyrics, median(bare), median(ours), median(ours) / median(bare));
}

} // namespace

int main() {
    try {
        compare("a page as served", page(8'000, 400'000, page_bytes - 408'000));
        compare("all of it lyrics", page(page_bytes, 0, 0));
        compare("all of it plain lines", lyrics("Kereta pelan melintas sawah<br/>"));
        compare("all of it Japanese", lyrics("夜明けの駅で、ポケットに切符<br/>"));
        compare("all of it one line", lyrics("Kereta pelan melintas sawah "));
        compare("all of it other markup", page(2'000, page_bytes, 0));
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "failed: %s\n", failure.what());
        return 1;
    }
}
