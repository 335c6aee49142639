#include "api/resources.hpp"

namespace personalify::api {

namespace {

/// The session's user.
struct Me {
    std::string spotify_id;
    std::string display_name;
    std::string image;
    std::optional<bool> public_; ///< null: not chosen
    TimePoint reauthorize_by;    ///< Spotify's consent ends then
    bool reconnect_needed = false;

    static Me example() {
        return {"ranisenja",
                "Rani Senja",
                "https://i.scdn.co/image/ab67",
                std::nullopt,
                TimePoint{std::chrono::sys_days{std::chrono::year{2027} / 5 / 22}},
                false};
    }
};
BOOST_DESCRIBE_STRUCT(Me, (), (spotify_id, display_name, image, public_, reauthorize_by, reconnect_needed))

struct NotAuthenticated {
    std::string error = "Not authenticated";
};
BOOST_DESCRIBE_STRUCT(NotAuthenticated, (), (error))

struct Sharing {
    json::Required<bool> public_;
};
BOOST_DESCRIBE_STRUCT(Sharing, (), (public_))

using MeAnswer = std::variant<Me, NotAuthenticated>;

Task<Result<http::Reply<MeAnswer>>> show(app::ProfileService& profiles, app::Caller caller) {
    Result<app::Self> self = co_await profiles.self(std::move(caller));
    if (!self && self.error().code == Errc::unauthenticated) {
        co_return http::Reply<MeAnswer>{.status = 401, .body = NotAuthenticated{}};
    }
    if (!self) {
        co_return std::unexpected(std::move(self.error()));
    }
    User& user = self->user;
    co_return http::Reply<MeAnswer>{.body = Me{.spotify_id = user.id.str(),
                                               .display_name = std::move(user.display_name),
                                               .image = std::move(user.image),
                                               .public_ = user.sharing,
                                               .reauthorize_by = self->reauthorize_by,
                                               .reconnect_needed = user.reconnect_needed}};
}

Task<Result<Sharing>> share(app::ProfileService& profiles, app::Caller caller, Sharing sharing) {
    Result<> done = co_await profiles.share(std::move(caller), *sharing.public_);
    if (!done) {
        co_return std::unexpected(std::move(done.error()));
    }
    co_return sharing;
}

} // namespace

void add_me_routes(Routes& routes, app::ProfileService& profiles) {
    routes.get<http::Reply<MeAnswer>>("/api/me", "The session's user")
        .tag("Authentication")
        .describe("`public` is null until the user chooses; `reauthorize_by` is when Spotify's consent ends; "
                  "`reconnect_needed` says that it ended early.")
        .needs_session()
        .answers<NotAuthenticated>(401, "There is no session")
        .handle([&profiles](const app::Caller& caller) { return show(profiles, caller); });

    routes
        .put<Sharing>("/api/me/sharing",
                      "Show the own dashboard, profile and player to everybody, or to nobody")
        .tag("Profile")
        .needs_session()
        .body<Sharing>()
        .fails_with(Errc::unauthenticated)
        .handle([&profiles](const app::Caller& caller, Sharing sharing) {
            return share(profiles, caller, sharing);
        });
}

} // namespace personalify::api
