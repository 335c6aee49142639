#include "upstream/spotify/parse.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace personalify::spotify {
namespace {

boost::json::value json(std::string_view text) {
    return boost::json::parse(text);
}

TEST(ParseProfile, DevelopmentMode) {
    const auto profile = parse_profile(json(R"({"account_id":"zQ8rT2uV6w","display_name":"Rani Senja",
        "external_urls":{"spotify":"https://open.spotify.com/user/ranisenja"},"id":"ranisenja",
        "images":[{"url":"https://i.scdn.example/ab1","height":300,"width":300}],"type":"user"})"));
    ASSERT_TRUE(profile.has_value());
    EXPECT_EQ(profile->id.str(), "ranisenja");
    EXPECT_EQ(profile->account_id, "zQ8rT2uV6w");
    EXPECT_EQ(profile->display_name, "Rani Senja");
    EXPECT_EQ(profile->image, "https://i.scdn.example/ab1");
    EXPECT_EQ(profile->email, std::nullopt);
    EXPECT_EQ(profile->country, std::nullopt);
    EXPECT_EQ(profile->product, std::nullopt);
    EXPECT_EQ(profile->followers, std::nullopt);
}

TEST(ParseProfile, ExtendedQuota) {
    const auto profile = parse_profile(json(R"({"id":"r","display_name":null,"images":[],"country":"ID",
        "email":"rani@example.org","product":"premium","followers":{"href":null,"total":12}})"));
    ASSERT_TRUE(profile.has_value());
    EXPECT_EQ(profile->display_name, "r");
    EXPECT_EQ(profile->image, "");
    EXPECT_EQ(profile->email, "rani@example.org");
    EXPECT_EQ(profile->country, "ID");
    EXPECT_EQ(profile->product, "premium");
    EXPECT_EQ(profile->followers, 12);
}

TEST(ParseProfile, WrongTypesAreUnknown) {
    const auto profile =
        parse_profile(json(R"({"id":"r","account_id":5,"display_name":["x"],"images":{"url":"u"},
        "country":1,"email":{},"product":[],"followers":7})"));
    ASSERT_TRUE(profile.has_value());
    EXPECT_EQ(profile->account_id, std::nullopt);
    EXPECT_EQ(profile->display_name, "r");
    EXPECT_EQ(profile->image, "");
    EXPECT_EQ(profile->followers, std::nullopt);
    EXPECT_EQ(parse_profile(json(R"({"id":"r","followers":{"total":"12"}})"))->followers, 12);
    EXPECT_EQ(parse_profile(json(R"({"id":"r","followers":{"total":-1}})"))->followers, std::nullopt);
    EXPECT_EQ(parse_profile(json(R"({"id":31415926535})"))->id.str(), "31415926535");
}

TEST(ParseProfile, NeedsAnId) {
    for (const char* text : {"{}", R"({"id":null})", R"({"id":""})", R"({"id":"a\nb"})", R"({"id":["r"]})",
                             "[]", "null", "\"r\"", "5"}) {
        EXPECT_FALSE(parse_profile(json(text)).has_value()) << text;
    }
    EXPECT_FALSE(parse_profile(json(R"({"id":")" + std::string(256, 'x') + "\"}")).has_value());
    EXPECT_EQ(parse_profile(json(R"({"id":"a/b?c %é\"d"})"))->id.str(), "a/b?c %é\"d");
}

TEST(ParseArtist, DevelopmentMode) {
    const auto artist = parse_artist(json(R"({"external_urls":{},"id":"0Artist000000000000001","images":[
        {"height":160,"url":"https://i.scdn.example/a1-160","width":160},
        {"height":640,"url":"https://i.scdn.example/a1-640","width":640}],"name":"Lentera Biru","type":"artist"})"));
    EXPECT_EQ(artist,
              (Artist{"0Artist000000000000001", "Lentera Biru", {}, 0, "https://i.scdn.example/a1-640"}));
}

TEST(ParseArtist, ExtendedQuota) {
    const auto artist = parse_artist(json(R"({"id":"a","name":"n","images":[],
        "genres":["indonesian indie","dream pop","indonesian indie",null,3,""],"popularity":47})"));
    EXPECT_EQ(artist, (Artist{"a", "n", {"indonesian indie", "dream pop"}, 47, ""}));
}

TEST(ParseArtist, EveryOptionalMemberMayBeAnything) {
    const Artist bare{"a", "n", {}, 0, ""};
    for (const char* value : {"null", "{}", "[]", "\"\"", "true", "-3"}) {
        const std::string text = std::string{R"({"id":"a","name":"n","genres":)"} + value +
                                 R"(,"popularity":)" + value + R"(,"images":)" + value + "}";
        EXPECT_EQ(parse_artist(json(text)), bare) << text;
    }
    EXPECT_EQ(parse_artist(json(R"({"id":"a","name":"n","popularity":"47"})"))->popularity, 47);
    EXPECT_EQ(parse_artist(json(R"({"id":"a","name":"n","popularity":47.0})"))->popularity, 47);
    EXPECT_EQ(parse_artist(json(R"({"id":"a","name":"n","popularity":1e300})"))->popularity, 0);
    EXPECT_EQ(parse_artist(json(R"({"id":"a","name":"n","popularity":18446744073709551615})"))->popularity,
              100);
    EXPECT_EQ(parse_artist(json(R"({"id":"a","name":"n\u0000m"})"))->name, "nm");
}

