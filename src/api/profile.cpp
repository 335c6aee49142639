#include "api/resources.hpp"

namespace personalify::api {

namespace {

struct Profile {
    std::string user;
    std::string image;
    std::string spotify_id;

    static Profile example() { return {"Rani Senja", "https://i.scdn.co/image/ab67", "ranisenja"}; }
};
BOOST_DESCRIBE_STRUCT(Profile, (), (user, image, spotify_id))

/// Unknown or not visible.
struct NoProfile {
    std::string error = "No refresh token";
    std::optional<std::string> user;
    std::optional<std::string> image;
};
BOOST_DESCRIBE_STRUCT(NoProfile, (), (error, user, image))

using ProfileAnswer = std::variant<Profile, NoProfile>;

Task<Result<ProfileAnswer>> show(app::ProfileService& profiles, app::Caller caller, UserId id) {
    Result<std::optional<User>> user = co_await profiles.show(std::move(caller), std::move(id));
    if (!user) {
        co_return std::unexpected(std::move(user.error()));
    }
    if (!user->has_value()) {
        co_return ProfileAnswer{NoProfile{}};
    }
    User& found = **user;
    co_return ProfileAnswer{Profile{std::move(found.display_name), std::move(found.image), found.id.str()}};
}

struct UserProfileQuery {
    std::string spotify_id; ///< defaults to the session's user
};
BOOST_DESCRIBE_STRUCT(UserProfileQuery, (), (spotify_id))

/// The profile as Spotify has it; what Spotify does not say is null.
struct UserProfile {
    std::string display_name;
    std::string id;
    std::optional<std::int64_t> followers;
    std::optional<std::string> country;
    std::optional<std::string> product;
    std::optional<std::string> image_url;
    std::optional<std::string> email;

    static UserProfile example() {
        return {"Rani Senja", "ranisenja", 12, "ID", "premium", "https://i.scdn.co/image/ab67", std::nullopt};
    }
};
BOOST_DESCRIBE_STRUCT(UserProfile, (), (display_name, id, followers, country, product, image_url, email))

Task<Result<UserProfile>> show_at_spotify(app::ProfileService& profiles, app::Caller caller,
                                          UserProfileQuery query) {
    const UserId id = !query.spotify_id.empty() || !caller.session ? UserId{std::move(query.spotify_id)}
                                                                   : caller.session->user;
    Result<SpotifyProfile> profile = co_await profiles.at_spotify(std::move(caller), id);
    if (!profile) {
        co_return std::unexpected(std::move(profile.error()));
    }
    std::optional<std::string> image;
    if (!profile->image.empty()) {
        image = std::move(profile->image);
    }
    co_return UserProfile{.display_name = std::move(profile->display_name),
                          .id = profile->id.str(),
                          .followers = profile->followers,
                          .country = std::move(profile->country),
                          .product = std::move(profile->product),
                          .image_url = std::move(image),
                          .email = std::move(profile->email)};
}

} // namespace

void add_profile_routes(Routes& routes, app::ProfileService& profiles) {
    routes.get<ProfileAnswer>("/api/profile/{id}", "Name and picture of a listener")
        .tag("Profile")
        .describe("Of the own user, or of one who shares. Anybody else looks unknown.")
        .handle([&profiles](const app::Caller& caller, UserId id) {
            return show(profiles, caller, std::move(id));
        });

    routes.get<UserProfile>("/api/user-profile", "The session's user as Spotify knows them")
        .tag("Profile")
        .needs_session()
        .query<UserProfileQuery>()
        .fails_with(Errc::unauthenticated, Errc::forbidden, Errc::not_found, Errc::upstream_unavailable)
        .handle([&profiles](const app::Caller& caller, UserProfileQuery query) {
            return show_at_spotify(profiles, caller, std::move(query));
        });
}

} // namespace personalify::api
