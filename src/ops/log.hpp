#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

/// The log: one JSON object per line on standard error, written by a thread of its own, so that a slow
/// terminal never holds up a shard. When its bounded queue is full, the oldest lines go.
///
/// What may never stand in a line: tokens, cookies, codes, e-mail addresses, user ids, query strings.
namespace personalify::ops {

enum class Level { info, warning, error };

struct Field {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, double> value;
};

/// Starts the log's thread; lines before that, and after stop_log, are dropped.
void start_log();
/// Writes what is queued and ends the thread.
void stop_log();

/// {"time":…,"level":…,"event":"upstream.closed",…}. `event` is a fixed name of ours.
void log(Level level, std::string_view event, std::initializer_list<Field> fields = {});

} // namespace personalify::ops
