#include "simulator/listeners_taste.hpp"

namespace personalify::simulator::tastes {
namespace {

constexpr GenreWeight indie_kid_genres[] = {
    {"bandung indie", 100},
    {"indonesian indie", 88},
    {"indonesian shoegaze", 80},
    {"sunda indie", 72},
    {"indonesian folk", 55},
    {"math rock", 48},
    {"post-punk", 46},
    {"indonesian punk", 44},
    {"dream pop", 42},
    {"indonesian lo-fi", 40},
    {"emo", 40},
    {"shoegaze", 44},
    {"bedroom pop", 34},
    {"indonesian city pop", 34},
    {"post-rock", 32},
    {"indie rock", 30},
    {"indonesian rock", 26},
    {"garage rock", 24},
    {"indonesian hip hop", 20},
    {"indie pop", 22},
    {"chamber pop", 18},
};

constexpr GenreWeight grandmother_genres[] = {
    {"pop sunda", 100},      {"tembang sunda", 88}, {"degung", 84},          {"kacapi suling", 82},
    {"keroncong", 70},       {"calung", 64},        {"jaipong", 52},         {"qasidah", 50},
    {"indonesian folk", 30}, {"melayu pop", 34},    {"indonesian pop", 26},  {"dangdut", 24},
    {"indonesian jazz", 18}, {"sunda indie", 16},   {"modern classical", 8}, {"vocal jazz", 8},
};

constexpr GenreWeight night_owl_genres[] = {
    {"dream pop", 100},
    {"shoegaze", 90},
    {"slowcore", 78},
    {"ethereal wave", 76},
    {"ambient", 62},
    {"darkwave", 54},
    {"trip hop", 52},
    {"bedroom pop", 50},
    {"post-rock", 44},
    {"lo-fi", 42},
    {"modern classical", 40},
    {"synthwave", 38},
    {"chamber pop", 34},
    {"indie folk", 30},
    {"indonesian shoegaze", 34},
    {"city pop", 26},
    {"gothic rock", 24},
    {"post-punk", 24},
    {"art pop", 22},
    {"singer-songwriter", 20},
    {"indie pop", 18},
    {"electronic", 16},
    {"jazz", 14},
};

constexpr GenreWeight koplo_genres[] = {
    {"dangdut koplo", 100},     {"dangdut", 88},    {"funkot", 84},          {"jaipong", 46},
    {"melayu pop", 42},         {"calung", 30},     {"reggae", 28},          {"indonesian pop", 28},
    {"indonesian hip hop", 26}, {"disco", 24},      {"house", 24},           {"dance-pop", 22},
    {"pop sunda", 22},          {"electronic", 14}, {"indonesian rock", 16}, {"drum and bass", 14},
    {"sundanese hip hop", 18},  {"keroncong", 10},  {"hyperpop", 8},
};

constexpr GenreWeight heartbroken_genres[] = {
    {"indonesian pop", 92},
    {"indonesian r&b", 90},
    {"alternative r&b", 74},
    {"neo soul", 56},
    {"indonesian city pop", 50},
    {"bedroom pop", 46},
    {"indonesian folk", 42},
    {"singer-songwriter", 42},
    {"city pop", 40},
    {"indonesian jazz", 36},
    {"melayu pop", 32},
    {"indonesian lo-fi", 30},
    {"electropop", 26},
    {"indonesian indie", 28},
    {"pop sunda", 24},
    {"soul", 22},
    {"vocal jazz", 18},
    {"emo", 16},
    {"dance-pop", 14},
};

} // namespace

// Moods in the order joy, love, gratitude, hope, calm, longing, sorrow, regret, anger, fear.
const Taste indie_kid{.genres = indie_kid_genres,
                      .scenes = {14, 10, 6},
                      .moods = {105, 90, 85, 100, 105, 130, 110, 110, 120, 105},
                      .explicit_lyrics = 105,
                      .fame = 15};
const Taste pop_sunda_grandmother{.genres = grandmother_genres,
                                  .scenes = {7, 26, 1},
                                  .moods = {100, 105, 145, 115, 130, 140, 105, 90, 45, 55},
                                  .explicit_lyrics = 4,
                                  .fame = 45};
const Taste night_owl{.genres = night_owl_genres,
                      .scenes = {2, 1, 7},
                      .moods = {65, 100, 90, 90, 140, 140, 125, 110, 75, 125},
                      .explicit_lyrics = 90,
                      .fame = 20};
const Taste koplo_dancer{.genres = koplo_genres,
                         .scenes = {9, 8, 3},
                         .moods = {165, 120, 95, 85, 55, 90, 120, 80, 100, 55},
                         .explicit_lyrics = 110,
                         .fame = 75};
const Taste heartbroken{.genres = heartbroken_genres,
                        .scenes = {9, 5, 6},
                        .moods = {55, 115, 75, 95, 80, 150, 165, 155, 105, 110},
                        .explicit_lyrics = 90,
                        .fame = 70};

} // namespace personalify::simulator::tastes
