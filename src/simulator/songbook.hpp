#pragma once

#include "json/describe.hpp"
#include "simulator/catalogue.hpp"
#include "simulator/words.hpp"

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace personalify::simulator {

/// What one finds on a song's page.
enum class SongKind : std::uint8_t {
    lyrics,
    instrumental,        ///< a message in place of lyrics
    tagged_instrumental, ///< lyrics that say only "[Instrumental]"
    unreleased,          ///< another message
    translation,         ///< of somebody else's song, under the name of a Genius account
    list                 ///< the track list of an album
};
BOOST_DESCRIBE_ENUM(SongKind, lyrics, instrumental, tagged_instrumental, unreleased, translation, list)

/// The layouts that pages have had.
enum class PageForm : std::uint8_t {
    header_inside, ///< today's: a header in the first container
    ads_inside,    ///< older: adverts in the containers, header before them
    leaked,        ///< a header as plain text in the container, without any mark
    paragraphs     ///< oldest: div.lyrics, no containers
};
BOOST_DESCRIBE_ENUM(PageForm, header_inside, ads_inside, leaked, paragraphs)

struct GeniusSong;

struct GeniusArtist {
    std::int64_t id = 0;
    std::string name;
    std::string path;                     ///< "/artists/Lentera-biru"
    const Artist* artist = nullptr;       ///< null: an account of Genius itself
    std::vector<const GeniusSong*> songs; ///< own ones, then those as a guest
};

struct GeniusSong {
    std::int64_t id = 0;
    std::string title;
    const GeniusArtist* artist = nullptr; ///< never null
    std::vector<const GeniusArtist*> guests;
    const Track* track = nullptr;   ///< null for what only Genius knows
    const Album* album = nullptr;   ///< null: none, or not known
    const GeniusSong* of = nullptr; ///< what a translation is a translation of
    SongKind kind = SongKind::lyrics;
    PageForm form = PageForm::header_inside;
    Scene language = Scene::english;
    Mood mood = Mood::calm;
    std::string path;     ///< of the page: "/Lentera-biru-pulang-larut-lyrics"
    std::string old_path; ///< where the search still points; moved to `path`. Empty: never renamed
    std::vector<std::string_view> translations; ///< languages in the page's menu
    std::uint64_t seed = 0;                     ///< for everything that does not matter

    /// As search and lists tell it.
    const std::string& listed_path() const { return old_path.empty() ? path : old_path; }
};

/// What Genius knows: most of the catalogue, guests, lists, translations, and for some artists many songs
/// more; for one over 500. Immutable. A song's and an artist's id are functions of their names.
class Songbook {
public:
    Songbook();
    Songbook(const Songbook&) = delete;
    Songbook& operator=(const Songbook&) = delete;

    const std::deque<GeniusSong>& songs() const { return songs_; }
    const std::deque<GeniusArtist>& artists() const { return artists_; }

    /// Null if there is none.
    const GeniusSong* find_song(std::int64_t id) const;
    const GeniusArtist* find_artist(std::int64_t id) const;
    const GeniusSong* find_track(std::string_view track_id) const;
    /// Whose page this is, or was before it was renamed.
    const GeniusSong* find_path(std::string_view path) const;

    /// Hits of a fuzzy search, best first, at most `most`. Nearly always there are some.
    std::vector<const GeniusSong*> search(std::string_view query, std::size_t most) const;

private:
    friend class SongbookBuilder;

    /// What the search compares.
    struct Entry {
        const GeniusSong* song;
        std::vector<std::string> title;
        std::vector<std::string> names;
    };

    std::deque<GeniusArtist> artists_; ///< addresses never change
    std::deque<GeniusSong> songs_;
    std::unordered_map<std::int64_t, const GeniusSong*> songs_by_id_;
    std::unordered_map<std::int64_t, const GeniusArtist*> artists_by_id_;
    std::unordered_map<std::string_view, const GeniusSong*> songs_by_track_;
    std::unordered_map<std::string_view, const GeniusSong*> songs_by_path_;
    std::vector<Entry> entries_;
};

/// The one songbook, built at first use.
const Songbook& songbook();

/// The text that a reader of the page should find, headings included; "" where no lyrics are.
std::string page_text(const GeniusSong& song);

/// The lyrics in their verses, for SongKind::lyrics and SongKind::translation.
std::vector<Verse> verses_of(const GeniusSong& song);

} // namespace personalify::simulator
