#include "visit.hpp"

#include "http/text.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

#include <exception>

namespace personalify::simulator {
namespace {

class Recorder final : public http::ResponseStream {
public:
    explicit Recorder(std::size_t patience)
        : patience_(patience) {}

    Task<bool> write(std::string bytes) override {
        reply.bytes += bytes;
        co_return ++reply.writes < patience_;
    }
    Task<bool> wait(std::chrono::milliseconds) override { co_return true; }
    void reset() override { reply.was_reset = true; }

    RawReply reply;

private:
    std::size_t patience_;
};

/// Runs the task on a loop of its own, until it is done.
template <class T>
T run(Task<T> task) {
    asio::io_context loop;
    std::optional<T> result;
    asio::co_spawn(loop.get_executor(), std::move(task), [&](std::exception_ptr error, T value) {
        if (error) {
            std::rethrow_exception(error);
        }
        result = std::move(value);
    });
    loop.run();
    return std::move(result.value());
}

Task<bool> play(const http::Response& response, http::ResponseStream& stream) {
    co_await response.stream(stream);
    co_return true;
}

} // namespace

std::string form(const std::vector<std::pair<std::string_view, std::string_view>>& pairs) {
    std::string text;
    for (const auto& [name, value] : pairs) {
        text.append(text.empty() ? "" : "&").append(name).append("=").append(http::percent_encode(value));
    }
    return text;
}

std::vector<http::Header> form_headers() {
    return {{"Content-Type", "application/x-www-form-urlencoded"}};
}

std::vector<http::Header> bearer(std::string_view token) {
    return {{"Authorization", "Bearer " + std::string{token}}};
}

std::string header_of(const http::Response& response, std::string_view name) {
    for (const http::Header& header : response.headers) {
        if (http::same_ignoring_case(header.name, name)) {
            return header.value;
        }
    }
    return {};
}

boost::json::object json_of(const http::Response& response) {
    auto value = json::parse(response.bytes());
    EXPECT_TRUE(value && value->is_object()) << response.bytes();
    return value && value->is_object() ? value->get_object() : boost::json::object{};
}

std::string parameter_of(std::string_view location, std::string_view name) {
    const auto query = location.substr(std::min(location.find('?') + 1, location.size()));
    const auto pairs = http::parse_query(query);
    for (const auto& [key, value] : pairs.value_or(std::vector<std::pair<std::string, std::string>>{})) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

http::Response Visit::send(http::Request request) {
    return run(simulator_.handler()(request));
}

http::Response Visit::send(std::string_view method, std::string_view target, std::string body,
                           std::vector<http::Header> headers) {
    http::Request request;
    request.method = method;
    request.target = target;
    const auto mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    request.query = target.substr(std::min(mark + 1, target.size()));
    request.headers = std::move(headers);
    request.body = std::move(body);
    return send(std::move(request));
}

http::Response Visit::get(std::string_view target, std::vector<http::Header> headers) {
    return send("GET", target, {}, std::move(headers));
}

RawReply Visit::receive(const http::Response& response, std::size_t patience) {
    Recorder recorder{patience};
    run(play(response, recorder));
    return recorder.reply;
}

std::string Visit::authorize_target(std::string_view scope) {
    return "/authorize?" + form({{"response_type", "code"},
                                 {"client_id", "demo-client"},
                                 {"redirect_uri", callback},
                                 {"scope", scope},
                                 {"state", "a state"},
                                 {"code_challenge", challenge},
                                 {"code_challenge_method", "S256"}});
}

std::string Visit::code_for(std::string_view listener, const std::string& target) {
    const auto answer =
        send("POST", target, form({{"listener", listener}, {"decision", "allow"}}), form_headers());
    EXPECT_EQ(answer.status, 303) << answer.body;
    return parameter_of(header_of(answer, "Location"), "code");
}

http::Response Visit::exchange(std::string_view code) {
    return send("POST", "/api/token",
                form({{"grant_type", "authorization_code"},
                      {"code", code},
                      {"redirect_uri", callback},
                      {"code_verifier", verifier},
                      {"client_id", "demo-client"},
                      {"client_secret", "demo-secret"}}),
                form_headers());
}

http::Response Visit::refresh(std::string_view refresh_token) {
    return send("POST", "/api/token",
                form({{"grant_type", "refresh_token"},
                      {"refresh_token", refresh_token},
                      {"client_id", "demo-client"},
                      {"client_secret", "demo-secret"}}),
                form_headers());
}

boost::json::object Visit::tokens_for(std::string_view listener, const std::string& target) {
    const auto answer = exchange(code_for(listener, target));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json_of(answer);
}

} // namespace personalify::simulator
