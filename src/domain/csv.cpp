#include "domain/csv.hpp"

#include <utility>

namespace personalify {

namespace {

bool is_formula(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) {
        return false;
    }
    const std::string_view rest = text.substr(first);
    if (std::string_view{"=+-@\t\r\n"}.contains(rest.front())) {
        return true;
    }
    // The same signs in full width: Excel takes them for the others.
    for (const std::string_view wide : {"＝", "＋", "－", "＠"}) {
        if (rest.starts_with(wide)) {
            return true;
        }
    }
    return false;
}

} // namespace

void append_csv_cell(std::string& to, std::string_view text) {
    const bool inert = is_formula(text);
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        to.append(inert ? "'" : "").append(text);
        return;
    }
    to.append(inert ? "\"'" : "\"");
    for (const char c : text) {
        to.append(c == '"' ? 2 : 1, c);
    }
    to += '"';
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
