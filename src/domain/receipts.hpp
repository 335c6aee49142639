#pragma once

#include "domain/reports.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// The administrator's reports as a till would print them: 40 columns, counted as they are seen.
namespace personalify {

inline constexpr std::size_t receipt_width = 40;

/// `label`, dots and `value` in one line of a receipt; a value that leaves no room for dots gets lines of its
/// own.
std::string leader_line(std::string_view label, std::string_view value);

/// What only the running service knows of itself.
struct ProcessReport {
    std::vector<NamedCount> caches = {}; ///< entries by cache
    std::chrono::seconds uptime{};
};

/// All that the report on the system shows.
struct SystemReport {
    StoredTotals stored;
    TimePoint counted_at{};
    std::string version = {}; ///< the program's
    std::optional<ProcessReport> process = std::nullopt;
};

/// Users that an app in Spotify's development mode admits.
inline constexpr std::int64_t development_mode_places = 5;

std::string system_receipt(const SystemReport& report);

/// `stored` nullopt: there is no such user.
std::string user_receipt(const UserId& user, const std::optional<StoredUserTotals>& stored, TimePoint now);

/// `emptied`: the entries that went, by cache.
std::string cache_receipt(const std::vector<NamedCount>& emptied, TimePoint now);

} // namespace personalify
