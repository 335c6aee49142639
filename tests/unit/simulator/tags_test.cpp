// Those who know genres: Last.fm and MusicBrainz.
#include "simulator/artist_tags.hpp"
#include "visit.hpp"

#include <boost/json/array.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace personalify::simulator {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// The first artist for whom that holds.
template <class Holds>
const Artist& an_artist(Holds holds) {
    const auto artists = catalogue().artists();
    const auto found = std::ranges::find_if(artists, holds);
    return found == artists.end() ? throw std::logic_error("there is no such artist") : *found;
}

class Lastfm : public testing::Test {
protected:
    http::Response ask(std::string_view artist, std::string_view method = "artist.getTopTags",
                       std::string_view key = "lastfm-demo", std::string_view correct = "0") {
        return visit.get("/lastfm/2.0/?" + form({{"method", method},
                                                 {"artist", artist},
                                                 {"api_key", key},
                                                 {"autocorrect", correct},
                                                 {"format", "json"}}));
    }
    static std::int64_t error_of(const http::Response& response) {
        EXPECT_EQ(response.status, 200) << "errors come with 200";
        return json_of(response).at("error").as_int64();
    }

    Visit visit;
};

TEST_F(Lastfm, TopTags) {
    const Artist& artist = an_artist([](const Artist& each) {
        const auto tags = lastfm_tags(each);
        return tags && tags->size() > 4 && tags->front().name == each.genres.front();
    });
    const auto top = json_of(ask(artist.name)).at("toptags").as_object();
    EXPECT_EQ(top.at("@attr").at("artist").as_string(), artist.name);
    const auto& tags = top.at("tag").as_array();
    EXPECT_EQ(tags.at(0).at("name").as_string(), artist.genres.front());
    EXPECT_EQ(tags.at(0).at("count"), 100);
    EXPECT_THAT(std::string{tags.at(0).at("url").as_string()}, StartsWith("https://www.last.fm/tag/"));
    EXPECT_TRUE(std::ranges::is_sorted(
        tags, std::greater{}, [](const boost::json::value& tag) { return tag.at("count").as_int64(); }));
}

TEST_F(Lastfm, OneTagIsNoListAndNoneAreMissing) {
    const auto tags_for = [&](std::size_t count) {
        const Artist& artist = an_artist([&](const Artist& each) {
            const auto tags = lastfm_tags(each);
            return tags && tags->size() == count;
        });
        return json_of(ask(artist.name)).at("toptags").as_object();
    };
    EXPECT_TRUE(tags_for(1).at("tag").is_object());
    EXPECT_FALSE(tags_for(0).contains("tag"));
}

TEST_F(Lastfm, CorrectsNamesWhenAsked) {
    const Artist& artist = an_artist([](const Artist& each) { return lastfm_tags(each).has_value(); });
    std::string name{artist.name};
    std::ranges::transform(name, name.begin(), [](char c) { return c == ' ' ? '-' : c; });
    EXPECT_EQ(error_of(ask(name)), 6);
    EXPECT_TRUE(json_of(ask(name, "artist.gettoptags", "lastfm-demo", "1")).contains("toptags"));
}

