#include "api/auth.hpp"
#include "domain/one_line.hpp"
#include "domain/text.hpp"

namespace personalify::api {

namespace {

struct AccessBody {
    json::Required<json::Text<1, 100>> name;
    json::Required<json::Text<3, 254>> email;
};
BOOST_DESCRIBE_STRUCT(AccessBody, (), (name, email))

struct AccessAnswer {
    std::string status;
    std::string message;

    static AccessAnswer example() { return {"ok", "Request received (Mock Mode)"}; }
};
BOOST_DESCRIBE_STRUCT(AccessAnswer, (), (status, message))

json::Problems problems_of(const AccessBody& body) {
    json::Problems problems;
    if (is_blank(*body.name)) {
        problems.push_back({"value_error",
                            {"body", "name"},
                            "Value error, must not be blank",
                            boost::json::value(*body.name)});
    } else if (has_control_characters(*body.name)) {
        problems.push_back({"value_error",
                            {"body", "name"},
                            "Value error, must be one line without control characters",
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

Task<Result<http::Response>> request_access(app::AccessService& access, AccessBody body) {
    if (const json::Problems problems = problems_of(body); !problems.empty()) {
        co_return http::unprocessable(problems);
    }
    Result<> done = co_await access.request(*body.name, *body.email);
    if (!done) {
        co_return std::unexpected(std::move(done.error()));
    }
    co_return http::to_response(
        AccessAnswer{"ok", access.tells_owner() ? "Request received" : "Request received (Mock Mode)"});
}

} // namespace

void add_access_routes(Routes& routes, app::AccessService& access) {
    routes.post<AccessAnswer>("/request-access", "Ask to be let into the private beta")
        .tag("Authentication")
        .describe("The same address is stored once a day. The owner is told by Telegram when that is "
                  "configured; the "
                  "answer does not wait for it.")
        .body<AccessBody>()
        .limit(Limit::access)
        .handle([&access](AccessBody body) { return request_access(access, std::move(body)); });
}

} // namespace personalify::api
