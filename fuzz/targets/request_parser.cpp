#include "http/request_parser.hpp"

#include "fuzz/target.hpp"
#include "http/text.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

/// Any bytes, in any pieces: the same requests come out, within the limits, and each of them ends where its
/// own framing says.
namespace personalify::http {

namespace {

using fuzz::require;

Limits small_limits() {
    Limits limits;
    limits.header_bytes = 600;
    limits.body_bytes = 300;
    return limits;
}

struct Read {
    std::vector<std::string> requests = {}; ///< in words, to compare
    std::vector<std::size_t> ends = {};     ///< where in the bytes each of them ended
    std::optional<int> refused = {};
    bool in_body = false; ///< at the end of the bytes
};

std::string in_words(RequestParser& parser) {
    const Request& request = parser.request();
    std::string words = request.method + ' ' + request.target + ' ' + std::to_string(parser.version()) +
                        (parser.keep_alive() ? " keep" : " close") +
                        (parser.expects_continue() ? " continue" : "") + '\n';
    for (const Header& header : request.headers) {
        words += header.name + ": " + header.value + '\n';
    }
    return words + '\n' + request.body;
}

void check_request(const Request& request, const Limits& limits) {
    std::size_t head = request.method.size() + request.target.size();
    require(request.target.find_first_of(std::string_view{"\r\n\0 ", 4}) == std::string::npos,
            "a target has no line ends, no spaces and no NUL");
    require(request.target.ends_with(request.query), "the query is the target's end");
    require(request.path.starts_with('/') || request.path == "*", "the path is absolute");
    require(!request.path.contains('?') && !request.target.contains('#'), "the path ends at the query");
    for (const Header& header : request.headers) {
        head += header.name.size() + header.value.size();
        require(!header.name.empty() && std::ranges::all_of(header.name, is_token_char),
                "a header's name is a token");
        require(header.value.find_first_of(std::string_view{"\r\n\0", 3}) == std::string::npos,
                "a header's value is one line");
        require(header.value == trim(header.value), "a header's value is trimmed");
    }
    require(head <= limits.header_bytes, "the head is within its limit");
    require(request.body.size() <= limits.body_bytes, "the body is within its limit");
}

/// The body by a reader of its own, strict, out of the bytes that a request took; nullopt when they are not
/// exactly one message.
std::optional<std::string> read_chunks(std::string_view rest) {
    std::string body;
    for (;;) {
        const std::size_t line = rest.find("\r\n");
        std::uint64_t size = 0;
        const auto [end, error] =
            std::from_chars(rest.data(), rest.data() + std::min(line, rest.size()), size, 16);
        if (line == std::string_view::npos || error != std::errc{} || size > rest.size()) {
            return std::nullopt;
        }
        rest.remove_prefix(line + 2);
        if (size == 0) {
            // Trailers, and the empty line.
            return rest == "\r\n" || rest.find("\r\n\r\n") == rest.size() - 4 ? std::optional{body}
                                                                              : std::nullopt;
        }
        body += rest.substr(0, size);
        rest.remove_prefix(std::min<std::size_t>(size, rest.size()));
        if (!rest.starts_with("\r\n")) {
            return std::nullopt;
        }
        rest.remove_prefix(2);
    }
}

void check_framing(std::string_view taken, const Request& request) {
    while (taken.starts_with("\r\n")) {
        taken.remove_prefix(2);
    }
    const std::size_t head = taken.find("\r\n\r\n");
    require(head != std::string_view::npos, "a request has a whole head");
    const std::string_view rest = taken.substr(head + 4);
    const auto length = request.header("Content-Length");
    const auto encoding = request.header("Transfer-Encoding");
    require(!(length && encoding), "the body's end is told once");
    if (encoding) {
        require(read_chunks(rest) == request.body, "a chunked body is read to its last chunk");
    } else {
        require(rest == request.body && std::to_string(rest.size()).size() <= 20,
                "the body is what follows the head");
        std::uint64_t told = 0;
        if (length) {
            std::from_chars(length->data(), length->data() + length->size(), told);
        }
        require(told == rest.size(), "the body is as long as Content-Length says");
    }
}

/// Gives the bytes in pieces of the sizes that `next` tells, as a connection does.
template <class Next>
Read read(std::string_view bytes, const Limits& limits, Next next) {
    RequestParser parser{limits};
    Read found;
    std::string buffer;
    std::size_t given = 0;
    std::size_t taken = 0;
    std::size_t began = 0;
    for (;;) {
        const std::size_t used = parser.feed(buffer);
        require(used <= buffer.size(), "no more is used than was given");
        buffer.erase(0, used);
        taken += used;
        require(!(parser.done() && parser.refusal()), "a request is good or refused");
        if (parser.refusal()) {
            require(parser.refusal()->status >= 400 && parser.refusal()->status < 600, "a refusal's status");
            found.refused = parser.refusal()->status;
            return found;
        }
        if (parser.done()) {
            require(parser.head_done(), "what is done has a head");
            require(parser.feed(buffer) == 0, "what follows a request stays untouched");
            check_request(parser.request(), limits);
            check_framing(bytes.substr(began, taken - began), parser.request());
            found.requests.push_back(in_words(parser));
            found.ends.push_back(taken);
            began = taken;
            parser.restart();
            require(!parser.done() && !parser.head_done() && !parser.refusal(), "a restart is a beginning");
            if (!buffer.empty()) {
                continue;
            }
        }
        require(buffer.size() <= limits.header_bytes + std::size_t{17} * 1024, "what waits is bounded");
        if (given >= bytes.size()) {
            found.in_body = parser.head_done();
            return found;
        }
        const std::size_t piece = std::min(next(), bytes.size() - given);
        buffer += bytes.substr(given, piece);
        given += piece;
    }
}

void check(std::string_view bytes, const Limits& limits) {
    const Read whole = read(bytes, limits, [&] { return bytes.size(); });
    for (std::size_t i = 1; i < whole.requests.size(); ++i) {
        const std::string_view own = bytes.substr(whole.ends[i - 1], whole.ends[i] - whole.ends[i - 1]);
        const Read alone = read(own, limits, [&] { return own.size(); });
        require(alone.requests.size() == 1 && alone.requests.front() == whole.requests[i],
                "a request holds nothing of the one before");
    }
    std::uint32_t random = static_cast<std::uint32_t>(bytes.size()) * 2654435761U + 1;
    const auto irregular = [&] {
        random = random * 1664525U + 1013904223U;
        return std::size_t{1} + (random >> 27U);
    };
    for (const Read& pieces :
         {read(bytes, limits, [] { return std::size_t{1}; }),
          read(bytes, limits, [] { return std::size_t{7}; }), read(bytes, limits, irregular)}) {
        require(pieces.requests == whole.requests, "the pieces do not change what is read");
        require(pieces.ends == whole.ends, "the pieces do not change where a request ends");
        // A chunk's header may be refused when its fault is there, or waited for in vain.
        require(pieces.refused.has_value() == whole.refused.has_value() || pieces.in_body || whole.in_body,
                "the pieces do not change what is refused");
    }
}

} // namespace

} // namespace personalify::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace personalify;
    static const http::Limits small = http::small_limits();
    static const http::Limits usual;
    // A head without an end may be refused when its first fault is seen or when it ends: so it ends.
    const std::string bytes = fuzz::text_of(data, size) + "\r\n\r\n";
    http::check(bytes, small);
    if (size > small.header_bytes) {
        http::check(bytes, usual);
    }
    return 0;
}
