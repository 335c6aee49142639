#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "storage/sqlite/statement_times.hpp"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace personalify::storage {

/// A statement and the name under which errors and metrics show it. Names are unique: they key the cache of
/// prepared statements.
struct NamedSql {
    std::string_view name;
    std::string_view text;
};

/// SQLite said no. Stays inside this room: Database turns it into an Error.
class SqliteFailure : public std::runtime_error {
public:
    /// `code` is SQLite's extended result code.
    SqliteFailure(std::string_view statement, std::string_view message, int code);
    int code() const { return code_; }
    Error error() const;

private:
    int code_;
};

/// Bytes, where a std::string_view would be text.
struct Blob {
    std::string_view bytes;
};

/// One execution of a prepared statement. Resets it when it goes, which also ends an implicit read
/// transaction: keep it no longer than its rows are needed, and one at a time per statement.
class Query {
public:
    /// `times`: where its duration is counted, or null.
    template <class... Args>
    Query(sqlite3_stmt* statement, std::string_view name, metrics::Histogram* times, const Args&... args)
        : statement_(statement)
        , name_(name)
        , times_(times) {
        int index = 0;
        (bind(++index, args), ...);
    }
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    /// Moves to the next row; false when there is none.
    bool next();

    /// Columns of the current row, counted from 0. NULL reads as 0 or "".
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    std::string bytes(int column) const;
    bool boolean(int column) const { return integer(column) != 0; }
    TimePoint time(int column) const { return from_millis(integer(column)); }
    bool is_null(int column) const;
    std::optional<std::int64_t> integer_or_null(int column) const;
    std::optional<std::string> text_or_null(int column) const;

private:
    // Parameters, counted from 1. Values are copied.
    void bind(int index, std::int64_t value);
    void bind(int index, std::string_view value);
    void bind(int index, Blob value);
    void bind(int index, std::nullopt_t);
    void bind(int index, TimePoint value) { bind(index, to_millis(value)); }
    template <std::integral T>
    void bind(int index, T value) {
        bind(index, static_cast<std::int64_t>(value));
    }
    template <class T>
    void bind(int index, const std::optional<T>& value) {
        if (value) {
            bind(index, *value);
        } else {
            bind(index, std::nullopt);
        }
    }
    void check(int code) const;

    sqlite3_stmt* statement_;
    std::string_view name_;
    metrics::Histogram* times_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

/// One connection with its prepared statements. Used by one thread at a time; throws SqliteFailure.
class Connection {
public:
    /// A snapshot reads a lot at once, with more memory. `inspect` changes nothing, not even the journal's
    /// mode: for a file that nobody writes.
    enum class Mode { read_write, read_only, snapshot, inspect };

    /// Opens the file, which must exist, and sets the pragmas.
    /// `times` counts how long statements take, and outlives this; null: nobody does.
    Connection(const std::filesystem::path& file, Mode mode, StatementTimes* times = nullptr);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// The statement with its parameters bound, before its first row.
    template <class... Args>
    Query query(const NamedSql& sql, const Args&... args) {
        const Prepared& prepared = prepare(sql);
        return Query{prepared.statement, sql.name, prepared.times, args...};
    }

    /// Runs the statement to its end; returns how many rows it changed.
    template <class... Args>
    std::int64_t execute(const NamedSql& sql, const Args&... args) {
        Query query = this->query(sql, args...);
        while (query.next()) {
        }
        return changes();
    }

    /// Runs several statements that are used once: schema and pragmas.
    void script(const NamedSql& sql);

    std::int64_t last_insert_key() const;
    /// False after SQLite rolled back by itself, as it does when the disk is full.
    bool in_transaction() const;
    /// Rolls back if there is something to roll back; never throws.
    void roll_back() noexcept;

private:
    struct Prepared {
        sqlite3_stmt* statement = nullptr;
        metrics::Histogram* times = nullptr;
    };
    const Prepared& prepare(const NamedSql& sql);
    std::int64_t changes() const;
    void close() noexcept;

    sqlite3* handle_ = nullptr;
    StatementTimes* times_;
    std::unordered_map<std::string_view, Prepared> statements_;
};

} // namespace personalify::storage
