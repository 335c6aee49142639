#include "main/secret_key.hpp"

#include "crypto/crypto.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

namespace personalify {

namespace {

constexpr std::size_t shortest_key = 32;
constexpr std::size_t shortest_token = 16;

std::unexpected<Error> cannot(const char* what, const std::filesystem::path& file) {
    return fail(Errc::internal, std::string{what} + ' ' + file.string() + ": " + std::strerror(errno));
}

bool write_whole(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(descriptor) == 0;
}

// Written beside its place and moved there, so that a crash never leaves half a key.
Result<> generate(const std::filesystem::path& file) {
    const std::filesystem::path fresh = file.string() + ".new";
    ::unlink(fresh.c_str());
    const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return cannot("cannot create", fresh);
    }
    const bool written = write_whole(descriptor, crypto::random_token() + '\n');
    ::close(descriptor);
    if (!written || ::rename(fresh.c_str(), file.c_str()) != 0) {
        return cannot("cannot write", fresh);
    }
    const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return {};
}

/// `without` says what becomes of a new one.
Result<std::string> kept_secret(const std::filesystem::path& file, std::size_t shortest,
                                const std::string& what, const std::string& without) {
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0) {
        if (errno != ENOENT) {
            return cannot("cannot read", file);
        }
        if (Result<> generated = generate(file); !generated) {
            return std::unexpected(generated.error());
        }
    } else if ((status.st_mode & 0077) != 0) {
        return fail(Errc::conflict,
                    file.string() + " can be read by other users: chmod 600 " + file.string());
    }
    std::ifstream in(file);
    std::string key{std::istreambuf_iterator<char>(in), {}};
    while (!key.empty() && (key.back() == '\n' || key.back() == '\r')) {
        key.pop_back();
    }
    if (key.size() < shortest) {
        return fail(Errc::conflict, file.string() + " does not hold " + what +
                                        "; remove it to have a new one made" + without);
    }
    return key;
}

} // namespace

Result<std::string> secret_key(const std::string& app_secret, const std::filesystem::path& data_dir) {
    if (!app_secret.empty()) {
        return app_secret;
    }
    return kept_secret(data_dir / "secret.key", shortest_key, "a key", " (users will have to sign in again)");
}

bool needs_new_key(const std::string& app_secret, const std::filesystem::path& data_dir) {
    std::error_code unknown;
    return app_secret.empty() && !std::filesystem::exists(data_dir / "secret.key", unknown);
}

std::filesystem::path admin_token_file(const std::filesystem::path& data_dir) {
    return data_dir / "admin-token";
}

Result<std::string> admin_token(const std::string& configured, const std::filesystem::path& data_dir) {
    if (!configured.empty()) {
        return configured;
    }
    return kept_secret(admin_token_file(data_dir), shortest_token, "an admin token", "");
}

Result<std::string> existing_secret_key(const std::string& app_secret,
                                        const std::filesystem::path& data_dir) {
    return needs_new_key(app_secret, data_dir) ? std::string{} : secret_key(app_secret, data_dir);
}

} // namespace personalify
