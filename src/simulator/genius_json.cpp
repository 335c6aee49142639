#include "simulator/genius_json.hpp"

#include "simulator/catalogue_seed.hpp"

#include <boost/json/array.hpp>

#include <array>
#include <charconv>

namespace personalify::simulator {

namespace bj = boost::json;

namespace {

constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};

/// The number at a place of "YYYY-MM-DD"; 0 where the date is shorter.
int number_at(std::string_view date, std::size_t at, std::size_t length) {
    int number = 0;
    if (date.size() >= at + length) {
        std::from_chars(date.data() + at, date.data() + at + length, number);
    }
    return number;
}

struct Date {
    int year = 0;
    int month = 0; ///< 0: not known
    int day = 0;
};

Date date_of(const Album& album) {
    return {number_at(album.release_date, 0, 4), number_at(album.release_date, 5, 2),
            number_at(album.release_date, 8, 2)};
}

bj::value or_null(int number) {
    return number == 0 ? bj::value(nullptr) : bj::value(number);
}

bj::value date_components(const Album* album) {
    if (album == nullptr) {
        return nullptr;
    }
    const Date date = date_of(*album);
    return bj::object{{"year", date.year}, {"month", or_null(date.month)}, {"day", or_null(date.day)}};
}

/// "August 2, 2024", "August 2024" or "2024".
bj::value date_for_display(const Album* album) {
    if (album == nullptr) {
        return nullptr;
    }
    const Date date = date_of(*album);
    std::string text;
    if (date.month != 0) {
        text += std::string{months.at(static_cast<std::size_t>(date.month) - 1)} + " ";
    }
    if (date.day != 0) {
        text += std::to_string(date.day) + ", ";
    }
    return bj::value(text + std::to_string(date.year));
}

std::string picture(std::string_view kind, std::int64_t id, int size) {
    return "https://images.genius.example/" + std::string{kind} + std::to_string(id) + "." +
           std::to_string(size) + "x" + std::to_string(size) + ".jpg";
}

std::string_view lyrics_state(const GeniusSong& song) {
    return song.kind == SongKind::unreleased ? "unreleased" : "complete";
}

std::string names_of(const GeniusSong& song) {
    std::string names = song.artist->name;
    for (std::size_t i = 0; i < song.guests.size(); ++i) {
        names += (i == 0 ? " (Ft. " : " & ") + song.guests[i]->name;
    }
    return names + (song.guests.empty() ? "" : ")");
}

std::string title_with_guests(const GeniusSong& song) {
    std::string title = song.title;
    for (std::size_t i = 0; i < song.guests.size(); ++i) {
        title += (i == 0 ? " (Ft. " : " & ") + song.guests[i]->name;
    }
    return title + (song.guests.empty() ? "" : ")");
}

bj::array guests_json(const GeniusSong& song, const std::string& site) {
    bj::array guests;
    for (const GeniusArtist* guest : song.guests) {
        guests.push_back(genius_artist_json(*guest, site));
    }
    return guests;
}

bj::object album_json(const Album& album, const GeniusArtist& artist, const std::string& site) {
    const auto id = static_cast<std::int64_t>(hash_texts("genius album", album.id) % 900'000 + 100'000);
    return {{"api_path", "/albums/" + std::to_string(id)},
            {"cover_art_url", picture("album", id, 1000)},
            {"full_title", std::string{album.name} + " by " + artist.name},
            {"id", id},
            {"name", album.name},
            {"url", site + "/albums" + artist.path.substr(std::string_view{"/artists"}.size())},
            {"artist", genius_artist_json(artist, site)}};
}

bj::object summary(const GeniusSong& song, const std::string& site, const std::string& path) {
    bj::object json{
        {"annotation_count", song.seed % 9},
        {"api_path", "/songs/" + std::to_string(song.id)},
        {"artist_names", names_of(song)},
        {"full_title", title_with_guests(song) + " by\u00a0" + song.artist->name},
        {"header_image_thumbnail_url", picture("header", song.id, 300)},
        {"header_image_url", picture("header", song.id, 1000)},
        {"id", song.id},
        {"lyrics_owner_id", 1 + song.seed % 90'000},
        {"lyrics_state", lyrics_state(song)},
        {"path", path},
        {"primary_artist_names", song.artist->name},
        {"pyongs_count", song.seed % 4 == 0 ? bj::value(song.seed % 30) : bj::value(nullptr)},
        {"release_date_components", date_components(song.album)},
        {"release_date_for_display", date_for_display(song.album)},
        {"song_art_image_thumbnail_url", picture("song", song.id, 300)},
        {"song_art_image_url", picture("song", song.id, 1000)},
        {"stats", bj::object{{"unreviewed_annotations", song.seed % 3}, {"hot", false}}},
        {"title", song.title},
        {"title_with_featured", title_with_guests(song)},
        {"url", site + path},
        {"featured_artists", guests_json(song, site)},
        {"primary_artist", genius_artist_json(*song.artist, site)},
    };
    // Older records have neither of these.
    if (song.seed % 5 != 0) {
        json["instrumental"] =
            song.kind == SongKind::instrumental || song.kind == SongKind::tagged_instrumental;
        json["primary_artists"] = bj::array{genius_artist_json(*song.artist, site)};
    }
    if (song.seed % 3 != 0) {
        json["language"] = to_string(song.language);
    }
    return json;
}

} // namespace

bj::object genius_artist_json(const GeniusArtist& artist, const std::string& site) {
    return {{"api_path", "/artists/" + std::to_string(artist.id)},
            {"header_image_url", picture("header-artist", artist.id, 1000)},
            {"id", artist.id},
            {"image_url", picture("artist", artist.id, 1000)},
            {"is_meme_verified", false},
            {"is_verified", artist.artist != nullptr && artist.artist->popularity > 70},
            {"name", artist.name},
            {"url", site + artist.path}};
}

bj::object song_summary_json(const GeniusSong& song, const std::string& site) {
    return summary(song, site, song.listed_path());
}

bj::object artists_song_json(const GeniusSong& song, const std::string& site) {
    bj::object json = song_summary_json(song, site);
    if (song.album != nullptr) {
        json["primary_album"] = album_json(*song.album, *song.artist, site);
    } else if (song.seed % 5 != 0) {
        json["primary_album"] = nullptr;
    }
    return json;
}

bj::object song_json(const GeniusSong& song, const std::string& site) {
    bj::object json = summary(song, site, song.path);
    json["album"] =
        song.album == nullptr ? bj::value(nullptr) : bj::value(album_json(*song.album, *song.artist, site));
    json["description"] = bj::object{{"plain", "?"}};
    json["language"] = to_string(song.language);
    json["lyrics_placeholder_reason"] =
        song.kind == SongKind::unreleased ? bj::value("unreleased") : bj::value(nullptr);
    json["media"] = bj::array{};
    json["producer_artists"] = bj::array{};
    json["release_date"] = song.album == nullptr || song.album->precision != DatePrecision::day
                               ? bj::value(nullptr)
                               : bj::value(song.album->release_date);
    json["song_relationships"] = bj::array{};
    json["writer_artists"] = bj::array{genius_artist_json(*song.artist, site)};
    return json;
}

} // namespace personalify::simulator
