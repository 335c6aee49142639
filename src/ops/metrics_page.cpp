#include "ops/metrics_page.hpp"

#include <charconv>
#include <cmath>

namespace personalify::ops {

namespace {

std::string_view word_of(metrics::Kind kind) {
    switch (kind) {
    case metrics::Kind::counter:
        return "counter";
    case metrics::Kind::gauge:
        return "gauge";
    case metrics::Kind::histogram:
        return "histogram";
    }
    return "untyped";
}

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (c == '\\' || c == '"') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else {
            out += c;
        }
    }
}

void append_number(std::string& out, double value) {
    char text[32];
    const bool whole = std::abs(value) < 1e15 && value == std::floor(value);
    const auto end = whole ? std::to_chars(text, text + sizeof text, static_cast<std::int64_t>(value))
                           : std::to_chars(text, text + sizeof text, value);
    out.append(text, end.ptr);
}

} // namespace

void MetricsPage::family(std::string_view name, metrics::Kind kind, std::string_view help) {
    name_ = name;
    text_.append("# HELP ").append(name).append(" ").append(help);
    text_.append("\n# TYPE ").append(name).append(" ").append(word_of(kind)).append("\n");
}

void MetricsPage::line(std::string_view suffix, std::string_view more, double value) {
    text_.append(name_).append(suffix);
    if (!labels_.empty() || !more.empty()) {
        text_.append("{").append(labels_);
        text_.append(!labels_.empty() && !more.empty() ? "," : "").append(more).append("}");
    }
    text_ += ' ';
    append_number(text_, value);
    text_ += '\n';
}

void MetricsPage::take(metrics::Labels labels) {
    labels_.clear();
    for (const auto& [name, word] : labels) {
        labels_.append(labels_.empty() ? "" : ",").append(name).append("=\"");
        append_escaped(labels_, word);
        labels_ += '"';
    }
}

void MetricsPage::sample(metrics::Labels labels, double value) {
    take(labels);
    line("", "", value);
}

void MetricsPage::sample(metrics::Labels labels, const metrics::Snapshot& histogram) {
    take(labels);
    std::uint64_t below = 0;
    std::string bound;
    for (std::size_t i = 0; i < histogram.bounds.size(); ++i) {
        below += histogram.buckets[i];
        bound = "le=\"";
        append_number(bound, histogram.bounds[i]);
        bound += '"';
        line("_bucket", bound, static_cast<double>(below));
    }
    const auto all = static_cast<double>(histogram.count());
    line("_bucket", "le=\"+Inf\"", all);
    line("_sum", "", histogram.sum);
    line("_count", "", all);
}

} // namespace personalify::ops
