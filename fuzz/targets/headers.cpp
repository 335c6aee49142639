#include "fuzz/target.hpp"
#include "http/encoding.hpp"
#include "http/etag.hpp"
#include "http/forwarded.hpp"
#include "http/route_inputs.hpp"
#include "http/text.hpp"

#include <algorithm>

/// Header lines, one a line: cookies, entity tags, forwarded addresses, media types. The first line is also
/// a list of trusted networks.
namespace personalify::http {

namespace {

using fuzz::require;

bool is_part_of(std::string_view part, const Request& request) {
    const std::less_equal<const char*> not_after;
    return part.empty() || std::ranges::any_of(request.headers, [&](const Header& header) {
               return not_after(header.value.data(), part.data()) &&
                      not_after(part.data() + part.size(), header.value.data() + header.value.size());
           });
}

Request request_of(std::string_view lines) {
    Request request;
    while (!lines.empty()) {
        std::string_view line = fuzz::take_until(lines, '\n');
        const std::string_view name = fuzz::take_until(line, ':');
        request.headers.push_back({std::string{name}, std::string{trim(line)}});
    }
    return request;
}

void check_cookies(const Request& request) {
    for (const Header& header : request.headers) {
        if (const auto found = request.header(header.name)) {
            require(is_part_of(*found, request), "a header's value is a header's value");
        }
        if (const auto found = request.cookie(header.name)) {
            require(is_part_of(*found, request), "a cookie is part of a header");
            require(!found->contains(';'), "a cookie ends at the semicolon");
        }
    }
    require(request.header("cookie").has_value() || !request.cookie("access_token"),
            "cookies come in the Cookie header");
}

/// What a browser stores of the Set-Cookie header comes back as it was given, and adds no attribute.
void check_set_cookie(const std::string& value) {
    const Header header = set_cookie({.name = "access_token", .value = value, .max_age = {}, .path = "/"});
    require(std::ranges::all_of(header.value, [](char c) { return c >= ' ' && c < 0x7f; }),
            "a cookie is printable");
    require(std::ranges::count(header.value, ';') == 3, "a value adds no attributes");
    const Request back = request_of("Cookie: " + header.value.substr(0, header.value.find(';')));
    const auto stored = back.cookie("access_token");
    require(stored.has_value(), "a cookie comes back");
    const bool plain = std::ranges::all_of(
        value, [](char c) { return c > ' ' && c < 0x7f && !std::string_view{"\",;\\%"}.contains(c); });
    require(!plain || *stored == value, "a plain value comes back as it was");
    require(plain || value.contains('%') || value.contains('\0') || percent_decode(*stored, false) == value,
            "an escaped value can be read again");
}

void check_etags(std::string_view list, std::string_view bytes) {
    const std::string tag = make_etag(bytes);
    require(tag.size() == 34 && tag == make_etag(std::string{bytes}), "equal bytes have equal tags");
    require(names_etag(tag, tag) && names_etag("W/" + tag, tag) && names_etag("*", tag),
            "a tag names itself");
    require(names_etag(std::string{list} + ", W/" + tag, tag), "a list names all of its tags");
    require(!names_etag("", tag), "nothing names no tag");
    names_etag(list, tag);
}

/// A coding is used only when the header names it, or any.
void check_encoding(const std::string& accepted) {
    const Encoding chosen = negotiate_encoding(accepted);
    std::string lower = accepted;
    std::ranges::transform(lower, lower.begin(), to_lower);
    require(chosen == Encoding::identity || lower.contains(to_string(chosen)) || lower.contains('*'),
            "a coding was asked for");
}

void check_forwarded(std::string_view first_line, const Request& request) {
    std::vector<std::string> networks{"127.0.0.0/8", "::1"};
    while (!first_line.empty()) {
        const std::string_view text = fuzz::take_until(first_line, ' ');
        if (const auto network = Network::parse(text)) {
            networks.emplace_back(text);
            network->contains(asio::ip::make_address("10.1.2.3"));
            network->contains(asio::ip::make_address("::ffff:10.1.2.3"));
        }
    }
    const TrustedProxies proxies{networks};
    const auto peer = asio::ip::make_address("127.0.0.1");
    boost::system::error_code error;
    asio::ip::make_address(proxies.client_address(peer, request), error);
    require(!error, "a client has an address");
    TrustedProxies::is_secure(request);
}

} // namespace

} // namespace personalify::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace personalify;
    const std::string text = fuzz::text_of(data, size);
    const std::string_view first_line = std::string_view{text}.substr(0, text.find('\n'));
    const http::Request request = http::request_of(text);
    http::check_cookies(request);
    http::check_set_cookie(std::string{first_line});
    http::check_etags(first_line, text);
    http::check_forwarded(first_line, request);
    for (const http::Header& header : request.headers) {
        http::is_media_type(header.value, "application/json");
        http::check_encoding(header.value);
    }
    return 0;
}
