#include "upstream/genius/leaks.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace personalify::genius {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view also_like = "You might also like";
constexpr std::string_view tickets = "Get tickets as low as $";
constexpr std::size_t longest_header = 80; ///< lines; a song may have dozens of translations
constexpr std::size_t longest_preview = 4; ///< lines from the title to "Read More"

using Lines = std::vector<std::string>;

/// What follows "12 Contributors"; nothing when the line begins otherwise.
std::optional<std::string_view> after_contributors(std::string_view line) {
    const std::size_t number = std::min(line.find_first_not_of("0123456789,.K"), line.size());
    if (number == 0 || !digits.contains(line[0]) || !line.substr(number).starts_with(" Contributor")) {
        return std::nullopt;
    }
    line.remove_prefix(number + std::string_view{" Contributor"}.size());
    line.remove_prefix(line.starts_with('s') ? 1 : 0);
    return line;
}

bool is_title(std::string_view line) {
    return line == "Lyrics" || line.ends_with(" Lyrics");
}

/// Whether the line is a section tag and nothing else.
bool is_tag(std::string_view line) {
    return line.starts_with('[') && line.find(']') == line.size() - 1;
}

/// A header that came as one line: what of the line is lyrics, or nothing when the line is no such header.
std::optional<std::string_view> after_header(std::string_view rest) {
    const bool glued = !rest.empty() && rest.front() != ' ';
    if (is_title(rest)) {
        return std::string_view{};
    }
    if (!glued) {
        return std::nullopt;
    }
    constexpr std::string_view title_end = " Lyrics";
    const std::size_t last = rest.rfind(" Lyrics[");
    if (last != std::string_view::npos && is_tag(rest.substr(last + title_end.size()))) {
        return rest.substr(last + title_end.size());
    }
    constexpr std::string_view more = "Read More";
    const std::size_t title = std::min(rest.find(title_end), rest.size());
    const std::size_t preview_end = rest.find(more, title);
    return preview_end == std::string_view::npos ? std::nullopt
                                                 : std::optional{rest.substr(preview_end + more.size())};
}

/// The first of `count` lines from `first` on that matches; none behind a section tag.
std::optional<std::size_t> find_line(const Lines& lines, std::size_t first, std::size_t count,
                                     bool (*matches)(std::string_view)) {
    for (std::size_t at = first; at < std::min(lines.size(), first + count) && !is_tag(lines[at]); ++at) {
        if (matches(lines[at])) {
            return at;
        }
    }
    return std::nullopt;
}

bool ends_preview(std::string_view line) {
    return line.ends_with("Read More");
}

void drop_header(Lines& lines) {
    const auto first =
        std::ranges::find_if(lines, [](const std::string& line) { return !line.empty(); }) - lines.begin();
    const auto at = static_cast<std::size_t>(first);
    const auto rest = at < lines.size() ? after_contributors(lines[at]) : std::nullopt;
    if (!rest) {
        return;
    }
    std::size_t last = at;
    std::string kept;
    if (const auto lyrics = after_header(*rest)) {
        kept = *lyrics;
    } else if (rest->empty() || rest->starts_with("Translations")) {
        last = find_line(lines, at + 1, longest_header, is_title).value_or(at);
    } else {
        return; // somebody sings about contributors
    }
    if (kept.empty()) {
        last = find_line(lines, last + 1, longest_preview, ends_preview).value_or(last);
    }
    lines[last] = kept;
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(last));
}

/// What follows an advert for concerts that the line begins with; nothing when it is none.
std::optional<std::string_view> after_advert(std::string_view line) {
    const std::size_t at = line.find(tickets);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view before = line.substr(0, at);
    const std::string_view price = line.substr(at + tickets.size());
    const std::string_view rest =
        price.substr(std::min(price.find_first_not_of("0123456789.,"), price.size()));
    const bool is_whole = before.empty() || (before.starts_with("See ") && before.ends_with(" Live"));
    const bool ends = rest.empty() || rest.starts_with(also_like) || rest.starts_with('[');
    return is_whole && ends ? std::optional{rest} : std::nullopt;
}

/// "You might also like" off a line that it was glued to.
void cut_also_like(std::string& line) {
    if (line == also_like ||
        (line.starts_with(also_like) && line.substr(also_like.size()).starts_with('['))) {
        line.erase(0, also_like.size());
    } else if (line.ends_with(also_like) && line[line.size() - also_like.size() - 1] != ' ') {
        line.resize(line.size() - also_like.size());
    }
}

void drop_between(Lines& lines) {
    Lines kept;
    kept.reserve(lines.size());
    for (std::string& line : lines) {
        const bool was_empty = line.empty();
        if (const auto rest = after_advert(line)) {
            const bool has_head = line.starts_with(tickets) && !kept.empty() &&
                                  kept.back().starts_with("See ") && kept.back().ends_with(" Live");
            if (has_head) {
                kept.pop_back();
            }
            line = std::string{*rest};
        }
        cut_also_like(line);
        if (was_empty || !line.empty()) {
            kept.push_back(std::move(line));
        }
    }
    lines = std::move(kept);
}

/// Bytes of the number that the text ends with ("3", "1.2K"); 0 when there is none.
std::size_t count_at_end(std::string_view text) {
    const std::size_t last = text.find_last_of(digits);
    const bool ends =
        last != std::string_view::npos && (last + 1 == text.size() || text.substr(last + 1) == "K");
    if (!ends) {
        return 0;
    }
    const std::size_t before = text.substr(0, last).find_last_not_of("0123456789.,") + 1;
    return text.size() - text.find_first_of(digits, before);
}

/// "Embed" or "3Embed" after the last line, or glued to it.
void drop_footer(Lines& lines) {
    while (!lines.empty() && lines.back().empty()) {
        lines.pop_back();
    }
    if (lines.empty() || !lines.back().ends_with("Embed")) {
        return;
    }
    std::string& line = lines.back();
    const std::string_view before{line.data(), line.size() - std::string_view{"Embed"}.size()};
    const std::size_t kept = before.size() - count_at_end(before);
    if (kept == 0 || kept < before.size() || before.back() != ' ') { // a word of its own is a word
        line.resize(before.substr(0, kept).find_last_not_of(' ') + 1);
    }
}

} // namespace

void drop_leaks(Lines& lines) {
    drop_header(lines);
    drop_between(lines);
    drop_footer(lines);
}

} // namespace personalify::genius