TEST(ParseArtist, NeedsIdAndName) {
    for (const char* text : {R"({"id":"a"})", R"({"name":"n"})", R"({"id":null,"name":"n"})",
                             R"({"id":7,"name":"n"})", R"({"id":"a","name":null})", "[]", "null", "\"a\""}) {
        EXPECT_EQ(parse_artist(json(text)), std::nullopt) << text;
    }
}

TEST(ParseImages, UnknownSizesKeepTheOrder) {
    EXPECT_EQ(parse_artist(json(R"({"id":"a","name":"n","images":[{"url":"first","width":null,"height":null},
        {"url":"second","width":null}]})"))
                  ->image,
              "first");
    EXPECT_EQ(parse_artist(json(R"({"id":"a","name":"n","images":[null,{"width":900},{"url":null,"width":800},
        {"url":"small","width":"64"},{"url":"wide","width":"640"}]})"))
                  ->image,
              "wide");
}

TEST(ParseTrack, DevelopmentMode) {
    const auto track = parse_track(json(R"({"album":{"album_type":"SINGLE","artists":[],"id":"x",
        "images":[{"height":640,"url":"https://i.scdn.example/c1-640","width":640}],"name":"Pulang Larut",
        "release_date":"2024-08","release_date_precision":"month","total_tracks":1,"type":"album"},
        "artists":[{"id":"y","name":"Lentera Biru"},{"id":null,"name":"Guest"},{"name":null},null],
        "disc_number":1,"duration_ms":214533,"explicit":false,"id":"t","is_local":false,"name":"Pulang Larut",
        "preview_url":null,"type":"track"})"));
    EXPECT_EQ(track, (Track{"t",
                            "Pulang Larut",
                            {"Lentera Biru", "Guest"},
                            {"Pulang Larut", "single", 1},
                            0,
                            std::nullopt,
                            "https://i.scdn.example/c1-640",
                            214533}));
}

TEST(ParseTrack, EveryOptionalMemberMayBeAnything) {
    const Track bare{"t", "", {}, {"", "", 0}, 0, std::nullopt, "", 0};
    EXPECT_EQ(parse_track(json(R"({"id":"t"})")), bare);
    for (const char* value : {"null", "{}", "[]", "\"\"", "true", "-3"}) {
        std::string text = R"({"id":"t")";
        for (const char* key : {"name", "artists", "album", "popularity", "preview_url", "duration_ms"}) {
            text += std::string{",\""} + key + "\":" + value;
        }
        EXPECT_EQ(parse_track(json(text + "}")), bare) << value;
        EXPECT_EQ(
            parse_track(json(std::string{R"({"id":"t","album":{"name":)"} + value + R"(,"album_type":)" +
                             value + R"(,"total_tracks":)" + value + R"(,"images":)" + value + "}}")),
            bare)
            << value;
    }
    EXPECT_EQ(parse_track(json(R"({"id":"t","duration_ms":"214533"})"))->duration_ms, 214533);
    EXPECT_EQ(parse_track(json(R"({"id":"t","album":{"total_tracks":99999999999}})"))->album.total_tracks,
              2147483647);
}

TEST(ParseTrack, LocalFilesHaveNoId) {
    EXPECT_EQ(parse_track(json(R"({"id":null,"is_local":true,"name":"demo.mp3","uri":"spotify:local:a"})")),
              std::nullopt);
    EXPECT_EQ(parse_track(json(R"({"name":"x"})")), std::nullopt);
    EXPECT_EQ(parse_track(json("null")), std::nullopt);
}

TEST(ParsePage, ToleratesWhatIsMissing) {
    EXPECT_FALSE(parse_page(json("{}")).has_value());
    EXPECT_FALSE(parse_page(json(R"({"items":null,"next":null})")).has_value());
    EXPECT_TRUE(parse_page(json(R"({"items":[]})"))->items->empty());
    EXPECT_FALSE(parse_page(json(R"({"items":[],"next":7})"))->has_next);
    EXPECT_FALSE(parse_page(json(R"({"items":{}})")).has_value());
    EXPECT_FALSE(parse_page(json(R"({"items":"none"})")).has_value());
    EXPECT_FALSE(parse_page(json("[]")).has_value());
    const auto value = json(R"({"items":[1,2],"next":"https://api.spotify.com/v1/me/top/artists?offset=2"})");
    EXPECT_EQ(parse_page(value)->items->size(), 2U);
    EXPECT_TRUE(parse_page(value)->has_next);
}

} // namespace
} // namespace personalify::spotify
