#pragma once

#include "core/clock.hpp"

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

/// The log: one line per event on standard error, a JSON object or words for reading, written by a thread of
/// its own, so that a slow terminal never holds up a shard. When its bounded queue is full, the oldest lines
/// go.
///
/// What may never stand in a line: tokens, cookies, codes, e-mail addresses, user ids, query strings.
namespace personalify::ops {

enum class Level { info, warning, error };

struct Field {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, double> value;
};

enum class Format {
    automatic, ///< console where standard error is a terminal, else json
    json,      ///< one object per line
    console,   ///< for reading
};

struct LogOptions {
    Format format = Format::automatic;
    Level least = Level::info; ///< what is less is not written
};

/// Starts the log's thread; lines before that, and after stop_log, are dropped.
void start_log(LogOptions options = {});
/// Writes what is queued and ends the thread.
void stop_log();

/// How many lines found the queue full so far.
std::uint64_t dropped_lines();

/// The two shapes of a line.
std::string json_line(TimePoint at, Level level, std::string_view event, std::span<const Field> fields);
std::string console_line(TimePoint at, Level level, std::string_view event, std::span<const Field> fields);

/// {"time":…,"level":…,"event":"upstream.closed",…}. `event` is a fixed name of ours.
void log(Level level, std::string_view event, std::span<const Field> fields);
inline void log(Level level, std::string_view event, std::initializer_list<Field> fields = {}) {
    log(level, event, std::span{fields.begin(), fields.size()});
}

} // namespace personalify::ops
