#include "main/backup.hpp"

#include "core/clock.hpp"
#include "crypto/crypto.hpp"
#include "crypto/passphrase.hpp"
#include "main/backup_file.hpp"
#include "main/build_info.hpp"
#include "main/console.hpp"
#include "main/passphrase.hpp"
#include "main/secret_key.hpp"

#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace personalify {

namespace {

/// A file for the length of this object, which only its owner may read.
class ScratchFile {
public:
    explicit ScratchFile(std::filesystem::path path)
        : path_(std::move(path)) {
        ::unlink(path_.c_str());
        const int descriptor =
            ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (descriptor >= 0) {
            ::close(descriptor);
        }
    }
    ~ScratchFile() { ::unlink(path_.c_str()); }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::int64_t size() const {
        std::error_code unknown;
        const auto bytes = std::filesystem::file_size(path_, unknown);
        return unknown ? 0 : static_cast<std::int64_t>(bytes);
    }

private:
    std::filesystem::path path_;
};

std::int64_t size_of(const std::filesystem::path& file) {
    std::error_code unknown;
    const auto bytes = std::filesystem::file_size(file, unknown);
    return unknown ? 0 : static_cast<std::int64_t>(bytes);
}

Result<storage::DatabaseFacts> copy_and_check(const std::filesystem::path& data_dir,
                                              const ScratchFile& copy) {
    const std::int64_t expected = size_of(storage::database_file(data_dir));
    const Progress bar{"Copying", [&] {
                           return expected > 0
                                      ? static_cast<double>(copy.size()) / static_cast<double>(expected)
                                      : 1.0;
                       }};
    if (Result<> copied = storage::copy_database(data_dir, copy.path()); !copied) {
        return std::unexpected(std::move(copied.error()));
    }
    return storage::inspect_database(copy.path());
}

/// What is asked of the operator comes first: then the work goes on alone.
struct Key {
    std::string material;   ///< "" when there is none
    std::string passphrase; ///< "" when the key stays out
};

Result<Key> key_for(const config::Settings& settings, const BackupOptions& options) {
    Result<std::string> material = existing_secret_key(settings.app_secret, settings.data_dir);
    if (!material) {
        return std::unexpected(std::move(material.error()));
    }
    Key key{.material = std::move(*material), .passphrase = {}};
    if (!options.with_key) {
        return key;
    }
    if (key.material.empty()) {
        return fail(Errc::not_found,
                    "there is no key: APP_SECRET is not set, and there is no secret.key in " +
                        settings.data_dir.string());
    }
    Result<std::string> passphrase = read_passphrase(options.passphrase_file, true);
    if (!passphrase) {
        return std::unexpected(std::move(passphrase.error()));
    }
    key.passphrase = std::move(*passphrase);
    return key;
}

BackupHeader header_of(const storage::DatabaseFacts& facts, const Key& key, std::int64_t database_bytes) {
    BackupHeader header{.created_at = to_rfc3339(SystemClock{}.now()),
                        .version = version_number(),
                        .database_bytes = database_bytes,
                        .schema = facts.schema,
                        .users = facts.users,
                        .sessions = facts.sessions,
                        .syncs = facts.syncs,
                        .key_id = key_id_of(key.material),
                        .sealed_key = {}};
    if (!key.passphrase.empty()) {
        header.sealed_key =
            crypto::base64(crypto::seal_with_passphrase(key.material, key.passphrase, header.created_at));
    }
    return header;
}

void tell(const BackupOptions& options, const BackupHeader& header) {
    std::printf("%s: %lld users, %lld sessions, %lld syncs, schema %lld, %lld bytes of database.\n",
                options.file.c_str(), static_cast<long long>(header.users),
                static_cast<long long>(header.sessions), static_cast<long long>(header.syncs),
                static_cast<long long>(header.schema), static_cast<long long>(header.database_bytes));
    if (header.sealed_key.empty() && !header.key_id.empty()) {
        std::printf("The key that Spotify's tokens are sealed with (%s) is not in it: keep it apart, or "
                    "listeners have to log in again.\n",
                    header.key_id.c_str());
    }
}

Result<> back_up(const config::Settings& settings, const BackupOptions& options) {
    std::error_code unknown;
    if (!options.force && std::filesystem::exists(options.file, unknown)) {
        return fail(Errc::conflict, options.file.string() + " is there already; --force replaces it");
    }
    if (!std::filesystem::exists(storage::database_file(settings.data_dir), unknown)) {
        return fail(Errc::not_found, "there is no database in " + settings.data_dir.string());
    }
    const Result<Key> key = key_for(settings, options);
    if (!key) {
        return std::unexpected(key.error());
    }
    Result<FreshFile> out = FreshFile::create(options.file);
    if (!out) {
        return std::unexpected(std::move(out.error()));
    }
    const ScratchFile copy{out->passing_name().string() + "-db"};
    const Result<storage::DatabaseFacts> facts = copy_and_check(settings.data_dir, copy);
    if (!facts) {
        return std::unexpected(facts.error());
    }
    const BackupHeader header = header_of(*facts, *key, copy.size());
    {
        Counted bytes{.all = header.database_bytes};
        const Progress bar{"Writing", [&] { return bytes.share(); }};
        if (Result<> written = write_backup(*out, header, copy.path(), bytes); !written) {
            return written;
        }
        if (Result<> placed = out->put_in_place(); !placed) {
            return placed;
        }
    }
    tell(options, header);
    return {};
}

} // namespace

int backup(const config::Settings& settings, const BackupOptions& options) {
    const Result<> done = back_up(settings, options);
    if (!done) {
        complain(done.error());
        return 1;
    }
    return 0;
}

} // namespace personalify
