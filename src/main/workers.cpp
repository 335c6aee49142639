#include "main/workers.hpp"

#include "main/log_lines.hpp"

#include <boost/asio/co_spawn.hpp>

namespace personalify {

namespace {

constexpr double low_disk = 256.0 * 1024 * 1024; ///< a busy day's growth and then some

} // namespace

void Workers::start(Executor shard, std::string_view name, Task<void> task) {
    Worker& worker = workers_.emplace_back(name);
    asio::co_spawn(shard, std::move(task), [&worker](std::exception_ptr thrown) {
        worker.alive = false;
        try {
            if (thrown) {
                std::rethrow_exception(thrown);
            }
        } catch (const std::exception& failure) {
            log_task_thrown(worker.name, failure.what());
        }
    });
}

std::string Workers::state() const {
    std::string ended;
    for (const Worker& worker : workers_) {
        if (!worker.alive) {
            ended.append(ended.empty() ? "" : ", ").append(worker.name);
        }
    }
    return ended.empty() ? "ok" : "ended: " + ended;
}

void Workers::measure(metrics::Sink& sink) const {
    sink.family("personalify_worker_up", metrics::Kind::gauge,
                "Whether what runs beside requests is alive: 1 or 0.");
    for (const Worker& worker : workers_) {
        sink.sample({{"worker", worker.name}}, worker.alive ? 1 : 0);
    }
}

double disk_free(const std::filesystem::path& folder) {
    std::error_code failure;
    const std::filesystem::space_info space = std::filesystem::space(folder, failure);
    return failure ? 0 : static_cast<double>(space.available);
}

std::string disk_state(const std::filesystem::path& folder) {
    const double free = disk_free(folder);
    return free >= low_disk ? "ok" : "low";
}

} // namespace personalify
