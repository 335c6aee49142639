#include "upstream/common/json_at.hpp"

#include <charconv>
#include <cmath>

namespace personalify::upstream {

namespace json = boost::json;

const json::value* member(const json::value& value, std::string_view key) {
    const json::object* object = value.if_object();
    return object == nullptr ? nullptr : object->if_contains(key);
}

std::string text_at(const json::value& value, std::string_view key) {
    const json::value* found = member(value, key);
    if (found == nullptr || !found->is_string()) {
        return {};
    }
    std::string text{found->get_string()};
    std::erase(text, '\0');
    return text;
}

std::optional<std::string> optional_text_at(const json::value& value, std::string_view key) {
    std::string text = text_at(value, key);
    return text.empty() ? std::nullopt : std::optional{std::move(text)};
}

std::optional<double> number_at(const json::value& value, std::string_view key) {
    const json::value* found = member(value, key);
    if (found == nullptr) {
        return std::nullopt;
    }
    double number = 0;
    if (found->is_number()) {
        number = found->to_number<double>();
    } else if (const json::string* text = found->if_string()) {
        const char* const end = text->data() + text->size();
        const auto [stop, failure] = std::from_chars(text->data(), end, number);
        if (failure != std::errc{} || stop != end) {
            return std::nullopt;
        }
    } else {
        return std::nullopt;
    }
    return std::isfinite(number) ? std::optional{number} : std::nullopt;
}

std::optional<std::int64_t> id_at(const json::value& value, std::string_view key) {
    const json::value* found = member(value, key);
    const std::int64_t* id = found == nullptr ? nullptr : found->if_int64();
    return id != nullptr && *id > 0 ? std::optional{*id} : std::nullopt;
}

bool flag_at(const json::value& value, std::string_view key) {
    const json::value* found = member(value, key);
    return found != nullptr && found->is_bool() && found->get_bool();
}

const json::array& array_at(const json::value& value, std::string_view key) {
    static const json::array none;
    const json::value* found = member(value, key);
    const json::array* array = found == nullptr ? nullptr : found->if_array();
    return array == nullptr ? none : *array;
}

} // namespace personalify::upstream
