#include "main/fresh_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace personalify {

namespace {

std::filesystem::path partial_of(const std::filesystem::path& place) {
    return place.parent_path() / ("." + place.filename().string() + ".partial");
}

} // namespace

FreshFile::FreshFile(std::filesystem::path place, std::filesystem::path partial, int descriptor)
    : place_(std::move(place))
    , partial_(std::move(partial))
    , descriptor_(descriptor) {}

FreshFile::FreshFile(FreshFile&& other) noexcept
    : place_(std::move(other.place_))
    , partial_(std::move(other.partial_))
    , descriptor_(std::exchange(other.descriptor_, -1)) {}

FreshFile::~FreshFile() {
    if (descriptor_ >= 0) {
        ::unlink(partial_.c_str());
        ::close(descriptor_);
    }
}

std::unexpected<Error> FreshFile::cannot(const char* what) const {
    return fail(Errc::internal, std::string{what} + ' ' + partial_.string() + ": " + std::strerror(errno));
}

Result<FreshFile> FreshFile::create(const std::filesystem::path& place) {
    const std::filesystem::path partial = partial_of(place);
    const int descriptor =
        ::open(partial.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        return fail(Errc::internal, "cannot create " + partial.string() + ": " + std::strerror(errno));
    }
    // What a run that was killed left behind is nobody's.
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return fail(Errc::conflict, place.string() + " is being written by somebody else");
    }
    FreshFile file{place, partial, descriptor};
    if (::ftruncate(descriptor, 0) != 0 || ::fchmod(descriptor, S_IRUSR | S_IWUSR) != 0) {
        return file.cannot("cannot write");
    }
    return file;
}

Result<> FreshFile::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return cannot("cannot write");
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<> FreshFile::sync() {
    return ::fsync(descriptor_) == 0 ? Result<>{} : Result<>{cannot("cannot write")};
}

Result<> FreshFile::put_in_place() {
    if (Result<> synced = sync(); !synced) {
        return synced;
    }
    if (::rename(partial_.c_str(), place_.c_str()) != 0) {
        return cannot("cannot rename");
    }
    ::close(std::exchange(descriptor_, -1));
    return sync_folder(place_.parent_path());
}

Result<> sync_folder(const std::filesystem::path& folder) {
    const std::filesystem::path named = folder.empty() ? "." : folder;
    const int descriptor = ::open(named.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return synced ? Result<>{} : fail(Errc::internal, "cannot sync " + named.string());
}

} // namespace personalify
