#include "storage/sqlite/migrations.hpp"

namespace personalify::storage {

namespace {

constexpr NamedSql read_version{"migrations.version", "PRAGMA user_version"};
constexpr NamedSql begin_step{"migrations.begin", "BEGIN IMMEDIATE"};
constexpr NamedSql commit_step{"migrations.commit", "COMMIT"};

} // namespace

std::int64_t version_of(Connection& connection) {
    Query query = connection.query(read_version);
    query.next();
    return query.integer(0);
}

Result<> migrate(Connection& connection, std::span<const std::string_view> steps) {
    const std::int64_t version = version_of(connection);
    if (version > std::ssize(steps)) {
        return fail(Errc::conflict, "The database has schema version " + std::to_string(version) +
                                        ", but this version of Personalify knows only up to " +
                                        std::to_string(steps.size()) +
                                        ". Start the newer version of Personalify that wrote it.");
    }
    for (std::size_t step = static_cast<std::size_t>(version); step < steps.size(); ++step) {
        const std::string name = "migrations.step_" + std::to_string(step + 1);
        const std::string set_version = "PRAGMA user_version = " + std::to_string(step + 1);
        try {
            connection.script(begin_step);
            connection.script({name, steps[step]});
            connection.script({name, set_version});
            connection.script(commit_step);
        } catch (...) {
            connection.roll_back();
            throw;
        }
    }
    return {};
}

} // namespace personalify::storage
