#pragma once

#include <string>

namespace personalify {

/// "0.1.0": the released version.
std::string version_number();
/// "1a2b3c4d5e6f": the commit it was built from.
std::string commit();
/// "0.1.0 (1a2b3c4d5e6f)": with the commit it was built from.
std::string version_text();

} // namespace personalify
