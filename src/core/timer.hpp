#pragma once

#include "core/task.hpp"

#include <boost/asio/basic_waitable_timer.hpp>

#include <chrono>

namespace personalify {

/// A timer on a shard.
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

} // namespace personalify
