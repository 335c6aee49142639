#include "domain/csv.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace personalify {

namespace {

/// The same signs in full width count too: Excel takes them for the others.
constexpr std::array<std::string_view, 8> signs{"=", "+", "-", "@", "＝", "＋", "－", "＠"};
/// Where a program may begin another cell, whatever the file's own separator is.
constexpr std::string_view ends_of_cells = ";\t\r\n";

/// Whether a program may take what begins at `text` for a formula.
bool is_formula(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) {
        return false;
    }
    return std::ranges::any_of(signs,
                               [rest = text.substr(first)](auto sign) { return rest.starts_with(sign); });
}

} // namespace

void append_csv_cell(std::string& to, std::string_view text) {
    const bool quoted = text.find_first_of(",\"") != std::string_view::npos ||
                        text.find_first_of(ends_of_cells) != std::string_view::npos;
    to.append(quoted ? "\"" : "");
    if (!text.empty() && (is_formula(text) || ends_of_cells.contains(text.front()))) {
        to += '\'';
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        to.append(text[i] == '"' ? 2 : 1, text[i]);
        if (ends_of_cells.contains(text[i]) && is_formula(text.substr(i + 1))) {
            to += '\'';
        }
    }
    to.append(quoted ? "\"" : "");
}

void append_csv_row(std::string& to, std::initializer_list<std::string_view> cells) {
    bool first = true;
    for (const std::string_view cell : cells) {
        if (!std::exchange(first, false)) {
            to += ',';
        }
        append_csv_cell(to, cell);
    }
    to += "\r\n";
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text.append(text.empty() ? "" : " | ").append(name);
    }
    return text;
}

} // namespace personalify
