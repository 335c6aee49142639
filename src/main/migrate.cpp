#include "main/migrate.hpp"

#include "main/console.hpp"
#include "storage/sqlite/maintenance.hpp"

#include <cstdio>

namespace personalify {

int migrate(const config::Settings& settings) {
    const Result<storage::SchemaChange> change = storage::migrate_database(settings.data_dir);
    if (!change) {
        complain(change.error());
        return 1;
    }
    const auto from = static_cast<long long>(change->from);
    const auto to = static_cast<long long>(change->to);
    if (from == to) {
        std::printf("Nothing to do: the schema is at version %lld.\n", to);
    } else {
        std::printf("The schema went from version %lld to %lld.\n", from, to);
    }
    return 0;
}

} // namespace personalify
