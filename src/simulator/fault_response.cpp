#include "simulator/fault_response.hpp"

#include "http/response_head.hpp"
#include "http/text.hpp"
#include "simulator/answers.hpp"
#include "simulator/fault_edit.hpp"
#include "simulator/gzip.hpp"
#include "simulator/upstreams.hpp"

#include <memory>
#include <tuple>
#include <utility>

namespace personalify::simulator {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t mebibyte = 1024 * 1024;
constexpr std::size_t bomb_mebibytes = 64;
constexpr std::size_t block_size = 64 * 1024;
constexpr std::size_t missing_bytes = 64; ///< by which wrong_length promises too much
constexpr auto drip_pause = 50ms;
constexpr auto retry_date = 5s;
constexpr std::string_view huge_begin = R"({"padding":")";
constexpr std::string_view huge_end = R"("})";
constexpr std::string_view page_body = "<body>";
constexpr std::string_view html_page =
    "<!doctype html>\n<html><head><title>Something went wrong</title></head>\n"
    "<body><h1>Upstream trouble</h1><p>This page stands where JSON should be.</p></body></html>\n";

bool has_no_body(int status) {
    return status == 204 || status == 304;
}

const std::string& bomb() {
    static const std::string bytes = gzip_bomb(bomb_mebibytes);
    return bytes;
}

/// Everything that goes over the wire, head included.
struct Wire {
    std::string bytes;
    std::size_t padding = 0; ///< bytes of filler after them
    std::string tail;        ///< after the filler
    bool drip = false;
    std::optional<ResetPoint> reset;
};

Task<bool> send_bytes(std::shared_ptr<const Wire> wire, http::ResponseStream& out) {
    if (!wire->drip) {
        co_return co_await out.write(wire->bytes);
    }
    for (const char byte : wire->bytes) {
        if (!co_await out.write(std::string(1, byte)) || !co_await out.wait(drip_pause)) {
            co_return false;
        }
    }
    co_return true;
}

Task<bool> send_padding(std::shared_ptr<const Wire> wire, http::ResponseStream& out) {
    for (std::size_t left = wire->padding; left > 0; left -= std::min(left, block_size)) {
        if (!co_await out.write(std::string(std::min(left, block_size), 'x'))) {
            co_return false;
        }
    }
    co_return co_await out.write(wire->tail);
}

Task<void> send(std::shared_ptr<const Wire> wire, http::ResponseStream& out) {
    if (wire->reset == ResetPoint::before) {
        out.reset();
        co_return;
    }
    const bool sent =
        co_await send_bytes(wire, out) && (wire->padding == 0 || co_await send_padding(wire, out));
    if (wire->reset) {
        if (sent) {
            // A reset overtakes bytes that the peer has not read yet: let it have them first.
            co_await out.wait(drip_pause);
        }
        out.reset();
    }
}

bool needs_wire(const FaultRule& rule) {
    return rule.drip || rule.reset || rule.truncate || rule.wrong_length || rule.huge;
}

std::string head_of(const http::Response& answer, const http::Request& request, std::size_t length,
                    TimePoint now) {
    std::string head;
    const std::string date = http::http_date(std::chrono::floor<std::chrono::seconds>(now));
    http::append_head(head, answer,
                      {.body = has_no_body(answer.status) && length == 0 ? http::Framing::Body::none
                                                                         : http::Framing::Body::length,
                       .length = length,
                       .version = 11,
                       .keep_alive = false,
                       .date = date,
                       .request_id = request.request_id});
    return head;
}

/// What comes before and after the filler.
std::pair<std::string, std::string> around_padding(std::string_view body, bool is_page) {
    const std::size_t at = body.find(page_body);
    if (!is_page || at == std::string_view::npos) {
        return {std::string{huge_begin}, std::string{huge_end}};
    }
    return {std::string{body.substr(0, at + page_body.size())} + "<!-- ",
            " -->" + std::string{body.substr(at + page_body.size())}};
}

http::Response on_the_wire(const FaultRule& rule, http::Response answer, const http::Request& request,
                           TimePoint now) {
    auto wire = std::make_shared<Wire>();
    std::string body = std::move(answer.body);
    std::size_t length = body.size();
    if (rule.huge) {
        wire->padding = static_cast<std::size_t>(**rule.huge) * mebibyte;
        std::tie(body, wire->tail) = around_padding(body, upstream_of(request.path).shows_pages);
        length = body.size() + wire->padding + wire->tail.size();
    }
    if (rule.wrong_length) {
        length += missing_bytes;
    }
    if (rule.truncate) {
        body.resize(std::min(body.size(), static_cast<std::size_t>(**rule.truncate)));
    }
    if (rule.reset == ResetPoint::amid) {
        body.resize(body.size() / 2);
    }
    wire->bytes = head_of(answer, request, length, now) + body;
    wire->drip = rule.drip;
    wire->reset = rule.reset;
    answer.raw_stream = true;
    answer.stream = [wire = std::shared_ptr<const Wire>{wire}](http::ResponseStream& out) {
        return send(wire, out);
    };
    return answer;
}

void set_retry_after(http::Response& answer, const std::string& retry_after, TimePoint now) {
    if (retry_after == "date") {
        const auto at = std::chrono::floor<std::chrono::seconds>(now) + retry_date;
        set_header(answer, "Retry-After", http::http_date(at));
    } else if (retry_after != "none") {
        set_header(answer, "Retry-After", retry_after);
    }
}

} // namespace

http::Response fault_answer(const FaultRule& rule, const http::Request& request) {
    const int status = rule.status ? static_cast<int>(**rule.status) : 200;
    http::Response answer;
    answer.status = status;
    if (rule.body) {
        const bool is_json = rule.body->starts_with('{') || rule.body->starts_with('[');
        answer.body = *rule.body;
        set_header(answer, "Content-Type",
                   is_json ? "application/json; charset=utf-8" : "text/plain; charset=utf-8");
    } else if (rule.html_instead) {
        answer.body = html_page;
        set_header(answer, "Content-Type", "text/html; charset=utf-8");
    } else if (rule.empty_body || rule.huge || rule.gzip_bomb || rule.reset == ResetPoint::before) {
        set_header(answer, "Content-Type", "application/json; charset=utf-8");
    } else {
        answer = upstream_of(request.path).error(status, request.path);
    }
    return answer;
}

http::Response disturb(const FaultRule& rule, http::Response answer, const http::Request& request,
                       TimePoint now) {
    if (!answer.body.empty()) {
        answer.body = edit_json(rule, std::move(answer.body));
    }
    if (rule.retry_after) {
        set_retry_after(answer, *rule.retry_after, now);
    }
    if (has_no_body(answer.status)) {
        answer.body.clear();
        std::erase_if(answer.headers, [](const http::Header& header) {
            return http::same_ignoring_case(header.name, "Content-Type");
        });
    } else if (rule.gzip_bomb || rule.gzip) {
        answer.body = rule.gzip_bomb ? bomb() : gzip(answer.body);
        set_header(answer, "Content-Encoding", "gzip");
    }
    return needs_wire(rule) ? on_the_wire(rule, std::move(answer), request, now) : answer;
}

} // namespace personalify::simulator
