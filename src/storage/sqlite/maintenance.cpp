#include "storage/sqlite/maintenance.hpp"

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/data_dir.hpp"
#include "storage/sqlite/migrations.hpp"

namespace personalify::storage {

namespace {

constexpr std::string_view database_name = "personalify.db";

constexpr NamedSql copy_into{"maintenance.copy", "VACUUM INTO ?1"};
constexpr NamedSql check_pages{"maintenance.integrity", "PRAGMA integrity_check(1)"};
constexpr NamedSql check_references{"maintenance.foreign_keys", "PRAGMA foreign_key_check"};
constexpr NamedSql read_version{"maintenance.version", "PRAGMA user_version"};
constexpr NamedSql count_users{"maintenance.users", "SELECT count(*) FROM users"};
constexpr NamedSql count_sessions{"maintenance.sessions", "SELECT count(*) FROM sessions"};
constexpr NamedSql count_syncs{"maintenance.syncs", "SELECT count(*) FROM sync_history"};
constexpr NamedSql truncate_log{"maintenance.checkpoint", "PRAGMA wal_checkpoint(TRUNCATE)"};

std::unexpected<Error> broken(const std::filesystem::path& file, std::string_view why) {
    return fail(Errc::conflict, file.string() + " is not a sound database: " + std::string{why} + ".");
}

std::unexpected<Error> missing(const std::filesystem::path& data_dir) {
    return fail(Errc::not_found, "There is no database in " + data_dir.string() + ".");
}

std::int64_t number(Connection& connection, const NamedSql& sql) {
    Query query = connection.query(sql);
    return query.next() ? query.integer(0) : 0;
}

} // namespace

std::filesystem::path database_file(const std::filesystem::path& data_dir) {
    return data_dir / database_name;
}

Result<> copy_database(const std::filesystem::path& data_dir, const std::filesystem::path& to) {
    const std::filesystem::path file = database_file(data_dir);
    if (!std::filesystem::exists(file)) {
        return missing(data_dir);
    }
    try {
        Connection connection{file, Connection::Mode::read_write};
        connection.execute(copy_into, to.native());
        return {};
    } catch (const SqliteFailure& failure) {
        return fail(Errc::internal,
                    "Cannot copy " + file.string() + " to " + to.string() + ": " + failure.what() + ".");
    }
}

Result<DatabaseFacts> inspect_database(const std::filesystem::path& file) {
    try {
        Connection connection{file, Connection::Mode::inspect};
        if (Query pages = connection.query(check_pages); !pages.next() || pages.text(0) != "ok") {
            return broken(file, pages.text(0));
        }
        if (Query references = connection.query(check_references); references.next()) {
            return broken(file, "a row of " + references.text(0) + " refers to one that is missing");
        }
        DatabaseFacts facts{.schema = number(connection, read_version)};
        if (facts.schema > std::ssize(schema_steps())) {
            return fail(Errc::conflict, file.string() +
                                            " was written by a newer version of Personalify (schema " +
                                            std::to_string(facts.schema) + ").");
        }
        if (facts.schema > 0) {
            facts.users = number(connection, count_users);
            facts.sessions = number(connection, count_sessions);
            facts.syncs = number(connection, count_syncs);
        }
        return facts;
    } catch (const SqliteFailure& failure) {
        return broken(file, failure.what());
    }
}

Result<> settle_database(const std::filesystem::path& file) {
    try {
        Connection connection{file, Connection::Mode::read_write};
        connection.execute(truncate_log);
        return {};
    } catch (const SqliteFailure& failure) {
        return broken(file, failure.what());
    }
}

Result<SchemaChange> migrate_database(const std::filesystem::path& data_dir) {
    const std::filesystem::path file = database_file(data_dir);
    if (!std::filesystem::exists(file)) {
        return missing(data_dir);
    }
    const Result<DataDir> held = DataDir::open(data_dir);
    if (!held) {
        return std::unexpected(held.error());
    }
    try {
        Connection connection{file, Connection::Mode::read_write};
        const SchemaChange change{.from = number(connection, read_version), .to = std::ssize(schema_steps())};
        if (const Result<> migrated = migrate(connection, schema_steps()); !migrated) {
            return fail(migrated.error().code, file.string() + ": " + migrated.error().detail);
        }
        return change;
    } catch (const SqliteFailure& failure) {
        return fail(Errc::internal, "Cannot migrate " + file.string() + ": " + failure.what() + ".");
    }
}

} // namespace personalify::storage
