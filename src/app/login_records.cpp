#include "app/login_records.hpp"

#include <charconv>

namespace personalify::app {

std::string encode_record(std::initializer_list<std::string_view> fields) {
    std::string text;
    for (const std::string_view field : fields) {
        text += std::to_string(field.size());
        text += ':';
        text += field;
    }
    return text;
}

std::vector<std::string> decode_record(std::string_view text) {
    std::vector<std::string> fields;
    while (!text.empty()) {
        std::size_t length = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), length);
        const auto digits = static_cast<std::size_t>(end - text.data());
        if (problem != std::errc{} || digits >= text.size() || text[digits] != ':' ||
            text.size() - digits - 1 < length) {
            return {};
        }
        fields.emplace_back(text.substr(digits + 1, length));
        text.remove_prefix(digits + 1 + length);
    }
    return fields;
}

} // namespace personalify::app
