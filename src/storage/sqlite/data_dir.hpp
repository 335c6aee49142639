#pragma once

#include "core/error.hpp"

#include <filesystem>

namespace personalify::storage {

/// The data directory, held by this process alone for as long as the object lives.
class DataDir {
public:
    /// Creates the directory (mode 0700) when missing and locks it. Errors: conflict, internal.
    static Result<DataDir> open(const std::filesystem::path& path);
    /// Whether a process holds it. Creates nothing.
    static bool is_locked(const std::filesystem::path& path);
    ~DataDir();
    DataDir(DataDir&& other) noexcept;
    DataDir& operator=(DataDir&&) = delete;

    /// Path of a file in it, which is created (mode 0600) when missing.
    Result<std::filesystem::path> file(std::string_view name) const;

private:
    DataDir(std::filesystem::path path, int lock)
        : path_(std::move(path))
        , lock_(lock) {}

    std::filesystem::path path_;
    int lock_; ///< descriptor of the lock file, or -1; the kernel drops the lock with the process
};

} // namespace personalify::storage
