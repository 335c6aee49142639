#include "storage/sqlite/data_dir.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace personalify::storage {

namespace {

constexpr std::string_view lock_name = "personalify.lock";

std::unexpected<Error> cannot(std::string_view what, const std::filesystem::path& path, int error) {
    return fail(Errc::internal, "Cannot " + std::string{what} + " " + path.string() + ": " +
                                    std::generic_category().message(error) + ".");
}

/// Opens a file that only its owner may read, creating it when missing. -1 on failure.
int open_private(const std::filesystem::path& path) {
    return ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
}

/// As mkdir -p, for nobody else: the demo's folder lies in what may become the folder of real data.
bool make_folders(const std::filesystem::path& path) {
    std::error_code unknown;
    if (path.empty() || std::filesystem::is_directory(path, unknown)) {
        return true;
    }
    return make_folders(path.parent_path()) && (::mkdir(path.c_str(), S_IRWXU) == 0 || errno == EEXIST);
}

} // namespace

Result<DataDir> DataDir::open(const std::filesystem::path& path) {
    if (path.has_parent_path() && !make_folders(path.parent_path())) {
        return cannot("create the folder of the data directory", path, errno);
    }
    if (::mkdir(path.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
        return cannot("create the data directory", path, errno);
    }
    const int lock = open_private(path / lock_name);
    if (lock < 0) {
        return cannot("write to the data directory", path, errno);
    }
    DataDir dir{path, lock};
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        return errno == EWOULDBLOCK ? fail(Errc::conflict, "The data directory " + path.string() +
                                                               " is in use by another process.")
                                    : cannot("lock the data directory", path, errno);
    }
    return dir;
}

bool DataDir::is_locked(const std::filesystem::path& path) {
    const int lock = ::open((path / lock_name).c_str(), O_RDWR | O_CLOEXEC);
    if (lock < 0) {
        return false;
    }
    const bool locked = ::flock(lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(lock);
    return locked;
}

DataDir::~DataDir() {
    if (lock_ >= 0) {
        ::close(lock_);
    }
}

DataDir::DataDir(DataDir&& other) noexcept
    : path_(std::move(other.path_))
    , lock_(std::exchange(other.lock_, -1)) {}

Result<std::filesystem::path> DataDir::file(std::string_view name) const {
    std::filesystem::path path = path_ / name;
    const int descriptor = open_private(path);
    if (descriptor < 0) {
        return cannot("open", path, errno);
    }
    ::close(descriptor);
    return path;
}

} // namespace personalify::storage
