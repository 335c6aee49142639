#pragma once

#include "core/error.hpp"

#include <filesystem>
#include <fstream>
#include <istream>
#include <optional>

namespace personalify {

/// Says on standard error what went wrong.
void complain(const Error& error);

/// What a command reads: a file, or the standard input when none is named.
class Input {
public:
    /// `name`: "" or "-" for the standard input. To be called before anything else of this process reads or
    /// prints. Errors: not_found.
    static Result<Input> open(const std::filesystem::path& name);

    std::istream& stream();
    /// Whether somebody types it.
    bool is_typed() const;

private:
    std::optional<std::ifstream> file_;
};

} // namespace personalify
