#include "simulator/control_songs.hpp"

#include "simulator/control_call.hpp"
#include "simulator/form.hpp"
#include "simulator/lrclib_book.hpp"
#include "simulator/songbook.hpp"

#include <algorithm>
#include <charconv>

namespace personalify::simulator {
namespace {

/// Of Genius, of the catalogue, or of both.
struct SongView {
    std::optional<std::string_view> track_id; ///< null: only Genius has it
    std::string_view artist;
    std::string_view title;
    std::string_view language;
    int duration_ms = 0; ///< 0: not known
    std::string_view album;
    std::optional<std::int64_t> genius_id; ///< null: not on Genius; so are the next three
    std::optional<SongKind> kind;
    std::optional<PageForm> form;
    std::optional<std::string_view> path;
    std::optional<std::string_view> old_path; ///< of a renamed song
    bool is_translated = false;
    std::optional<std::int64_t> lrclib_id; ///< null: not on LRCLIB
    std::optional<LrcForm> lrclib;
};
BOOST_DESCRIBE_STRUCT(SongView, (),
                      (track_id, artist, title, language, duration_ms, album, genius_id, kind, form, path,
                       old_path, is_translated, lrclib_id, lrclib))

struct SongDetail : SongView {
    std::string page_text;     ///< of Genius' page; "" where no lyrics are
    std::string plain_lyrics;  ///< of LRCLIB; "" for none
    std::string synced_lyrics; ///< the same
};
BOOST_DESCRIBE_STRUCT(SongDetail, (SongView), (page_text, plain_lyrics, synced_lyrics))

struct SongList {
    std::size_t total = 0; ///< that fit, listed or not
    std::vector<SongView> songs;
};
BOOST_DESCRIBE_STRUCT(SongList, (), (total, songs))

void add(SongView& view, const GeniusSong& song) {
    view.artist = song.artist->name;
    view.title = song.title;
    view.language = to_string(song.language);
    view.genius_id = song.id;
    view.kind = song.kind;
    view.form = song.form;
    view.path = song.path;
    if (!song.old_path.empty()) {
        view.old_path = song.old_path;
    }
    view.is_translated = !song.translations.empty();
}

void add(SongView& view, const Track& track) {
    view.track_id = track.id;
    view.artist = track.artists.front()->name;
    view.title = track.name;
    view.language = to_string(track.artists.front()->scene);
    view.duration_ms = track.duration_ms;
    view.album = track.album->name;
    if (const LrcRecord* record = lrc_book().find_track(track.id)) {
        view.lrclib_id = record->id;
        view.lrclib = record->form;
    }
}

/// Every track, then what only Genius has.
std::vector<SongView> all_songs() {
    std::vector<SongView> all;
    for (const Track& track : catalogue().tracks()) {
        SongView& view = all.emplace_back();
        if (const GeniusSong* song = songbook().find_track(track.id)) {
            add(view, *song);
        }
        add(view, track);
    }
    for (const GeniusSong& song : songbook().songs()) {
        if (song.track == nullptr) {
            add(all.emplace_back(), song);
        }
    }
    return all;
}

/// "none" is the name of nothing.
template <class Enum>
bool is_named(std::optional<Enum> value, std::string_view name) {
    return value ? json::enum_names<Enum>().at(static_cast<std::size_t>(*value)) == name : name == "none";
}

bool fits(const SongView& song, const Form& query) {
    const auto agrees = [&](std::string_view key, auto is) {
        const auto wanted = query.find(key);
        return !wanted || is(*wanted);
    };
    return agrees("artist", [&](std::string_view name) { return song.artist == name; }) &&
           agrees("title", [&](std::string_view name) { return song.title == name; }) &&
           agrees("language", [&](std::string_view name) { return song.language == name; }) &&
           agrees("kind", [&](std::string_view name) { return is_named(song.kind, name); }) &&
           agrees("form", [&](std::string_view name) { return is_named(song.form, name); }) &&
           agrees("lrclib", [&](std::string_view name) { return is_named(song.lrclib, name); }) &&
           agrees("renamed",
                  [&](std::string_view yes) { return (yes == "true") == song.old_path.has_value(); }) &&
           agrees("translated",
                  [&](std::string_view yes) { return (yes == "true") == song.is_translated; }) &&
           agrees("track",
                  [&](std::string_view yes) { return (yes == "true") == song.track_id.has_value(); });
}

std::size_t limit_of(const Form& query) {
    constexpr std::size_t usual = 50;
    const std::string text = query.get("limit");
    std::size_t limit = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
    return error == std::errc{} && end == text.data() + text.size() ? limit : usual;
}

} // namespace

http::Response show_songs(const Control& control) {
    const auto query = Form::parse(control.request.query);
    if (!query) {
        return bad("the query can't be read");
    }
    SongList list;
    list.songs = all_songs();
    std::erase_if(list.songs, [&](const SongView& song) { return !fits(song, *query); });
    list.total = list.songs.size();
    list.songs.resize(std::min(list.total, limit_of(*query)));
    return ok(list);
}

http::Response show_song(const Control& control) {
    std::int64_t number = 0;
    const std::string& id = control.id;
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
    const bool is_number = error == std::errc{} && end == id.data() + id.size();
    const GeniusSong* song = is_number ? songbook().find_song(number) : nullptr;
    song = song == nullptr ? songbook().find_track(id) : song;
    const Track* track = song != nullptr ? song->track : catalogue().find_track(id);
    if (song == nullptr && track == nullptr) {
        return http::error_response(404, "there is no such song");
    }
    SongDetail detail;
    if (song != nullptr) {
        add(detail, *song);
        detail.page_text = page_text(*song);
    }
    if (track != nullptr) {
        add(detail, *track);
        if (const LrcRecord* record = lrc_book().find_track(track->id)) {
            detail.plain_lyrics = plain_lyrics(*record);
            detail.synced_lyrics = synced_lyrics(*record);
        }
    }
    return ok(detail);
}

} // namespace personalify::simulator
