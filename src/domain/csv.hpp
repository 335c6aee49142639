#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

/// Comma-separated values (RFC 4180) that people open in spreadsheets.
namespace personalify {

/// Appends one cell, in quotes where it needs them. What a spreadsheet would run as a formula (a sign = + - @
/// at the beginning, or behind a semicolon, tab or line break, where a program that takes these for
/// separators sees a cell begin) has an apostrophe before it, so that it is shown as text.
void append_csv_cell(std::string& to, std::string_view text);

/// Appends a row with its CRLF.
void append_csv_row(std::string& to, std::initializer_list<std::string_view> cells);

/// "a | b"
std::string joined(const std::vector<std::string>& names);

} // namespace personalify
