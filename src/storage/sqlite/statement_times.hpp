#pragma once

#include "core/metrics.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string_view>

namespace personalify::storage {

/// How long statements take, by their names; shared by all connections of a database. Any thread.
class StatementTimes {
public:
    /// The histogram of that statement, for as long as this lives. `name` is a constant.
    metrics::Histogram& of(std::string_view name) {
        const std::lock_guard lock(mutex_);
        return by_name_.try_emplace(name, metrics::statement_seconds).first->second;
    }

    void measure(metrics::Sink& sink) const {
        const std::lock_guard lock(mutex_);
        sink.family("personalify_sqlite_statement_duration_seconds", metrics::Kind::histogram,
                    "Executions of SQL statements, from binding to the last row that was read.");
        for (const auto& [name, times] : by_name_) {
            sink.sample({{"statement", name}}, times.snapshot());
        }
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string_view, metrics::Histogram> by_name_; ///< guarded by mutex_
};

} // namespace personalify::storage
