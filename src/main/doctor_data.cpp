#include "crypto/crypto.hpp"
#include "main/findings.hpp"
#include "storage/sqlite/health.hpp"
#include "storage/sqlite/maintenance.hpp"

#include <cstring>
#include <fstream>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace personalify {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t least_free = 200ULL * 1024 * 1024; ///< bytes
constexpr std::size_t shortest_key = 32;

/// Of statfs(2): file systems over a network, on which SQLite's locks and shared memory are not to be
/// trusted.
const char* network_file_system(const fs::path& folder) {
    struct statfs status{};
    if (::statfs(folder.c_str(), &status) != 0) {
        return nullptr;
    }
    switch (static_cast<std::uint32_t>(status.f_type)) {
    case 0x6969:
        return "NFS";
    case 0x517B:
    case 0xFF534D42:
    case 0xFE534D42:
        return "SMB";
    case 0x5346414F:
        return "AFS";
    case 0x00C36400:
        return "Ceph";
    case 0x01021997:
        return "9P";
    default:
        return nullptr;
    }
}

/// The folder itself, or what it will be made in.
fs::path nearest_existing(fs::path folder) {
    std::error_code unknown;
    folder = fs::absolute(folder, unknown);
    while (!fs::exists(folder, unknown) && folder.has_relative_path()) {
        folder = folder.parent_path();
    }
    return folder;
}

void check_place(const fs::path& folder, Findings& findings) {
    constexpr std::string_view check = "data_dir";
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        findings.problem(
            check, "The data folder can't be written: " + folder.string() + ": " + std::strerror(errno) + ".",
            "Give it to the user that runs Personalify (chown), or set another DATA_DIR.");
    }
    struct statvfs space{};
    if (::statvfs(folder.c_str(), &space) == 0) {
        const std::uint64_t left = std::uint64_t{space.f_bavail} * space.f_frsize;
        if (left < least_free) {
            findings.problem(check,
                             "Only " + std::to_string(left / 1024 / 1024) + " MiB are free at " +
                                 folder.string() + ".",
                             "Make room, or set another DATA_DIR.");
        }
    }
    if (const char* const kind = network_file_system(folder)) {
        findings.problem(check,
                         folder.string() + " is on " + std::string{kind} +
                             ", a network file system: SQLite can lose data there.",
                         "Set DATA_DIR to a folder on a local disk.");
    }
}

/// False when there is nothing to look into.
bool check_folder(const fs::path& folder, Findings& findings) {
    constexpr std::string_view check = "data_dir";
    struct stat status{};
    if (::stat(folder.c_str(), &status) != 0) {
        check_place(nearest_existing(folder), findings);
        return false;
    }
    if (!S_ISDIR(status.st_mode)) {
        findings.problem(check, folder.string() + " is no folder.", "Set DATA_DIR to a folder of its own.");
        return false;
    }
    check_place(folder, findings);
    if (status.st_uid != ::geteuid()) {
        findings.problem(check, folder.string() + " belongs to another user.",
                         "Run Personalify as its owner, or chown it.");
    }
    if ((status.st_mode & 0077) != 0) {
        findings.problem(check, folder.string() + " is open to other users of this machine.",
                         "chmod 700 " + folder.string());
    }
    return true;
}

void check_private(std::string_view check, const fs::path& file, Findings& findings) {
    struct stat status{};
    if (::stat(file.c_str(), &status) == 0 && (status.st_mode & 0077) != 0) {
        findings.problem(check, file.string() + " can be read by other users.", "chmod 600 " + file.string());
    }
}

/// The key that seals the tokens; "" when there is none yet, or none that can be used.
std::string check_key(const Patient& patient, Findings& findings) {
    if (!patient.settings.app_secret.empty()) {
        return patient.settings.app_secret;
    }
    constexpr std::string_view check = "secret_key";
    const fs::path file = patient.settings.data_dir / "secret.key";
    std::error_code unknown;
    if (!fs::exists(file, unknown)) {
        return {};
    }
    check_private(check, file, findings);
    std::ifstream in(file);
    std::string key{std::istreambuf_iterator<char>(in), {}};
    key.resize(key.find_last_not_of("\r\n") + 1);
    if (key.size() < shortest_key) {
        findings.problem(check, file.string() + " does not hold a key.",
                         "Put it back from a backup, or remove it: then everybody has to log in again.");
        return {};
    }
    return key;
}

void check_tokens(const storage::DatabaseHealth& health, const std::string& key, Findings& findings) {
    constexpr std::string_view check = "tokens";
    if (health.sealed.empty()) {
        return;
    }
    constexpr const char* remedy =
        "Put back the key (APP_SECRET or secret.key) that belongs to this database; "
        "without it these listeners have to log in again.";
    if (key.empty()) {
        findings.problem(check, "Spotify's tokens are stored, but the key that sealed them is gone.", remedy);
        return;
    }
    const crypto::SecretBox box{key};
    std::size_t closed = 0;
    for (const auto& [user, sealed] : health.sealed) {
        closed += box.open(sealed, user.str()) ? 0 : 1;
    }
    if (closed > 0) {
        findings.problem(check,
                         "The key does not open Spotify's tokens of " + std::to_string(closed) + " of " +
                             std::to_string(health.sealed.size()) + " listeners looked at.",
                         remedy);
    }
}

void check_database(const fs::path& file, const std::string& key, Findings& findings) {
    constexpr std::string_view check = "database";
    std::error_code unknown;
    if (!fs::exists(file, unknown) || fs::file_size(file, unknown) == 0) {
        return;
    }
    const Result<storage::DatabaseHealth> health = storage::examine_database(file);
    if (!health) {
        findings.problem(check,
                         "The database can't be read: " + file.string() + ": " + health.error().cause + ".",
                         "Put it back from a backup, or move it away to begin anew.");
        return;
    }
    if (health->version > health->known_version) {
        findings.problem(check,
                         "A newer Personalify wrote the database (schema " + std::to_string(health->version) +
                             ", this one knows " + std::to_string(health->known_version) + ").",
                         "Run the newer program, or put back the backup from before the update.");
    }
    if (!health->damage.empty()) {
        findings.problem(check, "The database is damaged: " + health->damage + ".",
                         "Stop the service and put the database back from a backup.");
    }
    check_tokens(*health, key, findings);
}

} // namespace

void check_data(const Patient& patient, Findings& findings) {
    const fs::path& folder = patient.settings.data_dir;
    if (!check_folder(folder, findings)) {
        return;
    }
    const std::string key = check_key(patient, findings);
    check_private("admin_token", folder / "admin-token", findings);
    check_private("database", storage::database_file(folder), findings);
    check_database(storage::database_file(folder), key, findings);
}

} // namespace personalify
