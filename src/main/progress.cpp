#include "main/progress.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <unistd.h>

namespace personalify {

namespace {

constexpr std::chrono::milliseconds before_first{1000};
constexpr std::chrono::milliseconds between{200};
constexpr int width = 40;

} // namespace

Progress::Progress(std::string what, std::function<double()> share)
    : what_(std::move(what))
    , share_(std::move(share)) {
    if (::isatty(STDERR_FILENO) != 0) {
        thread_ = std::jthread{[this](const std::stop_token& stop) { draw(stop); }};
    }
}

Progress::~Progress() = default;

void Progress::draw(const std::stop_token& stop) const {
    std::mutex mutex;
    std::condition_variable_any ended;
    std::unique_lock lock(mutex);
    bool drawn = false;
    std::chrono::milliseconds pause = before_first;
    while (!ended.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); }) &&
           !stop.stop_requested()) {
        const double share = std::clamp(share_(), 0.0, 1.0);
        const int filled = static_cast<int>(share * width);
        std::fprintf(stderr, "\r%s [%s%s] %3d %%", what_.c_str(),
                     std::string(static_cast<std::size_t>(filled), '#').c_str(),
                     std::string(static_cast<std::size_t>(width - filled), '.').c_str(),
                     static_cast<int>(share * 100));
        std::fflush(stderr);
        drawn = true;
        pause = between;
    }
    if (drawn) {
        std::fputs("\r\033[K", stderr);
        std::fflush(stderr);
    }
}

} // namespace personalify
