#include "page_reader.hpp"
#include "simulator/folding.hpp"
#include "simulator/genius_markup.hpp"
#include "simulator/songbook.hpp"
#include "simulator/songbook_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace personalify::simulator {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const GeniusSong* song_of(std::string_view artist, std::string_view title) {
    for (const GeniusSong& song : songbook().songs()) {
        if (song.artist->name == artist && song.title == title) {
            return &song;
        }
    }
    return nullptr;
}

TEST(Folding, MakesNamesComparable) {
    EXPECT_EQ(fold("Éloïse Tarn"), "eloise tarn");
    EXPECT_EQ(fold("  Can't Touch -- the  (Bottom)! "), "cant touch the bottom");
    EXPECT_EQ(fold("Can\u2019t"), "cant");
    EXPECT_EQ(fold("Kōri Łódź ÷ ŒSÞ"), "kori lodz ost");
    EXPECT_EQ(fold("夜 Café"), "夜 cafe");
    EXPECT_EQ(fold("?!"), "");
    EXPECT_EQ(words_of("one two"), (std::vector<std::string>{"one", "two"}));
    EXPECT_TRUE(words_of("").empty());
    EXPECT_EQ(slug_of("Sorrel & the Quiet Machines!"), "sorrel-the-quiet-machines");
    EXPECT_EQ(slug_of("moth🌙light"), "mothlight");
    EXPECT_EQ(slug_of("夜"), "");
}

TEST(Songbook, HoldsEveryKindOfSong) {
    std::map<SongKind, int> kinds;
    std::map<PageForm, int> forms;
    int renamed = 0;
    int with_guests = 0;
    for (const GeniusSong& song : songbook().songs()) {
        ++kinds[song.kind];
        ++forms[song.form];
        renamed += song.old_path.empty() ? 0 : 1;
        with_guests += song.guests.empty() ? 0 : 1;
    }
    EXPECT_EQ(kinds.size(), 6U);
    EXPECT_EQ(forms.size(), 4U);
    for (const auto& [kind, count] : kinds) {
        EXPECT_GE(count, 8) << static_cast<int>(kind);
    }
    for (const auto& [form, count] : forms) {
        EXPECT_GE(count, 50) << static_cast<int>(form);
    }
    EXPECT_GE(renamed, 10);
    EXPECT_GE(with_guests, 50);
    int missing = 0;
    for (const Track& track : catalogue().tracks()) {
        missing += songbook().find_track(track.id) == nullptr ? 1 : 0;
    }
    EXPECT_GE(missing, 10);
    EXPECT_LE(missing, 100);
}

TEST(Songbook, IdsAndAddressesAreUniqueAndFound) {
    std::set<std::int64_t> ids;
    std::set<std::string> paths;
    for (const GeniusSong& song : songbook().songs()) {
        EXPECT_TRUE(ids.insert(song.id).second) << song.title;
        EXPECT_TRUE(paths.insert(song.path).second) << song.path;
        EXPECT_EQ(songbook().find_song(song.id), &song);
        EXPECT_EQ(songbook().find_path(song.path), &song);
        if (!song.old_path.empty()) {
            EXPECT_TRUE(paths.insert(song.old_path).second) << song.old_path;
            EXPECT_EQ(songbook().find_path(song.old_path), &song);
        }
    }
    EXPECT_EQ(songbook().find_song(1), nullptr);
    EXPECT_EQ(songbook().find_artist(1), nullptr);
    EXPECT_EQ(songbook().find_path("/nothing-lyrics"), nullptr);
    const GeniusSong* song = song_of("Lentera Biru", "Pulang Larut");
    ASSERT_NE(song, nullptr);
    EXPECT_EQ(song->path, "/Lentera-biru-pulang-larut-lyrics");
    const Songbook again;
    EXPECT_EQ(again.songs().size(), songbook().songs().size());
    EXPECT_EQ(again.find_path(song->path)->id, song->id);
}

TEST(Songbook, OneArtistHasOver500Songs) {
    std::size_t most = 0;
    int with_pages = 0;
    int only_guests = 0;
    for (const GeniusArtist& artist : songbook().artists()) {
        most = std::max(most, artist.songs.size());
        with_pages += artist.songs.size() > 50 ? 1 : 0;
        for (const GeniusSong* song : artist.songs) {
            only_guests += song->artist == &artist ? 0 : 1;
        }
        if (artist.name == SongbookBuilder::prolific_artist) {
            EXPECT_GT(artist.songs.size(), 500U);
        }
    }
    EXPECT_GT(most, 500U);
    EXPECT_GE(with_pages, 5);
    EXPECT_GE(only_guests, 50);
}

TEST(Songbook, EverySongHasWordsOfItsOwn) {
    std::set<std::string> texts;
    for (const GeniusSong& song : songbook().songs()) {
        const std::string text = page_text(song);
        const bool has_words = song.kind == SongKind::lyrics || song.kind == SongKind::translation;
        EXPECT_EQ(text.empty(), song.kind == SongKind::instrumental || song.kind == SongKind::unreleased);
        EXPECT_TRUE(!has_words || texts.insert(text).second) << song.title;
        EXPECT_FALSE(text.contains('{')) << text;
    }
    const GeniusSong* song = song_of("Lentera Biru", "Pulang Larut");
    ASSERT_NE(song, nullptr);
    const std::string text = page_text(*song);
    EXPECT_THAT(text, StartsWith("[Bait 1"));
    EXPECT_THAT(text, HasSubstr("\n\n[Reff]\nPulang Larut\n"));
}

TEST(Songbook, ACarefulReaderFindsTheTextOfEveryPage) {
    for (const GeniusSong& song : songbook().songs()) {
        ASSERT_EQ(read_lyrics(song_page(song)), page_text(song)) << song.path << "\n" << song_page(song);
    }
}

TEST(Songbook, SearchesFuzzily) {
    const auto first = [](std::string_view query) {
        const auto found = songbook().search(query, 10);
        return found.empty() ? std::string{} : found.front()->artist->name + "/" + found.front()->title;
    };
    EXPECT_EQ(first("Kucing Pukul Tiga Kipas Angin dan Doa Pendek"),
              "Kucing Pukul Tiga/Kipas Angin dan Doa Pendek");
    EXPECT_EQ(first("ELOISE TARN heron at five in the morning!"), "Éloïse Tarn/Heron at Five in the Morning");
    EXPECT_EQ(first("Heron at Five in the Mornin Eloise"), "Éloïse Tarn/Heron at Five in the Morning");
    EXPECT_FALSE(first("Something Nobody Ever Sang").empty()) << "wrong, but something";
    EXPECT_EQ(first(""), "");
    EXPECT_EQ(first("   "), "");
    EXPECT_EQ(first("qqqq xxxx"), "");
    EXPECT_EQ(songbook().search("the", 3).size(), 3U);
    EXPECT_FALSE(songbook().search(std::string(400, 'a') + " " + std::string(400, ' ') + "rain", 3).empty());
    bool translation_first = false;
    for (const GeniusSong& song : songbook().songs()) {
        if (song.translations.empty() || song.language == Scene::english) {
            continue;
        }
        const auto found = songbook().search(song.artist->name + " " + song.title, 10);
        EXPECT_EQ(std::ranges::count(found, &song), 1) << song.title;
        translation_first = translation_first || found.front()->kind == SongKind::translation;
    }
    EXPECT_TRUE(translation_first);
}

} // namespace
} // namespace personalify::simulator
