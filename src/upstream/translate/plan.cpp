#include "upstream/translate/plan.hpp"

#include "domain/letters.hpp"

#include <algorithm>
#include <map>

namespace personalify::translate {

namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::size_t longest_tag = 100; ///< bytes; what is longer is no "[Chorus: Somebody]"

/// Bytes of the section tag that begins the text; 0 when there is none.
std::size_t tag_length(std::string_view text) {
    const std::size_t closing = text.starts_with('[') ? text.find(']') : std::string_view::npos;
    return closing < longest_tag ? closing + 1 : 0;
}

} // namespace

Plan::Plan(const std::vector<std::string>& texts, const ChunkLimits& limits)
    : limits_(limits) {
    for (const std::string& whole : texts) {
        Text& text = texts_.emplace_back();
        std::string_view rest = whole;
        for (;;) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            add_line(text, rest.substr(0, end));
            if (end == rest.size()) {
                break;
            }
            add_literal(text, "\n");
            rest.remove_prefix(end + 1);
        }
    }
}

void Plan::add_literal(Text& text, std::string_view literal) {
    if (text.empty() || text.back().segment) {
        text.emplace_back();
    }
    text.back().literal += literal;
}

void Plan::add_segment(Text& text, std::string_view segment) {
    if (text.empty() || text.back().segment) {
        text.emplace_back();
    }
    const auto [at, is_new] = known_.try_emplace(std::string{segment}, segments_.size());
    if (is_new) {
        segments_.emplace_back(segment);
    }
    text.back().segment = at->second;
}

void Plan::add_line(Text& text, std::string_view line) {
    const auto take_blanks = [&] {
        const std::size_t begin = std::min(line.find_first_not_of(blanks), line.size());
        add_literal(text, line.substr(0, begin));
        line.remove_prefix(begin);
    };
    take_blanks();
    while (const std::size_t tag = tag_length(line)) {
        add_literal(text, line.substr(0, tag));
        line.remove_prefix(tag);
    }
    while (!line.empty()) {
        take_blanks();
        const std::string_view piece =
            line.substr(0, upstream::cut_point(line, limits_.size - limits_.between, limits_.unit));
        const std::size_t end = piece.find_last_not_of(blanks) + 1; // 0 when there is nothing but blanks
        const std::string_view segment = piece.substr(0, end);
        if (has_letters(segment)) {
            add_segment(text, segment);
        } else {
            add_literal(text, segment);
        }
        add_literal(text, piece.substr(end));
        line.remove_prefix(piece.size());
    }
}

app::Translation Plan::put_together(const Text& text, const std::vector<app::Translation>& translated) const {
    app::Translation whole;
    std::map<std::string_view, std::size_t> languages;
    for (const Part& part : text) {
        whole.text += part.literal;
        if (part.segment) {
            whole.text += translated[*part.segment].text;
            languages[translated[*part.segment].source_language] += segments_[*part.segment].size();
        }
    }
    std::size_t most = 0;
    for (const auto& [language, size] : languages) {
        if (size > most) {
            most = size;
            whole.source_language = language;
        }
    }
    return whole;
}

std::vector<app::Translation> Plan::put_together(const std::vector<app::Translation>& translated) const {
    std::vector<app::Translation> texts;
    texts.reserve(texts_.size());
    for (const Text& text : texts_) {
        texts.push_back(put_together(text, translated));
    }
    return texts;
}

std::vector<Chunk> chunks_of(const std::vector<std::string>& segments, const ChunkLimits& limits) {
    std::vector<Chunk> chunks;
    std::size_t size = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const std::size_t own = upstream::size_of(segments[i], limits.unit) + limits.between;
        if (chunks.empty() || size + own > limits.size || i - chunks.back().begin >= limits.segments) {
            chunks.push_back({i, i});
            size = 0;
        }
        size += own;
        chunks.back().end = i + 1;
    }
    return chunks;
}

} // namespace personalify::translate
