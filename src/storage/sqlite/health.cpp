#include "storage/sqlite/health.hpp"

#include "storage/sqlite/data_dir.hpp"
#include "storage/sqlite/migrations.hpp"

#include <algorithm>

namespace personalify::storage {

namespace {

constexpr NamedSql read_version{"health.version", "PRAGMA user_version"};
constexpr NamedSql quick_check{"health.quick_check", "PRAGMA quick_check(1)"};
constexpr NamedSql some_tokens{"health.tokens", "SELECT spotify_id, sealed_tokens FROM users "
                                                "WHERE sealed_tokens IS NOT NULL ORDER BY user_key LIMIT 50"};

} // namespace

Result<DatabaseHealth> examine_database(const std::filesystem::path& file) {
    try {
        Connection connection{file, Connection::Mode::read_only};
        DatabaseHealth health{.known_version = std::ssize(schema_steps())};
        {
            Query version = connection.query(read_version);
            version.next();
            health.version = version.integer(0);
        }
        {
            Query check = connection.query(quick_check);
            if (check.next() && check.text(0) != "ok") {
                health.damage = check.text(0);
                // "*** in database main ***" is a line of its own.
                std::ranges::replace(health.damage, '\n', ' ');
            }
        }
        if (health.damage.empty() && health.version >= 1 && health.version <= health.known_version) {
            Query tokens = connection.query(some_tokens);
            while (tokens.next()) {
                health.sealed.emplace_back(UserId{tokens.text(0)}, tokens.bytes(1));
            }
        }
        return health;
    } catch (const SqliteFailure& failure) {
        return fail(Errc::internal, "Cannot read " + file.string() + ".", failure.what());
    }
}

bool is_in_use(const std::filesystem::path& data_dir) {
    return DataDir::is_locked(data_dir);
}

} // namespace personalify::storage
