#pragma once

#include "config/settings.hpp"
#include "core/error.hpp"
#include "core/task.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <filesystem>
#include <optional>

/// For commands that look at what a service stored.
namespace personalify {

/// Where a service keeps its data: the demo has a folder of its own. Without Spotify's credentials, which a
/// command need not know, the demo's is meant where there is no other. Errors: conflict, when there are both
/// and the folder was not `named` either.
Result<std::filesystem::path> stored_data_dir(const config::Settings& settings, bool named);

/// The same for a backup to be restored, where there may be no database yet. Errors: conflict, when only the
/// demo has a folder and nothing says whether it is meant.
Result<std::filesystem::path> restored_data_dir(const config::Settings& settings, bool named);

/// Runs the task until it is done; its result.
template <class T>
Result<T> run_now(Task<Result<T>> task) {
    asio::io_context loop(1);
    Result<T> outcome = fail(Errc::internal, "The command was not run.");
    asio::co_spawn(loop, std::move(task), [&](std::exception_ptr thrown, Result<T> result) {
        if (thrown) {
            std::rethrow_exception(thrown);
        }
        outcome = std::move(result);
    });
    loop.run();
    return outcome;
}

} // namespace personalify
