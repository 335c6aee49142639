#include "storage/sqlite/sqlite.hpp"

#include "storage/sqlite/access_requests.hpp"
#include "storage/sqlite/counts.hpp"
#include "storage/sqlite/data_dir.hpp"
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/genres.hpp"
#include "storage/sqlite/history.hpp"
#include "storage/sqlite/jobs.hpp"
#include "storage/sqlite/library.hpp"
#include "storage/sqlite/lyrics.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/reports.hpp"
#include "storage/sqlite/sessions.hpp"
#include "storage/sqlite/title_readings.hpp"
#include "storage/sqlite/translations.hpp"
#include "storage/sqlite/upstream_state.hpp"
#include "storage/sqlite/users.hpp"

namespace personalify::storage {

namespace {

constexpr std::string_view database_name = "personalify.db";

class SqliteStores final : public Stores {
public:
    SqliteStores(DataDir dir, const std::filesystem::path& file, const Clock& clock)
        : dir_(std::move(dir))
        , database_(file)
        , users_(database_, clock)
        , reports_(database_, file) {}

    app::UserStore& users() override { return users_; }
    app::InvitedUserStore& invited_users() override { return users_; }
    app::SessionStore& sessions() override { return sessions_; }
    app::LibraryStore& library() override { return library_; }
    app::HistoryStore& history() override { return history_; }
    app::TitleReadingStore& title_readings() override { return title_readings_; }
    app::JobStore& jobs() override { return jobs_; }
    app::AccessRequestStore& access_requests() override { return access_requests_; }
    app::UpstreamStateStore& upstream_state() override { return upstream_state_; }
    app::TranslationStore& translations() override { return translations_; }
    app::LyricsStore& lyrics() override { return lyrics_; }
    app::GenreStore& genres() override { return genres_; }
    app::ReportStore& reports() override { return reports_; }
    app::CountStore& counts() override { return counts_; }
    Task<Result<>> ping() override { return database_.ping(); }
    void measure(metrics::Sink& sink) const override { database_.measure(sink); }
    std::vector<const net::BlockingPool*> pools() const override { return database_.pools(); }

private:
    DataDir dir_; // first: unlocked when the database is closed
    Database database_;
    SqliteUsers users_;
    SqliteSessions sessions_{database_};
    SqliteLibrary library_{database_};
    SqliteHistory history_{database_};
    SqliteTitleReadings title_readings_{database_};
    SqliteJobs jobs_{database_};
    SqliteAccessRequests access_requests_{database_};
    SqliteUpstreamState upstream_state_{database_};
    SqliteTranslations translations_{database_};
    SqliteLyrics lyrics_{database_};
    SqliteGenres genres_{database_};
    SqliteReports reports_;
    SqliteCounts counts_{database_};
};

class SqliteReadOnlyStores final : public ReadOnlyStores {
public:
    explicit SqliteReadOnlyStores(const std::filesystem::path& file)
        : database_(file)
        , reports_(database_, file) {}

    app::ReportStore& reports() override { return reports_; }

private:
    Database database_; // its writing thread is never asked
    SqliteReports reports_;
};

std::unexpected<Error> cannot_open(const std::filesystem::path& file, const SqliteFailure& failure) {
    return fail(Errc::internal, "Cannot open " + file.string() + ": " + failure.what() + ".", failure.what());
}

} // namespace

Result<std::unique_ptr<ReadOnlyStores>> read_sqlite(const std::filesystem::path& data_dir) {
    const std::filesystem::path file = data_dir / database_name;
    std::error_code unknown;
    if (!std::filesystem::exists(file, unknown)) {
        return fail(Errc::not_found, "There is no database in " + data_dir.string() +
                                         ": --data-dir and --demo name the folder of a service.");
    }
    try {
        Connection connection{file, Connection::Mode::read_only};
        if (version_of(connection) != std::ssize(schema_steps())) {
            return fail(Errc::conflict, file.string() +
                                            " was written by another version of Personalify: start "
                                            "the service of this version once.");
        }
        return std::make_unique<SqliteReadOnlyStores>(file);
    } catch (const SqliteFailure& failure) {
        return cannot_open(file, failure);
    }
}

Result<std::unique_ptr<Stores>> open_sqlite(const std::filesystem::path& data_dir, const Clock& clock) {
    Result<DataDir> dir = DataDir::open(data_dir);
    if (!dir) {
        return std::unexpected(dir.error());
    }
    const Result<std::filesystem::path> file = dir->file(database_name);
    if (!file) {
        return std::unexpected(file.error());
    }
    try {
        Connection connection{*file, Connection::Mode::read_write};
        if (const Result<> migrated = migrate(connection, schema_steps()); !migrated) {
            return fail(migrated.error().code, file->string() + ": " + migrated.error().detail);
        }
        return std::make_unique<SqliteStores>(*std::move(dir), *file, clock);
    } catch (const SqliteFailure& failure) {
        return cannot_open(*file, failure);
    }
}

} // namespace personalify::storage
