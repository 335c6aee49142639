#include "main/metrics.hpp"

#include "main/build_info.hpp"
#include "ops/log.hpp"
#include "ops/metrics_page.hpp"

#include <array>

namespace personalify {

namespace {

using metrics::Kind;

constexpr std::array<std::string_view, 4> job_states{"queued", "running", "done", "failed"};

/// Takes longer the more files are open: not for an event loop.
Result<std::string> process_text() {
    ops::MetricsPage page;
    ops::measure_process(page);
    return page.take();
}

Task<http::Response> answer(Metrics& metrics, const http::Request& request) {
    if (request.path != "/metrics") {
        co_return http::error_response(404, "Not Found");
    }
    if (request.method != "GET" && request.method != "HEAD") {
        http::Response refused = http::error_response(405, "Method Not Allowed");
        refused.headers.push_back({"Allow", "GET, HEAD"});
        co_return refused;
    }
    co_return co_await metrics.page();
}

} // namespace

http::Handler Metrics::handler() {
    return [this](const http::Request& request) { return answer(*this, request); };
}

Task<http::Response> Metrics::page() {
    const std::optional<app::StoredCounts> stored = co_await counts();
    const Result<std::string> process = co_await process_.run(process_text);
    const auto begin = std::chrono::steady_clock::now();
    ops::MetricsPage page;
    write_program(page);
    for (const Measure& part : parts_) {
        part(page);
    }
    write_caches(page);
    write_pools(page);
    if (stored) {
        write_counts(page, *stored);
    }
    http::Response response;
    response.body = page.take() + process.value_or("");
    response.headers = {{"Content-Type", std::string{ops::MetricsPage::media_type}},
                        {"Cache-Control", "no-store"}};
    const auto took = std::chrono::steady_clock::now() - begin;
    took_micros_ = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    co_return response;
}

Task<std::optional<app::StoredCounts>> Metrics::counts() {
    const TimePoint now = clock_.now();
    std::optional<app::StoredCounts> known;
    {
        const std::lock_guard lock(mutex_);
        if (counted_) {
            known = counted_->counts;
        }
        if (counted_ && now < counted_->at + counts_kept && now >= counted_->at) {
            co_return known;
        }
    }
    const Result<app::StoredCounts> counted = co_await store_.count(now);
    if (!counted) {
        co_return known;
    }
    const std::lock_guard lock(mutex_);
    counted_ = Counted{*counted, now};
    co_return *counted;
}

void Metrics::write_program(metrics::Sink& sink) const {
    sink.family("personalify_build_info", Kind::gauge, "Always 1; the labels say what runs.");
    sink.sample({{"version", version_number()}, {"commit", commit()}}, 1);
    sink.gauge("personalify_uptime_seconds", "Since the service began.",
               std::chrono::duration<double>(clock_.now() - started_).count());
    sink.gauge("personalify_metrics_page_seconds", "How long it took to write the page before this one.",
               static_cast<double>(took_micros_.load()) / 1e6);
    sink.counter("personalify_log_lines_dropped_total", "Lines of the log that found no room.",
                 ops::dropped_lines());
}

void Metrics::write_caches(metrics::Sink& sink) const {
    std::vector<std::pair<std::string_view, metrics::CacheStats>> all;
    for (const auto& [name, stats] : caches_) {
        all.emplace_back(name, stats());
    }
    const auto write = [&](std::string_view name, Kind kind, std::string_view help, auto member) {
        sink.family(name, kind, help);
        for (const auto& [cache, stats] : all) {
            sink.sample({{"cache", cache}}, static_cast<double>(stats.*member));
        }
    };
    using Stats = metrics::CacheStats;
    write("personalify_cache_hits_total", Kind::counter, "Look-ups that found an entry.", &Stats::hits);
    write("personalify_cache_misses_total", Kind::counter, "Look-ups that found none.", &Stats::misses);
    write("personalify_cache_evictions_total", Kind::counter, "Entries that made room for others.",
          &Stats::evictions);
    write("personalify_cache_entries", Kind::gauge, "Entries.", &Stats::entries);
    write("personalify_cache_bytes", Kind::gauge, "Bytes of entries; 0 where only entries are counted.",
          &Stats::bytes);
}

void Metrics::write_pools(metrics::Sink& sink) const {
    sink.family("personalify_pool_queued", Kind::gauge, "Calls that wait for a thread.");
    for (const net::BlockingPool* pool : pools_) {
        sink.sample({{"pool", pool->name()}}, static_cast<double>(pool->queued()));
    }
    sink.family("personalify_pool_rejected_total", Kind::counter, "Calls that found the queue full.");
    for (const net::BlockingPool* pool : pools_) {
        sink.sample({{"pool", pool->name()}}, static_cast<double>(pool->rejected()));
    }
}

void Metrics::write_counts(metrics::Sink& sink, const app::StoredCounts& counts) const {
    sink.gauge("personalify_users", "Users in storage.", static_cast<double>(counts.users));
    sink.gauge("personalify_sessions", "Sessions that have not expired.",
               static_cast<double>(counts.sessions));
    sink.family("personalify_jobs", Kind::gauge, "Jobs in storage, by state.");
    for (std::size_t i = 0; i < job_states.size(); ++i) {
        sink.sample({{"state", job_states[i]}}, static_cast<double>(counts.jobs[i]));
    }
    const auto waited =
        counts.oldest_waiting ? clock_.now() - *counts.oldest_waiting : TimePoint::duration{0};
    sink.gauge("personalify_jobs_oldest_waiting_seconds", "Age of the job that waits longest; 0 without one.",
               std::chrono::duration<double>(waited).count());
}

} // namespace personalify
