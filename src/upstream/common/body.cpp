#include "upstream/common/body.hpp"

#include <algorithm>

namespace personalify::upstream {

namespace {

constexpr std::size_t longest_message = 200;

} // namespace

bool claims_json(const net::HttpReply& reply) {
    const auto type = reply.header("content-type");
    if (!type) {
        return true;
    }
    std::string lower{*type};
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    });
    return lower.find("json") != std::string::npos;
}

std::string readable(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || text[first] == '<') {
        return {};
    }
    text = text.substr(first);
    if (text.size() > longest_message) { // not amid a UTF-8 sequence
        std::size_t end = longest_message;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        text = text.substr(0, end);
    }
    std::string line{text};
    std::ranges::replace_if(line, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    line.resize(line.find_last_not_of(' ') + 1);
    return line;
}

} // namespace personalify::upstream
