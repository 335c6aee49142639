#include "http/response_head.hpp"

#include "http/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace personalify::http {

namespace {

using Reason = std::pair<int, std::string_view>;

constexpr std::array reasons{
    Reason{200, "OK"},
    Reason{201, "Created"},
    Reason{202, "Accepted"},
    Reason{204, "No Content"},
    Reason{206, "Partial Content"},
    Reason{301, "Moved Permanently"},
    Reason{302, "Found"},
    Reason{303, "See Other"},
    Reason{304, "Not Modified"},
    Reason{307, "Temporary Redirect"},
    Reason{308, "Permanent Redirect"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{406, "Not Acceptable"},
    Reason{408, "Request Timeout"},
    Reason{409, "Conflict"},
    Reason{410, "Gone"},
    Reason{412, "Precondition Failed"},
    Reason{413, "Content Too Large"},
    Reason{414, "URI Too Long"},
    Reason{415, "Unsupported Media Type"},
    Reason{416, "Range Not Satisfiable"},
    Reason{417, "Expectation Failed"},
    Reason{422, "Unprocessable Content"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{502, "Bad Gateway"},
    Reason{503, "Service Unavailable"},
    Reason{504, "Gateway Timeout"},
    Reason{505, "HTTP Version Not Supported"},
};

std::string_view reason(int status) {
    const auto* found = std::ranges::find(reasons, status, &Reason::first);
    return found == reasons.end() ? "Status" : found->second;
}

void append_number(std::string& out, std::size_t number) {
    std::array<char, 24> text;
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
    out.append(text.data(), end);
}

bool is_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, is_token_char);
}

bool is_value(std::string_view value) {
    return std::ranges::all_of(value, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= ' ' && byte != 0x7f);
    });
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::ranges::any_of(names,
                               [&](std::string_view other) { return same_ignoring_case(name, other); });
}

bool is_servers_own(std::string_view name) {
    return is_one_of(
        name, {"content-length", "transfer-encoding", "connection", "keep-alive", "date", "x-request-id"});
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

void append_framing(std::string& out, const Framing& framing) {
    if (framing.body == Framing::Body::length) {
        out.append("Content-Length: ");
        append_number(out, framing.length);
        out.append("\r\n");
    } else if (framing.body == Framing::Body::chunked) {
        out.append("Transfer-Encoding: chunked\r\n");
    }
    if (!framing.keep_alive) {
        out.append("Connection: close\r\n");
    } else if (framing.version < 11) {
        out.append("Connection: keep-alive\r\n");
    }
}

void append_status_line(std::string& out, int asked, std::string_view date) {
    const int status = asked >= 200 && asked <= 599 ? asked : 500;
    out.append("HTTP/1.1 ");
    append_number(out, static_cast<std::size_t>(status));
    out.append(" ").append(reason(status)).append("\r\n");
    append_header(out, "Date", date);
}

/// With the two that every answer carries unless it says otherwise.
void append_headers(std::string& out, const std::vector<Header>& headers) {
    bool sniffing_set = false;
    bool referrer_set = false;
    for (const auto& [name, value] : headers) {
        if (!is_name(name) || !is_value(value) || is_servers_own(name)) {
            continue;
        }
        sniffing_set = sniffing_set || same_ignoring_case(name, "x-content-type-options");
        referrer_set = referrer_set || same_ignoring_case(name, "referrer-policy");
        append_header(out, name, value);
    }
    if (!sniffing_set) {
        out.append("X-Content-Type-Options: nosniff\r\n");
    }
    if (!referrer_set) {
        out.append("Referrer-Policy: no-referrer\r\n");
    }
}

} // namespace

void append_head(std::string& out, const Response& response, const Framing& framing) {
    append_status_line(out, response.status, framing.date);
    append_headers(out, response.headers);
    append_framing(out, framing);
    append_header(out, "X-Request-ID", framing.request_id);
    out.append("\r\n");
}

void append_head(std::string& out, const Ready& ready, const Framing& framing) {
    append_status_line(out, ready.status, framing.date);
    out.append(ready.head).append(ready.more_head);
    append_framing(out, framing);
    append_header(out, "X-Request-ID", framing.request_id);
    out.append("\r\n");
}

std::string ready_head(const std::vector<Header>& headers) {
    std::string head;
    append_headers(head, headers);
    return head;
}

std::string http_date(std::chrono::sys_seconds at) {
    constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{at - day};
    std::array<char, 64> text;
    const int length =
        std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                      days[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                      months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                      static_cast<int>(time.seconds().count()));
    return {text.data(), static_cast<std::size_t>(length)};
}

} // namespace personalify::http
