#pragma once

#include "api/api.hpp"
#include "api/errors.hpp"
#include "unit/app/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

/// All routes with data, on fakes, asked without a socket.
namespace personalify::test {

inline http::Request request(std::string method, std::string target, std::vector<http::Header> headers = {},
                             std::string body = "") {
    http::Request made;
    made.method = std::move(method);
    made.path = target.substr(0, target.find('?'));
    made.query = made.path.size() < target.size() ? target.substr(made.path.size() + 1) : "";
    made.target = std::move(target);
    made.headers = std::move(headers);
    made.body = std::move(body);
    return made;
}

/// A request to a host, for what depends on it.
inline http::Request request_to(std::string host) {
    return request("GET", "/login", {{"Host", std::move(host)}});
}

inline std::string header(const http::Response& response, std::string_view name) {
    const auto found = std::ranges::find(response.headers, name, &http::Header::name);
    return found == response.headers.end() ? "" : found->value;
}

class Site : public ::testing::Test {
protected:
    explicit Site(api::Addresses addresses = {}, bool limited = false)
        : limits_(limited ? std::make_unique<api::Limits>(world_.clock) : nullptr) {
        api::add_login_routes(routes_, world_.logins, world_.sessions, addresses, nullptr);
        api::add_session_routes(routes_, world_.logins, world_.sessions, addresses);
        api::add_access_routes(routes_, world_.access);
        api::add_me_routes(routes_, world_.profiles);
        api::add_sync_routes(routes_, world_.dashboards, api::Identity{world_.sessions, limits_.get()});
        api::add_dashboard_routes(routes_, world_.dashboards, api::Identity{world_.sessions});
        api::add_profile_routes(routes_, world_.profiles);
        api::add_top_routes(routes_, world_.dashboards);
        api::add_history_routes(routes_, world_.history);
    }

    http::Response ask(std::string method, std::string target, std::string body = "") {
        std::vector<http::Header> headers{{"Host", "127.0.0.1:8000"}};
        if (!body.empty()) {
            headers.push_back({"Content-Type", "application/json"});
        }
        if (!bearer_.empty()) {
            headers.push_back({"Authorization", "Bearer " + bearer_});
        }
        for (const std::string& cookie : cookies_) {
            headers.push_back({"Cookie", cookie});
        }
        http::Request question =
            request(std::move(method), std::move(target), std::move(headers), std::move(body));
        question.remote_address = address_;
        http::Response response = run(routes_.handler()(question));
        response.body = std::string{response.bytes()};
        return response;
    }
    http::Response get(std::string target) { return ask("GET", std::move(target)); }
    http::Response post(std::string target, std::string body = "") {
        return ask("POST", std::move(target), std::move(body));
    }

    /// From here on the requests prove to be that user's.
    void sign_in(const UserId& user, app::SessionKind kind = app::SessionKind::web) {
        bearer_ = run(world_.sessions.start(user, kind)).value();
    }
    /// From here on the requests bring the cookies that the response set.
    void keep_cookies(const http::Response& response) {
        for (const http::Header& each : response.headers) {
            if (each.name == "Set-Cookie") {
                cookies_.push_back(each.value.substr(0, each.value.find(';')));
            }
        }
    }
    /// The Set-Cookie header of that cookie, or "".
    static std::string cookie(const http::Response& response, std::string_view name) {
        for (const http::Header& each : response.headers) {
            if (each.name == "Set-Cookie" && each.value.starts_with(std::string{name} + '=')) {
                return each.value;
            }
        }
        return "";
    }

    World world_;
    UserId ada_ = world_.sign_up("ada");
    std::string bearer_;
    std::string address_ = "127.0.0.1"; ///< the client's
    std::vector<std::string> cookies_;
    std::unique_ptr<api::Limits> limits_; ///< null: none
    api::Routes routes_{{.identify = api::Identity{world_.sessions, limits_.get()},
                         .render_error = api::render,
                         .status_of = api::status_of,
                         .gate = limits_ ? limits_->gate() : http::Gate{}}};
};

} // namespace personalify::test
