#pragma once

#include "app/ports/reports.hpp"
#include "net/blocking_pool.hpp"
#include "storage/sqlite/connection.hpp"

#include <filesystem>
#include <functional>

namespace personalify::storage {

/// Reads rows of one moment on a connection of its own, whose read transaction pins that moment.
template <class Row>
class SqliteSnapshot final : public app::Snapshot<Row> {
public:
    using Read = Row (*)(const Query&);

    /// Opens the connection on the pool's thread. `sql` takes no parameters and lives as long as the program.
    static Task<Result<std::unique_ptr<app::Snapshot<Row>>>>
    open(net::BlockingPool& pool, std::filesystem::path file, const NamedSql& sql, Read read) {
        using Opened = Result<std::unique_ptr<app::Snapshot<Row>>>;
        co_return co_await pool.run([&pool, file = std::move(file), &sql, read]() -> Opened {
            try {
                return std::make_unique<SqliteSnapshot>(pool, std::make_shared<State>(file, sql, read));
            } catch (const SqliteFailure& failure) {
                return std::unexpected(failure.error());
            }
        });
    }

    Task<Result<std::vector<Row>>> next(std::size_t at_most) override {
        co_return co_await pool_.run([state = state_, at_most]() -> Result<std::vector<Row>> {
            try {
                return state->next(at_most);
            } catch (const SqliteFailure& failure) {
                return std::unexpected(failure.error());
            }
        });
    }

private:
    /// Held by the batch that is being read, too: who leaves meanwhile takes nothing away from it.
    struct State {
        State(const std::filesystem::path& file, const NamedSql& sql, Read reads)
            : connection(file, Connection::Mode::snapshot)
            , query(connection.query(sql))
            , read(reads)
            , more(query.next()) {} // the first step begins the read transaction

        std::vector<Row> next(std::size_t at_most) {
            std::vector<Row> rows;
            while (more && rows.size() < at_most) {
                rows.push_back(read(query));
                more = query.next();
            }
            return rows;
        }

        Connection connection;
        Query query;
        Read read;
        bool more;
    };

public:
    SqliteSnapshot(net::BlockingPool& pool, std::shared_ptr<State> state)
        : pool_(pool)
        , state_(std::move(state)) {}

private:
    net::BlockingPool& pool_;
    std::shared_ptr<State> state_;
};

} // namespace personalify::storage
