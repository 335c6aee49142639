#include "app/profiles.hpp"

namespace personalify::app {

Task<Result<std::optional<User>>> ProfileService::show(Caller caller, UserId user) {
    Result<std::optional<User>> found = co_await users_.find(std::move(user));
    if (found && found->has_value() && !visibility_.allows(caller, **found)) {
        co_return std::optional<User>{};
    }
    co_return found;
}

Task<Result<Self>> ProfileService::self(Caller caller) {
    if (!caller.session) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    Result<std::optional<User>> found = co_await users_.find(caller.session->user);
    if (!found) {
        co_return std::unexpected(std::move(found.error()));
    }
    if (!found->has_value()) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    const TimePoint until = reauthorize_by((*found)->authorized_at);
    co_return Self{std::move(**found), until};
}

Task<Result<SpotifyProfile>> ProfileService::at_spotify(Caller caller, UserId user) {
    if (!caller.session) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    if (!caller.is(user)) {
        co_return fail(Errc::not_found, no_data);
    }
    std::function<Task<Result<SpotifyProfile>>(std::string)> request = [this](std::string token) {
        return spotify_.me(std::move(token), Urgency::user_request);
    };
    Result<SpotifyProfile> profile = co_await tokens_.call<SpotifyProfile>(user, std::move(request));
    const bool away = !profile && (profile.error().code == Errc::rate_limited ||
                                   profile.error().code == Errc::upstream_unavailable);
    if (!away) {
        co_return profile;
    }
    Result<std::optional<User>> stored = co_await users_.find(std::move(user));
    if (!stored || !stored->has_value()) {
        co_return profile;
    }
    User& known = **stored;
    co_return SpotifyProfile{.id = std::move(known.id),
                             .account_id = std::move(known.account_id),
                             .display_name = std::move(known.display_name),
                             .image = std::move(known.image),
                             .email = std::nullopt,
                             .country = std::move(known.country),
                             .product = std::move(known.product),
                             .followers = known.followers};
}

Task<Result<>> ProfileService::share(Caller caller, bool with_everybody) {
    if (!caller.session) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    Result<> set = co_await users_.set_sharing(caller.session->user, with_everybody);
    if (set) {
        co_await dashboards_.erase(caller.session->user); // the cache knows who may see them
    }
    co_return set;
}

} // namespace personalify::app
