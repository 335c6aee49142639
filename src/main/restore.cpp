#include "main/restore.hpp"

#include "crypto/crypto.hpp"
#include "crypto/passphrase.hpp"
#include "main/backup_file.hpp"
#include "main/console.hpp"
#include "main/passphrase.hpp"
#include "main/secret_key.hpp"
#include "storage/sqlite/data_dir.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace personalify {

namespace {

constexpr const char* aside_suffix = ".before-restore";

/// Where things come to lie.
struct Place {
    std::filesystem::path data_dir;
    std::filesystem::path database;
    std::filesystem::path key;
};

bool is_there(const std::filesystem::path& path) {
    std::error_code unknown;
    return std::filesystem::exists(path, unknown);
}

std::filesystem::path aside(const std::filesystem::path& path) {
    return path.string() + aside_suffix;
}

Result<> may_replace(const std::filesystem::path& path, bool force) {
    if (!is_there(path)) {
        return {};
    }
    if (!force) {
        return fail(Errc::conflict, path.string() + " is there already; --force sets it aside as " +
                                        aside(path).filename().string());
    }
    if (is_there(aside(path))) {
        return fail(Errc::conflict, aside(path).string() + " is there already; move it away first");
    }
    return {};
}

/// Gives it a second name, so that it is there until what replaces it takes the first.
Result<> set_aside(const std::filesystem::path& path) {
    if (is_there(path) && ::link(path.c_str(), aside(path).c_str()) != 0) {
        return fail(Errc::internal, "cannot set " + path.string() + " aside: " + std::strerror(errno));
    }
    return {};
}

/// The old database with all that its log holds; where that can't be moved into it, with the log.
Result<> set_database_aside(const Place& place) {
    if (!is_there(place.database)) {
        return {};
    }
    const std::string log = place.database.string() + "-wal";
    const std::string index = place.database.string() + "-shm";
    const bool settled = storage::settle_database(place.database).has_value();
    if (Result<> kept = set_aside(place.database); !kept) {
        return kept;
    }
    if (!settled && is_there(log)) {
        const std::string kept_log = aside(place.database).string() + "-wal";
        if (::link(log.c_str(), kept_log.c_str()) != 0) {
            return fail(Errc::internal, "cannot set " + log + " aside: " + std::strerror(errno));
        }
    }
    ::unlink(log.c_str()); // of the database that goes: it would be taken for the new one's
    ::unlink(index.c_str());
    return {};
}

/// The key in the backup, in the clear; "" when there is none in it.
Result<std::string> open_key(const BackupHeader& header, const RestoreOptions& options) {
    if (header.sealed_key.empty()) {
        return std::string{};
    }
    const Result<std::string> passphrase = read_passphrase(options.passphrase_file, false);
    if (!passphrase) {
        return std::unexpected(passphrase.error());
    }
    const Result<std::string> sealed = crypto::base64_decode(header.sealed_key);
    Result<std::string> key =
        sealed ? crypto::open_with_passphrase(*sealed, *passphrase, header.created_at) : sealed;
    if (!key) {
        return fail(Errc::invalid_argument,
                    "the passphrase does not open the key in " + options.file.string());
    }
    return key;
}

Result<> put_key(const Place& place, const std::string& key) {
    Result<FreshFile> file = FreshFile::create(place.key);
    if (!file) {
        return std::unexpected(std::move(file.error()));
    }
    if (Result<> written = file->write(key + '\n'); !written) {
        return written;
    }
    if (Result<> kept = set_aside(place.key); !kept) {
        return kept;
    }
    return file->put_in_place();
}

/// The database, written beside its place and found to be what the header says.
Result<FreshFile> unpack(const RestoreOptions& options, const BackupHeader& header, const Place& place) {
    Result<FreshFile> database = FreshFile::create(place.database);
    if (!database) {
        return database;
    }
    if (Result<> extracted = extract_database(options.file, header, *database); !extracted) {
        return std::unexpected(std::move(extracted.error()));
    }
    const Result<storage::DatabaseFacts> facts = storage::inspect_database(database->passing_name());
    if (!facts) {
        return std::unexpected(facts.error());
    }
    if (*facts != header.facts()) {
        return fail(Errc::conflict, options.file.string() + " does not hold what its header says");
    }
    return database;
}

void tell_of_key(const config::Settings& settings, const BackupHeader& header, const Place& place) {
    if (header.key_id.empty()) {
        return; // nothing was ever sealed
    }
    const Result<std::string> key = existing_secret_key(settings.app_secret, settings.data_dir);
    const char* held_by = settings.app_secret.empty() ? place.key.c_str() : "APP_SECRET";
    if (key && key_id_of(*key) == header.key_id) {
        std::printf("Spotify's tokens open with the key of %s.\n", held_by);
    } else if (key && !key->empty()) {
        std::printf(
            "The key of %s does not open Spotify's tokens: they were sealed with another (%s). Put that "
            "one there before you start the service, or listeners have to log in again.\n",
            held_by, header.key_id.c_str());
    } else {
        std::printf(
            "The backup holds no key. Put the one that Spotify's tokens were sealed with (%s: the old "
            "secret.key, or its APP_SECRET) into %s, mode 0600, before you start the service, or "
            "listeners have to log in again.\n",
            header.key_id.c_str(), place.key.c_str());
    }
}

Result<BackupHeader> check(const std::filesystem::path& file) {
    Counted bytes;
    bytes.all = 1;
    const Progress bar{"Checking", [&] { return bytes.share(); }};
    return check_backup(file, bytes);
}

Result<> restore_into(const config::Settings& settings, const RestoreOptions& options) {
    const Place place{.data_dir = settings.data_dir,
                      .database = storage::database_file(settings.data_dir),
                      .key = settings.data_dir / "secret.key"};
    const Result<BackupHeader> header = check(options.file);
    if (!header) {
        return std::unexpected(header.error());
    }
    const Result<std::string> key = open_key(*header, options);
    if (!key) {
        return std::unexpected(key.error());
    }
    const Result<storage::DataDir> held = storage::DataDir::open(place.data_dir);
    if (!held) {
        return std::unexpected(held.error());
    }
    if (Result<> allowed = may_replace(place.database, options.force); !allowed) {
        return allowed;
    }
    const Result<std::string> old_key = existing_secret_key("", place.data_dir);
    const bool new_key = !key->empty() && (!old_key || *old_key != *key);
    if (Result<> allowed = new_key ? may_replace(place.key, options.force) : Result<>{}; !allowed) {
        return allowed;
    }
    Result<FreshFile> database = unpack(options, *header, place);
    if (!database) {
        return std::unexpected(std::move(database.error()));
    }
    if (Result<> put = new_key ? put_key(place, *key) : Result<>{}; !put) {
        return put;
    }
    if (Result<> kept = set_database_aside(place); !kept) {
        return kept;
    }
    if (Result<> placed = database->put_in_place(); !placed) {
        return placed;
    }
    std::printf("Restored %lld users, %lld sessions and %lld syncs of %s into %s.\n",
                static_cast<long long>(header->users), static_cast<long long>(header->sessions),
                static_cast<long long>(header->syncs), header->created_at.c_str(), place.data_dir.c_str());
    tell_of_key(settings, *header, place);
    return {};
}

} // namespace

int restore(const config::Settings& settings, const RestoreOptions& options) {
    const Result<> done = restore_into(settings, options);
    if (!done) {
        complain(done.error());
        return 1;
    }
    return 0;
}

} // namespace personalify
