#include "http/cors.hpp"
#include "unit/allocations/counting_new.hpp"
#include "unit/api/site.hpp"
#include "unit/http/live_server.hpp"

#include <boost/asio/post.hpp>

/// How many allocations the server makes for requests that it answers from memory.
namespace personalify::api {

namespace {

using namespace test;
using http::test::Client;
using http::test::LiveServer;

constexpr int requests = 200;
/// None; but a container of the server's may grow in between.
constexpr double most_per_request = 0.1;

class WarmRequests : public Site {
protected:
    WarmRequests()
        : Site({}, true) {
        sign_in(ada_);
        world_.store_tops(ada_, TimeRange::medium_term);
        const http::CorsOptions cors{.origins = {"http://localhost:3000"}};
        http::ServerOptions options;
        options.ready = http::with_cors(cors, routes_.ready_handler());
        options.traffic = std::make_shared<http::Traffic>(routes_.router().patterns(), 1);
        // Whatever the handler does is counted as well: it must not be asked.
        options.access_log = [this](const http::AccessRecord& record) {
            statuses_[record.status == 200 ? 0 : record.status == 304 ? 1 : 2] += 1;
        };
        server_ = std::make_unique<LiveServer>(http::with_cors(cors, routes_.handler()), std::move(options));
    }

    /// Allocations of the server's thread for many such requests, after some that warm it up.
    double per_request(const std::string& request) {
        Client client(server_->port());
        for (int i = 0; i < 20; ++i) {
            EXPECT_NE(client.ask(request).status, 0);
        }
        std::atomic<std::uint64_t> count = 0;
        on_shard([&] { count_allocations(&count); });
        for (int i = 0; i < requests; ++i) {
            client.ask(request);
        }
        on_shard([&] { count_allocations(nullptr); });
        world_.clock.advance(std::chrono::seconds{60}); // for the limits
        return static_cast<double>(count) / requests;
    }

    std::string dashboard(const std::string& headers = "") const {
        return http::test::get("/api/dashboard/ada?time_range=medium_term",
                               "User-Agent: a browser with a rather long name and version 128.0\r\n"
                               "Accept: application/json, text/plain, */*\r\n"
                               "Origin: http://localhost:3000\r\n"
                               "Cookie: spotify_id=ada; access_token=" +
                                   bearer_ + "\r\n" + headers);
    }

    std::unique_ptr<LiveServer> server_;
    std::array<std::atomic<int>, 3> statuses_{}; ///< 200, 304, others

private:
    template <class F>
    void on_shard(F f) {
        std::promise<void> done;
        server_->post([&] {
            f();
            done.set_value();
        });
        done.get_future().wait();
    }
};

} // namespace

TEST_F(WarmRequests, ADashboardTakesNone) {
    const double count = per_request(dashboard());
    EXPECT_LE(count, most_per_request);
    RecordProperty("allocations_per_request", std::to_string(count));
    EXPECT_EQ(statuses_[0], 20 + requests);
}

TEST_F(WarmRequests, ACompressedDashboardTakesNone) {
    const double count = per_request(dashboard("Accept-Encoding: gzip, deflate, br\r\n"));
    EXPECT_LE(count, most_per_request);
    RecordProperty("allocations_per_request", std::to_string(count));
}

TEST_F(WarmRequests, AnUnchangedDashboardTakesNone) {
    Client client(server_->port());
    client.ask(dashboard());
    const std::string tag = client.ask(dashboard()).header("ETag");
    const double count = per_request(dashboard("If-None-Match: " + tag + "\r\n"));
    EXPECT_LE(count, most_per_request);
    RecordProperty("allocations_per_request", std::to_string(count));
    EXPECT_EQ(statuses_[1], 20 + requests);
}

} // namespace personalify::api
