#include "upstream/spotify/parse.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace personalify::spotify {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_id = 255;
constexpr std::int64_t longest_play =
    100'000'000'000; ///< ms, three years: sums of two stay far from overflow

const json::value* member(const json::value& value, std::string_view key) {
    const json::object* object = value.if_object();
    return object == nullptr ? nullptr : object->if_contains(key);
}

/// Text without NUL, which some stores can't hold; "" when it is no text.
std::string text_of(const json::value* value) {
    if (value == nullptr || !value->is_string()) {
        return {};
    }
    std::string text{value->get_string()};
    std::erase(text, '\0');
    return text;
}

std::string text_at(const json::value& value, std::string_view key) {
    return text_of(member(value, key));
}

std::optional<std::string> optional_text(const json::value& value, std::string_view key) {
    std::string text = text_at(value, key);
    return text.empty() ? std::nullopt : std::optional{std::move(text)};
}

/// A whole number, also written as a fraction or as text.
std::optional<std::int64_t> number_of(const json::value* value) {
    if (value == nullptr) {
        return std::nullopt;
    }
    if (const std::int64_t* whole = value->if_int64()) {
        return *whole;
    }
    if (value->is_uint64()) {
        return std::numeric_limits<std::int64_t>::max();
    }
    if (const double* real = value->if_double(); real != nullptr && std::abs(*real) < 9e15) {
        return static_cast<std::int64_t>(*real);
    }
    if (const json::string* text = value->if_string()) {
        std::int64_t number = 0;
        const char* end = text->data() + text->size();
        const auto [stop, failure] = std::from_chars(text->data(), end, number);
        if (failure == std::errc{} && stop == end) {
            return number;
        }
    }
    return std::nullopt;
}

std::int64_t number_at(const json::value& value, std::string_view key, std::int64_t most) {
    return std::clamp<std::int64_t>(number_of(member(value, key)).value_or(0), 0, most);
}

const json::array& array_at(const json::value& value, std::string_view key) {
    static const json::array none;
    const json::value* found = member(value, key);
    return found != nullptr && found->is_array() ? found->get_array() : none;
}

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= longest_id &&
           std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

/// The URL of the widest image; Spotify lists them widest first, but sizes may be unknown.
std::string widest_image(const json::value& value) {
    std::string url;
    std::int64_t widest = -1;
    for (const json::value& image : array_at(value, "images")) {
        std::string candidate = text_at(image, "url");
        const std::int64_t width = number_at(image, "width", std::numeric_limits<std::int32_t>::max());
        if (!candidate.empty() && width > widest) {
            widest = width;
            url = std::move(candidate);
        }
    }
    return url;
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    });
    return text;
}

std::int32_t popularity_of(const json::value& value) {
    return static_cast<std::int32_t>(number_at(value, "popularity", 100));
}

Album parse_album(const json::value& value) {
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    return Album{.name = text_at(value, "name"),
                 .type = lower(text_at(value, "album_type")),
                 .total_tracks = static_cast<std::int32_t>(number_at(value, "total_tracks", most))};
}

/// A track or an episode. An episode has a show where a track has an album and artists.
PlayedTrack parse_played(const json::value& value) {
    PlayedTrack track;
    track.id = text_at(value, "id");
    if (!is_id(track.id)) {
        track.id.clear();
    }
    track.name = text_at(value, "name");
    for (const json::value& artist : array_at(value, "artists")) {
        if (std::string name = text_at(artist, "name"); !name.empty()) {
            track.artists.push_back(std::move(name));
        }
    }
    if (const json::value* album = member(value, "album")) {
        track.album = text_at(*album, "name");
        track.image = widest_image(*album);
    } else if (const json::value* show = member(value, "show")) {
        track.album = text_at(*show, "name");
        track.image = widest_image(value);
        if (track.image.empty()) {
            track.image = widest_image(*show);
        }
        if (std::string publisher = text_at(*show, "publisher"); !publisher.empty()) {
            track.artists.push_back(std::move(publisher));
        }
    }
    track.duration_ms = number_at(value, "duration_ms", longest_play);
    if (const json::value* pages = member(value, "external_urls")) {
        track.external_url = text_at(*pages, "spotify");
    }
    return track;
}

std::unexpected<Error> unreadable(std::string cause) {
    return fail(Errc::upstream_unavailable, "Spotify gave an answer we can't read. Please try again.",
                std::move(cause));
}

} // namespace

