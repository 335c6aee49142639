#include "api/addresses.hpp"
#include "unit/api/site.hpp"

namespace personalify::api {

namespace {

using test::error_of;
using test::request_to;

/// The redirect URI of a login started at that host; "" when there is none.
std::string derived_from(const std::string& host) {
    return Addresses{}.redirect_uri_for(request_to(host)).value_or("");
}

Addresses with_redirect(std::string uri) {
    Addresses addresses;
    addresses.redirect_uri = std::move(uri);
    return addresses;
}

} // namespace

TEST(RedirectUri, TheConfiguredOneWins) {
    Addresses addresses = with_redirect("http://127.0.0.1:3000/callback");
    addresses.app_url = "https://app.example";
    EXPECT_EQ(addresses.redirect_uri_for(request_to("127.0.0.1:8000")), "http://127.0.0.1:3000/callback");
    addresses.redirect_uri = "";
    EXPECT_EQ(addresses.redirect_uri_for(request_to("evil.example")), "https://app.example/callback");
}

TEST(RedirectUri, IsDerivedOnALoopbackAddressOnly) {
    EXPECT_EQ(derived_from("127.0.0.1:8000"), "http://127.0.0.1:8000/callback");
    EXPECT_EQ(derived_from("127.0.0.1"), "http://127.0.0.1/callback");
    EXPECT_EQ(derived_from("[::1]:8000"), "http://[::1]:8000/callback");
    EXPECT_EQ(derived_from("localhost:8000"), "http://127.0.0.1:8000/callback")
        << "Spotify refuses localhost";
    for (const char* host :
         {"", "evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example",
          "127.0.0.1:8000.evil.example", "127.0.0.1:80@evil.example", "127.0.0.1:", "[::1", "[::1]x",
          "localhost:123456", "127.0.0.1:8000/x"}) {
        EXPECT_EQ(derived_from(host), "") << host;
        EXPECT_EQ(error_of(Addresses{}.redirect_uri_for(request_to(host))), Errc::conflict) << host;
    }
    EXPECT_EQ(error_of(Addresses{}.redirect_uri_for(http::Request{})), Errc::conflict) << "no Host at all";
}

TEST(BetterHost, IsTheOneThatTheCookieComesBackTo) {
    const Addresses addresses;
    EXPECT_EQ(addresses.better_host(request_to("localhost:8000"), "http://127.0.0.1:8000/callback"),
              "http://127.0.0.1:8000");
    EXPECT_EQ(addresses.better_host(request_to("localhost:8000"), "http://127.0.0.1:3000/callback"),
              "http://127.0.0.1:8000")
        << "cookies don't know ports";
    EXPECT_EQ(addresses.better_host(request_to("127.0.0.1:8000"), "http://[::1]:8000/callback"),
              "http://[::1]:8000");
}

TEST(BetterHost, IsNoneWhenTheNamesAgreeOrAreNotLoopback) {
    const Addresses addresses;
    EXPECT_EQ(addresses.better_host(request_to("127.0.0.1:8000"), "http://127.0.0.1:8000/callback"),
              std::nullopt);
    EXPECT_EQ(addresses.better_host(request_to("127.0.0.1:8000"), "http://127.0.0.1:3000/callback"),
              std::nullopt);
    EXPECT_EQ(addresses.better_host(request_to("localhost:8000"), "https://app.example/callback"),
              std::nullopt);
    EXPECT_EQ(addresses.better_host(request_to("app.example"), "http://127.0.0.1:8000/callback"),
              std::nullopt);
    EXPECT_EQ(addresses.better_host(http::Request{}, "http://127.0.0.1:8000/callback"), std::nullopt);
}

TEST(Frontend, IsTheConfiguredOneElseTheWebClientOnPort3000ElseOurOwnPage) {
    EXPECT_EQ(Addresses{}.frontend(), "");
    EXPECT_EQ(with_redirect("http://127.0.0.1:8000/callback").frontend(), "");
    EXPECT_EQ(with_redirect("http://127.0.0.1:3000/callback").frontend(), "http://127.0.0.1:3000");
    EXPECT_EQ(with_redirect("https://localhost:3000/api/callback").frontend(), "http://localhost:3000");
    EXPECT_EQ(with_redirect("https://app.example:3000/callback").frontend(), "");
    EXPECT_EQ(with_redirect("http://127.0.0.1:30001/callback").frontend(), "");
    Addresses addresses = with_redirect("http://127.0.0.1:3000/callback");
    addresses.frontend_url = "https://front.example";
    EXPECT_EQ(addresses.frontend(), "https://front.example");
}

TEST(SecureCookies, AreForBrowsersThatComeOverHttps) {
    const http::Request plain = request_to("127.0.0.1:8000");
    http::Request proxied = request_to("app.example");
    proxied.secure = true;
    EXPECT_FALSE(Addresses{}.secure(plain));
    EXPECT_TRUE(Addresses{}.secure(proxied));
    EXPECT_FALSE(with_redirect("http://127.0.0.1:8000/callback").secure(plain));
    EXPECT_TRUE(with_redirect("https://app.example/callback").secure(plain));
    Addresses addresses;
    addresses.app_url = "https://app.example";
    EXPECT_TRUE(addresses.secure(plain));
}

} // namespace personalify::api
