#include "core/timer.hpp"
#include "unit/api/site.hpp"
#include "unit/app/fake_reports.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace personalify::api {

namespace {

using namespace test;
using namespace std::chrono_literals;

/// Reads as long as it likes.
class Reader final : public http::ResponseStream {
public:
    explicit Reader(std::function<Task<bool>()> on_write)
        : on_write_(std::move(on_write)) {}
    Task<bool> write(std::string bytes) override {
        text += bytes;
        co_return co_await on_write_();
    }
    Task<bool> wait(std::chrono::milliseconds) override { co_return true; }
    void reset() override {
        was_reset = true;
        if (on_reset) {
            on_reset();
        }
    }

    std::string text;
    bool was_reset = false;
    std::function<void()> on_reset = nullptr;

private:
    std::function<Task<bool>()> on_write_;
};

Task<bool> stays() {
    co_return true;
}
Task<bool> leaves() {
    co_return false;
}

class AdminRoutesTest : public ::testing::Test {
protected:
    http::Response begin(std::chrono::milliseconds time = 1h) {
        routes_.emplace(Routes::Options{.identify = nullptr, .render_error = render, .status_of = status_of});
        add_admin_routes(*routes_, AdminGuard{"the-operators-own"}, reports_, time);
        return run(routes_->handler()(
            request("GET", "/admin/export-users", {{"Authorization", "Bearer the-operators-own"}})));
    }

    ManualClock clock_{noon};
    FakeReports store_;
    app::Caches caches_;
    app::ReportService reports_{store_, caches_, clock_, "1"};
    std::optional<Routes> routes_;
};

} // namespace

TEST_F(AdminRoutesTest, ExportsToTheEnd) {
    const http::Response response = begin();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(store_.open, 1);
    Reader reader{stays};
    run(response.stream(reader));
    EXPECT_EQ(reader.text, "ID,Spotify ID,Display Name,Top 10 Artists,Top 10 Tracks\r\n1,ada,'=Ada,a | b,\r\n"
                           "2,ada,'=Ada,a | b,\r\n3,ada,'=Ada,a | b,\r\n");
    EXPECT_FALSE(reader.was_reset);
    EXPECT_EQ(store_.open, 0);
}

TEST_F(AdminRoutesTest, EndsWhenTheReaderLeaves) {
    const http::Response response = begin();
    Reader reader{leaves};
    run(response.stream(reader));
    EXPECT_FALSE(reader.text.contains("ada"));
    EXPECT_EQ(store_.open, 0);
}

TEST_F(AdminRoutesTest, WhatBreaksOffDoesNotLookComplete) {
    store_.breaks_off = true;
    const http::Response response = begin();
    Reader reader{stays};
    run(response.stream(reader));
    EXPECT_TRUE(reader.text.contains("3,ada"));
    EXPECT_TRUE(reader.was_reset);
    EXPECT_EQ(store_.open, 0);
}

TEST_F(AdminRoutesTest, LetsGoOfTheSnapshotWhenItsTimeIsOver) {
    const http::Response response = begin(1ms);
    asio::io_context loop{1};
    Timer stuck{loop.get_executor(), Timer::clock_type::time_point::max()};
    int open_at_reset = -1;
    Reader reader{[&]() -> Task<bool> {
        co_await stuck.async_wait(asio::as_tuple(use_task)); // a reader that takes nothing
        co_return false;
    }};
    reader.on_reset = [&] {
        open_at_reset = store_.open;
        stuck.cancel();
    };
    asio::co_spawn(loop, response.stream(reader), asio::detached);
    loop.run();
    EXPECT_TRUE(reader.was_reset);
    EXPECT_EQ(open_at_reset, 0);
    EXPECT_FALSE(reader.text.contains("ada"));
}

TEST_F(AdminRoutesTest, APlaceIsFreeAgainWhenTheResponseIsDropped) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(begin().status, 200) << "as after a HEAD";
    }
    const http::Response first = begin();
    const http::Response second = begin();
    const http::Response refused = begin();
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(header(refused, "Retry-After"), "30");
}

} // namespace personalify::api
