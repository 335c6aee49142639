#include "simulator/songbook_builder.hpp"

#include "simulator/folding.hpp"
#include "simulator/words.hpp"

#include <algorithm>
#include <array>

namespace personalify::simulator {
namespace {

constexpr std::string_view translators = "Genius English Translations";

/// Halves of titles of songs that only Genius knows.
struct Halves {
    std::array<std::string_view, 25> first;
    std::array<std::string_view, 24> second;
};
constexpr Halves english_halves{
    {"Letters",   "Lanterns", "Shadows", "Sparrows", "Windows", "Matches", "Stones",   "Feathers", "Kettles",
     "Ribbons",   "Engines",  "Gardens", "Mirrors",  "Ladders", "Candles", "Harbours", "Whispers", "Bottles",
     "Postcards", "Shoes",    "Keys",    "Clouds",   "Bridges", "Apples",  "Bells"},
    {"for Nobody",  "in the Attic",  "Before Dawn",     "by the Canal",  "of October",
     "on Fire",     "Under Glass",   "After the Flood", "Without Names", "at Low Tide",
     "in Reverse",  "from Room Six", "and Other Debts", "of the North",  "on the Stairs",
     "in D",        "for Margaret",  "That Never Came", "(Demo)",        "(Live)",
     "in the Rain", "of Paper",      "at Closing Time", "Part Two"}};
constexpr Halves indonesian_halves{
    {"Surat",  "Lampu", "Bayang", "Burung",   "Jendela", "Batu",      "Bulu",  "Ceret", "Pita",
     "Mesin",  "Kebun", "Cermin", "Tangga",   "Lilin",   "Pelabuhan", "Bisik", "Botol", "Kartu",
     "Sepatu", "Kunci", "Awan",   "Jembatan", "Mangga",  "Lonceng",   "Payung"},
    {"untuk Siapa",   "di Loteng",       "Menjelang Subuh", "di Tepi Kali", "Bulan Oktober",
     "yang Terbakar", "di Balik Kaca",   "Sesudah Banjir",  "Tanpa Nama",   "Saat Surut",
     "Jalan Mundur",  "dari Kamar Enam", "dan Hutang Lain", "dari Utara",   "di Anak Tangga",
     "Nada Dasar D",  "buat Ibu",        "yang Tak Datang", "(Demo)",       "(Live)",
     "dalam Hujan",   "dari Kertas",     "Jam Tutup Toko",  "Bagian Dua"}};
constexpr Halves sundanese_halves{
    {"Surat",  "Lampu", "Kalangkang", "Manuk",  "Jandéla", "Batu",    "Bulu",  "Cangkir", "Salendang",
     "Kareta", "Kebon", "Eunteung",   "Tangga", "Lilin",   "Basisir", "Sora",  "Kembang", "Layung",
     "Sapatu", "Konci", "Méga",       "Sasak",  "Kalapa",  "Lonceng", "Payung"},
    {"Keur Saha",      "Di Para",       "Méméh Balebat", "Sisi Walungan", "Bulan Sapar",  "Nu Kaduruk",
     "Tukangeun Kaca", "Sanggeus Caah", "Tanpa Ngaran",  "Ti Garut",      "Mundur Deui",  "Ti Ciamis",
     "Jeung Hutang",   "Ti Kalér",      "Di Golodog",    "Laras Pélog",   "Keur Ema",     "Nu Teu Datang",
     "Jilid Dua",      "Di Hajatan",    "Dina Hujan",    "Tina Kertas",   "Saacan Tutup", "Nu Leungit"}};

const Halves& halves_of(Scene scene) {
    return scene == Scene::indonesian  ? indonesian_halves
           : scene == Scene::sundanese ? sundanese_halves
                                       : english_halves;
}

/// How many songs more than the catalogue's an artist has on Genius.
std::size_t lesser_songs(const Artist& artist) {
    if (artist.name == SongbookBuilder::prolific_artist) {
        return 560;
    }
    Random random(hash_texts("lesser songs", artist.name));
    return random.percent(9) ? static_cast<std::size_t>(random.between(30, 130)) : 0;
}

PageForm form_of(std::uint64_t seed) {
    const auto roll = (seed >> 8U) % 100;
    return roll < 64   ? PageForm::header_inside
           : roll < 76 ? PageForm::ads_inside
           : roll < 88 ? PageForm::leaked
                       : PageForm::paragraphs;
}

/// An id that the name decides; the next free one in the rare case that two names want the same.
std::int64_t free_id(std::uint64_t hash, std::int64_t low, std::unordered_set<std::int64_t>& taken) {
    const auto width = static_cast<std::uint64_t>(low) * 9;
    std::int64_t id = low + static_cast<std::int64_t>(hash % width);
    while (!taken.insert(id).second) {
        ++id;
    }
    return id;
}

} // namespace

void SongbookBuilder::build() {
    for (const Artist& artist : catalogue().artists()) {
        artist_named(artist.name, &artist);
    }
    for (const Track& track : catalogue().tracks()) {
        add_track(track);
    }
    for (const Artist& artist : catalogue().artists()) {
        add_lesser_songs(artist);
    }
    for (const Album& album : catalogue().albums()) {
        if (album.type == AlbumType::album && hash_texts("list", album.id) % 100 < 12) {
            add_list(album);
        }
    }
    const std::size_t originals = into_.songs_.size();
    for (std::size_t i = 0; i < originals; ++i) {
        if (!into_.songs_[i].translations.empty() && into_.songs_[i].language != Scene::english) {
            add_translation(into_.songs_[i]);
        }
    }
    index();
}

void SongbookBuilder::add_track(const Track& track) {
    const Artist& artist = *track.artists.front();
    Random random(hash_texts("genius", artist.name, track.name));
    if (random.percent(6)) {
        return; // not on Genius
    }
    GeniusSong& song = add_song(artist_named(artist.name, &artist), std::string{track.name},
                                hash_texts("genius page", artist.name, track.name));
    song.track = &track;
    song.album = track.album;
    song.language = artist.scene;
    song.mood = track.mood;
    for (std::size_t i = 1; i < track.artists.size(); ++i) {
        song.guests.push_back(&artist_named(track.artists[i]->name, track.artists[i]));
    }
    if (is_instrumental(track)) {
        song.kind = random.percent(35) ? SongKind::tagged_instrumental : SongKind::instrumental;
    } else if (random.percent(2)) {
        song.kind = SongKind::unreleased;
    } else if (song.form == PageForm::header_inside && random.percent(22)) {
        song.translations = artist.scene == Scene::english
                                ? std::vector<std::string_view>{"Bahasa Indonesia", "Español"}
                                : std::vector<std::string_view>{"English", "Basa Jawa"};
    }
    if (random.percent(4)) {
        song.old_path = song.path;
        name_path(song, song.artist->name + " " + song.title + " " + std::to_string(random.between(2, 9)));
    }
}

void SongbookBuilder::add_lesser_songs(const Artist& artist) {
    const std::size_t wanted = lesser_songs(artist);
    const Halves& halves = halves_of(artist.scene);
    GeniusArtist& owner = artist_named(artist.name, &artist);
    Random random(hash_texts("lesser titles", artist.name));
    const std::size_t all = halves.first.size() * halves.second.size();
    // 7 shares no factor with 600, so a walk in steps of 7 meets every pair once.
    std::size_t at = static_cast<std::size_t>(random.between(0, static_cast<int>(all) - 1));
    for (std::size_t i = 0; i < std::min(wanted, all); ++i, at = (at + 7) % all) {
        const std::string title = std::string{halves.first.at(at / halves.second.size())} + " " +
                                  std::string{halves.second.at(at % halves.second.size())};
        GeniusSong& song = add_song(owner, title, hash_texts("genius page", artist.name, title));
        song.language = artist.scene;
        song.mood = static_cast<Mood>(random.between(0, mood_count - 1));
        if (random.percent(10)) {
            const auto guests = catalogue().artists();
            const auto guest =
                static_cast<std::size_t>(random.between(0, static_cast<int>(guests.size()) - 1));
            if (&guests[guest] != &artist) {
                song.guests.push_back(&artist_named(guests[guest].name, &guests[guest]));
            }
        }
        if (random.percent(3)) {
            song.kind = random.percent(50) ? SongKind::unreleased : SongKind::instrumental;
        }
    }
}

void SongbookBuilder::add_translation(const GeniusSong& of) {
    const std::string title = of.artist->name + " - " + of.title + " (English Translation)";
    GeniusSong& song =
        add_song(artist_named(translators, nullptr), title, hash_texts("genius translation", title));
    song.kind = SongKind::translation;
    song.of = &of;
    song.language = Scene::english;
    song.mood = of.mood;
}

void SongbookBuilder::add_list(const Album& album) {
    const Artist& artist = *album.artists.front();
    const std::string title = std::string{album.name} + " [Tracklist + Album Art]";
    GeniusSong& song =
        add_song(artist_named(artist.name, &artist), title, hash_texts("genius list", album.id));
    song.kind = SongKind::list;
    song.album = &album;
    song.language = artist.scene;
}

GeniusSong& SongbookBuilder::add_song(GeniusArtist& artist, std::string title, std::uint64_t seed) {
    constexpr std::int64_t first_id = 1'000'000;
    GeniusSong& song = into_.songs_.emplace_back();
    song.title = std::move(title);
    song.artist = &artist;
    song.seed = seed;
    song.form = form_of(seed);
    song.id = free_id(hash_texts("genius song", artist.name, song.title), first_id, song_ids_);
    name_path(song, artist.name + " " + song.title);
    return song;
}

void SongbookBuilder::name_path(GeniusSong& song, std::string_view words) {
    std::string slug = slug_of(words);
    if (slug.empty()) {
        slug = std::to_string(song.id);
    }
    if (slug.front() >= 'a' && slug.front() <= 'z') {
        slug.front() = static_cast<char>(slug.front() - ('a' - 'A'));
    }
    song.path = "/" + slug + "-lyrics";
    for (int other = 2; !paths_.insert(song.path).second; ++other) {
        song.path = "/" + slug + "-" + std::to_string(other) + "-lyrics";
    }
}

GeniusArtist& SongbookBuilder::artist_named(std::string_view name, const Artist* artist) {
    constexpr std::int64_t first_id = 10'000;
    if (const auto known = by_name_.find(name); known != by_name_.end()) {
        return *known->second;
    }
    GeniusArtist& added = into_.artists_.emplace_back();
    added.name = name;
    added.artist = artist;
    added.id = free_id(hash_texts("genius artist", name), first_id, artist_ids_);
    std::string slug = slug_of(name);
    if (slug.empty()) {
        slug = std::to_string(added.id);
    }
    if (slug.front() >= 'a' && slug.front() <= 'z') {
        slug.front() = static_cast<char>(slug.front() - ('a' - 'A'));
    }
    added.path = "/artists/" + slug;
    by_name_.emplace(added.name, &added);
    return added;
}

void SongbookBuilder::index() {
    for (GeniusArtist& artist : into_.artists_) {
        into_.artists_by_id_.emplace(artist.id, &artist);
    }
    for (const GeniusSong& song : into_.songs_) {
        by_name_.at(song.artist->name)->songs.push_back(&song);
        into_.songs_by_id_.emplace(song.id, &song);
        into_.songs_by_path_.emplace(song.path, &song);
        if (!song.old_path.empty()) {
            into_.songs_by_path_.emplace(song.old_path, &song);
        }
        if (song.track != nullptr) {
            into_.songs_by_track_.emplace(song.track->id, &song);
        }
        std::string names = song.artist->name;
        for (const GeniusArtist* guest : song.guests) {
            names += " " + guest->name;
        }
        into_.entries_.push_back({&song, words_of(fold(song.title)), words_of(fold(names))});
    }
    for (const GeniusSong& song : into_.songs_) {
        for (const GeniusArtist* guest : song.guests) {
            by_name_.at(guest->name)->songs.push_back(&song);
        }
    }
}

} // namespace personalify::simulator
