#include "simulator/catalogue_builder.hpp"

#include "simulator/catalogue_data.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace personalify::simulator {
namespace {

constexpr int newest_year = 2026;

struct Span {
    int low = 0;
    int high = 0;
};

struct GenreTraits {
    std::string_view genre;
    Span debut;   ///< years
    Span seconds; ///< length of a track
};

constexpr Span modern{2009, newest_year - 1};
constexpr Span song_length{155, 285};

/// Genres whose records are older, longer or shorter than the rest; the first genre of an artist decides.
constexpr GenreTraits genre_traits[] = {
    {"keroncong", {1968, 1994}, {180, 320}},
    {"tembang sunda", {1976, 1999}, {240, 420}},
    {"degung", {1978, 2004}, {260, 480}},
    {"kacapi suling", {1979, 2008}, {280, 500}},
    {"calung", {1982, 2006}, {190, 330}},
    {"jaipong", {1980, 2005}, {260, 460}},
    {"pop sunda", {1986, 2018}, {200, 310}},
    {"dangdut", {1984, 2019}, {230, 340}},
    {"dangdut koplo", {2004, 2024}, {240, 400}},
    {"funkot", {2001, 2023}, {220, 380}},
    {"qasidah", {1990, 2021}, {200, 330}},
    {"jazz", {1987, 2022}, {220, 460}},
    {"soul", {1994, 2023}, {180, 300}},
    {"post-rock", {2005, 2025}, {300, 620}},
    {"ambient", {2006, 2025}, {240, 560}},
    {"techno", {2003, 2025}, {300, 480}},
    {"modern classical", {2004, 2025}, {150, 400}},
    {"punk", {1996, 2025}, {75, 165}},
    {"pop punk", {2001, 2025}, {120, 205}},
    {"hyperpop", {2018, 2025}, {95, 170}},
    {"lo-fi", {2015, 2025}, {85, 165}},
    {"jazzhop", {2014, 2025}, {90, 175}},
    {"indonesian lo-fi", {2016, 2025}, {95, 180}},
    {"indonesian punk", {1998, 2025}, {85, 180}},
};

struct CompilationTitle {
    std::string_view name;
    Scene scene;
    int year;
};

constexpr CompilationTitle compilation_titles[CatalogueBuilder::compilation_count] = {
    {"Senandung Garasi: Kumpulan Tunggal", Scene::indonesian, 2019},
    {"Peta Bunyi Nusantara, Jilid 2", Scene::indonesian, 2023},
    {"Panineungan: Kumpulan Kawih Pilihan", Scene::sundanese, 2016},
    {"Songs for the Last Bus, Vol. 1", Scene::english, 2018},
    {"Lamplight Sessions", Scene::english, 2021},
    {"Soft Rooms, Loud Hearts", Scene::english, 2024},
    {"Kota Tidur: A Night Compilation", Scene::indonesian, 2025},
};

/// Followers of an artist with popularity 0, 10, ... 100; between them the curve is a straight line.
constexpr std::array<int, 11> followers_by_popularity{
    30, 260, 1'900, 8'600, 34'000, 118'000, 410'000, 1'350'000, 4'400'000, 13'500'000, 41'000'000};

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// Cuts the text before the first separator off `rest` and returns it; takes everything if there is none.
std::string_view cut(std::string_view& rest, std::string_view separator) {
    const auto at = rest.find(separator);
    const std::string_view head = rest.substr(0, at);
    rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + separator.size());
    return head;
}

[[noreturn]] void bad_table(std::string_view line) {
    throw std::logic_error("catalogue table: " + std::string(line));
}

Mood mood_of(std::string_view word, std::string_view line) {
    for (int value = 0; value < mood_count; ++value) {
        if (const auto mood = static_cast<Mood>(value); to_string(mood) == word) {
            return mood;
        }
    }
    bad_table(line);
}

const GenreTraits* traits_of(const Artist& artist) {
    const auto* found = std::ranges::find(genre_traits, artist.genres.front(), &GenreTraits::genre);
    return found == std::end(genre_traits) ? nullptr : found;
}

std::int64_t followers_of(int popularity, Random& random) {
    const auto step = static_cast<std::size_t>(std::min(popularity, 99) / 10);
    const std::int64_t low = followers_by_popularity[step];
    const std::int64_t high = followers_by_popularity[step + 1];
    const std::int64_t expected = low + (high - low) * (popularity - static_cast<int>(step) * 10) / 10;
    return expected * random.between(72, 138) / 100;
}

std::string two_digits(int number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

void set_release_date(Album& album, int year, Random& random) {
    const int roll = random.between(0, 99);
    const bool old = year < 1996;
    if (roll < (old ? 75 : 3)) {
        album.precision = DatePrecision::year;
    } else if (roll < (old ? 92 : 9)) {
        album.precision = DatePrecision::month;
    }
    album.release_date = std::to_string(year);
    // The newest records came out by May, so no date lies ahead of the demo's clock.
    const int month = random.between(1, year == newest_year ? 5 : 12);
    const int day = random.between(1, 28);
    if (album.precision != DatePrecision::year) {
        album.release_date += "-" + two_digits(month);
    }
    if (album.precision == DatePrecision::day) {
        album.release_date += "-" + two_digits(day);
    }
}

bool share_a_genre(const Artist& one, const Artist& other) {
    return std::ranges::find_first_of(one.genres, other.genres) != one.genres.end();
}

} // namespace

std::string make_id(std::string_view kind, std::string_view owner, std::string_view name) {
    constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::uint64_t state = hash_texts(kind, owner, name);
    std::uint64_t high = splitmix64(state);
    std::uint64_t low = splitmix64(state);
    std::string id(22, '0');
    for (auto place = id.rbegin(); place != id.rend(); ++place) {
        // Long division of high:low by 62 in 32-bit steps, since 128-bit integers are not standard.
        std::uint64_t remainder = high % digits.size();
        high /= digits.size();
        const std::uint64_t upper = (remainder << 32U) | (low >> 32U);
        remainder = upper % digits.size();
        const std::uint64_t lower = (remainder << 32U) | (low & 0xffffffffU);
        low = ((upper / digits.size()) << 32U) | (lower / digits.size());
        *place = digits[lower % digits.size()];
    }
    return id;
}

void CatalogueBuilder::build() {
    read_table(Scene::indonesian, data::indonesian);
    read_table(Scene::sundanese, data::sundanese);
    read_table(Scene::english, data::english);

    std::size_t titles = 0;
    for (const Row& row : rows_) {
        titles += row.titles.size();
    }
    // Pointers into these vectors are handed out while they grow, so they must never move.
    into_.artists_.reserve(rows_.size());
    into_.tracks_.reserve(titles);
    into_.albums_.reserve(titles + rows_.size() + compilation_count);

    for (const Row& row : rows_) {
        add_artist(row);
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        add_releases(rows_[i], into_.artists_[i]);
    }
    for (Album* compilation : compilations_) {
        if (compilation != nullptr) {
            compilation->total_tracks = static_cast<int>(compilation->tracks.size()) + 7;
        }
    }
    index();
}

void CatalogueBuilder::read_table(Scene scene, std::string_view table) {
    while (!table.empty()) {
        std::string_view line = cut(table, "\n");
        if (trim(line).empty()) {
            continue;
        }
        Row row{.artist = {}, .genres = {}, .album = {}, .titles = {}, .scene = scene};
        row.artist = trim(cut(line, " | "));
        row.genres = trim(cut(line, " |"));
        row.album = trim(line);
        row.titles = read_titles(cut(table, "\n"));
        if (row.artist.empty() || row.genres.empty()) {
            bad_table(row.artist);
        }
        rows_.push_back(std::move(row));
    }
}

std::vector<CatalogueBuilder::Title> CatalogueBuilder::read_titles(std::string_view line) {
    std::vector<Title> titles;
    std::string_view rest = line;
    while (!rest.empty()) {
        std::string_view name = cut(rest, " / ");
        std::string_view mood = cut(name, ": ");
        Title title;
        title.is_explicit = mood.ends_with('!');
        mood.remove_suffix(title.is_explicit ? 1 : 0);
        title.mood = mood_of(mood, line);
        title.name = trim(name);
        if (title.name.empty()) {
            bad_table(line);
        }
        titles.push_back(title);
    }
    if (titles.empty()) {
        bad_table(line);
    }
    return titles;
}

void CatalogueBuilder::add_artist(const Row& row) {
    Random random(hash_texts("artist", row.artist));
    Artist& artist = into_.artists_.emplace_back();
    artist.id = make_id("artist", "", row.artist);
    artist.name = row.artist;
    for (std::string_view rest = row.genres; !rest.empty();) {
        artist.genres.push_back(trim(cut(rest, ",")));
    }
    // The lower of two rolls: few stars, many small names.
    const int roll = random.between(0, 90);
    artist.popularity = 4 + std::min(roll, random.between(8, 90));
    if (row.scene == Scene::sundanese) {
        artist.popularity = artist.popularity * 3 / 4; // a regional language has a smaller audience
    }
    artist.followers = followers_of(artist.popularity, random);
    artist.scene = row.scene;
}

void CatalogueBuilder::add_releases(const Row& row, Artist& artist) {
    Random random(hash_texts("releases", row.artist));
    const GenreTraits* traits = traits_of(artist);
    const Span debut = traits != nullptr ? traits->debut : modern;
    // The higher of two rolls: most of what people play is recent.
    const int roll = random.between(debut.low, debut.high);
    const int year = std::max(roll, random.between(debut.low, debut.high));

    std::size_t on_album = row.album.empty() ? 0 : row.titles.size();
    if (on_album > 2 && random.percent(45)) {
        --on_album; // the last title came out by itself, later
    }
    if (on_album > 0) {
        const bool small = random.percent(18); // an EP, which Spotify calls a single
        Album& album =
            add_album(artist, row.album, small ? AlbumType::single : AlbumType::album, year, random);
        const int known = static_cast<int>(on_album);
        album.total_tracks = small ? known + random.between(1, 2) : random.between(8, 13);
        int number = 0;
        for (std::size_t i = 0; i < on_album; ++i) {
            const int left = known - static_cast<int>(i);
            number = random.between(number + 1, number + 1 + (album.total_tracks - number - left) / left);
            add_track(row.titles[i], artist, album, number, random);
        }
    }
    for (std::size_t i = on_album; i < row.titles.size(); ++i) {
        const int later = static_cast<int>(i - on_album) + (on_album > 0 ? random.between(1, 3) : 0);
        add_single(row.titles[i], artist, std::min(year + later, newest_year), random);
    }
}

Album& CatalogueBuilder::add_album(const Artist& artist, std::string_view name, AlbumType type, int year,
                                   Random& random) {
    Album& album = into_.albums_.emplace_back();
    album.id = make_id(to_string(type), type == AlbumType::compilation ? "" : artist.name, name);
    album.name = name;
    album.type = type;
    set_release_date(album, year, random);
    return album;
}

void CatalogueBuilder::add_single(const Title& title, Artist& artist, int year, Random& random) {
    Album* compilation = random.percent(45) ? compilation_for(artist, random) : nullptr;
    if (compilation != nullptr) {
        add_track(title, artist, *compilation, static_cast<int>(compilation->tracks.size()) + 1, random);
        return;
    }
    Album& single = add_album(artist, title.name, AlbumType::single, year, random);
    single.total_tracks = 1;
    add_track(title, artist, single, 1, random);
}

Album* CatalogueBuilder::compilation_for(const Artist& artist, Random& random) {
    const auto fits = [&](const CompilationTitle& title) { return title.scene == artist.scene; };
    auto skip = random.between(0, static_cast<int>(std::ranges::count_if(compilation_titles, fits)) - 1);
    std::size_t chosen = 0;
    while (!fits(compilation_titles[chosen]) || skip-- > 0) {
        ++chosen;
    }
    const CompilationTitle& title = compilation_titles[chosen];
    Album*& album = compilations_[chosen];
    if (album == nullptr) {
        album = &add_album(artist, title.name, AlbumType::compilation, title.year, random);
    }
    const bool already_there = std::ranges::find(album->artists, &artist) != album->artists.end();
    return already_there ? nullptr : album;
}

void CatalogueBuilder::add_track(const Title& title, Artist& artist, Album& album, int track_number,
                                 Random& random) {
    Track& track = into_.tracks_.emplace_back();
    track.id = make_id("track", artist.name, title.name);
    track.name = title.name;
    track.artists.push_back(&artist);
    track.album = &album;
    const GenreTraits* traits = traits_of(artist);
    const Span seconds = traits != nullptr ? traits->seconds : song_length;
    track.duration_ms = random.between(seconds.low * 1000, seconds.high * 1000);
    track.is_explicit = title.is_explicit;
    track.popularity = std::clamp(artist.popularity - random.between(-4, 26), 0, 100);
    track.track_number = track_number;
    track.mood = title.mood;
    invite_guests(track, random);

    const auto ordinal = std::to_string(100'000 + into_.tracks_.size()).substr(1);
    const std::string_view country = artist.scene == Scene::english ? "GB" : "ID";
    track.isrc = std::string(country) + "SIM" + album.release_date.substr(2, 2) + ordinal;

    artist.tracks.push_back(&track);
    album.tracks.push_back(&track);
    if (std::ranges::find(album.artists, &artist) == album.artists.end()) {
        album.artists.push_back(&artist);
        if (album.type != AlbumType::compilation) {
            artist.albums.push_back(&album);
        }
    }
}

void CatalogueBuilder::invite_guests(Track& track, Random& random) const {
    const int guests = random.percent(13) ? (random.percent(20) ? 2 : 1) : 0;
    if (guests == 0) {
        return;
    }
    const Artist& host = *track.artists.front();
    std::vector<const Artist*> kin;
    for (const Artist& other : into_.artists_) {
        if (&other != &host && other.scene == host.scene && share_a_genre(host, other)) {
            kin.push_back(&other);
        }
    }
    for (int i = 0; i < guests && !kin.empty(); ++i) {
        const auto chosen = random.between(0, static_cast<int>(kin.size()) - 1);
        track.artists.push_back(kin[static_cast<std::size_t>(chosen)]);
        kin.erase(kin.begin() + chosen);
    }
}

void CatalogueBuilder::index() {
    for (const Artist& artist : into_.artists_) {
        into_.artists_by_id_.emplace(artist.id, &artist);
    }
    for (const Album& album : into_.albums_) {
        into_.albums_by_id_.emplace(album.id, &album);
    }
    for (const Track& track : into_.tracks_) {
        into_.tracks_by_id_.emplace(track.id, &track);
    }
}

} // namespace personalify::simulator
