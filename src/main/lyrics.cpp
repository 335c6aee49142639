#include "main/lyrics.hpp"

#include "upstream/genius/lyrics_page.hpp"

#include <cstdio>
#include <fstream>
#include <iostream>

namespace personalify {

namespace {

constexpr int no_lyrics = 2;

} // namespace

Result<std::string> lyrics_of(std::istream& page) {
    std::string html(genius::max_page_bytes + 1, '\0'); // one more shows that there is more
    page.read(html.data(), static_cast<std::streamsize>(html.size()));
    if (page.bad()) {
        return fail(Errc::not_found, "The page cannot be read.");
    }
    html.resize(static_cast<std::size_t>(page.gcount()));
    Result<genius::LyricsPage> read = genius::read_lyrics_page(html);
    if (!read) {
        return std::unexpected(read.error());
    }
    if (read->kind != genius::PageKind::lyrics) {
        return fail(Errc::not_found, std::string{genius::reason_of(read->kind)});
    }
    return std::move(read->text);
}

int print_lyrics(const std::filesystem::path& page) {
    std::ifstream file;
    const bool from_file = page != "-";
    std::error_code ignored;
    if (from_file) {
        file.open(page, std::ios::binary);
        if (!file || std::filesystem::is_directory(page, ignored)) {
            std::fprintf(stderr, "personalify: cannot read the file %s\n", page.c_str());
            return no_lyrics;
        }
    }
    std::ios::sync_with_stdio(false);
    const Result<std::string> lyrics = lyrics_of(from_file ? file : std::cin);
    if (!lyrics) {
        std::fprintf(stderr, "personalify: %s\n", lyrics.error().detail.c_str());
        return no_lyrics;
    }
    std::cout << *lyrics << '\n' << std::flush;
    return std::cout ? 0 : 1;
}

} // namespace personalify
