#pragma once

#include "app/ports/counts.hpp"
#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "http/message.hpp"
#include "net/blocking_pool.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace personalify {

/// The page /metrics: everybody who counts, gathered when somebody asks. Add parts before there are requests.
class Metrics {
public:
    using Measure = std::function<void(metrics::Sink&)>;
    /// What is counted in storage is asked for at most this often.
    static constexpr std::chrono::seconds counts_kept{10};
    static constexpr std::size_t most_waiting = 16; ///< pages; those beyond it leave the process out

    Metrics(app::CountStore& store, const Clock& clock)
        : store_(store)
        , clock_(clock)
        , started_(clock.now()) {}

    void add(Measure part) { parts_.push_back(std::move(part)); }
    void add_cache(std::string_view name, std::function<metrics::CacheStats()> stats) {
        caches_.emplace_back(name, std::move(stats));
    }
    void add_pool(const net::BlockingPool& pool) { pools_.push_back(&pool); }

    /// All of it, in Prometheus' text format.
    Task<http::Response> page();

    /// Serves the page at /metrics, and nothing else.
    http::Handler handler();

private:
    struct Counted {
        app::StoredCounts counts;
        TimePoint at{};
    };
    /// As fresh as counts_kept allows, or older when storage is in trouble; nullopt before it ever answered.
    Task<std::optional<app::StoredCounts>> counts();
    void write_program(metrics::Sink& sink) const;
    void write_caches(metrics::Sink& sink) const;
    void write_pools(metrics::Sink& sink) const;
    void write_counts(metrics::Sink& sink, const app::StoredCounts& counts) const;

    app::CountStore& store_;
    const Clock& clock_;
    TimePoint started_;
    std::vector<Measure> parts_;
    std::vector<std::pair<std::string_view, std::function<metrics::CacheStats()>>> caches_;
    std::vector<const net::BlockingPool*> pools_;
    std::atomic<std::int64_t> took_micros_ = 0;             ///< to write the last page
    net::BlockingPool process_{"process", 1, most_waiting}; ///< for what the system counts, file by file
    std::mutex mutex_;
    std::optional<Counted> counted_; ///< guarded by mutex_
};

} // namespace personalify
