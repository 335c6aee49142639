#include "domain/lrc.hpp"

#include "domain/lines.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace personalify {

namespace {

constexpr std::size_t longest_stamp = 16;
constexpr std::size_t most_text = 4 * 1024 * 1024; ///< bytes of all lines: stamps repeat them

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc{} && rest == text.data() + text.size() && !text.empty() ? std::optional{value}
                                                                                        : std::nullopt;
}

/// "mm:ss", "mm:ss.xx" or "mm:ss.xxx"; some write a colon before the fraction.
std::optional<std::chrono::milliseconds> stamp(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || text.size() > longest_stamp) {
        return std::nullopt;
    }
    const std::size_t point = text.find_first_of(".:", colon + 1);
    const std::optional<int> minutes = number(text.substr(0, colon));
    const std::optional<int> seconds = number(text.substr(colon + 1, point - colon - 1));
    if (!minutes || !seconds || *minutes < 0 || *minutes > 10'000 || *seconds < 0 || *seconds > 59) {
        return std::nullopt;
    }
    std::chrono::milliseconds at = std::chrono::minutes{*minutes} + std::chrono::seconds{*seconds};
    if (point != std::string_view::npos) {
        std::string digits{text.substr(point + 1, 3)};
        digits.resize(3, '0');
        const std::optional<int> fraction = number(digits);
        if (!fraction || *fraction < 0) {
            return std::nullopt;
        }
        at += std::chrono::milliseconds{*fraction};
    }
    return at;
}

/// Takes "<00:12.50>" out.
std::string without_word_stamps(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view tag = text.substr(at + 1, longest_stamp + 1);
        const std::size_t close = text[at] == '<' ? tag.find('>') : std::string_view::npos;
        if (close != std::string_view::npos && stamp(tag.substr(0, close))) {
            at += close + 2;
        } else {
            out += text[at++];
        }
    }
    return std::string{trimmed(out)};
}

} // namespace

std::vector<TimedLine> parse_lrc(std::string_view lrc) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (lrc.starts_with(byte_order_mark)) {
        lrc.remove_prefix(byte_order_mark.size());
    }
    std::vector<TimedLine> timed;
    std::chrono::milliseconds offset{};
    std::size_t left = most_text;
    while (auto next = take_line(lrc)) {
        std::string_view line = *next;
        std::vector<std::chrono::milliseconds> stamps;
        line = trimmed(line);
        while (line.starts_with('[')) {
            const std::size_t close = line.find(']');
            const std::string_view tag = line.substr(1, close == std::string_view::npos ? 0 : close - 1);
            const auto at = stamp(tag);
            if (!at) {
                if (tag.starts_with("offset:")) {
                    std::string_view value = trimmed(tag.substr(7));
                    value.remove_prefix(value.starts_with('+') ? 1 : 0);
                    offset = std::chrono::milliseconds{number(value).value_or(0)};
                }
                break;
            }
            stamps.push_back(*at);
            line = trimmed(line.substr(close + 1));
        }
        const std::string text = stamps.empty() ? std::string{} : without_word_stamps(line);
        for (const std::chrono::milliseconds at : stamps) {
            if (text.size() > left) {
                break;
            }
            left -= text.size();
            timed.push_back({at, text});
        }
    }
    for (TimedLine& line : timed) {
        line.at = std::max(line.at - offset, std::chrono::milliseconds{0});
    }
    std::ranges::stable_sort(timed, {}, &TimedLine::at);
    return timed;
}

std::string plain_text(const std::vector<TimedLine>& lines) {
    Lines words;
    for (const TimedLine& line : lines) {
        words.add(line.text);
    }
    return words.take();
}

} // namespace personalify
