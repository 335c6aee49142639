#pragma once

#include "core/error.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>

namespace personalify {

/// Prints the lyrics of a saved song page as they would be stored; "-" reads the standard input. For whoever
/// mends the parser when the pages change. Returns the exit code: 2, with the reason on standard error, when
/// the page can't be read or has no lyrics.
int print_lyrics(const std::filesystem::path& page);

/// The work of it. Reads no more than a page may have. Errors: those of genius::read_lyrics_page; not_found,
/// with the reason, for a page without lyrics.
Result<std::string> lyrics_of(std::istream& page);

} // namespace personalify
