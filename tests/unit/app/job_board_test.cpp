#include "app/job_board.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace personalify::app {

namespace {

using namespace std::chrono_literals;

Job job(std::string id, int steps_done) {
    Job made;
    made.id = std::move(id);
    made.steps_done = steps_done;
    return made;
}

/// What was told and not taken yet; -1 for nothing.
int steps_of(JobWatch& watch) {
    const std::optional<Job> news = watch.take();
    return news ? news->steps_done : -1;
}

} // namespace

TEST(JobBoard, KeepsTheNewestNewsOfItsJob) {
    asio::io_context loop{1};
    JobBoard board;
    const auto watch = board.watch(loop.get_executor(), "mine");
    const auto second = board.watch(loop.get_executor(), "mine");
    int wakes = 0;
    watch->on_news([&] { ++wakes; });
    board.tell(job("other", 1));
    board.tell(job("mine", 2));
    EXPECT_EQ(steps_of(*watch), -1) << "news come on the watch's shard";
    board.tell(job("mine", 3));
    loop.run();
    EXPECT_EQ(wakes, 2);
    EXPECT_EQ(steps_of(*watch), 3);
    EXPECT_EQ(steps_of(*watch), -1);
    EXPECT_EQ(steps_of(*second), 3);
}

TEST(JobBoard, WatchesMayGoWhileNewsIsOnItsWay) {
    asio::io_context loop{1};
    auto board = std::make_unique<JobBoard>();
    auto watch = board->watch(loop.get_executor(), "mine");
    watch->on_news([] { FAIL() << "nobody is there"; });
    board->tell(job("mine", 1));
    board.reset(); // before its watches, as at the end of the program
    watch.reset();
    loop.run();
}

TEST(JobBoard, TellsOtherShards) {
    asio::io_context loop{1};
    auto work = asio::make_work_guard(loop);
    std::thread shard([&loop] { loop.run(); });
    JobBoard board;
    constexpr int last = 500;
    std::promise<void> watching;
    std::promise<int> heard;
    std::shared_ptr<JobWatch> watch; // the shard's alone
    asio::post(loop, [&] {
        watch = board.watch(loop.get_executor(), "mine");
        watch->on_news([&] {
            if (const int steps = steps_of(*watch); steps == last) {
                heard.set_value(steps);
            }
        });
        watching.set_value();
    });
    watching.get_future().wait();
    for (int i = 1; i <= last; ++i) {
        board.tell(job("mine", i));
        asio::post(loop, [&] { board.watch(loop.get_executor(), "mine"); }); // comes and goes
    }
    std::future<int> told = heard.get_future();
    ASSERT_EQ(told.wait_for(30s), std::future_status::ready);
    EXPECT_EQ(told.get(), last);
    asio::post(loop, [&] { watch.reset(); });
    work.reset();
    shard.join();
}

} // namespace personalify::app
