#include "domain/lyrics.hpp"

#include "domain/lines.hpp"

#include <algorithm>
#include <utility>

namespace personalify {

namespace {

/// Bytes of the tag that begins the text, brackets and all; 0 when there is none.
std::size_t tag_length(std::string_view text) {
    const std::size_t closing = text.starts_with('[') ? text.find(']') : std::string_view::npos;
    return closing == std::string_view::npos ? 0 : closing + 1;
}

/// The line without its tags; two spaces that come together are one.
std::string without_tags(std::string_view line) {
    std::string kept;
    while (!line.empty()) {
        const std::size_t opening = std::min(line.find('['), line.size());
        kept += line.substr(0, opening);
        line.remove_prefix(opening);
        const std::size_t length = tag_length(line);
        if (length == 0) { // no bracket, or none that closes
            kept += line;
            break;
        }
        line.remove_prefix(length);
        if ((kept.empty() || kept.ends_with(' ')) && line.starts_with(' ')) {
            line.remove_prefix(1);
        }
    }
    return kept;
}

} // namespace

std::vector<LyricsSection> sections_of(std::string_view stored) {
    std::vector<LyricsSection> sections;
    std::string heading;
    bool tagged = false;
    Lines lines;
    const auto finish = [&] {
        if (tagged || !lines.empty()) {
            sections.push_back({std::move(heading), lines.take()});
        }
    };
    while (const auto whole = take_line(stored)) {
        std::string_view line = trimmed(*whole);
        while (const std::size_t length = tag_length(line)) {
            finish();
            tagged = true;
            heading = trimmed(line.substr(1, length - 2));
            line = trimmed(line.substr(length));
            if (line.empty()) {
                break;
            }
        }
        lines.add(line);
    }
    finish();
    return sections;
}

std::vector<LyricsSection> parts_of(std::string_view stored) {
    std::vector<LyricsSection> parts = sections_of(stored);
    std::erase_if(parts, [](const LyricsSection& part) { return part.text.empty(); });
    if (parts.size() != 1 || !parts.front().heading.empty()) {
        return parts;
    }
    const std::string whole = std::move(parts.front().text);
    parts.clear();
    std::string_view rest = whole;
    Lines lines;
    while (const auto line = take_line(rest)) {
        if (trimmed(*line).empty() && !lines.empty()) {
            parts.push_back({"", lines.take()});
        }
        lines.add(*line);
    }
    parts.push_back({"", lines.take()});
    return parts;
}

std::string without_section_tags(std::string_view stored) {
    Lines lines;
    while (const auto line = take_line(stored)) {
        const std::string words = without_tags(*line);
        const bool held_only_tags = words.size() < line->size() && trimmed(words).empty();
        if (!held_only_tags) {
            lines.add(trimmed(words));
        }
    }
    return lines.take();
}

} // namespace personalify