Result<SpotifyProfile> parse_profile(const json::value& value) {
    std::string id = text_at(value, "id");
    if (id.empty()) { // names of old accounts are digits
        const json::value* found = member(value, "id");
        if (found != nullptr && found->is_int64()) {
            id = std::to_string(found->get_int64());
        }
    }
    if (!is_id(id)) {
        return unreadable("the profile has no usable id");
    }
    SpotifyProfile profile;
    profile.account_id = optional_text(value, "account_id");
    if (profile.account_id && !is_id(*profile.account_id)) {
        profile.account_id.reset();
    }
    profile.display_name = optional_text(value, "display_name").value_or(id);
    profile.id = UserId{std::move(id)};
    profile.image = widest_image(value);
    profile.email = optional_text(value, "email");
    profile.country = optional_text(value, "country");
    profile.product = optional_text(value, "product");
    if (const json::value* followers = member(value, "followers")) {
        profile.followers = number_of(member(*followers, "total"));
    }
    if (profile.followers && *profile.followers < 0) {
        profile.followers.reset();
    }
    return profile;
}

std::optional<Artist> parse_artist(const json::value& value) {
    Artist artist;
    artist.id = text_at(value, "id");
    artist.name = text_at(value, "name");
    if (!is_id(artist.id) || artist.name.empty()) {
        return std::nullopt;
    }
    for (const json::value& genre : array_at(value, "genres")) {
        std::string name = text_of(&genre);
        if (!name.empty() && std::ranges::find(artist.genres, name) == artist.genres.end()) {
            artist.genres.push_back(std::move(name));
        }
    }
    artist.popularity = popularity_of(value);
    artist.image = widest_image(value);
    return artist;
}

std::optional<Track> parse_track(const json::value& value) {
    Track track;
    track.id = text_at(value, "id");
    track.name = text_at(value, "name");
    if (!is_id(track.id)) {
        return std::nullopt;
    }
    for (const json::value& artist : array_at(value, "artists")) {
        if (std::string name = text_at(artist, "name"); !name.empty()) {
            track.artists.push_back(std::move(name));
        }
    }
    if (const json::value* album = member(value, "album")) {
        track.album = parse_album(*album);
        track.image = widest_image(*album);
    }
    track.popularity = popularity_of(value);
    track.preview_url = optional_text(value, "preview_url");
    track.duration_ms = number_at(value, "duration_ms", std::numeric_limits<std::int64_t>::max());
    return track;
}

Result<Playing> parse_playing(const json::value& value) {
    if (!value.is_object()) {
        return unreadable("the player's answer is no object");
    }
    const json::value* running = member(value, "is_playing");
    Playing playing;
    playing.is_playing = running != nullptr && running->is_bool() && running->get_bool();
    if (const std::optional<std::int64_t> progress = number_of(member(value, "progress_ms"))) {
        playing.progress_ms = std::clamp<std::int64_t>(*progress, 0, longest_play);
    }
    if (text_at(value, "currently_playing_type") == "ad") {
        playing.what = Playing::What::ad;
        return playing.is_playing ? playing : Playing{};
    }
    const json::value* item = member(value, "item");
    if (item == nullptr || !item->is_object()) {
        return Playing{};
    }
    playing.track = parse_played(*item);
    if (playing.track.name.empty() && playing.track.id.empty()) {
        return Playing{};
    }
    playing.what = Playing::What::track;
    return playing;
}

std::optional<RecentPlay> parse_recent_play(const json::value& value) {
    const json::value* track = member(value, "track");
    RecentPlay play;
    play.played_at = text_at(value, "played_at");
    if (track == nullptr || play.played_at.empty()) {
        return std::nullopt;
    }
    play.track = parse_played(*track);
    if (play.track.name.empty()) {
        return std::nullopt;
    }
    if (const json::value* album = member(*track, "album")) {
        play.album = parse_album(*album);
    }
    return play;
}

bool is_local_file(const json::value& value) {
    const json::value* found = member(value, "is_local");
    return found != nullptr && found->is_bool() && found->get_bool();
}

Result<RawPage> parse_page(const json::value& value) {
    const json::value* items = member(value, "items");
    if (items == nullptr || !items->is_array()) {
        return unreadable("a page lists no items");
    }
    return RawPage{.items = &items->get_array(), .has_next = !text_at(value, "next").empty()};
}

} // namespace personalify::spotify
