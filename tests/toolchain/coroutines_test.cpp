// Coroutine patterns that the compiler must get right. g++ 12.2 does not compile one of them and gets five
// more wrong without a word: it destroys temporaries of a co_await expression twice, never, or too early.
// Each test counts the lives of its values.
#include "core/task.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <gtest/gtest.h>

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace personalify {
namespace {

/// A value whose copies are counted, with an allocation that a sanitizer would miss if it were freed twice.
class Counted {
public:
    explicit Counted(std::string text = "a text too long to be kept inside the string itself")
        : text_(std::move(text)) {
        ++alive;
    }
    Counted(const Counted& other)
        : text_(other.text_) {
        ++alive;
    }
    Counted(Counted&& other) noexcept
        : text_(std::move(other.text_)) {
        ++alive;
    }
    Counted& operator=(const Counted&) = default;
    Counted& operator=(Counted&&) noexcept = default;
    ~Counted() { --alive; }

    [[nodiscard]] const std::string& text() const { return text_; }

    static inline int alive = 0;

private:
    std::string text_;
};

struct Order {
    Counted customer;
    std::vector<std::string> items;
    int count = 0;
};

/// Suspends once: what the caller holds across this must survive in its frame.
Task<> pause() {
    co_await asio::post(co_await asio::this_coro::executor, use_task);
}

Task<Counted> make(std::string text) {
    co_await pause();
    co_return Counted(std::move(text));
}

Task<int> number(int value) {
    co_await pause();
    co_return value;
}

Task<std::string> read(const Counted& value) {
    co_await pause();
    co_return value.text();
}

Task<std::string> take(Counted value) {
    co_await pause();
    co_return value.text();
}

Task<std::string> describe(Order order) {
    co_await pause();
    co_return order.customer.text() + ":" + std::to_string(order.items.size()) + ":" +
        std::to_string(order.count);
}

template <class Start>
Task<std::string> run(Start start) {
    co_return co_await start();
}

/// Runs a test's body to its end and checks that every value it made is gone.
class Coroutines : public testing::Test {
protected:
    void run_to_end(Task<> (*body)()) {
        Counted::alive = 0;
        bool ended = false;
        asio::io_context loop{1};
        asio::co_spawn(loop, body(), [&](std::exception_ptr error) {
            ended = true;
            if (error) {
                std::rethrow_exception(error);
            }
        });
        loop.run();
        EXPECT_TRUE(ended);
        EXPECT_EQ(Counted::alive, 0);
    }
};

Task<> capturing_lambda_as_temporary() {
    const std::string name(80, 'n');
    const std::string got = co_await run([name, value = Counted("v")]() -> Task<std::string> {
        co_await pause();
        co_return name + value.text();
    });
    EXPECT_EQ(got, name + "v");
}
TEST_F(Coroutines, KeepACapturingLambdaThatIsATemporaryOfTheAwait) {
    run_to_end(capturing_lambda_as_temporary);
}

Task<> spawned_lambda() {
    const std::string got = co_await asio::co_spawn(
        co_await asio::this_coro::executor,
        [value = Counted("spawned")]() -> Task<std::string> {
            co_await pause();
            co_return value.text();
        },
        use_task);
    EXPECT_EQ(got, "spawned");
}
TEST_F(Coroutines, KeepALambdaGivenToSpawn) {
    run_to_end(spawned_lambda);
}

Task<> designated_initializers() {
    const std::string got = co_await describe(
        {.customer = Counted("ada"), .items = {"one", "two", std::string(60, 'i')}, .count = 7});
    EXPECT_EQ(got, "ada:3:7");
}
TEST_F(Coroutines, TakeAggregatesWithDesignatedInitializers) {
    run_to_end(designated_initializers);
}

Task<Order> make_order() {
    Counted customer("grace");
    co_await pause();
    co_return Order{.customer = std::move(customer), .items = {std::string(50, 'x')}, .count = 1};
}
Task<> returned_aggregate() {
    const Order order = co_await make_order();
    EXPECT_EQ(order.customer.text(), "grace");
    EXPECT_EQ(order.items.at(0).size(), 50U);
}
TEST_F(Coroutines, ReturnAggregates) {
    run_to_end(returned_aggregate);
}

Task<> ternary_of_awaits() {
    for (const bool first : {true, false, true}) {
        const Counted value = first ? co_await make("first") : co_await make("second");
        EXPECT_EQ(value.text(), first ? "first" : "second");
        const Counted half = first ? co_await make("awaited") : Counted("at once");
        EXPECT_EQ(half.text(), first ? "awaited" : "at once");
    }
}
TEST_F(Coroutines, AwaitOnlyTheChosenSideOfATernary) {
    run_to_end(ternary_of_awaits);
}

/// An asynchronous operation in the way libraries write them: its initiation is a lambda with captures.
Task<> notify(std::shared_ptr<Counted> value, std::function<void()> started) {
    co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(
        [value, started = std::move(started)](auto handler) {
            started();
            auto executor = asio::get_associated_executor(handler);
            asio::post(executor, std::move(handler));
        },
        use_task);
}
Task<> captured_initiation() {
    const auto value = std::make_shared<Counted>("shared");
    int starts = 0;
    co_await notify(value, [&starts] { ++starts; });
    EXPECT_EQ(starts, 1);
    EXPECT_EQ(value.use_count(), 1);
}
TEST_F(Coroutines, DestroyACapturingInitiationExactlyOnce) {
    run_to_end(captured_initiation);
}

Task<> arguments() {
    Counted value("moved");
    EXPECT_EQ(co_await take(std::move(value)), "moved");
    EXPECT_EQ(co_await take(Counted("temporary")), "temporary");
    EXPECT_EQ(co_await read(Counted("bound to a reference")), "bound to a reference");
    EXPECT_EQ(co_await number(1) * 10 + co_await number(2), 12);
    EXPECT_EQ((co_await make("a")).text() + (co_await make("b")).text(), "ab");
}
TEST_F(Coroutines, KeepArgumentsForTheWholeCall) {
    run_to_end(arguments);
}

Task<> statements() {
    std::string seen;
    for (const char letter : (co_await make("loop")).text()) { // C++23 keeps the temporary
        co_await pause();
        seen += letter;
    }
    EXPECT_EQ(seen.size(), 4U);
    if (const Counted value = co_await make("if"); value.text() == "if") {
        co_await pause();
        EXPECT_EQ(value.text(), "if");
    }
    const bool both = (co_await number(0)) != 0 && (co_await make("never")).text().empty();
    EXPECT_FALSE(both);
}
TEST_F(Coroutines, KeepTemporariesOfStatements) {
    run_to_end(statements);
}

Task<> unwound() {
    Counted here("here");
    co_await pause();
    throw std::runtime_error("expected");
}
Task<> exceptions() {
    bool caught = false;
    try {
        const Counted outer("outer");
        co_await unwound();
    } catch (const std::runtime_error& error) {
        caught = std::string(error.what()) == "expected";
    }
    EXPECT_TRUE(caught);
    co_await pause();
}
TEST_F(Coroutines, UnwindThroughFrames) {
    run_to_end(exceptions);
}

Task<> at_once() {
    co_return;
}
Task<> many_completed_awaits() {
    for (int i = 0; i < 200'000; ++i) {
        co_await at_once();
    }
}
TEST_F(Coroutines, DoNotGrowTheStackWithAwaitsThatAreAlreadyDone) {
    run_to_end(many_completed_awaits);
}

} // namespace
} // namespace personalify
