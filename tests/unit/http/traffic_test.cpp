#include "http/traffic.hpp"
#include "ops/metrics_page.hpp"
#include "unit/http/live_server.hpp"

namespace personalify::http {

namespace {

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
    const std::string text = text_of(*traffic);
    const std::string name = "\npersonalify_http_request_duration_seconds_count";
    const std::string of_a = name + "{route=\"/a\",method=\"GET\",status=\"2xx\"} 2";
    const std::string of_none = name + "{route=\"(none)\",method=\"GET\",status=\"4xx\"} 2";
    EXPECT_TRUE(text.contains(of_a)) << text;
    EXPECT_TRUE(text.contains(of_none)) << text;
    EXPECT_TRUE(text.contains("\npersonalify_http_connections 1\n")) << text;
    EXPECT_TRUE(text.contains("\npersonalify_http_requests_in_flight 0\n")) << text;
    EXPECT_TRUE(text.contains("\npersonalify_http_response_bytes_total 16\n")) << text;
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
