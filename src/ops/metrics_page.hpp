#pragma once

#include "core/metrics.hpp"

#include <string>

namespace personalify::ops {

/// Writes metrics in Prometheus' text format, version 0.0.4.
class MetricsPage final : public metrics::Sink {
public:
    static constexpr std::string_view media_type = "text/plain; version=0.0.4; charset=utf-8";

    void family(std::string_view name, metrics::Kind kind, std::string_view help) override;
    void sample(metrics::Labels labels, double value) override;
    void sample(metrics::Labels labels, const metrics::Snapshot& histogram) override;

    std::string take() { return std::move(text_); }

private:
    void take(metrics::Labels labels);
    void line(std::string_view suffix, std::string_view more, double value);

    std::string text_;
    std::string name_;
    std::string labels_; ///< of the present sample: `a="b",c="d"`
};

/// process_*: what the kernel says of this process.
void measure_process(metrics::Sink& sink);

} // namespace personalify::ops
