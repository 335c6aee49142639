#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>

/// Counting without locks and without allocations. Whoever does the work owns its counters, and shows them
/// to a Sink when somebody asks; how they are written down is the business of `ops`.
namespace personalify::metrics {

/// Only grows. Any thread.
class Counter {
public:
    void add(std::uint64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
    /// The same where one thread alone counts: no locked instruction.
    void add_alone(std::uint64_t count = 1) {
        value_.store(value_.load(std::memory_order_relaxed) + count, std::memory_order_relaxed);
    }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_ = 0;
};

/// Goes up and down. Any thread.
class Gauge {
public:
    void add(std::int64_t by) { value_.fetch_add(by, std::memory_order_relaxed); }
    void add_alone(std::int64_t by) {
        value_.store(value_.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
    }
    std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> value_ = 0;
};

/// What a histogram held at one moment.
struct Snapshot {
    std::span<const double> bounds;             ///< upper ends, ascending; one more bucket has none
    std::array<std::uint64_t, 17> buckets = {}; ///< each on its own, not cumulated
    double sum = 0;

    std::uint64_t count() const {
        std::uint64_t all = 0;
        for (const std::uint64_t bucket : buckets) {
            all += bucket;
        }
        return all;
    }
};

/// How values are spread over fixed buckets. `bounds` is static and has at most 16 upper ends.
class Histogram {
public:
    explicit Histogram(std::span<const double> bounds)
        : bounds_(bounds) {}

    void observe(double value) {
        buckets_[place(value)].add();
        sum_.add(scaled(value));
    }
    void observe_alone(double value) {
        buckets_[place(value)].add_alone();
        sum_.add_alone(scaled(value));
    }
    template <class Rep, class Period>
    void observe(std::chrono::duration<Rep, Period> time) {
        observe(std::chrono::duration<double>(time).count());
    }

    /// Adds what this one holds.
    void add_to(Snapshot& snapshot) const {
        snapshot.bounds = bounds_;
        for (std::size_t i = 0; i <= bounds_.size(); ++i) {
            snapshot.buckets[i] += buckets_[i].value();
        }
        snapshot.sum += static_cast<double>(sum_.value()) / scale;
    }
    Snapshot snapshot() const {
        Snapshot taken;
        add_to(taken);
        return taken;
    }

private:
    static constexpr double scale = 1e9; ///< the sum is kept in whole billionths: no compare-and-swap loop

    static std::uint64_t scaled(double value) {
        return static_cast<std::uint64_t>(std::max(value, 0.0) * scale);
    }
    std::size_t place(double value) const {
        return static_cast<std::size_t>(std::ranges::lower_bound(bounds_, value) - bounds_.begin());
    }

    std::span<const double> bounds_;
    std::array<Counter, 17> buckets_{};
    Counter sum_;
};

enum class Kind : std::uint8_t { counter, gauge, histogram };

using Label = std::pair<std::string_view, std::string_view>;
using Labels = std::initializer_list<Label>;

/// Takes metrics in, family by family: samples belong to the family that was begun last. Names and labels
/// are fixed words of ours; never an id, a path or anything else that a client chooses.
class Sink {
public:
    virtual ~Sink() = default;
    /// `name` with its unit, as Prometheus has it: "personalify_jobs_ended_total".
    virtual void family(std::string_view name, Kind kind, std::string_view help) = 0;
    virtual void sample(Labels labels, double value) = 0;
    virtual void sample(Labels labels, const Snapshot& histogram) = 0;

    /// A family of one sample.
    void counter(std::string_view name, std::string_view help, std::uint64_t value) {
        family(name, Kind::counter, help);
        sample({}, static_cast<double>(value));
    }
    void gauge(std::string_view name, std::string_view help, double value) {
        family(name, Kind::gauge, help);
        sample({}, value);
    }
};

/// Seconds, for what a person waits for.
inline constexpr std::array<double, 12> request_seconds{0.0001, 0.0005, 0.001, 0.005, 0.01, 0.025,
                                                        0.05,   0.1,    0.25,  0.5,   1,    5};
/// Seconds, for calls to other services.
inline constexpr std::array<double, 10> call_seconds{0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
/// Seconds, for what a disk does.
inline constexpr std::array<double, 6> statement_seconds{0.0001, 0.001, 0.005, 0.025, 0.1, 1};

/// How well a cache serves.
struct CacheStats {
    std::size_t entries = 0;
    std::size_t bytes = 0; ///< 0 where nobody counts them
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::uint64_t evictions = 0; ///< entries that made room
};

} // namespace personalify::metrics
