#include "domain/receipts.hpp"

#include "domain/width.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace personalify {

namespace {

constexpr std::size_t inner_width = receipt_width - 2; ///< a blank at both ends
constexpr std::size_t fewest_dots = 3;

std::string rule(char of) {
    return std::string(receipt_width, of) + '\n';
}

std::string centred(std::string_view text) {
    return std::string((receipt_width - text.size()) / 2, ' ').append(text) + '\n';
}

/// "2026-11-22 15:45:12", UTC.
std::string date_of(TimePoint at) {
    std::string text = to_rfc3339(at).substr(0, 19);
    std::ranges::replace(text, 'T', ' ');
    return text;
}

std::string head(std::string_view title, TimePoint at) {
    return rule('*') + centred(title) + rule('*') + " DATE: " + date_of(at) + " UTC\n" + rule('=');
}

std::string foot(std::string_view words) {
    return rule('*') + centred(words) + rule('*');
}

/// "    - NAME (Pop: 93)", the name cut where it is too long.
std::string item(std::string_view name, std::string_view after = "") {
    constexpr std::string_view before = "    - ";
    return std::string{before}
               .append(cut_to_width(one_line(name), receipt_width - before.size() - after.size()))
               .append(after) +
           '\n';
}

std::string items(std::string_view title, const std::vector<Popular>& list, std::string_view none) {
    std::string text = "\n  " + std::string{title} + ":\n";
    for (const Popular& each : list) {
        text += item(each.name, " (Pop: " + std::to_string(each.popularity) + ")");
    }
    return list.empty() ? text.append(item(none)) : text;
}

std::string counts(const std::vector<NamedCount>& list) {
    std::string text;
    for (const NamedCount& each : list) {
        text += leader_line("  " + each.name, std::to_string(each.count));
    }
    return text;
}

std::int64_t sum(const std::vector<NamedCount>& list) {
    std::int64_t all = 0;
    for (const NamedCount& each : list) {
        all += each.count;
    }
    return all;
}

/// "3d 04:05:06"
std::string duration_of(std::chrono::seconds time) {
    const std::chrono::hh_mm_ss parts{time % std::chrono::days{1}};
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%lldd %02ld:%02ld:%02lld",
                  static_cast<long long>(time / std::chrono::days{1}),
                  static_cast<long>(parts.hours().count()), static_cast<long>(parts.minutes().count()),
                  static_cast<long long>(parts.seconds().count()));
    return text.data();
}

std::string upper_case(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    return text;
}

std::string history_part(const StoredTotals& stored) {
    std::string text = rule('=') + "--- SYNC HISTORY ---\n" +
                       leader_line("Synced Users Count", std::to_string(stored.synced_users)) +
                       leader_line("Syncs Kept", std::to_string(stored.syncs)) + "\n  Synced User List:\n";
    for (const UserId& user : stored.last_synced) {
        text += item(user.str());
    }
    const std::int64_t more = stored.synced_users - static_cast<std::int64_t>(stored.last_synced.size());
    return more > 0 ? text + "    ... and " + std::to_string(more) + " more\n" : text;
}

std::string cache_part(const std::vector<NamedCount>& caches) {
    return rule('=') + "--- CACHE ---\n" + leader_line("Cached Keys Count", std::to_string(sum(caches))) +
           counts(caches) + '\n';
}

} // namespace

std::string leader_line(std::string_view label, std::string_view value) {
    const std::string shown = one_line(value);
    const std::size_t taken = display_width(label) + display_width(shown);
    if (taken + fewest_dots <= inner_width) {
        return ' ' + std::string{label} + std::string(inner_width - taken, '.') + shown + " \n";
    }
    std::string lines = ' ' + std::string{label} + ":\n";
    for (const std::string& line : wrap(shown, receipt_width - 4)) {
        lines += "    " + line + '\n';
    }
    return lines;
}

std::string system_receipt(const SystemReport& report) {
    const StoredTotals& stored = report.stored;
    const std::int64_t left = std::max<std::int64_t>(development_mode_places - stored.users, 0);
    return head("PERSONALIFY SYSTEM AUDIT", report.counted_at) + "\n--- " + upper_case(stored.engine) +
           " (MAIN DB) ---\n" + leader_line("Total Users", std::to_string(stored.users)) +
           leader_line("Total Artists", std::to_string(stored.artists)) +
           leader_line("Total Tracks", std::to_string(stored.tracks)) +
           leader_line("Development Mode Places Left",
                       std::to_string(left) + " of " + std::to_string(development_mode_places)) +
           items("Top 5 Artists (All Users)", stored.top_artists, "No artists found in DB -") +
           items("Top 5 Tracks (All Users)", stored.top_tracks, "No tracks found in DB -") + '\n' +
           history_part(stored) + '\n' + (report.process ? cache_part(report.process->caches) : "") +
           rule('=') + "--- JOBS ---\n" + leader_line("Total Jobs", std::to_string(sum(stored.jobs))) +
           counts(stored.jobs) + '\n' + rule('=') + "--- PROGRAM ---\n" +
           (report.process ? leader_line("Uptime", duration_of(report.process->uptime)) : "") +
           leader_line("Personalify", report.version) + leader_line(stored.engine, stored.engine_version) +
           '\n' + foot("THANK YOU - ADMIN");
}

std::string user_receipt(const UserId& user, const std::optional<StoredUserTotals>& stored, TimePoint now) {
    std::string text = head("PERSONALIFY USER REPORT", now);
    if (!stored) {
        text += "\n";
        for (const std::string& line :
             wrap("ERROR: User with spotify_id '" + one_line(user.str()) + "' not found in database.",
                  inner_width)) {
            text += "  " + line + '\n';
        }
        text += "\n";
    }
    const StoredUserTotals shown = stored.value_or(StoredUserTotals{.display_name = "N/A"});
    return text + leader_line("User", shown.display_name) + leader_line("Spotify ID", user.str()) +
           items("Top 5 Artists (from DB)", shown.top_artists, "No artists found in DB -") +
           items("Top 5 Tracks (from DB)", shown.top_tracks, "No tracks found in DB -") + '\n' +
           foot("END OF REPORT");
}

std::string cache_receipt(const std::vector<NamedCount>& emptied, TimePoint now) {
    return head("PERSONALIFY CACHE FLUSH", now) + "\n  STATUS: SUCCESS\n\n" +
           leader_line("TOTAL KEYS DELETED", std::to_string(sum(emptied))) + counts(emptied) + '\n' +
           rule('=') + centred("CACHE IS NOW EMPTY") + rule('=');
}

} // namespace personalify
