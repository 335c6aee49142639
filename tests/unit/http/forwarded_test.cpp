#include "http/forwarded.hpp"

#include <gtest/gtest.h>

namespace personalify::http {
namespace {

using asio::ip::make_address;

TEST(Network, ContainsItsAddresses) {
    struct Case {
        const char* network;
        const char* address;
        bool inside;
    };
    for (const Case& c : {
             Case{"10.0.0.0/8", "10.255.1.2", true},
             Case{"10.0.0.0/8", "11.0.0.0", false},
             Case{"10.1.2.3/8", "10.9.9.9", true},
             Case{"192.168.1.4", "192.168.1.4", true},
             Case{"192.168.1.4", "192.168.1.5", false},
             Case{"192.168.1.4/31", "192.168.1.5", true},
             Case{"192.168.1.4/31", "192.168.1.6", false},
             Case{"172.16.0.0/12", "172.31.255.255", true},
             Case{"172.16.0.0/12", "172.32.0.0", false},
             Case{"0.0.0.0/0", "8.8.8.8", true},
             Case{"0.0.0.0/0", "2001:db8::1", false},
             Case{"10.0.0.0/8", "::ffff:10.1.1.1", true},
             Case{"::ffff:10.0.0.0/104", "10.1.1.1", true},
             Case{"fd00::/8", "fdff::1", true},
             Case{"fd00::/8", "fe00::1", false},
             Case{"2001:db8::/33", "2001:db8:7fff::", true},
             Case{"2001:db8::/33", "2001:db8:8000::", false},
             Case{"::1", "::1", true},
             Case{"::/0", "1.2.3.4", true},
         }) {
        const auto network = Network::parse(c.network);
        ASSERT_TRUE(network) << c.network;
        EXPECT_EQ(network->contains(make_address(c.address)), c.inside) << c.network << " " << c.address;
    }
}

TEST(Network, RefusesOtherText) {
    for (const auto* text : {"", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0/8",
                             "fd00::/129", "localhost", " 10.0.0.1"}) {
        EXPECT_FALSE(Network::parse(text)) << text;
    }
}

std::string client(const std::vector<std::string>& forwarded) {
    const TrustedProxies proxies{{"10.0.0.0/8", "fd00::/8"}};
    Request request;
    for (const std::string& value : forwarded) {
        request.headers.push_back({"x-forwarded-for", value});
    }
    return proxies.client_address(make_address("10.0.0.1"), request);
}

TEST(TrustedProxies, FindTheClientBehindThem) {
    EXPECT_EQ(client({}), "10.0.0.1");
    EXPECT_EQ(client({"1.2.3.4"}), "1.2.3.4");
    EXPECT_EQ(client({"6.6.6.6, 1.2.3.4"}), "1.2.3.4");
    EXPECT_EQ(client({"6.6.6.6,1.2.3.4 ,10.0.0.7"}), "1.2.3.4");
    EXPECT_EQ(client({"6.6.6.6, 1.2.3.4", "10.0.0.7"}), "1.2.3.4");
    EXPECT_EQ(client({"10.0.0.9, 10.0.0.8"}), "10.0.0.9");
    EXPECT_EQ(client({"1.2.3.4:5678"}), "1.2.3.4");
    EXPECT_EQ(client({"[2001:db8::1]:443"}), "2001:db8::1");
    EXPECT_EQ(client({"2001:db8::1"}), "2001:db8::1");
    EXPECT_EQ(client({"::ffff:1.2.3.4"}), "1.2.3.4");
    EXPECT_EQ(client({"1.2.3.4, unknown"}), "10.0.0.1");
    EXPECT_EQ(client({"1.2.3.4, unknown, 10.0.0.5"}), "10.0.0.5");
    EXPECT_EQ(client({"", ","}), "10.0.0.1");
    EXPECT_EQ(client({"[::1"}), "10.0.0.1");
}

TEST(TrustedProxies, TellWhetherTheClientCameByHttps) {
    const auto secure = [](std::string value) {
        Request request;
        request.headers.push_back({"X-Forwarded-Proto", std::move(value)});
        return TrustedProxies::is_secure(request);
    };
    EXPECT_TRUE(secure("https"));
    EXPECT_TRUE(secure("HTTPS"));
    EXPECT_TRUE(secure("http, https"));
    EXPECT_FALSE(secure("https, http"));
    EXPECT_FALSE(secure("http"));
    EXPECT_FALSE(secure(""));
    EXPECT_FALSE(TrustedProxies::is_secure(Request{}));
}

} // namespace
} // namespace personalify::http
