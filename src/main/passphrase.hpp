#pragma once

#include "core/error.hpp"

#include <filesystem>
#include <string>

namespace personalify {

/// The first line of `file`, or, when that is empty, what somebody types at the terminal, unseen; `twice`
/// asks for it again. invalid_argument when there is no terminal, or it is shorter than twelve bytes.
Result<std::string> read_passphrase(const std::filesystem::path& file, bool twice);

} // namespace personalify
