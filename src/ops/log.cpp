#include "ops/log.hpp"

#include "core/clock.hpp"

#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <unistd.h>

namespace personalify::ops {

namespace {

constexpr std::size_t queue_lines = 2048;

std::shared_ptr<spdlog::details::thread_pool> pool;
std::shared_ptr<spdlog::async_logger> logger;
bool for_reading = false;
Level least = Level::info;

void append_text(std::string& line, std::string_view text) {
    constexpr char hex[] = "0123456789abcdef";
    line += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            line += '\\';
            line += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            line += "\\u00";
            line += hex[byte >> 4];
            line += hex[byte & 15];
        } else {
            line += c;
        }
    }
    line += '"';
}

struct AppendValue {
    std::string& line;
    void operator()(std::string_view text) const { append_text(line, text); }
    void operator()(std::int64_t number) const { line += std::to_string(number); }
    void operator()(double number) const {
        char text[32];
        const auto end = std::to_chars(text, text + sizeof text, number, std::chars_format::fixed, 3);
        line.append(text, end.ptr);
    }
};

/// Whether a text needs no quotes to be told from what is around it.
bool is_plain(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte > 0x20 && byte != 0x7f && c != '"' && c != '=' && c != '\\';
    });
}

std::string_view name_of(Level level) {
    switch (level) {
    case Level::info:
        return "info";
    case Level::warning:
        return "warning";
    case Level::error:
        return "error";
    }
    return "info";
}

} // namespace

void start_log(LogOptions options) {
    const bool on_terminal = ::isatty(STDERR_FILENO) != 0;
    for_reading = options.format == Format::console || (options.format == Format::automatic && on_terminal);
    least = options.least;
    pool = std::make_shared<spdlog::details::thread_pool>(queue_lines, 1);
    auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    logger = std::make_shared<spdlog::async_logger>("personalify", std::move(sink), pool,
                                                    spdlog::async_overflow_policy::overrun_oldest);
    logger->set_pattern("%v");
}

void stop_log() {
    pool.reset(); // joins after the queue is written; its thread uses the logger until then
    logger.reset();
}

std::uint64_t dropped_lines() {
    return pool ? pool->overrun_counter() : 0;
}

std::string json_line(TimePoint at, Level level, std::string_view event, std::span<const Field> fields) {
    std::string line = "{\"time\":\"";
    line += to_rfc3339(at);
    line += "\",\"level\":\"";
    line += name_of(level);
    line += "\",\"event\":";
    append_text(line, event);
    for (const Field& field : fields) {
        line += ',';
        append_text(line, field.name);
        line += ':';
        std::visit(AppendValue{line}, field.value);
    }
    line += '}';
    return line;
}

std::string console_line(TimePoint at, Level level, std::string_view event, std::span<const Field> fields) {
    constexpr std::size_t width = 7; // of the longest level
    std::string line = to_rfc3339(at).substr(11, 12);
    line.append(" ").append(name_of(level)).append(width - name_of(level).size(), ' ');
    line.append(" ").append(event);
    for (const Field& field : fields) {
        line.append("  ").append(field.name).append("=");
        const auto* text = std::get_if<std::string_view>(&field.value);
        if (text != nullptr && is_plain(*text)) {
            line += *text;
        } else {
            std::visit(AppendValue{line}, field.value);
        }
    }
    return line;
}

void log(Level level, std::string_view event, std::span<const Field> fields) {
    if (logger == nullptr || level < least) {
        return;
    }
    const TimePoint now = SystemClock{}.now();
    const std::string line =
        for_reading ? console_line(now, level, event, fields) : json_line(now, level, event, fields);
    logger->info(spdlog::string_view_t{line.data(), line.size()});
}

} // namespace personalify::ops
