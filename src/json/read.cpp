#include "json/read.hpp"

#include "json/utf8.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace personalify::json {

namespace {

namespace bj = boost::json;

void add(const Location& where, Problems& problems, std::string type, std::string msg, const bj::value& input,
         Omittable<bj::value> ctx = {}) {
    problems.push_back({std::move(type), where.path(), std::move(msg), input, std::move(ctx)});
}

bj::value context(std::string_view name, bj::value value) {
    bj::object object;
    object.emplace(name, std::move(value));
    return object;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// A whole number that may lie outside of what an input can be; then only the side is right.
__extension__ using Wide = __int128;
constexpr Wide beyond = Wide{std::numeric_limits<std::int64_t>::max()} + 1;
constexpr Wide below = Wide{std::numeric_limits<std::int64_t>::min()} - 1;

/// "12", "+12", "-1_000" and "12.0" are whole numbers. nullopt: none.
std::optional<Wide> parse_integer(std::string_view text) {
    text = trimmed(text);
    std::string digits;
    if (text.starts_with('-') || text.starts_with('+')) {
        if (text.front() == '-') {
            digits = "-";
        }
        text.remove_prefix(1);
    }
    const auto dot = text.find('.');
    if (dot != std::string_view::npos) {
        if (text.find_first_not_of('0', dot + 1) != std::string_view::npos) {
            return std::nullopt;
        }
        text = text.substr(0, dot);
    }
    if (text.empty() || !is_digit(text.front()) || !is_digit(text.back())) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_digit(text[i])) {
            digits += text[i];
        } else if (text[i] != '_' || text[i - 1] == '_') {
            return std::nullopt;
        }
    }
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc::result_out_of_range) {
        return digits.front() == '-' ? below : beyond;
    }
    return number;
}

std::optional<bool> parse_bool(std::string_view text) {
    constexpr std::array<std::string_view, 6> yes{"1", "true", "t", "yes", "y", "on"};
    constexpr std::array<std::string_view, 6> no{"0", "false", "f", "no", "n", "off"};
    std::string word{text};
    std::ranges::transform(word, word.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (std::ranges::find(yes, word) != yes.end()) {
        return true;
    }
    return std::ranges::find(no, word) != no.end() ? std::optional{false} : std::nullopt;
}

/// Two to four digits at `at`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    int number = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (i >= text.size() || !is_digit(text[i])) {
            return -1;
        }
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

/// "2026-11-22T17:28:43.120Z", with any number of digits, or none, after the seconds. UTC only.
std::optional<TimePoint> parse_time(std::string_view text) {
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') ||
        text[13] != ':' || text[16] != ':' || (text.back() != 'Z' && text.back() != 'z')) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{digits(text, 0, 4)},
                                           std::chrono::month{static_cast<unsigned>(digits(text, 5, 2))},
                                           std::chrono::day{static_cast<unsigned>(digits(text, 8, 2))}};
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    if (digits(text, 0, 4) < 0 || !date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        second < 0 || second > 60) {
        return std::nullopt;
    }
    auto at = TimePoint{std::chrono::sys_days{date}} + std::chrono::hours{hour} +
              std::chrono::minutes{minute} + std::chrono::seconds{second};
    const auto fraction = text.substr(19, text.size() - 20);
    if (fraction.empty()) {
        return at;
    }
    if (fraction.front() != '.' || fraction.size() < 2 ||
        fraction.find_first_not_of("0123456789", 1) != std::string_view::npos) {
        return std::nullopt;
    }
    std::string millis{fraction.substr(1, 3)};
    millis.resize(3, '0');
    return at + std::chrono::milliseconds{digits(millis, 0, 3)};
}

/// In code points.
std::int64_t length_of(std::string_view text) {
    return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

std::string characters(std::int64_t count) {
    return std::to_string(count) + (count == 1 ? " character" : " characters");
}

/// "'a', 'b' or 'c'"
std::string listed(std::span<const std::string_view> names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) {
            text += i + 1 == names.size() ? " or " : ", ";
        }
        text.append("'").append(names[i]).append("'");
    }
    return text;
}

} // namespace

std::vector<Step> Location::path() const {
    std::vector<Step> steps;
    for (const Location* at = this; at != nullptr; at = at->parent_) {
        if (at->index_ >= 0) {
            steps.emplace_back(at->index_);
        } else if (!at->name_.empty() || at->parent_ != nullptr) {
            steps.emplace_back(std::string{at->name_});
        }
    }
    std::ranges::reverse(steps);
    return steps;
}

std::string describe(const Problem& problem) {
    std::string text;
    for (const auto& step : problem.loc) {
        if (const auto* index = std::get_if<std::int64_t>(&step)) {
            text.append("[").append(std::to_string(*index)).append("]");
        } else {
            text.append(text.empty() ? "" : ".").append(std::get<std::string>(step));
        }
    }
    return text.append(text.empty() ? "" : ": ").append(problem.msg);
}

bool read_bool(const bj::value& from, bool& to, const Location& where, Problems& problems) {
    if (from.is_bool()) {
        to = from.get_bool();
        return true;
    }
    std::optional<bool> word;
    if (from.is_string()) {
        word = parse_bool(std::string_view{from.get_string()});
    } else if (from.is_int64() && (from.get_int64() == 0 || from.get_int64() == 1)) {
        word = from.get_int64() == 1;
    } else if (!from.is_number()) {
        add(where, problems, "bool_type", "Input should be a valid boolean", from);
        return false;
    }
    if (!word) {
        add(where, problems, "bool_parsing", "Input should be a valid boolean, unable to interpret input",
            from);
        return false;
    }
    to = *word;
    return true;
}

