#include "simulator/catalogue.hpp"
#include "simulator/listeners.hpp"
#include "visit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace personalify::simulator {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view listener = "bagas.gigs";

std::string_view newcomer() {
    return std::ranges::find(listeners(), nullptr, &Listener::taste)->id;
}

class WebApi : public testing::Test {
protected:
    http::Response get(std::string_view target) { return visit.get(target, bearer(token)); }
    boost::json::object ok(std::string_view target) {
        const auto answer = get(target);
        EXPECT_EQ(answer.status, 200) << target << ": " << answer.body;
        return json_of(answer);
    }
    void expect_error(const http::Response& answer, int status, std::string_view message) {
        EXPECT_EQ(answer.status, status);
        const auto error = json_of(answer).at("error").as_object();
        EXPECT_EQ(error.at("status").as_int64(), status);
        EXPECT_EQ(error.at("message").as_string(), message);
    }

    Visit visit;
    std::string token = visit.access_token_for(listener);
};

TEST_F(WebApi, ChecksTheToken) {
    expect_error(visit.get("/v1/me"), 401, "No token provided");
    expect_error(visit.get("/v1/me", {{"Authorization", "Basic abc"}}), 400,
                 "Only valid bearer authentication supported");
    expect_error(visit.get("/v1/me", bearer("BQmade-up")), 401, "Invalid access token");
    EXPECT_EQ(visit.send("POST", "/_sim/listeners/bagas.gigs/expire").status, 204);
    expect_error(get("/v1/me"), 401, "The access token expired");
}

TEST_F(WebApi, Me) {
    const auto me = ok("/v1/me");
    EXPECT_EQ(me.at("id").as_string(), listener);
    EXPECT_EQ(me.at("type").as_string(), "user");
    EXPECT_FALSE(me.at("account_id").as_string().empty());
    for (const auto* name :
         {"display_name", "email", "country", "product", "followers", "explicit_content", "uri"}) {
        EXPECT_TRUE(me.contains(name)) << name;
    }
    const auto& image = me.at("images").as_array().at(0).as_object();
    EXPECT_THAT(std::string{image.at("url").as_string()}, StartsWith(std::string{public_url} + "/image/"));
}

TEST_F(WebApi, ScopesWidenMe) {
    const auto tokens = visit.tokens_for(listener, Visit::authorize_target(""));
    const auto me = json_of(visit.get("/v1/me", bearer(tokens.at("access_token").as_string())));
    EXPECT_TRUE(me.contains("followers"));
    EXPECT_FALSE(me.contains("email"));
    EXPECT_FALSE(me.contains("product"));
}

TEST_F(WebApi, TopsNeedTheirScope) {
    const auto tokens = visit.tokens_for(listener, Visit::authorize_target("user-read-email"));
    const auto answer = visit.get("/v1/me/top/artists", bearer(tokens.at("access_token").as_string()));
    expect_error(answer, 403, "Insufficient client scope");
    EXPECT_THAT(header_of(answer, "WWW-Authenticate"), HasSubstr("scope=\"user-top-read\""));
}

TEST_F(WebApi, ArtistsInFull) {
    const auto page = ok("/v1/me/top/artists?limit=3");
    EXPECT_EQ(page.at("limit").as_int64(), 3);
    ASSERT_EQ(page.at("items").as_array().size(), 3U);
    const auto& artist = page.at("items").as_array()[0].as_object();
    EXPECT_EQ(artist.at("id").as_string().size(), 22U);
    EXPECT_EQ(artist.at("type").as_string(), "artist");
    EXPECT_FALSE(artist.at("genres").as_array().empty());
    EXPECT_TRUE(artist.at("popularity").is_int64());
    EXPECT_TRUE(artist.at("followers").as_object().at("href").is_null());
    EXPECT_EQ(artist.at("images").as_array().size(), 3U);
    EXPECT_EQ(artist.at("images").as_array()[0].as_object().at("width").as_int64(), 640);
}

