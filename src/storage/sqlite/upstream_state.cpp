#include "storage/sqlite/upstream_state.hpp"

namespace personalify::storage {

namespace {

constexpr NamedSql find_state{"upstream_state.find",
                              "SELECT closed_until FROM upstream_state WHERE name = ?1"};
constexpr NamedSql save_state{"upstream_state.save",
                              "INSERT INTO upstream_state (name, closed_until) VALUES (?1, ?2) "
                              "ON CONFLICT (name) DO UPDATE SET closed_until = excluded.closed_until"};

} // namespace

Task<Result<std::optional<TimePoint>>> SqliteUpstreamState::closed_until(std::string upstream) {
    return database_.read(
        [upstream = std::move(upstream)](Connection& connection) -> Result<std::optional<TimePoint>> {
            Query query = connection.query(find_state, upstream);
            if (!query.next()) {
                return std::nullopt;
            }
            return query.time(0);
        });
}

Task<Result<>> SqliteUpstreamState::close_until(std::string upstream, TimePoint until) {
    return database_.write([upstream = std::move(upstream), until](Connection& connection) -> Result<> {
        connection.execute(save_state, upstream, until);
        return {};
    });
}

} // namespace personalify::storage
