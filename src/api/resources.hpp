#pragma once

#include "api/admin_guard.hpp"
#include "api/identity.hpp"
#include "app/dashboards.hpp"
#include "app/history.hpp"
#include "app/jobs.hpp"
#include "app/lyrics.hpp"
#include "app/lyrics_emotions.hpp"
#include "app/player.hpp"
#include "app/profiles.hpp"
#include "app/reports.hpp"
#include "app/song_search.hpp"
#include "app/title_emotions.hpp"

namespace personalify::api {

/// /api/me and /api/me/sharing.
void add_me_routes(Routes& routes, app::ProfileService& profiles);
/// /api/profile/{id} and /api/user-profile.
void add_profile_routes(Routes& routes, app::ProfileService& profiles);
/// /api/dashboard/{id}.
void add_dashboard_routes(Routes& routes, app::DashboardService& dashboards, const Identity& identity);
/// /sync/top-data.
void add_sync_routes(Routes& routes, app::DashboardService& dashboards, const Identity& identity);
/// /top-genres and /top-data.
void add_top_routes(Routes& routes, app::DashboardService& dashboards);
/// /history.
void add_history_routes(Routes& routes, app::HistoryService& history);
/// /api/currently-playing/{id}, its /events and /api/spotify/recently-played. A stream of events shows a sign
/// of life, and has to prove its right to go on, at least every `heartbeat`.
void add_player_routes(Routes& routes, app::PlayerService& player,
                       std::chrono::milliseconds heartbeat = std::chrono::seconds{15});
/// A player's view as a server-sent event.
std::string player_event(std::string_view id, const app::PlayerView& view);

/// What titles say, as clients get it.
struct EmotionAnswer {
    std::string emotion_paragraph;
    std::vector<Emotion> top_emotions = {};

    static EmotionAnswer example() {
        return {.emotion_paragraph =
                    "Shades of golden <b>joy</b>, velvet <b>longing</b>, indigo <b>sorrow</b>.",
                .top_emotions = {{"Golden Joy", 0.4}, {"Velvet Longing", 0.2}, {"Indigo Sorrow", 0.1}}};
    }
};
BOOST_DESCRIBE_STRUCT(EmotionAnswer, (), (emotion_paragraph, top_emotions))
EmotionAnswer answer_of(EmotionSummary summary);

/// /analyze-emotions-background, which waits `patience` for a result, and /analyze-lyrics.
void add_emotion_routes(Routes& routes, app::TitleEmotions& emotions, app::LyricsReader& lyrics,
                        std::chrono::milliseconds patience);

/// /api/genius/* and /api/lyrics.
void add_lyrics_routes(Routes& routes, app::SongSearch& search, app::LyricsService& lyrics,
                       app::TrackLyricsService& tracks);

/// /admin/system-stats, /admin/user-report/{id}, /admin/clear-cache and /admin/export-users. An export may
/// hold its snapshot of storage for `export_time`.
void add_admin_routes(Routes& routes, const AdminGuard& guard, app::ReportService& reports,
                      std::chrono::milliseconds export_time = std::chrono::minutes{5});

/// Whose jobs, and who they are.
struct JobAccess {
    app::JobService& jobs;
    app::SessionService& sessions;
};
/// /api/jobs/{id} and its /events. A stream shows a sign of life, and has to prove its right to go on, every
/// `heartbeat`.
void add_job_routes(Routes& routes, JobAccess access,
                    std::chrono::milliseconds heartbeat = std::chrono::seconds{15});

} // namespace personalify::api
