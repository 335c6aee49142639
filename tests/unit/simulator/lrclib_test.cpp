#include "simulator/lrclib_book.hpp"
#include "visit.hpp"

#include <boost/json/array.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

namespace personalify::simulator {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Lrclib : public testing::Test {
protected:
    http::Response ask(const std::string& target) {
        return visit.get("/lrclib/api" + target, {{"User-Agent", "a test"}});
    }
    http::Response get(const std::vector<std::pair<std::string_view, std::string_view>>& pairs) {
        return ask("/get?" + form(pairs));
    }
    static std::string_view title(const LrcRecord& record) { return record.track->name; }
    static const LrcRecord& a_record(LrcForm wanted) {
        return *std::ranges::find_if(lrc_book().records(), [&](const LrcRecord& record) {
            return record.form == wanted && !record.is_another && !record.is_odd;
        });
    }

    Visit visit;
};

TEST_F(Lrclib, OneRecord) {
    const LrcRecord& record = a_record(LrcForm::both);
    const auto response = get({{"track_name", title(record)},
                               {"artist_name", record.artist},
                               {"album_name", record.album},
                               {"duration", std::to_string(record.duration + 1.5)}});
    ASSERT_EQ(response.status, 200) << response.body;
    const auto json = json_of(response);
    EXPECT_EQ(json.at("id").as_int64(), record.id);
    EXPECT_EQ(json.at("trackName").as_string(), title(record));
    EXPECT_EQ(json.at("duration").to_number<double>(), record.duration);
    EXPECT_FALSE(json.at("instrumental").as_bool());
    EXPECT_EQ(json.at("plainLyrics").as_string(), plain_lyrics(record));
    const std::string synced{json.at("syncedLyrics").as_string()};
    EXPECT_THAT(synced, StartsWith("[00:09.40] "));
    EXPECT_EQ(std::regex_replace(synced, std::regex{"\\[[0-9:.]+\\] "}, ""), plain_lyrics(record) + "\n");
    EXPECT_EQ(json_of(ask("/get/" + std::to_string(record.id))), json);
    EXPECT_EQ(
        ask("/get-cached?" + form({{"track_name", title(record)}, {"artist_name", record.artist}})).status,
        200);
}

TEST_F(Lrclib, WordingCountsSpellingDoesNot) {
    const LrcRecord& record = a_record(LrcForm::both);
    std::string shouted{title(record)};
    std::ranges::transform(shouted, shouted.begin(), [](char c) { return c == ' ' ? '-' : c; });
    const std::string artist{record.track->artists.front()->name};
    EXPECT_EQ(get({{"track_name", shouted}, {"artist_name", artist}}).status, 200);
    const auto miss = get({{"track_name", shouted + " - Remastered 2011"}, {"artist_name", artist}});
    EXPECT_EQ(miss.status, 404);
    EXPECT_EQ(miss.body,
              R"({"message":"Failed to find specified track","name":"TrackNotFound","statusCode":404})");
    EXPECT_EQ(get({{"track_name", shouted}, {"artist_name", artist}, {"album_name", "Another"}}).status, 404);
    EXPECT_EQ(get({{"track_name", shouted},
                   {"artist_name", artist},
                   {"duration", std::to_string(record.duration + 3)}})
                  .status,
              404);
}

TEST_F(Lrclib, RecordsWithoutWords) {
    const auto json_for = [&](LrcForm wanted) {
        return json_of(ask("/get/" + std::to_string(a_record(wanted).id)));
    };
    const auto instrumental = json_for(LrcForm::instrumental);
    EXPECT_TRUE(instrumental.at("instrumental").as_bool());
    EXPECT_TRUE(instrumental.at("plainLyrics").is_null());
    EXPECT_TRUE(json_for(LrcForm::plain).at("syncedLyrics").is_null());
    EXPECT_TRUE(json_for(LrcForm::synced).at("plainLyrics").is_null());
    const auto wordless = json_for(LrcForm::wordless);
    EXPECT_TRUE(wordless.at("plainLyrics").is_null());
    EXPECT_TRUE(wordless.at("syncedLyrics").is_null());
    EXPECT_FALSE(wordless.at("instrumental").as_bool());
}

TEST_F(Lrclib, HowItSaysNo) {
    EXPECT_EQ(get({{"artist_name", "x"}}).body,
              "Failed to deserialize query string: missing field `track_name`");
    EXPECT_EQ(get({{"track_name", "x"}}).status, 400);
    EXPECT_THAT(get({{"track_name", ""}, {"artist_name", "x"}}).body, HasSubstr("ValidationError"));
    for (const auto* duration : {"0", "3601", "long", "1e"}) {
        EXPECT_EQ(get({{"track_name", "x"}, {"artist_name", "x"}, {"duration", duration}}).status, 400)
            << duration;
    }
    EXPECT_EQ(ask("/get/1").status, 404);
    EXPECT_EQ(ask("/get/nan").status, 404);
    EXPECT_EQ(ask("/other").status, 404);
    const auto nameless = visit.get("/lrclib/api/search?q=x");
    EXPECT_EQ(nameless.status, 403);
    EXPECT_THAT(nameless.body, HasSubstr("Cloudflare"));
    EXPECT_EQ(visit.get("/lrclib/api/search?q=x", {{"Lrclib-Client", "a test"}}).status, 200);
}

TEST_F(Lrclib, Search) {
    const auto found = [&](const std::string& query) {
        return json::parse(ask("/search?" + query).body).value().as_array();
    };
    const LrcRecord& record = a_record(LrcForm::both);
    const auto holds = [&](const boost::json::array& list) {
        return std::ranges::any_of(list, [&](const auto& each) { return each.at("id") == record.id; });
    };
    EXPECT_TRUE(holds(found(form({{"track_name", title(record)}, {"artist_name", record.artist}}))));
    EXPECT_TRUE(holds(found(form({{"q", std::string{title(record)} + " " + record.artist}}))));
    EXPECT_EQ(found("q=di").size(), 20U);
    EXPECT_TRUE(found("q=nobody%20sang%20this").empty());
    EXPECT_TRUE(found("q=").empty());
    EXPECT_TRUE(found("artist_name=x").empty());
}

TEST_F(Lrclib, FaultsSpeakItsLanguage) {
    const auto with_status = [&](int status) {
        visit.send("PUT", "/_sim/faults",
                   R"({"rules":[{"route":"/lrclib/*","status":)" + std::to_string(status) + "}]}");
        return ask("/search?q=x");
    };
    EXPECT_THAT(with_status(500).body, HasSubstr("UnknownError"));
    EXPECT_THAT(with_status(404).body, HasSubstr("TrackNotFound"));
    EXPECT_EQ(header_of(with_status(403), "Content-Type"), "text/html; charset=UTF-8");
    EXPECT_EQ(with_status(520).status, 520);
}

TEST(LrcBook, HoldsMostTracksInEveryForm) {
    std::map<LrcForm, int> forms;
    std::set<std::int64_t> ids;
    int odd = 0;
    int others = 0;
    for (const LrcRecord& record : lrc_book().records()) {
        EXPECT_TRUE(ids.insert(record.id).second);
        EXPECT_EQ(lrc_book().find(record.id), &record);
        ++forms[record.form];
        odd += record.is_odd && synced_lyrics(record).contains("[offset:+250]\r\n") ? 1 : 0;
        others += record.is_another ? 1 : 0;
    }
    EXPECT_EQ(forms.size(), 5U);
    for (const auto& [form, count] : forms) {
        EXPECT_GE(count, 5) << static_cast<int>(form);
    }
    EXPECT_GE(odd, 10);
    EXPECT_GE(others, 10);
    std::size_t missing = 0;
    for (const Track& track : catalogue().tracks()) {
        missing += lrc_book().find_track(track.id) == nullptr ? 1 : 0;
    }
    EXPECT_GE(missing, 50U);
    EXPECT_LE(missing * 4, catalogue().tracks().size());
}

} // namespace
} // namespace personalify::simulator
