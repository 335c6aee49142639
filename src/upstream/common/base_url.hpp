#pragma once

#include <string>
#include <string_view>

namespace personalify::upstream {

/// A service's base address without slashes at its end. Throws std::invalid_argument for one that can't be
/// called; `who` begins the text.
std::string base_url(std::string url, std::string_view who);

/// The path of an absolute address (from the slash after the host on, without query and fragment), or the
/// text itself when it begins with a slash; "" for anything else.
std::string path_of(std::string_view url);

/// The same, below the path that `base` may have.
std::string path_below(std::string_view base, std::string_view url);

/// Whether a redirect's address is relative, or at the host of `base` or of `other`.
bool is_at(std::string_view base, std::string_view url, std::string_view other);

} // namespace personalify::upstream
