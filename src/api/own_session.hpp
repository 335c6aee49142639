#pragma once

#include "app/sessions.hpp"
#include "json/describe.hpp"

namespace personalify::app {
BOOST_DESCRIBE_ENUM(SessionKind, web, mobile)
} // namespace personalify::app

namespace personalify::api {

/// One session of the session's user. `id` names it and proves nothing.
struct SessionItem {
    std::string id;
    app::SessionKind kind = app::SessionKind::web;
    bool current = false;
    TimePoint created_at;
    TimePoint expires_at;
    std::optional<TimePoint> last_used_at; ///< to the day; null when it is not known

    static SessionItem example() {
        const TimePoint at{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
        return {"7f3a9c0d51e2b846",         app::SessionKind::web,    true, at,
                at + std::chrono::days{32}, at + std::chrono::days{2}};
    }
};
BOOST_DESCRIBE_STRUCT(SessionItem, (), (id, kind, current, created_at, expires_at, last_used_at))

inline std::vector<SessionItem> items_of(const std::vector<app::OwnSession>& sessions) {
    std::vector<SessionItem> items;
    items.reserve(sessions.size());
    for (const app::OwnSession& session : sessions) {
        items.push_back({.id = session.id,
                         .kind = session.kind,
                         .current = session.current,
                         .created_at = session.created_at,
                         .expires_at = session.expires_at,
                         .last_used_at = session.last_used});
    }
    return items;
}

} // namespace personalify::api
