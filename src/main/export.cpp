#include "main/export.hpp"

#include "domain/csv.hpp"
#include "json/write.hpp"
#include "main/console.hpp"
#include "main/progress.hpp"
#include "main/stored.hpp"
#include "storage/sqlite/sqlite.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace personalify {

namespace {

constexpr std::size_t rows_at_once = 500;

struct Closer {
    void operator()(std::FILE* file) const {
        if (file != stdout) {
            std::fclose(file);
        }
    }
};
using File = std::unique_ptr<std::FILE, Closer>;

Error cannot_write(const std::filesystem::path& file) {
    return {Errc::internal, "Cannot write " +
                                (file.empty() ? std::string{"the standard output"} : file.string()) + ": " +
                                std::strerror(errno) + "."};
}

/// Empties a file that is there; nobody else may read it. A device or a pipe stays as it is.
Result<File> open_output(const std::filesystem::path& file) {
    if (file.empty()) {
        return File{stdout};
    }
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    std::FILE* stream = descriptor < 0 ? nullptr : ::fdopen(descriptor, "wb");
    struct stat status{};
    const bool is_file = stream != nullptr && ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    if (stream == nullptr || (is_file && ::fchmod(descriptor, S_IRUSR | S_IWUSR) != 0)) {
        return std::unexpected(cannot_write(file));
    }
    return File{stream};
}

template <class Row>
constexpr std::string_view csv_head = "";
template <>
constexpr std::string_view csv_head<app::ExportedUser> =
    "ID,Spotify ID,Display Name,Top 10 Artists,Top 10 Tracks\r\n";
template <>
constexpr std::string_view csv_head<app::ExportedSync> = "Spotify ID,Time Range,Synced At,Document\r\n";

void append_csv(std::string& to, const app::ExportedUser& user) {
    append_csv_row(to, {std::to_string(user.number), user.id.str(), user.name, joined(user.artists),
                        joined(user.tracks)});
}

void append_csv(std::string& to, const app::ExportedSync& sync) {
    append_csv_row(to, {sync.user.str(), to_string(sync.range), to_rfc3339(sync.synced_at), sync.document});
}

std::string json_of(const app::ExportedUser& user) {
    return R"({"kind":"user","id":)" + std::to_string(user.number) + R"(,"spotify_id":)" +
           json::write(user.id.str()) + R"(,"display_name":)" + json::write(user.name) +
           R"(,"top_artists":)" + json::write(user.artists) + R"(,"top_tracks":)" + json::write(user.tracks) +
           '}';
}

std::string json_of(const app::ExportedSync& sync) {
    return R"({"kind":"sync","spotify_id":)" + json::write(sync.user.str()) + R"(,"time_range":")" +
           std::string{to_string(sync.range)} + R"(","last_synced":")" + to_rfc3339(sync.synced_at) +
           R"(","data":)" + sync.document + '}';
}

/// Writes the tables of one export, one after the other.
class Exporter {
public:
    Exporter(std::FILE* file, const ExportOptions& options, Counted& rows)
        : file_(file)
        , options_(options)
        , rows_(rows) {}

    template <class Row>
    Task<Result<>> table(app::Snapshot<Row>& rows) {
        std::string text{options_.format == ExportFormat::csv ? csv_head<Row> : ""};
        for (;;) {
            const Result<std::vector<Row>> batch = co_await rows.next(rows_at_once);
            if (!batch) {
                co_return std::unexpected(batch.error());
            }
            for (const Row& row : *batch) {
                append(text, row);
            }
            if (!write(text)) {
                co_return std::unexpected(cannot_write(options_.output));
            }
            if (batch->empty()) {
                co_return Result<>{};
            }
            rows_.done += std::ssize(*batch);
            text.clear();
        }
    }

    /// After the last table.
    Result<> finish() {
        const bool closed = options_.format != ExportFormat::json || write(any_ ? "\n]\n" : "[]\n");
        return closed && std::fflush(file_) == 0 ? Result<>{}
                                                 : std::unexpected(cannot_write(options_.output));
    }

private:
    template <class Row>
    void append(std::string& text, const Row& row) {
        if (options_.format == ExportFormat::csv) {
            append_csv(text, row);
        } else if (options_.format == ExportFormat::ndjson) {
            text.append(json_of(row)).append("\n");
        } else {
            text.append(std::exchange(any_, true) ? ",\n" : "[\n").append(json_of(row));
        }
    }
    bool write(std::string_view text) {
        return std::fwrite(text.data(), 1, text.size(), file_) == text.size();
    }

    std::FILE* file_;
    const ExportOptions& options_;
    Counted& rows_;
    bool any_ = false;
};

Task<Result<>> export_tables(app::ReportStore& store, std::FILE* file, const ExportOptions& options) {
    const Result<StoredTotals> totals = co_await store.totals(0, 0);
    if (!totals) {
        co_return std::unexpected(totals.error());
    }
    const bool users = options.what != Exported::history;
    const bool history = options.what != Exported::users;
    Counted rows{.all = (users ? totals->users : 0) + (history ? totals->syncs : 0)};
    const Progress bar{"Exporting", [&] { return rows.share(); }};
    Exporter exporter{file, options, rows};
    // Both before the first row, so that they are of about the same moment.
    const Result<app::UserSnapshot> all_users = co_await store.users();
    const Result<app::SyncSnapshot> all_syncs = co_await store.syncs();
    if (!all_users || !all_syncs) {
        co_return std::unexpected(!all_users ? all_users.error() : all_syncs.error());
    }
    if (users) {
        if (Result<> done = co_await exporter.table(**all_users); !done) {
            co_return done;
        }
    }
    if (history) {
        if (Result<> done = co_await exporter.table(**all_syncs); !done) {
            co_return done;
        }
    }
    co_return exporter.finish();
}

Result<> run_export(const config::Settings& settings, const ExportOptions& options) {
    if (options.what == Exported::all && options.format == ExportFormat::csv) {
        return fail(Errc::invalid_argument, "Users and history do not fit into one CSV file: export each, or "
                                            "choose --format json or ndjson.");
    }
    const auto stores = storage::read_sqlite(settings.data_dir);
    if (!stores) {
        return std::unexpected(stores.error());
    }
    const Result<File> file = open_output(options.output);
    if (!file) {
        return std::unexpected(file.error());
    }
    return run_now(export_tables((*stores)->reports(), file->get(), options));
}

} // namespace

int export_stored(const config::Settings& settings, const ExportOptions& options) {
    const Result<> done = run_export(settings, options);
    if (!done) {
        complain(done.error());
    }
    return done ? 0 : 1;
}

} // namespace personalify
