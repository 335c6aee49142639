#include "upstream/common/timing.hpp"

#include "core/timer.hpp"

#include <random>

namespace personalify::upstream {

namespace {

Task<void> sleep_for(std::chrono::milliseconds time) {
    Timer timer(co_await asio::this_coro::executor, time);
    co_await timer.async_wait(use_task);
}

double random_share() {
    thread_local std::minstd_rand generator{std::random_device{}()};
    return std::uniform_real_distribution<double>{0, 1}(generator);
}

} // namespace

Timing real_timing(const Clock& clock) {
    return {clock, &sleep_for, &random_share};
}

std::chrono::milliseconds backoff(int number, double jitter) {
    constexpr std::chrono::milliseconds first{200};
    const auto full = static_cast<double>((first * (1 << number)).count());
    return std::chrono::milliseconds{static_cast<std::int64_t>(full * (0.5 + jitter / 2))};
}

} // namespace personalify::upstream
