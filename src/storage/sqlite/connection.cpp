#include "storage/sqlite/connection.hpp"

#include <sqlite3.h>

namespace personalify::storage {

namespace {

constexpr NamedSql pragmas{"connection.pragmas",
                           "PRAGMA journal_mode = WAL;"
                           "PRAGMA synchronous = FULL;" // an acknowledged write survives a power failure
                           "PRAGMA foreign_keys = ON;"
                           "PRAGMA secure_delete = ON;" // what was deleted is not legible in the file
                           "PRAGMA cache_size = -1024;" // KiB
                           "PRAGMA mmap_size = 0;"
                           "PRAGMA temp_store = MEMORY;"
                           "PRAGMA journal_size_limit = 8388608;"
                           "PRAGMA trusted_schema = OFF;"};
constexpr NamedSql read_only_pragma{"connection.read_only", "PRAGMA query_only = ON;"};
constexpr NamedSql snapshot_pragma{"connection.snapshot", "PRAGMA cache_size = -8192;"}; // KiB
constexpr int busy_timeout_ms = 5000;

int length(std::string_view text) {
    return static_cast<int>(text.size());
}

/// SQLite binds NULL for a null pointer, but an empty text is not NULL.
const char* data(std::string_view text) {
    return text.data() == nullptr ? "" : text.data();
}

} // namespace

SqliteFailure::SqliteFailure(std::string_view statement, std::string_view message, int code)
    : std::runtime_error(std::string{statement} + ": " + std::string{message} + " (" + std::to_string(code) +
                         ")")
    , code_(code) {}

Error SqliteFailure::error() const {
    const int primary = code_ & 0xff;
    if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) {
        return {Errc::overloaded, "The service is busy. Please try again.", what()};
    }
    return {Errc::internal, "Storage is unavailable.", what()};
}

Query::~Query() {
    sqlite3_reset(statement_); // repeats the error of the last step, which next() has thrown already
    sqlite3_clear_bindings(statement_);
    if (times_ != nullptr) {
        times_->observe(std::chrono::steady_clock::now() - begin_);
    }
}

void Query::check(int code) const {
    if (code != SQLITE_OK) {
        sqlite3* handle = sqlite3_db_handle(statement_);
        throw SqliteFailure{name_, sqlite3_errmsg(handle), sqlite3_extended_errcode(handle)};
    }
}

bool Query::next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) {
        return true;
    }
    check(code == SQLITE_DONE ? SQLITE_OK : code);
    return false;
}

void Query::bind(int index, std::int64_t value) {
    check(sqlite3_bind_int64(statement_, index, value));
}

void Query::bind(int index, std::string_view value) {
    check(sqlite3_bind_text64(statement_, index, data(value), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Query::bind(int index, Blob value) {
    check(sqlite3_bind_blob64(statement_, index, data(value.bytes), value.bytes.size(), SQLITE_TRANSIENT));
}

void Query::bind(int index, std::nullopt_t) {
    check(sqlite3_bind_null(statement_, index));
}

std::int64_t Query::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string Query::text(int column) const {
    return bytes(column);
}

std::string Query::bytes(int column) const {
    const void* begin = sqlite3_column_blob(statement_, column);
    const int count = sqlite3_column_bytes(statement_, column);
    return begin == nullptr ? std::string{}
                            : std::string(static_cast<const char*>(begin), static_cast<std::size_t>(count));
}

bool Query::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::optional<std::int64_t> Query::integer_or_null(int column) const {
    return is_null(column) ? std::nullopt : std::optional{integer(column)};
}

std::optional<std::string> Query::text_or_null(int column) const {
    return is_null(column) ? std::nullopt : std::optional{text(column)};
}

Connection::Connection(const std::filesystem::path& file, Mode mode, StatementTimes* times)
    : times_(times) {
    // No mutex of SQLite's own: the pools let one thread at a time use a connection.
    const int access = mode == Mode::inspect ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    const int code = sqlite3_open_v2(file.c_str(), &handle_, access | SQLITE_OPEN_NOMUTEX, nullptr);
    try {
        if (code != SQLITE_OK) {
            throw SqliteFailure{"connection.open", sqlite3_errstr(code), code};
        }
        sqlite3_extended_result_codes(handle_, 1);
        sqlite3_busy_timeout(handle_, busy_timeout_ms);
        if (mode != Mode::inspect) {
            script(pragmas);
        }
        if (mode != Mode::read_write) {
            script(read_only_pragma);
        }
        if (mode == Mode::snapshot) {
            script(snapshot_pragma);
        }
    } catch (...) {
        close();
        throw;
    }
}

Connection::~Connection() {
    close();
}

void Connection::close() noexcept {
    for (const auto& [name, prepared] : statements_) {
        sqlite3_finalize(prepared.statement);
    }
    statements_.clear();
    sqlite3_close_v2(handle_);
    handle_ = nullptr;
}

const Connection::Prepared& Connection::prepare(const NamedSql& sql) {
    if (const auto at = statements_.find(sql.name); at != statements_.end()) {
        return at->second;
    }
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle_, sql.text.data(), length(sql.text), SQLITE_PREPARE_PERSISTENT, &statement,
                           nullptr) != SQLITE_OK) {
        throw SqliteFailure{sql.name, sqlite3_errmsg(handle_), sqlite3_extended_errcode(handle_)};
    }
    metrics::Histogram* const times = times_ != nullptr ? &times_->of(sql.name) : nullptr;
    return statements_.emplace(sql.name, Prepared{statement, times}).first->second;
}

void Connection::script(const NamedSql& sql) {
    const std::string text{sql.text};
    if (sqlite3_exec(handle_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        throw SqliteFailure{sql.name, sqlite3_errmsg(handle_), sqlite3_extended_errcode(handle_)};
    }
}

std::int64_t Connection::changes() const {
    return sqlite3_changes64(handle_);
}

std::int64_t Connection::last_insert_key() const {
    return sqlite3_last_insert_rowid(handle_);
}

bool Connection::in_transaction() const {
    return sqlite3_get_autocommit(handle_) == 0;
}

void Connection::roll_back() noexcept {
    if (in_transaction()) {
        sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

} // namespace personalify::storage