TEST_F(WebApi, TracksInFull) {
    const auto page = ok("/v1/me/top/tracks?limit=1&time_range=short_term");
    const auto& track = page.at("items").as_array().at(0).as_object();
    for (const auto* name :
         {"id", "name", "duration_ms", "explicit", "external_ids", "popularity", "preview_url", "disc_number",
          "track_number", "is_local", "href", "uri", "external_urls"}) {
        EXPECT_TRUE(track.contains(name)) << name;
    }
    const auto& album = track.at("album").as_object();
    for (const auto* name : {"album_type", "total_tracks", "id", "name", "images", "release_date",
                             "release_date_precision", "artists", "uri"}) {
        EXPECT_TRUE(album.contains(name)) << name;
    }
    EXPECT_FALSE(track.at("artists").as_array().at(0).as_object().at("name").as_string().empty());
}

TEST_F(WebApi, PagesReachEverythingOnce) {
    std::set<std::string> seen;
    std::string target = "/v1/me/top/tracks?limit=20&time_range=long_term";
    std::int64_t total = 0;
    while (true) {
        const auto page = ok(target);
        total = page.at("total").as_int64();
        for (const auto& item : page.at("items").as_array()) {
            EXPECT_TRUE(seen.insert(std::string{item.as_object().at("id").as_string()}).second);
        }
        if (page.at("next").is_null()) {
            break;
        }
        const std::string next{page.at("next").as_string()};
        ASSERT_THAT(next, StartsWith(public_url));
        target = next.substr(public_url.size());
    }
    EXPECT_EQ(std::ssize(seen), total);
    EXPECT_THAT(target, HasSubstr("time_range=long_term"));
    const auto beyond = ok("/v1/me/top/tracks?offset=5000");
    EXPECT_TRUE(beyond.at("items").as_array().empty());
    EXPECT_TRUE(beyond.at("next").is_null());
    EXPECT_TRUE(beyond.at("previous").is_string());
}

TEST_F(WebApi, RangesDiffer) {
    EXPECT_NE(ok("/v1/me/top/artists?time_range=short_term").at("items"),
              ok("/v1/me/top/artists?time_range=long_term").at("items"));
    EXPECT_EQ(ok("/v1/me/top/artists").at("items"),
              ok("/v1/me/top/artists?time_range=medium_term").at("items"));
}

TEST_F(WebApi, RefusesWrongParameters) {
    for (const auto* query : {"limit=0", "limit=51", "limit=", "limit=ten", "limit=-1", "limit=1.5"}) {
        expect_error(get(std::string{"/v1/me/top/artists?"} + query), 400, "Invalid limit");
    }
    expect_error(get("/v1/me/top/artists?time_range=forever"), 400, "Invalid time range");
    expect_error(get("/v1/me/top/artists?offset=-1"), 400, "Invalid offset");
    EXPECT_EQ(get("/v1/me/top/artists?limit=%zz").status, 400);
}

TEST_F(WebApi, NewcomerHasNothing) {
    const auto page = json_of(visit.get("/v1/me/top/tracks", bearer(visit.access_token_for(newcomer()))));
    EXPECT_TRUE(page.at("items").as_array().empty());
    EXPECT_EQ(page.at("total").as_int64(), 0);
    EXPECT_TRUE(page.at("next").is_null());
}

TEST_F(WebApi, SingleArtistsAndTracks) {
    const Artist& artist = catalogue().artists().front();
    const Track& track = catalogue().tracks().front();
    EXPECT_EQ(ok("/v1/artists/" + artist.id).at("name").as_string(), artist.name);
    EXPECT_EQ(ok("/v1/tracks/" + track.id).at("name").as_string(), track.name);
    EXPECT_EQ(get("/v1/tracks/0000000000000000000000").status, 404);
    expect_error(get("/v1/tracks/abc"), 400, "invalid id");
    const auto both = ok("/v1/artists?ids=" + artist.id + ",0000000000000000000000");
    EXPECT_EQ(both.at("artists").as_array().size(), 2U);
    EXPECT_TRUE(both.at("artists").as_array()[1].is_null());
}

