#pragma once

#include "config/settings.hpp"

#include <filesystem>
#include <string>

/// What an administrator does on the machine itself, without HTTP where that is right. Each returns the exit
/// status of the process. What reads works beside a running service; what writes does not: the service's
/// memory would know nothing of it.
namespace personalify {

/// Prints the system's receipt.
int print_stats(const config::Settings& settings);
/// Prints a user's receipt; fails for an unknown one.
int show_user(const config::Settings& settings, const std::string& user);
/// Sets whether a user shares with everybody. The service must not run.
int share_user(const config::Settings& settings, const std::string& user, bool with_everybody);
/// Erases a user with all that is held of them; fails for an unknown one. The service must not run: a running
/// one is asked by the user, with DELETE /api/me.
int delete_user(const config::Settings& settings, const std::string& user);
/// Tells the running service to empty its caches. `url` "" for where the settings say that it listens.
int clear_cache(const config::Settings& settings, const std::string& url);

} // namespace personalify
