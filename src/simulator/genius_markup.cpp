#include "simulator/genius_markup.hpp"

#include <algorithm>
#include <array>

namespace personalify::simulator {
namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        switch (text[i]) {
        case '&':
            out += "&amp;";
            break;
        case '<': // left as it is where no tag could begin, as on the real pages
            out += i + 1 < text.size() && text[i + 1] == ' ' ? "<" : "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#x27;";
            break;
        default:
            out += text[i];
        }
    }
    return out;
}

/// What changes from page to page without a meaning.
struct Style {
    std::string hash; ///< in class names
    std::string_view line_break;
    std::string_view quote; ///< around the attribute that marks a container
};

Style style_of(const GeniusSong& song) {
    constexpr std::array<std::string_view, 3> breaks{"<br/>", "<br>", "<br />"};
    constexpr std::string_view digits = "0123456789abcdef";
    Style style{.hash = {},
                .line_break = breaks.at(song.seed % breaks.size()),
                .quote = song.form == PageForm::leaked ? "'" : "\""};
    for (std::uint64_t rest = song.seed; style.hash.size() < 8; rest >>= 4U) {
        style.hash += digits[rest % digits.size()];
    }
    return style;
}

/// One line of text, dressed up: the same text for a reader who decodes entities and makes odd spaces plain.
std::string dressed(std::string_view line, std::uint64_t seed) {
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) {
        return seed % 3 == 0 ? "<b>" + escaped(line) + "</b>" : escaped(line);
    }
    const std::string first = escaped(line.substr(0, space));
    const std::string rest = escaped(line.substr(space + 1));
    switch (seed % 9) {
    case 0:
        return "<i>" + first + " <b>" + rest + "</b></i>";
    case 1:
        return first + "&nbsp;" + rest;
    case 2:
        return first + "\u2005" + rest;
    case 3:
        return first + "\u200b " + rest;
    case 4:
        return "<em>" + first + "</em> " + rest;
    default:
        return first + " " + rest;
    }
}

std::string annotated(const std::string& passage, std::uint64_t seed) {
    return "<a href=\"/" + std::to_string(seed % 90'000'000 + 1'000'000) +
           "/an-annotation\" class=\"ReferentFragment-desktop__ClickTarget-sc-11111111-0\"><span "
           "class=\"ReferentFragment-desktop__Highlight-sc-11111111-1\">" +
           passage +
           "</span></a><span tabindex=\"0\" style=\"position:absolute;opacity:0;width:0;height:0\"></span>";
}

/// A paragraph of the page's text: its lines with their breaks, some of them annotated.
std::string paragraph(const std::vector<std::string_view>& lines, const Style& style, std::uint64_t seed) {
    std::string html;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        html += i == 0 ? "" : style.line_break;
        if (i == 1 && lines.size() > 3 && seed % 2 == 0) {
            html += annotated(
                dressed(lines[1], seed) + std::string{style.line_break} + dressed(lines[2], seed + 3), seed);
            ++i;
        } else if (lines[i].starts_with('[')) {
            html += escaped(lines[i]);
        } else {
            html += dressed(lines[i], seed + i);
        }
    }
    return html;
}

std::vector<std::string_view> cut_at(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + separator.size(), text.size()));
    }
    return parts;
}

std::vector<std::string> paragraphs_of(const GeniusSong& song, const Style& style) {
    const std::string text = page_text(song);
    std::vector<std::string> paragraphs;
    for (const std::string_view part : cut_at(text, "\n\n")) {
        paragraphs.push_back(paragraph(cut_at(part, "\n"), style, song.seed + paragraphs.size()));
    }
    return paragraphs;
}

std::string joined(const std::vector<std::string>& parts, std::size_t begin, std::size_t end,
                   std::string_view separator) {
    std::string text;
    for (std::size_t i = begin; i < std::min(end, parts.size()); ++i) {
        text.append(i == begin ? "" : separator).append(parts[i]);
    }
    return text;
}

std::string contributors(const GeniusSong& song) {
    const auto count = 1 + song.seed % 40;
    return std::to_string(count) + (count == 1 ? " Contributor" : " Contributors");
}

std::string header(const GeniusSong& song, const Style& style) {
    std::string html = "<div data-exclude-from-selection=\"true\" class=\"LyricsHeader__Container-sc-" +
                       style.hash + "-1 xYz\"><div class=\"LyricsHeader__Contributors-sc-" + style.hash +
                       "-2\"><span>" + contributors(song) + "</span></div>";
    if (!song.translations.empty()) {
        html += "<button>Translations</button><ul>";
        for (const std::string_view language : song.translations) {
            html += "<li><a href=\"/t/" + std::string{language.substr(0, 2)} + "\">" + std::string{language} +
                    "</a></li>";
        }
        html += "</ul>";
    }
    html += "<h2>" + escaped(song.title) + " Lyrics</h2>";
    if (song.seed % 3 == 0) {
        html += "<div class=\"SongBioPreview__Container-sc-" + style.hash +
                "-0\"><p>A song that nobody has written about.… <button>Read More</button></p></div>";
    }
    return html + "</div>";
}

