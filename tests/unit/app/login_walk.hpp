#pragma once

#include "unit/app/world.hpp"

#include <gmock/gmock.h>

namespace personalify::test {

/// A browser on its way through a login.
class LoginWalk {
protected:
    app::LoginStart begin(app::LoginRequest request = {}) {
        return run(world_.logins.begin(std::move(request))).value();
    }
    app::LoginEnd finish(const app::LoginStart& start, const std::string& code = "code") {
        return run(world_.logins.finish(start.state, start.binder, code));
    }
    app::LoginEnd refuse(const app::LoginStart& start, const std::string& error) {
        return run(world_.logins.refuse(start.state, start.binder, error));
    }

    World world_;
};

} // namespace personalify::test
