#include "http/message.hpp"

#include "http/text.hpp"
#include "json/write.hpp"

#include <array>

namespace personalify::http {

namespace {

constexpr std::size_t max_query_pairs = 200;

int hex_value(char c) {
    if (is_digit(c)) {
        return c - '0';
    }
    const char lower = to_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

void append_percent(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
}

/// RFC 6265's cookie-octet.
bool is_cookie_char(char c) {
    return c > ' ' && c < 0x7f && !std::string_view{"\",;\\"}.contains(c);
}

} // namespace

std::optional<std::string_view> Request::header(std::string_view name) const {
    for (const Header& header : headers) {
        if (same_ignoring_case(header.name, name)) {
            return header.value;
        }
    }
    return std::nullopt;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    for (const Header& header : headers) {
        if (!same_ignoring_case(header.name, "cookie")) {
            continue;
        }
        std::optional<std::string_view> rest = header.value;
        while (const auto pair = next_item(rest, ';')) {
            const auto equals = pair->find('=');
            if (equals == std::string_view::npos || trim(pair->substr(0, equals)) != name) {
                continue;
            }
            std::string_view value = trim(pair->substr(equals + 1));
            if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
                value = value.substr(1, value.size() - 2);
            }
            return value;
        }
    }
    return std::nullopt;
}

Header set_cookie(const Cookie& cookie) {
    std::string text = cookie.name + '=';
    for (const char c : cookie.value) {
        // A stray separator would add attributes of its own.
        is_cookie_char(c) ? void(text += c) : append_percent(text, c);
    }
    text += "; Path=" + cookie.path;
    if (cookie.max_age) {
        text += "; Max-Age=" + std::to_string(cookie.max_age->count());
        if (cookie.max_age->count() <= 0) {
            text += "; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
        }
    }
    if (cookie.http_only) {
        text += "; HttpOnly";
    }
    if (cookie.secure) {
        text += "; Secure";
    }
    if (!cookie.same_site.empty()) {
        text += "; SameSite=" + cookie.same_site;
    }
    return {"Set-Cookie", std::move(text)};
}

std::optional<std::string> percent_decode(std::string_view text, bool plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return std::nullopt;
            }
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (c == '\0') {
            return std::nullopt;
        }
        out += c;
    }
    return out;
}

std::string percent_encode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (is_alphanumeric(c) || std::string_view{"-._~"}.contains(c)) {
            out += c;
        } else {
            append_percent(out, c);
        }
    }
    return out;
}

std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!text.empty()) {
        const std::string_view piece = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(piece.size() + 1, text.size()));
        if (piece.empty()) {
            continue;
        }
        const auto equals = std::min(piece.find('='), piece.size());
        auto name = percent_decode(piece.substr(0, equals), true);
        auto value = percent_decode(piece.substr(std::min(equals + 1, piece.size())), true);
        if (!name || !value || pairs.size() == max_query_pairs) {
            return std::nullopt;
        }
        pairs.emplace_back(std::move(*name), std::move(*value));
    }
    return pairs;
}

Response json_response(int status, std::string body) {
    Response response;
    response.status = status;
    response.headers.push_back({"Content-Type", "application/json"});
    response.body = std::move(body);
    return response;
}

Response error_response(int status, std::string_view detail) {
    std::string body;
    {
        json::Writer out{body};
        out.raw(std::string_view{R"({"detail":)"});
        out.string(detail);
        out.raw('}');
    }
    return json_response(status, std::move(body));
}

} // namespace personalify::http
