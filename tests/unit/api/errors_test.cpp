#include "api/errors.hpp"
#include "unit/api/site.hpp"

namespace personalify::api {

using test::header;
using namespace std::chrono_literals;

TEST(Errors, HaveOneStatusEach) {
    const std::pair<Errc, int> table[] = {{Errc::invalid_argument, 400},  {Errc::unauthenticated, 401},
                                          {Errc::forbidden, 403},         {Errc::not_found, 404},
                                          {Errc::conflict, 409},          {Errc::payload_too_large, 413},
                                          {Errc::rate_limited, 503},      {Errc::upstream_unavailable, 503},
                                          {Errc::too_many_requests, 429}, {Errc::overloaded, 503},
                                          {Errc::cancelled, 503},         {Errc::internal, 500}};
    for (const auto& [code, status] : table) {
        EXPECT_EQ(status_of(code), status);
        EXPECT_EQ(render({code, "words"}).status, status);
    }
}

TEST(Errors, TellTheirDetailAndNeverTheirCause) {
    const http::Response shown = render({Errc::forbidden, "Spotify says \"no\".", "the cause"});
    EXPECT_EQ(shown.body, R"({"detail":"Spotify says \"no\"."})");
    EXPECT_EQ(header(shown, "Content-Type"), "application/json");
    const http::Response hidden = render({Errc::internal, "disk /dev/sda1 is full", "the cause"});
    EXPECT_EQ(hidden.body, R"({"detail":"Internal Server Error"})");
}

TEST(Errors, WhatMayPassSaysWhenToComeBack) {
    EXPECT_EQ(header(render({Errc::rate_limited, "", "", 17s}), "Retry-After"), "17");
    EXPECT_EQ(header(render({Errc::too_many_requests, "", "", 17s}), "Retry-After"), "17");
    EXPECT_EQ(header(render({Errc::overloaded, ""}), "Retry-After"), "5");
    EXPECT_EQ(header(render({Errc::upstream_unavailable, "", "", 0s}), "Retry-After"), "1");
    EXPECT_EQ(header(render({Errc::forbidden, "", "", 17s}), "Retry-After"), "");
}

} // namespace personalify::api