bool read_integer(const bj::value& from, std::int64_t& to, std::int64_t min, std::int64_t max,
                  const Location& where, Problems& problems) {
    std::optional<Wide> number;
    if (from.is_int64()) {
        number = from.get_int64();
    } else if (from.is_uint64()) {
        number = from.get_uint64();
    } else if (from.is_double()) {
        const double value = from.get_double();
        if (value != std::trunc(value)) {
            add(where, problems, "int_from_float",
                "Input should be a valid integer, got a number with a fractional part", from);
            return false;
        }
        constexpr double limit = 9007199254740992.0; // 2^53: beyond it a double stands for many integers
        number = value >= limit ? beyond : value <= -limit ? below : static_cast<std::int64_t>(value);
    } else if (from.is_string()) {
        number = parse_integer(std::string_view{from.get_string()});
        if (!number) {
            add(where, problems, "int_parsing",
                "Input should be a valid integer, unable to parse string as an integer", from);
            return false;
        }
    } else {
        add(where, problems, "int_type", "Input should be a valid integer", from);
        return false;
    }
    if (*number < min) {
        add(where, problems, "greater_than_equal",
            "Input should be greater than or equal to " + std::to_string(min), from, context("ge", min));
        return false;
    }
    if (*number > max) {
        add(where, problems, "less_than_equal",
            "Input should be less than or equal to " + std::to_string(max), from, context("le", max));
        return false;
    }
    to = static_cast<std::int64_t>(*number);
    return true;
}

bool read_number(const bj::value& from, double& to, const Location& where, Problems& problems) {
    if (from.is_number()) {
        to = from.to_number<double>();
        return true;
    }
    if (!from.is_string()) {
        add(where, problems, "float_type", "Input should be a valid number", from);
        return false;
    }
    const auto text = trimmed(std::string_view{from.get_string()});
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) {
        add(where, problems, "float_parsing",
            "Input should be a valid number, unable to parse string as a number", from);
        return false;
    }
    if (!std::isfinite(number)) {
        add(where, problems, "finite_number", "Input should be a finite number", from);
        return false;
    }
    to = number;
    return true;
}

bool read_string(const bj::value& from, std::string& to, const Location& where, Problems& problems) {
    if (!from.is_string()) {
        add(where, problems, "string_type", "Input should be a valid string", from);
        return false;
    }
    to = std::string_view{from.get_string()};
    if (!is_utf8(to)) { // from a query or a path: JSON texts are checked when they are parsed
        add(where, problems, "string_unicode",
            "Input should be a valid string, unable to parse raw data as a unicode string", from);
        return false;
    }
    return true;
}

bool read_text(const bj::value& from, std::string& to, std::int64_t min_length, std::int64_t max_length,
               const Location& where, Problems& problems) {
    if (!read_string(from, to, where, problems)) {
        return false;
    }
    const auto length = length_of(to);
    if (length < min_length) {
        add(where, problems, "string_too_short", "String should have at least " + characters(min_length),
            from, context("min_length", min_length));
        return false;
    }
    if (length > max_length) {
        add(where, problems, "string_too_long", "String should have at most " + characters(max_length), from,
            context("max_length", max_length));
        return false;
    }
    return true;
}

bool read_time(const bj::value& from, TimePoint& to, const Location& where, Problems& problems) {
    std::string text;
    if (!read_string(from, text, where, problems)) {
        return false;
    }
    if (const auto at = parse_time(text)) {
        to = *at;
        return true;
    }
    add(where, problems, "datetime_parsing", "Input should be a valid datetime in UTC (RFC 3339)", from);
    return false;
}

bool read_name(const bj::value& from, std::size_t& to, std::span<const std::string_view> names,
               const Location& where, Problems& problems) {
    if (from.is_string()) {
        const auto found = std::ranges::find(names, std::string_view{from.get_string()});
        if (found != names.end()) {
            to = static_cast<std::size_t>(found - names.begin());
            return true;
        }
    }
    const auto expected = listed(names);
    add(where, problems, "enum", "Input should be " + expected, from,
        context("expected", bj::string{expected}));
    return false;
}

const bj::object* read_object(const bj::value& from, const Location& where, Problems& problems) {
    if (from.is_object()) {
        return &from.get_object();
    }
    add(where, problems, "model_attributes_type",
        "Input should be a valid dictionary or object to extract fields from", from);
    return nullptr;
}

const bj::array* read_array(const bj::value& from, const Location& where, Problems& problems) {
    if (from.is_array()) {
        return &from.get_array();
    }
    add(where, problems, "list_type", "Input should be a valid list", from);
    return nullptr;
}

const bj::value* find_member(const bj::object& from, std::string_view name, bool null_counts) {
    const auto* found = from.if_contains(name);
    return found != nullptr && found->is_null() && !null_counts ? nullptr : found;
}

void add_missing(const Location& where, Problems& problems) {
    add(where, problems, "missing", "Field required", nullptr);
}

void add_all(const Problems& found, Problems& problems) {
    problems.insert(problems.end(), found.begin(), found.end());
}

std::string to_text(const bj::value& value) {
    return bj::serialize(value);
}

Error unreadable(const Problems& problems) {
    return {Errc::internal, "A document can't be read", problems.empty() ? "" : describe(problems.front())};
}

} // namespace personalify::json
