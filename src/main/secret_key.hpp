#pragma once

#include "core/error.hpp"

#include <filesystem>
#include <string>

namespace personalify {

/// The key that seals Spotify's tokens: `app_secret` when set, else what `secret.key` of the data directory
/// holds, generated there at first use with mode 0600 and on disk when this returns.
Result<std::string> secret_key(const std::string& app_secret, const std::filesystem::path& data_dir);

/// The same key where there is one, else "": generates nothing. Errors: conflict, internal.
Result<std::string> existing_secret_key(const std::string& app_secret, const std::filesystem::path& data_dir);

/// Whether secret_key() would have to make a key.
bool needs_new_key(const std::string& app_secret, const std::filesystem::path& data_dir);

/// Where an admin token is kept that is not configured.
std::filesystem::path admin_token_file(const std::filesystem::path& data_dir);

/// What opens the admin routes: `configured` when set, else what `admin-token` of the data directory holds,
/// generated in the same way.
Result<std::string> admin_token(const std::string& configured, const std::filesystem::path& data_dir);

} // namespace personalify
