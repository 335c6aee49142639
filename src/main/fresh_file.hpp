#pragma once

#include "core/error.hpp"

#include <filesystem>
#include <string_view>

namespace personalify {

/// A file that only its owner may read, written beside its place as `.NAME.partial` and moved there when it
/// is whole and on the disk: whatever happens, nothing half-made has its name. One writer at a time.
/// Errors: conflict (somebody else is writing it), internal.
class FreshFile {
public:
    static Result<FreshFile> create(const std::filesystem::path& place);
    ~FreshFile();
    FreshFile(FreshFile&& other) noexcept;
    FreshFile& operator=(FreshFile&&) = delete;

    Result<> write(std::string_view bytes);
    /// On the disk under its passing name; for who looks into it before it takes its place.
    Result<> sync();
    /// Replaces what has the name.
    Result<> put_in_place();
    const std::filesystem::path& passing_name() const { return partial_; }

private:
    FreshFile(std::filesystem::path place, std::filesystem::path partial, int descriptor);
    std::unexpected<Error> cannot(const char* what) const;

    std::filesystem::path place_;
    std::filesystem::path partial_;
    int descriptor_; ///< -1: moved from, or in its place
};

/// Makes what was created, renamed or removed in the folder durable.
Result<> sync_folder(const std::filesystem::path& folder);

} // namespace personalify
