#include "upstream/spotify/timing.hpp"

#include "core/single_flight.hpp"

#include <random>

namespace personalify::spotify {

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

} // namespace personalify::spotify
