#pragma once

#include "app/ports/sessions.hpp"

#include <optional>
#include <string>

namespace personalify::app {

/// Who asks: a session's user, or nobody.
struct Caller {
    std::optional<Session> session;
    std::string token;           ///< the proof that was presented; "" without a session
    std::string request_id = {}; ///< for the log: of the request that is made

    bool is(const UserId& user) const { return session.has_value() && session->user == user; }
};

/// What every route answers when a session or Spotify's consent is missing.
inline constexpr const char* login_again = "Please login again.";
/// What every route with user data answers for a user that does not exist or may not be seen.
inline constexpr const char* no_data = "No data found. Please login again.";

} // namespace personalify::app
