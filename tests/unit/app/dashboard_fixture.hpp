#pragma once

#include "unit/app/world.hpp"

#include <gtest/gtest.h>

namespace personalify::test {

/// Ada has a session and may look at dashboards.
class DashboardsTest : public ::testing::Test {
protected:
    using Shown = Result<app::DashboardCache::Value>;

    Shown show(app::Caller caller, UserId user, TimeRange range = TimeRange::short_term) {
        return run(world_.dashboards.show(std::move(caller), std::move(user), range));
    }
    app::DashboardCache::Value peek(app::Caller caller, UserId user) {
        return run(world_.dashboards.peek(std::move(caller), std::move(user), TimeRange::short_term)).value();
    }
    app::Caller as_ada() { return world_.caller(ada_); }
    Task<void> sync_ada() {
        co_await world_.sync.sync(ada_, TimeRange::short_term, app::SyncService::usual_items,
                                  app::Urgency::user_request);
    }

    World world_;
    UserId ada_ = world_.sign_up("ada");
};

} // namespace personalify::test