TEST_F(Lastfm, HowItSaysNo) {
    EXPECT_EQ(error_of(ask("Nobody at All")), 6);
    EXPECT_EQ(error_of(ask("")), 6);
    EXPECT_EQ(error_of(ask(an_artist([](const Artist& each) { return !lastfm_tags(each); }).name)), 6);
    EXPECT_EQ(error_of(ask("x", "artist.getTopTags", "other")), 10);
    EXPECT_EQ(error_of(ask("x", "artist.dance")), 3);
    EXPECT_EQ(visit.get("/lastfm/3.0/").status, 404);
    EXPECT_THAT(visit.get("/lastfm/2.0/?method=artist.getTopTags&artist=x&api_key=lastfm-demo").body,
                StartsWith("<?xml"));
    const auto with_status = [&](int status) {
        visit.send("PUT", "/_sim/faults",
                   R"({"rules":[{"route":"/lastfm/*","status":)" + std::to_string(status) + "}]}");
        return ask("x");
    };
    EXPECT_THAT(with_status(429).body, HasSubstr(R"("error":29)"));
    EXPECT_THAT(with_status(503).body, HasSubstr(R"("error":11)"));
    EXPECT_THAT(with_status(403).body, HasSubstr(R"("error":10)"));
    EXPECT_EQ(error_of(with_status(200)), 16);
}

TEST(LastfmTags, AreGenresAndNoise) {
    std::set<std::string> seen;
    int unknown = 0;
    int without_genre = 0;
    for (const Artist& artist : catalogue().artists()) {
        const auto tags = lastfm_tags(artist);
        unknown += tags ? 0 : 1;
        bool has_genre = false;
        for (const Tag& tag : tags.value_or(std::vector<Tag>{})) {
            EXPECT_GE(tag.count, 0);
            EXPECT_LE(tag.count, 100);
            seen.insert(tag.name);
            has_genre = has_genre || std::ranges::find(artist.genres, tag.name) != artist.genres.end();
        }
        without_genre += tags && !has_genre ? 1 : 0;
    }
    EXPECT_TRUE(seen.contains("seen live"));
    EXPECT_TRUE(seen.contains("female vocalists"));
    EXPECT_GE(unknown, 5);
    EXPECT_GE(without_genre, 5);
    EXPECT_LE(without_genre * 5, static_cast<int>(catalogue().artists().size()));
}

class Musicbrainz : public testing::Test {
protected:
    Musicbrainz() { visit.send("PUT", "/_sim/settings", R"({"musicbrainz_limit":false})"); }

    http::Response ask(const std::string& target) {
        return visit.get("/musicbrainz/ws/2/artist" + target, {{"User-Agent", "a test (test@example.org)"}});
    }
    boost::json::array found(const std::string& query) {
        return json_of(ask("?fmt=json&limit=5&" + form({{"query", query}}))).at("artists").as_array();
    }
    static const MbArtist& a_known(bool with_genres) {
        return *std::ranges::find_if(musicbrainz_artists(), [&](const MbArtist& artist) {
            return artist.artist != nullptr && artist.genres.empty() != with_genres;
        });
    }

    Visit visit;
};

TEST_F(Musicbrainz, Search) {
    const MbArtist& artist = a_known(true);
    const auto hits = found("artist:\"" + std::string{artist.name} + "\"");
    ASSERT_FALSE(hits.empty());
    EXPECT_LE(hits.size(), 5U);
    EXPECT_EQ(hits.at(0).at("score"), 100);
    EXPECT_EQ(hits.at(0).at("name").as_string(), artist.name);
    EXPECT_EQ(hits.at(0).at("tags").at(0).at("name").as_string(), artist.artist->genres.front());
    EXPECT_EQ(found(R"(artist:"d\'pantura ceria")").at(0).at("name"), "D'Pantura Ceria");
    EXPECT_TRUE(found("artist:\"Qqqq\"").empty());
    EXPECT_TRUE(found("artist:\"\"").empty());
    EXPECT_EQ(ask("?fmt=json&query=").status, 400);
    EXPECT_EQ(json_of(ask("?fmt=json&query=the&limit=1&offset=1")).at("artists").as_array().size(), 1U);
}

TEST_F(Musicbrainz, NamesakesComeFirst) {
    const auto& all = musicbrainz_artists();
    const auto other = std::ranges::find(all, nullptr, &MbArtist::artist);
    ASSERT_NE(other, all.end());
    const auto hits = found("artist:\"" + std::string{other->name} + "\"");
    ASSERT_GE(hits.size(), 2U);
    EXPECT_EQ(hits.at(0).at("disambiguation"), "polka band from Wisconsin");
    EXPECT_EQ(hits.at(1).at("score"), 100);
}

TEST_F(Musicbrainz, OneArtist) {
    const MbArtist& artist = a_known(true);
    const auto all = json_of(ask("/" + artist.id + "?inc=genres+tags&fmt=json"));
    EXPECT_EQ(all.at("name").as_string(), artist.name);
    EXPECT_EQ(all.at("genres").at(0).at("name").as_string(), artist.artist->genres.front());
    EXPECT_FALSE(all.at("tags").as_array().empty());
    EXPECT_EQ(json_of(ask("/" + artist.id + "?inc=genres%2Btags&fmt=json")).at("tags"), all.at("tags"));
    EXPECT_FALSE(json_of(ask("/" + artist.id + "?fmt=json")).contains("genres"));
    EXPECT_TRUE(
        json_of(ask("/" + a_known(false).id + "?inc=genres&fmt=json")).at("genres").as_array().empty());
    EXPECT_EQ(ask("/00000000-0000-4000-a000-00000000000f?fmt=json").status, 404);
    EXPECT_THAT(ask("/x?fmt=json").body, HasSubstr("Invalid mbid."));
    EXPECT_THAT(ask("/" + artist.id).body, StartsWith("<?xml"));
    EXPECT_EQ(visit.get("/musicbrainz/ws/2/artist?fmt=json&query=x").status, 403) << "without a User-Agent";
    EXPECT_EQ(
        json_of(visit.get("/lastfm/2.0/?method=artist.getTopTags&format=json&api_key=lastfm-demo&mbid=" +
                          artist.id))
            .contains("toptags"),
        lastfm_tags(*artist.artist).has_value());
}

TEST_F(Musicbrainz, IdsAreUnique) {
    std::set<std::string> ids;
    for (const MbArtist& artist : musicbrainz_artists()) {
        EXPECT_TRUE(ids.insert(artist.id).second);
        EXPECT_EQ(artist.id.size(), 36U);
        EXPECT_EQ(artist.id.at(14), '4');
    }
}

TEST(MusicbrainzLimit, OneRequestASecond) {
    const auto clock = std::make_shared<ManualClock>(from_millis(1'795'338'400'123));
    Visit visit{{.public_url = std::string{public_url}, .clock = clock}};
    const auto status = [&] {
        return visit.get("/musicbrainz/ws/2/artist?fmt=json&query=x", {{"User-Agent", "a test"}}).status;
    };
    EXPECT_EQ(status(), 200);
    const auto refused = visit.get("/musicbrainz/ws/2/artist?fmt=json&query=x", {{"User-Agent", "a test"}});
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(header_of(refused, "Retry-After"), "1");
    EXPECT_THAT(refused.body, HasSubstr("exceeding the allowable rate limit"));
    clock->advance(std::chrono::milliseconds{1'000});
    EXPECT_EQ(status(), 200);
    EXPECT_EQ(status(), 503);
    visit.send("PUT", "/_sim/settings", R"({"musicbrainz_limit":false})");
    EXPECT_EQ(status(), 200);
    visit.send("POST", "/_sim/reset");
    EXPECT_EQ(status(), 200);
    EXPECT_EQ(status(), 503);
}

} // namespace
} // namespace personalify::simulator
