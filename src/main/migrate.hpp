#pragma once

#include "config/settings.hpp"

namespace personalify {

/// Brings the database of the data directory up to date, and says what that took. The exit status of the
/// process.
int migrate(const config::Settings& settings);

} // namespace personalify
