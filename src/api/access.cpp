#include "api/auth.hpp"

namespace personalify::api {

namespace {

struct AccessBody {
    json::Required<json::Text<1, 200>> name;
    json::Required<json::Text<3, 254>> email;
};
BOOST_DESCRIBE_STRUCT(AccessBody, (), (name, email))

struct AccessAnswer {
    std::string status;
    std::string message;

    static AccessAnswer example() { return {"ok", "Request received (Mock Mode)"}; }
};
BOOST_DESCRIBE_STRUCT(AccessAnswer, (), (status, message))

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

json::Problems problems_of(const AccessBody& body) {
    json::Problems problems;
    if (is_blank(*body.name)) {
        problems.push_back({"value_error",
                            {"body", "name"},
                            "Value error, must not be blank",
                            boost::json::value(*body.name)});
    }
    if (!app::is_email_address(*body.email)) {
        problems.push_back({"value_error",
                            {"body", "email"},
                            "value is not a valid email address",
                            boost::json::value(*body.email)});
    }
    return problems;
}

Task<Result<http::Response>> request_access(app::AccessService& access, RateLimit* limit, std::string address,
                                            AccessBody body) {
    const auto wait = limit != nullptr ? limit->take(address) : std::nullopt;
    if (wait) {
        co_return fail(Errc::too_many_requests, "Too many requests. Please try again later.", {}, *wait);
    }
    if (const json::Problems problems = problems_of(body); !problems.empty()) {
        co_return http::unprocessable(problems);
    }
    Result<> done = co_await access.request(*body.name, *body.email);
    if (!done) {
        co_return std::unexpected(std::move(done.error()));
    }
    co_return http::to_response(AccessAnswer{"ok", "Request received (Mock Mode)"});
}

} // namespace

void add_access_routes(Routes& routes, app::AccessService& access, RateLimit* limit) {
    routes.post<AccessAnswer>("/request-access", "Ask to be let into the private beta")
        .tag("Authentication")
        .describe("The same address is stored once a day.")
        .body<AccessBody>()
        .fails_with(Errc::too_many_requests)
        .handle([&access, limit](const http::Request& request, AccessBody body) {
            return request_access(access, limit, request.remote_address, std::move(body));
        });
}

} // namespace personalify::api
