#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace personalify {

/// What went wrong, in the words of the application. src/api maps each to one HTTP status.
enum class Errc {
    invalid_argument,     ///< the caller's input breaks a rule; detail says which
    unauthenticated,      ///< no valid session, or Spotify wants the user to sign in again
    forbidden,            ///< the upstream or a rule says no; detail may be shown
    not_found,            ///< does not exist, or the caller may not see it (indistinguishable)
    conflict,             ///< the state does not allow it
    payload_too_large,    ///< more bytes than the limit
    too_many_requests,    ///< the caller is over our limit; see retry_after
    rate_limited,         ///< Spotify limits us, or our budget of calls is spent; see retry_after
    upstream_unavailable, ///< an upstream failed, timed out or is closed until retry_after
    overloaded,           ///< a bounded queue of ours is full
    cancelled,            ///< we are shutting down
    internal,             ///< a fault of ours
};

/// An expected failure. `detail` may be shown to the client; `cause` is for the log only and holds no
/// secrets.
struct Error {
    Errc code = Errc::internal;
    std::string detail;
    std::string cause = {};
    std::optional<std::chrono::seconds> retry_after = std::nullopt;
    /// Which upstream it is about, by its fixed name ("genius-api"); outlives the error. "": none.
    std::string_view service = {};
    bool not_asked = false;      ///< the service was left alone: nothing that was not logged when it closed
    std::string request_id = {}; ///< for who is told behind an answer: of the request that it came up for
};

template <class T = void>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(Errc code, std::string detail, std::string cause = {},
                                   std::optional<std::chrono::seconds> retry_after = std::nullopt) {
    return std::unexpected(Error{code, std::move(detail), std::move(cause), retry_after});
}

} // namespace personalify
