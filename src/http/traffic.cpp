#include "http/traffic.hpp"

#include <algorithm>
#include <optional>

namespace personalify::http {

namespace {

constexpr std::array<std::string_view, Traffic::method_count> methods{
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "(other)"};
constexpr std::array<std::string_view, Traffic::class_count> classes{"1xx", "2xx", "3xx", "4xx", "5xx"};

std::size_t number_of_method(std::string_view method) {
    const auto last = methods.end() - 1;
    return static_cast<std::size_t>(std::find(methods.begin(), last, method) - methods.begin());
}

} // namespace

void Traffic::Part::count(std::uint16_t route, std::string_view method, int status, double seconds) {
    const auto of_status = static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1);
    const std::size_t place = (route * method_count + number_of_method(method)) * class_count + of_status;
    if (place >= kinds_.size()) {
        return; // of another table than this counts for
    }
    metrics::Histogram* histogram = kinds_[place].seconds.load(std::memory_order_relaxed);
    if (histogram == nullptr) {
        histogram = new metrics::Histogram(metrics::request_seconds);
        kinds_[place].seconds.store(histogram, std::memory_order_release);
    }
    histogram->observe_alone(seconds);
}

Traffic::Traffic(std::vector<std::string> routes, std::size_t shards)
    : routes_(std::move(routes)) {
    for (std::size_t i = 0; i < shards; ++i) {
        parts_.push_back(std::make_unique<Part>(routes_.size()));
    }
}

void Traffic::measure(metrics::Sink& sink) const {
    sink.family("personalify_http_request_duration_seconds", metrics::Kind::histogram,
                "Time from a request's arrival to the end of its answer, or to the head of a streamed one.");
    for (std::size_t place = 0; place < routes_.size() * method_count * class_count; ++place) {
        std::optional<metrics::Snapshot> all;
        for (const auto& part : parts_) {
            if (const auto* seconds = part->kinds_[place].seconds.load(std::memory_order_acquire)) {
                seconds->add_to(all ? *all : all.emplace());
            }
        }
        if (all) {
            const std::size_t kind = place / class_count;
            sink.sample({{"route", routes_[kind / method_count]},
                         {"method", methods[kind % method_count]},
                         {"status", classes[place % class_count]}},
                        *all);
        }
    }
    std::int64_t in_flight = 0;
    std::int64_t connections = 0;
    std::uint64_t bytes = 0;
    std::uint64_t ready = 0;
    for (const auto& part : parts_) {
        in_flight += part->in_flight_.value();
        connections += part->connections_.value();
        bytes += part->bytes_.value();
        ready += part->ready_.value();
    }
    sink.gauge("personalify_http_requests_in_flight", "Requests that a handler works on.",
               static_cast<double>(in_flight));
    sink.gauge("personalify_http_connections", "Open connections of clients.",
               static_cast<double>(connections));
    sink.counter("personalify_http_response_bytes_total", "Bytes of answers' bodies, as sent.", bytes);
    sink.counter("personalify_http_ready_answers_total",
                 "Requests answered at once with bytes that were made before.", ready);
}

} // namespace personalify::http
