#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace personalify {

namespace asio = boost::asio;

/// The executor of a shard. Concrete, so that completions cost no type erasure.
using Executor = asio::io_context::executor_type;

/// A coroutine that runs on a shard. Await it from another Task, or start it with asio::co_spawn.
template <class T = void>
using Task = asio::awaitable<T, Executor>;

/// Completion token for co_await inside a Task.
inline constexpr asio::use_awaitable_t<Executor> use_task{};

} // namespace personalify
