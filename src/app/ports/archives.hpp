#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/task.hpp"

#include <memory>
#include <string>

namespace personalify::app {

/// An archive of files that is sent while it is made. Every call answers the bytes that can be sent now,
/// maybe none; they are to be sent in order. One call at a time. Errors: internal, overloaded.
class Archive {
public:
    virtual ~Archive() = default;
    /// Begins a file, after the end of the one before. ASCII names; '/' separates folders.
    virtual Task<Result<std::string>> begin_file(std::string name) = 0;
    virtual Task<Result<std::string>> append(std::string bytes) = 0;
    /// Ends the last file and the archive.
    virtual Task<Result<std::string>> finish() = 0;
};

/// Makes archives of one format, on threads of its own.
class ArchiveMaker {
public:
    virtual ~ArchiveMaker() = default;
    /// `at` becomes the time of the files.
    virtual std::unique_ptr<Archive> start(TimePoint at) = 0;
};

} // namespace personalify::app
