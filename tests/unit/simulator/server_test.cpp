/// The simulator behind a real server: what only shows on a socket.

#include "http/server.hpp"
#include "visit.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace personalify::simulator {
namespace {

using asio::ip::tcp;
using testing::HasSubstr;
using testing::StartsWith;

class Served : public testing::Test {
protected:
    void SetUp() override {
        http::ServerOptions options;
        options.port = 0;
        server_ = http::serve({&first_, &second_}, options, simulator_.handler());
        threads_.emplace_back([this] { first_.run(); });
        threads_.emplace_back([this] { second_.run(); });
    }
    void TearDown() override {
        server_->drain(std::chrono::seconds{0}, [this] {
            first_.stop();
            second_.stop();
        });
        for (std::thread& thread : threads_) {
            thread.join();
        }
    }

    std::uint16_t port() const { return server_->port(); }

    struct Reply {
        std::string bytes;
        boost::system::error_code end; ///< eof or connection_reset
    };
    /// One request on a connection of its own, read until the other side closes.
    Reply send(std::string_view method, std::string_view target, const std::string& body = {}) {
        asio::io_context loop;
        tcp::socket socket{loop};
        socket.connect({asio::ip::make_address("127.0.0.1"), server_->port()});
        const std::string request = std::string{method} + " " + std::string{target} +
                                    " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: " +
                                    std::to_string(body.size()) + "\r\n\r\n" + body;
        asio::write(socket, asio::buffer(request));
        Reply reply;
        asio::read(socket, asio::dynamic_buffer(reply.bytes), reply.end);
        return reply;
    }
    void fail_with(const std::string& members) {
        const auto reply =
            send("PUT", "/_sim/faults", "{\"rules\":[{\"route\":\"/v1/me\"," + members + "}]}");
        EXPECT_THAT(reply.bytes, StartsWith("HTTP/1.1 200 "));
    }

private:
    Simulator simulator_{{.public_url = "http://127.0.0.1"}};
    asio::io_context first_;
    asio::io_context second_;
    std::unique_ptr<http::Server> server_;
    std::vector<std::thread> threads_;
};

TEST_F(Served, AnswersFromAllShards) {
    for (int i = 0; i < 20; ++i) {
        EXPECT_THAT(send("GET", "/v1/me").bytes, HasSubstr("No token provided"));
    }
}

TEST_F(Served, ResetsTheConnection) {
    fail_with(R"("reset":"before")");
    auto reply = send("GET", "/v1/me");
    EXPECT_EQ(reply.bytes, "");
    EXPECT_EQ(reply.end, asio::error::connection_reset);
    fail_with(R"("reset":"amid")");
    reply = send("GET", "/v1/me");
    EXPECT_THAT(reply.bytes, StartsWith("HTTP/1.1 401 Unauthorized\r\n"));
    EXPECT_EQ(reply.end, asio::error::connection_reset);
}

TEST_F(Served, BreaksTheBodyOff) {
    fail_with(R"("truncate":5)");
    const auto reply = send("GET", "/v1/me");
    EXPECT_THAT(reply.bytes, testing::EndsWith("\r\n\r\n{\"err"));
    EXPECT_EQ(reply.end, asio::error::eof);
}

TEST_F(Served, SendsHugeBodies) {
    fail_with(R"("huge":20)");
    EXPECT_GT(send("GET", "/v1/me").bytes.size(), 20U * 1024 * 1024);
}

TEST_F(Served, DelaysDoNotHoldOthersUp) {
    fail_with(R"("delay_ms":600000)");
    asio::io_context loop;
    std::vector<tcp::socket> waiting;
    for (int i = 0; i < 8; ++i) {
        auto& socket = waiting.emplace_back(loop);
        socket.connect({asio::ip::make_address("127.0.0.1"), port()});
        asio::write(socket, asio::buffer(std::string_view{"GET /v1/me HTTP/1.1\r\nHost: a\r\n\r\n"}));
    }
    for (int i = 0; i < 8; ++i) {
        EXPECT_THAT(send("GET", "/v1/nothing").bytes, StartsWith("HTTP/1.1 404 "));
    }
}

} // namespace
} // namespace personalify::simulator
