#include "simulator/player_json.hpp"

#include "json/write.hpp"
#include "simulator/catalogue_seed.hpp"
#include "simulator/images.hpp"

namespace personalify::simulator {

namespace bj = boost::json;

namespace {

constexpr std::string_view local_artist = "Rekaman Kamar";
constexpr std::string_view local_album = "Kaset Sisi B";
constexpr std::string_view local_title = "Latihan Hari Minggu";

std::string playlist_id(const Listener& listener) {
    return make_id("playlist", "", listener.account_id);
}

bj::object show_json(const Show& show, const View& view) {
    bj::object object;
    add_links(object, "show", show.id, view);
    object["description"] = show.description;
    object["explicit"] = false;
    object["html_description"] = "<p>" + std::string{show.description} + "</p>";
    object["images"] = images_json(view, image_hash(show));
    object["is_externally_hosted"] = false;
    object["languages"] = bj::array{show.language};
    object["media_type"] = "audio";
    object["name"] = show.name;
    if (view.mode == Mode::extended) {
        object["publisher"] = show.publisher;
    }
    return object;
}

bj::object episode_json(const Episode& episode, int duration_ms, const View& view) {
    bj::object object;
    add_links(object, "episode", episode.id, view);
    object["audio_preview_url"] = nullptr;
    object["description"] = episode.description;
    object["duration_ms"] = duration_ms;
    object["explicit"] = episode.is_explicit;
    object["html_description"] = "<p>" + std::string{episode.description} + "</p>";
    object["images"] = images_json(view, image_hash(*episode.show));
    object["is_externally_hosted"] = false;
    object["is_playable"] = true;
    object["languages"] = bj::array{episode.show->language};
    object["name"] = episode.name;
    object["release_date"] = episode.release_date;
    object["release_date_precision"] = "day";
    object["show"] = show_json(*episode.show, view);
    return object;
}

/// A link to something that Spotify does not know.
bj::object local_link(std::string_view type, std::string_view name) {
    return {{"external_urls", bj::object{}},
            {"href", nullptr},
            {"id", nullptr},
            {"name", name},
            {"type", type},
            {"uri", nullptr}};
}

bj::object local_json(const Item& item, const View& view) {
    bj::object album = local_link("album", local_album);
    album["album_type"] = nullptr;
    album["artists"] = bj::array{};
    album["images"] = bj::array{};
    album["release_date"] = nullptr;
    album["release_date_precision"] = nullptr;
    bj::object object = local_link("track", local_title);
    object["album"] = std::move(album);
    object["artists"] = bj::array{local_link("artist", local_artist)};
    object["disc_number"] = 0;
    object["duration_ms"] = item.duration_ms;
    object["explicit"] = false;
    object["external_ids"] = bj::object{};
    object["is_local"] = true;
    object["preview_url"] = nullptr;
    object["track_number"] = 0;
    object["uri"] = item_uri(item);
    if (view.mode == Mode::extended) {
        object["available_markets"] = bj::array{};
        object["popularity"] = 0;
    }
    return object;
}

std::string write_item(const Item& item, const View& view) {
    switch (item.kind) {
    case ItemKind::track: {
        bj::object object = track_json(*item.track, view);
        object["duration_ms"] = item.duration_ms;
        return json::write(bj::value(std::move(object)));
    }
    case ItemKind::episode:
        return json::write(bj::value(episode_json(*item.episode, item.duration_ms, view)));
    case ItemKind::local:
        return json::write(bj::value(local_json(item, view)));
    case ItemKind::ad:
    case ItemKind::unknown:
    case ItemKind::nothing:
        break;
    }
    return "null";
}

struct ExternalUrls {
    std::string spotify;
};
BOOST_DESCRIBE_STRUCT(ExternalUrls, (), (spotify))

struct Context {
    ExternalUrls external_urls;
    std::string href;
    std::string_view type;
    std::string uri;
};
BOOST_DESCRIBE_STRUCT(Context, (), (external_urls, href, type, uri))

struct Target {
    std::string_view kind;
    std::string id;
};

/// What the item's context is; an empty id for none.
Target target_of(const Item& item, const Listener& listener) {
    switch (item.context) {
    case ContextKind::album:
        return {"album", item.track->album->id};
    case ContextKind::artist:
        return {"artist", item.track->artists.front()->id};
    case ContextKind::playlist:
        return {"playlist", playlist_id(listener)};
    case ContextKind::show:
        return {"show", item.episode->show->id};
    case ContextKind::none:
        break;
    }
    return {};
}

} // namespace

std::string context_uri(const Item& item, const Listener& listener) {
    const Target target = target_of(item, listener);
    return target.id.empty() ? std::string{} : "spotify:" + std::string{target.kind} + ":" + target.id;
}

std::string_view item_name(const Item& item) {
    return item.kind == ItemKind::track     ? item.track->name
           : item.kind == ItemKind::episode ? item.episode->name
           : item.kind == ItemKind::local   ? local_title
                                            : std::string_view{};
}

std::string item_uri(const Item& item) {
    if (item.kind == ItemKind::local) {
        return "spotify:local:" + http::percent_encode(local_artist) + ":" +
               http::percent_encode(local_album) + ":" + http::percent_encode(local_title) + ":" +
               std::to_string(item.duration_ms / 1000);
    }
    return item.kind == ItemKind::track     ? "spotify:track:" + item.track->id
           : item.kind == ItemKind::episode ? "spotify:episode:" + item.episode->id
                                            : std::string{};
}

std::string PlayerTexts::item(const Item& item, const View& view) {
    const bool has_own_length = (item.track != nullptr && item.duration_ms == item.track->duration_ms) ||
                                (item.episode != nullptr && item.duration_ms == item.episode->duration_ms);
    if (!has_own_length) {
        return write_item(item, view);
    }
    if (base_ != view.base) {
        base_ = view.base;
        texts_ = {};
    }
    const void* key = item.track != nullptr ? static_cast<const void*>(item.track) : item.episode;
    std::string& text = texts_[static_cast<std::size_t>(view.mode)][key];
    if (text.empty()) {
        text = write_item(item, view);
    }
    return text;
}

std::string PlayerTexts::context(const Item& item, const Listener& listener, const View& view) {
    const Target target = target_of(item, listener);
    if (target.id.empty()) {
        return "null";
    }
    const std::string kind{target.kind};
    return json::write(
        Context{.external_urls = {.spotify = "https://open.spotify.com/" + kind + "/" + target.id},
                .href = view.base + "/v1/" + kind + "s/" + target.id,
                .type = target.kind,
                .uri = "spotify:" + kind + ":" + target.id});
}

} // namespace personalify::simulator
