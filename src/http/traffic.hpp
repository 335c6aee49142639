#pragma once

#include "core/metrics.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace personalify::http {

/// What a server counts about its requests, by route, method and class of status. Each shard counts for
/// itself, without locks and, after the first request of a kind, without allocations; whoever shows it adds
/// up. The labels are bounded: routes are those of the table, methods a fixed list.
class Traffic {
public:
    static constexpr std::size_t method_count = 8; ///< the last stands for all others
    static constexpr std::size_t class_count = 5;  ///< 1xx to 5xx

    /// What one shard has counted. Written by its thread alone.
    class Part {
    public:
        explicit Part(std::size_t routes)
            : kinds_(routes * method_count * class_count) {}

        /// `seconds` to the end of the answer, or to the head of a streamed one.
        void count(std::uint16_t route, std::string_view method, int status, double seconds);
        void sent(std::size_t bytes) { bytes_.add_alone(bytes); }
        void answered_at_once() { ready_.add_alone(); }
        void begun() { in_flight_.add_alone(1); }
        void ended() { in_flight_.add_alone(-1); }
        void opened() { connections_.add_alone(1); }
        void closed() { connections_.add_alone(-1); }

    private:
        friend class Traffic;
        /// Made by the first request of its kind.
        struct Kind {
            std::atomic<metrics::Histogram*> seconds = nullptr;
            ~Kind() { delete seconds.load(); }
        };
        std::vector<Kind> kinds_;
        metrics::Gauge in_flight_;
        metrics::Gauge connections_;
        metrics::Counter bytes_;
        metrics::Counter ready_;
    };

    /// `routes` as Router::patterns() has them, `shards` as the server will have.
    Traffic(std::vector<std::string> routes, std::size_t shards);

    Part& part(std::size_t shard) { return *parts_[shard]; }
    void measure(metrics::Sink& sink) const;

private:
    std::vector<std::string> routes_;
    std::vector<std::unique_ptr<Part>> parts_;
};

/// Of one request of a handler, from its beginning to the end of its answer or the head of a streamed one.
class InFlight {
public:
    explicit InFlight(Traffic::Part* part)
        : part_(part) {
        if (part_ != nullptr) {
            part_->begun();
        }
    }
    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;
    ~InFlight() { end(); }
    void end() {
        if (part_ != nullptr) {
            std::exchange(part_, nullptr)->ended();
        }
    }

private:
    Traffic::Part* part_;
};

} // namespace personalify::http
