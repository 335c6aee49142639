#include "http/traffic.hpp"
#include "ops/metrics_page.hpp"
#include "unit/http/live_server.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace personalify::http {

namespace {

using namespace std::chrono_literals;
using test::Client;
using test::LiveServer;

/// Answers /a as route 1, anything else as none.
Task<Response> answer(const Request& request) {
    Response response;
    response.status = request.path == "/a" ? 200 : 404;
    response.body = "body";
    response.route_number = request.path == "/a" ? 1 : 0;
    co_return response;
}

std::string text_of(const Traffic& traffic) {
    ops::MetricsPage page;
    traffic.measure(page);
    return page.take();
}

/// The text once it has all these lines, or what it says after ten seconds: an answer is counted when it is
/// written, and the client may have it a moment before.
std::string text_with(const Traffic& traffic, const std::vector<std::string>& lines) {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    for (;;) {
        std::string text = text_of(traffic);
        const auto has = [&text](const std::string& line) { return text.contains(line); };
        if (std::ranges::all_of(lines, has) || std::chrono::steady_clock::now() > deadline) {
            return text;
        }
        std::this_thread::yield();
    }
}

} // namespace

TEST(Traffic, CountsByRouteMethodAndStatus) {
    const auto traffic = std::make_shared<Traffic>(std::vector<std::string>{"(none)", "/a"}, 1);
    ServerOptions options;
    options.traffic = traffic;
    LiveServer server([](const Request& request) { return answer(request); }, std::move(options));
    Client client(server.port());
    for (const char* path : {"/a", "/a", "/b", "/c"}) {
        client.ask(test::get(path));
    }
    const std::string name = "\npersonalify_http_request_duration_seconds_count";
    const std::vector<std::string> lines = {
        name + "{route=\"/a\",method=\"GET\",status=\"2xx\"} 2\n",
        name + "{route=\"(none)\",method=\"GET\",status=\"4xx\"} 2\n",
        "\npersonalify_http_connections 1\n",
        "\npersonalify_http_requests_in_flight 0\n",
        "\npersonalify_http_response_bytes_total 16\n",
    };
    const std::string text = text_with(*traffic, lines);
    for (const std::string& line : lines) {
        EXPECT_TRUE(text.contains(line)) << line << text;
    }
}

TEST(Traffic, MadeUpMethodsShareOneLabel) {
    Traffic traffic({"(none)"}, 2);
    for (int i = 0; i < 100; ++i) {
        traffic.part(static_cast<std::size_t>(i % 2)).count(0, "MADEUP" + std::to_string(i), 405, 0.001);
    }
    traffic.part(0).count(7, "GET", 200, 0.001); // of no route that there is
    const std::string text = text_of(traffic);
    const std::string all = "_count{route=\"(none)\",method=\"(other)\",status=\"4xx\"} 100";
    EXPECT_TRUE(text.contains(all)) << text;
    EXPECT_EQ(text.find("_count"), text.rfind("_count")) << "one series";
}

} // namespace personalify::http
