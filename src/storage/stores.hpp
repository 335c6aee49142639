#pragma once

#include "app/ports/access_requests.hpp"
#include "app/ports/counts.hpp"
#include "app/ports/genres.hpp"
#include "app/ports/history.hpp"
#include "app/ports/invited_users.hpp"
#include "app/ports/jobs.hpp"
#include "app/ports/library.hpp"
#include "app/ports/lyrics_store.hpp"
#include "app/ports/reports.hpp"
#include "app/ports/sessions.hpp"
#include "app/ports/title_readings.hpp"
#include "app/ports/translations.hpp"
#include "app/ports/upstream_state.hpp"
#include "app/ports/users.hpp"
#include "core/metrics.hpp"
#include "net/blocking_pool.hpp"

#include <vector>

namespace personalify::storage {

/// What one storage engine offers the application. The references live as long as this object.
class Stores {
public:
    virtual ~Stores() = default;
    virtual app::UserStore& users() = 0;
    virtual app::InvitedUserStore& invited_users() = 0;
    virtual app::SessionStore& sessions() = 0;
    virtual app::LibraryStore& library() = 0;
    virtual app::HistoryStore& history() = 0;
    virtual app::TitleReadingStore& title_readings() = 0;
    virtual app::JobStore& jobs() = 0;
    virtual app::AccessRequestStore& access_requests() = 0;
    virtual app::UpstreamStateStore& upstream_state() = 0;
    virtual app::TranslationStore& translations() = 0;
    virtual app::LyricsStore& lyrics() = 0;
    virtual app::GenreStore& genres() = 0;
    virtual app::ReportStore& reports() = 0;
    virtual app::CountStore& counts() = 0;

    /// Readiness: whether reads and writes work right now. Errors: internal, overloaded.
    virtual Task<Result<>> ping() = 0;

    /// What the engine counts about itself.
    virtual void measure(metrics::Sink& sink) const = 0;
    /// Its threads for calls that block.
    virtual std::vector<const net::BlockingPool*> pools() const = 0;
};

} // namespace personalify::storage
