#include "unit/http/live_server.hpp"

/// How many connections a server takes, and of whom.
namespace personalify::http::test {
namespace {

Task<Response> hello(const Request&) {
    co_return json_response(200, "{}");
}

Handler greeting() {
    return [](const Request& request) { return hello(request); };
}

ServerOptions at_most(std::size_t all, std::size_t of_one, std::vector<std::string> proxies = {}) {
    ServerOptions options;
    options.limits.connections_per_shard = all;
    options.limits.connections_per_client = of_one;
    options.trusted_proxies = std::move(proxies);
    return options;
}

TEST(Connections, OneClientDoesNotGetAllOfThem) {
    LiveServer server{greeting(), at_most(4, 2)};
    Client first{server.port()};
    EXPECT_EQ(first.ask(get("/")).status, 200);
    Client second{server.port()};
    EXPECT_EQ(second.ask(get("/")).status, 200);
    EXPECT_EQ(Client{server.port()}.ask(get("/")).status, 0);
    Client other{server.port(), 0, "127.0.0.2"};
    EXPECT_EQ(other.ask(get("/")).status, 200);
    EXPECT_EQ(first.ask(get("/")).status, 200);
}

TEST(Connections, AClientThatLeftHasItsPlacesBack) {
    LiveServer server{greeting(), at_most(4, 1)};
    for (int i = 0; i < 20; ++i) {
        Client client{server.port()};
        EXPECT_EQ(client.ask(get("/", "Connection: close\r\n")).status, 200) << i;
        EXPECT_TRUE(client.at_end()); // the place is free when the server has closed: it counts before that
    }
}

TEST(Connections, ATrustedProxyMayHaveAll) {
    LiveServer server{greeting(), at_most(4, 2, {"127.0.0.1"})};
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 4; ++i) {
        clients.push_back(std::make_unique<Client>(server.port()));
        EXPECT_EQ(clients.back()->ask(get("/")).status, 200);
    }
    EXPECT_EQ(Client{server.port()}.ask(get("/")).status, 0);
}

} // namespace
} // namespace personalify::http::test
