#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// Lines of lyrics.
namespace personalify {

inline constexpr std::string_view line_blanks = " \t\r";

/// Without blanks at the ends.
inline std::string_view trimmed(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(line_blanks), text.size());
    const std::size_t end = text.find_last_not_of(line_blanks) + 1;
    return begin < end ? text.substr(begin, end - begin) : std::string_view{};
}

/// Takes the first line off the text, without the LF. Nothing when none is left.
inline std::optional<std::string_view> take_line(std::string_view& rest) {
    if (rest.empty()) {
        return std::nullopt;
    }
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    return line;
}

/// Puts lines together: blank ones only between others, and no two in a row.
class Lines {
public:
    void add(std::string_view line) {
        if (trimmed(line).empty()) {
            blank_ = !text_.empty();
            return;
        }
        if (!text_.empty()) {
            text_ += blank_ ? "\n\n" : "\n";
        }
        blank_ = false;
        text_ += line;
    }

    std::string take() {
        blank_ = false;
        return std::exchange(text_, {});
    }

    bool empty() const { return text_.empty(); }

private:
    std::string text_;
    bool blank_ = false;
};

} // namespace personalify
