#pragma once

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Members of answers that may be missing, null or of another type.
namespace personalify::upstream {

/// nullptr when `value` is no object or has no such member.
const boost::json::value* member(const boost::json::value& value, std::string_view key);
/// Text without NUL, which some stores can't hold; "" when there is none.
std::string text_at(const boost::json::value& value, std::string_view key);
/// nullopt for what is no text, and for "".
std::optional<std::string> optional_text_at(const boost::json::value& value, std::string_view key);
/// A number, whole or not, also written as text; nullopt for anything else.
std::optional<double> number_at(const boost::json::value& value, std::string_view key);
/// A positive whole number; nullopt for anything else.
std::optional<std::int64_t> id_at(const boost::json::value& value, std::string_view key);
bool flag_at(const boost::json::value& value, std::string_view key);
/// Empty when there is none.
const boost::json::array& array_at(const boost::json::value& value, std::string_view key);

} // namespace personalify::upstream
