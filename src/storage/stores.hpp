#pragma once

#include "app/ports/access_requests.hpp"
#include "app/ports/history.hpp"
#include "app/ports/library.hpp"
#include "app/ports/sessions.hpp"
#include "app/ports/upstream_state.hpp"
#include "app/ports/users.hpp"

namespace personalify::storage {

/// What one storage engine offers the application. The references live as long as this object.
class Stores {
public:
    virtual ~Stores() = default;
    virtual app::UserStore& users() = 0;
    virtual app::SessionStore& sessions() = 0;
    virtual app::LibraryStore& library() = 0;
    virtual app::HistoryStore& history() = 0;
    virtual app::AccessRequestStore& access_requests() = 0;
    virtual app::UpstreamStateStore& upstream_state() = 0;

    /// Readiness: whether reads and writes work right now. Errors: internal, overloaded.
    virtual Task<Result<>> ping() = 0;
};

} // namespace personalify::storage