TEST_F(WebApi, UnknownRoutes) {
    expect_error(get("/v1/nothing/here"), 404, "Resource not found");
    expect_error(get("/elsewhere"), 404, "Resource not found");
    EXPECT_EQ(visit.send("POST", "/v1/me", "", bearer(token)).status, 405);
}

TEST_F(WebApi, DevelopmentModeTakesFieldsAndRoutesAway) {
    visit.send("PUT", "/_sim/settings", R"({"mode": "development"})");
    const auto me = ok("/v1/me");
    for (const auto* name : {"email", "country", "product", "followers", "explicit_content"}) {
        EXPECT_FALSE(me.contains(name)) << name;
    }
    const auto artists = ok("/v1/me/top/artists?limit=1");
    const auto& artist = artists.at("items").as_array().at(0).as_object();
    for (const auto* name : {"followers", "popularity", "genres"}) {
        EXPECT_FALSE(artist.contains(name)) << name;
    }
    const auto tracks = ok("/v1/me/top/tracks?limit=1");
    const auto& track = tracks.at("items").as_array().at(0).as_object();
    EXPECT_FALSE(track.contains("popularity"));
    EXPECT_TRUE(track.contains("external_ids"));
    EXPECT_FALSE(track.at("album").as_object().contains("available_markets"));
    for (const auto* path : {"/v1/artists?ids=a", "/v1/artists/0000000000000000000000/top-tracks",
                             "/v1/markets", "/v1/users/somebody", "/v1/browse/categories"}) {
        expect_error(get(path), 403, "Forbidden");
    }
}

TEST_F(WebApi, GenresTakeAllTheirForms) {
    const auto artist = [&](std::string_view form) {
        visit.send("PUT", "/_sim/settings", "{\"genres\": " + std::string{form} + "}");
        return ok("/v1/me/top/artists?limit=1").at("items").as_array().at(0).as_object();
    };
    EXPECT_TRUE(artist("\"empty\"").at("genres").as_array().empty());
    EXPECT_TRUE(artist("\"null\"").at("genres").is_null());
    EXPECT_FALSE(artist("\"missing\"").contains("genres"));
    EXPECT_FALSE(artist("\"array\"").at("genres").as_array().empty());
    EXPECT_FALSE(artist("null").at("genres").as_array().empty());
}

TEST_F(WebApi, PicturesThatAnswersNameExist) {
    const auto check = [&](const boost::json::value& images) {
        for (const auto& image : images.as_array()) {
            const std::string url{image.as_object().at("url").as_string()};
            const auto picture = visit.get(std::string_view{url}.substr(public_url.size()));
            EXPECT_EQ(picture.status, 200) << url;
            EXPECT_EQ(header_of(picture, "Content-Type"), "image/svg+xml");
            EXPECT_THAT(header_of(picture, "Cache-Control"), HasSubstr("immutable"));
            EXPECT_THAT(picture.body, StartsWith("<svg"));
        }
    };
    check(ok("/v1/me").at("images"));
    const auto artists = ok("/v1/me/top/artists?limit=5");
    for (const auto& artist : artists.at("items").as_array()) {
        check(artist.as_object().at("images"));
    }
    const auto tracks = ok("/v1/me/top/tracks?limit=5");
    for (const auto& track : tracks.at("items").as_array()) {
        check(track.as_object().at("album").as_object().at("images"));
    }
    for (const auto* path : {"/image/", "/image/00/640", "/image/00", "/image/../640"}) {
        EXPECT_EQ(visit.get(path).status, 404) << path;
    }
}

TEST_F(WebApi, AddressesFollowThePublicUrl) {
    visit.simulator().set_public_url("http://127.0.0.1:4000/");
    EXPECT_THAT(std::string{ok("/v1/me/top/artists?limit=1").at("next").as_string()},
                StartsWith("http://127.0.0.1:4000/v1/me/top/artists?"));
}

} // namespace
} // namespace personalify::simulator
