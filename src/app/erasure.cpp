#include "app/erasure.hpp"

namespace personalify::app {

Task<Result<>> ErasureService::erase(Caller caller) {
    if (!caller.session) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    const UserId user = std::move(caller.session->user);
    sessions_.forget(user); // nobody is let in while it is being erased...
    Result<bool> erased = co_await users_.erase(user);
    sessions_.forget(user); // ...nor by what a reader found just before
    if (!erased) {
        co_return std::unexpected(std::move(erased.error()));
    }
    if (!*erased) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    co_await sync_.erased(user);
    player_.erased(user);
    jobs_.erased();
    if (on_erased_) {
        on_erased_();
    }
    co_return Result<>{};
}

} // namespace personalify::app