std::string container(const Style& style, const std::string& content) {
    const std::string quote{style.quote};
    return "<div data-lyrics-container=" + quote + "true" + quote + " class=\"Lyrics__Container-sc-" +
           style.hash + "-1 aBcDe\">" + content + "</div>\n";
}

std::string advert(const GeniusSong& song, const Style& style) {
    return "<div class=\"InreadAd__Container-sc-" + style.hash + "-0\">See " + escaped(song.artist->name) +
           " Live<br>Get tickets as low as $17</div>";
}

std::string recommended(const Style& style) {
    return "<div class=\"RecommendedSongs__Container-sc-" + style.hash +
           "-0\"><div>You might also like</div><a href=\"/x\">Another Song Lyrics</a></div>";
}

std::string footer(const GeniusSong& song, const Style& style) {
    return "<div class=\"LyricsFooter__Container-sc-" + style.hash + "-0\"><span>" +
           std::to_string(1 + song.seed % 20) + "</span><button>Embed</button></div>\n";
}

std::string lyrics_as_today(const GeniusSong& song, const Style& style) {
    const auto parts = paragraphs_of(song, style);
    const std::string line_break{style.line_break};
    const std::string gap = line_break + line_break;
    std::string first = joined(parts, 0, 2, gap);
    const std::string second = joined(parts, 2, parts.size(), gap);
    // The blank line between two containers: an empty one, or a break at the end of the first.
    const bool has_empty = song.seed % 2 == 0;
    first += second.empty() || has_empty ? "" : line_break;
    std::string html = container(style, header(song, style) + first);
    if (!second.empty()) {
        html += advert(song, style) + "\n" + (has_empty ? container(style, "") : "") + recommended(style) +
                "\n" + container(style, second);
    }
    return html + footer(song, style);
}

std::string lyrics_with_adverts(const GeniusSong& song, const Style& style) {
    const auto parts = paragraphs_of(song, style);
    const std::string gap = std::string{style.line_break} + std::string{style.line_break};
    std::string content = joined(parts, 0, 1, gap);
    if (parts.size() > 1) {
        content += gap + advert(song, style) + joined(parts, 1, 3, gap);
    }
    if (parts.size() > 3) {
        content += gap + recommended(style) + joined(parts, 3, parts.size(), gap);
    }
    return header(song, style) + container(style, content) + footer(song, style);
}

std::string lyrics_with_leaked_header(const GeniusSong& song, const Style& style) {
    const std::string line_break{style.line_break};
    const auto parts = paragraphs_of(song, style);
    return container(style, contributors(song) + "TranslationsEnglishBasa Sunda" + escaped(song.title) +
                                " Lyrics" + line_break +
                                joined(parts, 0, parts.size(), line_break + line_break) + line_break +
                                std::to_string(1 + song.seed % 20) + "Embed");
}

std::string lyrics_in_paragraphs(const GeniusSong& song) {
    Style style = style_of(song);
    style.line_break = "<br>\n";
    const auto parts = paragraphs_of(song, style);
    return "<div class=\"lyrics\"><p>" + joined(parts, 0, parts.size(), "<br>\n<br>\n") + "</p></div>\n";
}

std::string placeholder(const Style& style, std::string_view message) {
    return "<div class=\"LyricsPlaceholder__Container-sc-" + style.hash +
           "-0\"><div class=\"LyricsPlaceholder__Message-sc-" + style.hash + "-1\">" + std::string{message} +
           "</div></div>\n";
}

std::string middle(const GeniusSong& song, const Style& style) {
    if (song.kind == SongKind::instrumental) {
        return placeholder(style, "This song is an instrumental");
    }
    if (song.kind == SongKind::unreleased) {
        return placeholder(style, "Lyrics for this song have yet to be released. Please check back once the "
                                  "song has been released.");
    }
    switch (song.form) {
    case PageForm::header_inside:
        return lyrics_as_today(song, style);
    case PageForm::ads_inside:
        return lyrics_with_adverts(song, style);
    case PageForm::leaked:
        return lyrics_with_leaked_header(song, style);
    case PageForm::paragraphs:
        break;
    }
    return lyrics_in_paragraphs(song);
}

} // namespace

std::string song_page(const GeniusSong& song) {
    const Style style = style_of(song);
    return "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>" + escaped(song.artist->name) + " – " +
           escaped(song.title) + " Lyrics | Genius Lyrics</title>\n<style>.Lyrics__Container-sc-" +
           style.hash +
           "-1{font-size:1rem}</style></head><body>\n<div id=\"lyrics-root\" "
           "class=\"Lyrics__Root-sc-" +
           style.hash + "-0\">\n" + middle(song, style) +
           "</div><script>window.__PRELOADED_STATE__ = JSON.parse('{\"x\":\"<div "
           "data-lyrics-container=\\\"true\\\">not this<\\/div>\"}');</script>\n</body></html>\n";
}

} // namespace personalify::simulator
