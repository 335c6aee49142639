#include "simulator/music_json.hpp"

#include "http/message.hpp"
#include "simulator/images.hpp"

#include <boost/json/array.hpp>

#include <initializer_list>
#include <span>

namespace personalify::simulator {
namespace bj = boost::json;

namespace {

bj::array images_json(const View& view, const std::string& hash, std::span<const int> sizes) {
    bj::array images;
    for (const int size : sizes) {
        images.push_back(bj::object{{"height", size},
                                    {"url", view.base + "/image/" + hash + "/" + std::to_string(size)},
                                    {"width", size}});
    }
    return images;
}

bj::object artist_link(const Artist& artist, const View& view) {
    bj::object object;
    add_links(object, "artist", artist.id, view);
    object["name"] = artist.name;
    return object;
}

bj::array artist_links(std::span<const Artist* const> artists, const View& view) {
    bj::array links;
    for (const Artist* artist : artists) {
        links.push_back(artist_link(*artist, view));
    }
    return links;
}

bj::array markets() {
    return {"AU", "GB", "ID", "MY", "NL", "SG", "US"};
}

bj::object album_json(const Album& album, const View& view) {
    bj::object object;
    add_links(object, "album", album.id, view);
    object["album_type"] = to_string(album.type);
    object["artists"] = artist_links(album.artists, view);
    object["images"] = images_json(view, image_hash(album));
    object["is_playable"] = true;
    object["name"] = album.name;
    object["release_date"] = album.release_date;
    object["release_date_precision"] = to_string(album.precision);
    object["total_tracks"] = album.total_tracks;
    if (view.mode == Mode::extended) {
        object["available_markets"] = markets();
    }
    return object;
}

void add_genres(bj::object& object, const Artist& artist, GenresForm form) {
    switch (form) {
    case GenresForm::array:
        object["genres"] = bj::array(artist.genres.begin(), artist.genres.end());
        break;
    case GenresForm::empty:
        object["genres"] = bj::array{};
        break;
    case GenresForm::null:
        object["genres"] = nullptr;
        break;
    case GenresForm::missing:
        break;
    }
}

bj::object followers_json(std::int64_t total) {
    return {{"href", nullptr}, {"total", total}};
}

} // namespace

void add_links(bj::object& object, std::string_view kind, std::string_view id, const View& view) {
    const std::string name{kind};
    const std::string text{id};
    object["external_urls"] = bj::object{{"spotify", "https://open.spotify.com/" + name + "/" + text}};
    object["href"] = view.base + "/v1/" + name + "s/" + text;
    object["id"] = id;
    object["type"] = kind;
    object["uri"] = "spotify:" + name + ":" + text;
}

bj::array images_json(const View& view, const std::string& hash) {
    return images_json(view, hash, image_sizes);
}

bj::object artist_json(const Artist& artist, const View& view) {
    bj::object object = artist_link(artist, view);
    object["images"] = images_json(view, image_hash(artist));
    add_genres(object, artist, view.genres);
    if (view.mode == Mode::extended) {
        object["followers"] = followers_json(artist.followers);
        object["popularity"] = artist.popularity;
    }
    return object;
}

bj::object track_json(const Track& track, const View& view) {
    bj::object object;
    add_links(object, "track", track.id, view);
    object["album"] = album_json(*track.album, view);
    object["artists"] = artist_links(track.artists, view);
    object["disc_number"] = 1;
    object["duration_ms"] = track.duration_ms;
    object["explicit"] = track.is_explicit;
    object["external_ids"] = bj::object{{"isrc", track.isrc}};
    object["is_local"] = false;
    object["is_playable"] = true;
    object["name"] = track.name;
    object["preview_url"] = nullptr;
    object["track_number"] = track.track_number;
    if (view.mode == Mode::extended) {
        object["available_markets"] = markets();
        object["popularity"] = track.popularity;
    }
    return object;
}

bj::object person_json(const Person& person, const View& view, bool may_read_private, bool may_read_email) {
    const Listener& listener = *person.listener;
    const std::string id = http::percent_encode(person.id);
    bj::object object;
    object["account_id"] = listener.account_id;
    object["display_name"] = listener.display_name ? bj::value(*listener.display_name) : bj::value(nullptr);
    object["external_urls"] = bj::object{{"spotify", "https://open.spotify.com/user/" + id}};
    object["href"] = view.base + "/v1/users/" + id;
    object["id"] = person.id;
    object["images"] = listener.has_portrait
                           ? images_json(view, image_hash(listener), std::span{image_sizes}.subspan(1))
                           : bj::array{};
    object["type"] = "user";
    object["uri"] = "spotify:user:" + id;
    if (view.mode == Mode::development) {
        return object;
    }
    object["followers"] = followers_json(listener.followers);
    if (may_read_email) {
        object["email"] = listener.email;
    }
    if (may_read_private) {
        object["country"] = listener.country;
        object["explicit_content"] = bj::object{{"filter_enabled", false}, {"filter_locked", false}};
        object["product"] = listener.product;
    }
    return object;
}

} // namespace personalify::simulator
