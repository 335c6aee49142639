#pragma once

#include "simulator/catalogue.hpp"
#include "simulator/catalogue_seed.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::simulator {

/// Turns the tables into artists, albums and tracks. Everything a table does not say (dates, lengths,
/// popularity, guests, what is a single) is drawn from a seed made of the names, so a new row changes
/// no other artist's ids.
class CatalogueBuilder {
public:
    static constexpr std::size_t compilation_count = 7;

    explicit CatalogueBuilder(Catalogue& into)
        : into_(into) {}

    void build();

private:
    struct Title {
        std::string_view name;
        Mood mood = Mood::calm;
        bool is_explicit = false;
    };
    struct Row {
        std::string_view artist;
        std::string_view genres;
        std::string_view album;
        std::vector<Title> titles;
        Scene scene = Scene::indonesian;
    };

    void read_table(Scene scene, std::string_view table);
    static std::vector<Title> read_titles(std::string_view line);
    void add_artist(const Row& row);
    void add_releases(const Row& row, Artist& artist);
    Album& add_album(const Artist& artist, std::string_view name, AlbumType type, int year, Random& random);
    void add_single(const Title& title, Artist& artist, int year, Random& random);
    Album* compilation_for(const Artist& artist, Random& random);
    void add_track(const Title& title, Artist& artist, Album& album, int track_number, Random& random);
    void invite_guests(Track& track, Random& random) const;
    void index();

    Catalogue& into_;
    std::vector<Row> rows_;
    std::array<Album*, compilation_count> compilations_{}; ///< made when the first track joins
};

} // namespace personalify::simulator
