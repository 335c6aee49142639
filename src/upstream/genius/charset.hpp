#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace personalify::genius {

/// The page in UTF-8, where it says that it is Latin-1 (in its first kilobytes) and is no UTF-8. Nothing for
/// every other page: then it is UTF-8 as it stands.
std::optional<std::string> from_latin1(std::string_view html);

} // namespace personalify::genius
