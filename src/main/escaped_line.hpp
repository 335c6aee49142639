#pragma once

#include <string>
#include <string_view>

namespace personalify {

/// A text that was given as one line: `\n` in it is a line break, `\\` a backslash; any other backslash is
/// itself.
inline std::string unescaped(std::string_view line) {
    std::string text;
    text.reserve(line.size());
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char next = line[i] == '\\' && i + 1 < line.size() ? line[i + 1] : '\0';
        if (next == 'n' || next == '\\') {
            text += next == 'n' ? '\n' : '\\';
            ++i;
        } else {
            text += line[i];
        }
    }
    return text;
}

/// The other way round: a text as one line.
inline std::string escaped(std::string_view text) {
    std::string line;
    line.reserve(text.size());
    for (const char c : text) {
        if (c == '\n') {
            line += "\\n";
        } else if (c == '\\') {
            line += "\\\\";
        } else {
            line += c;
        }
    }
    return line;
}

} // namespace personalify
