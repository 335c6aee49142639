#include "domain/genres.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace personalify {

namespace {

/// Genres as dashboards show them. A tag is compared without blanks, hyphens and other marks.
// clang-format off: a list
constexpr std::string_view genre_names[] = {
    "acid jazz", "acoustic", "adult contemporary", "afrobeat", "afrobeats", "afro house", "alternative",
    "alternative country", "alternative hip hop", "alternative metal", "alternative pop", "alternative r&b",
    "alternative rock", "amapiano", "ambient", "americana", "anime", "arabic pop", "art pop", "art rock",
    "avant-garde", "bachata", "baroque pop", "bass", "bedroom pop", "bhangra", "big band", "black metal",
    "blues", "blues rock", "bolero", "bollywood", "boom bap", "bossa nova", "breakbeat", "breakcore",
    "britpop", "brostep", "c-pop", "calypso", "campursari", "cantopop", "celtic", "chamber pop", "chanson",
    "chill-out", "chillwave", "chiptune", "choral", "christian", "city pop", "classical", "classic rock",
    "cloud rap", "comedy", "conscious hip hop", "contemporary classical", "contemporary jazz", "cool jazz",
    "country", "country pop", "country rock", "crossover", "cumbia", "dance", "dance pop", "dance punk",
    "dancehall", "dangdut", "dangdut koplo", "dark ambient", "dark wave", "death metal", "deathcore",
    "deep house", "degung", "disco", "doom metal", "dream pop", "drill", "drone", "drum and bass", "dub",
    "dubstep", "easy listening", "ebm", "edm", "electro", "electroclash", "electronic", "electronica",
    "electropop", "emo", "emo rap", "eurodance", "experimental", "experimental rock", "fado", "flamenco",
    "folk", "folk metal", "folk pop", "folk punk", "folk rock", "freak folk", "funk", "funk carioca",
    "funk rock", "fusion", "future bass", "future garage", "g-funk", "gamelan", "gangsta rap", "garage",
    "garage rock", "glam metal", "glam rock", "glitch", "glitch hop", "gospel", "gothic", "gothic metal",
    "gothic rock", "grime", "grindcore", "grunge", "gypsy jazz", "hard bop", "hard rock", "hardcore",
    "hardcore hip hop", "hardcore punk", "hardstyle", "heavy metal", "hip hop", "horrorcore", "house",
    "hyperpop", "idm", "indie", "indie folk", "indie pop", "indie r&b", "indie rock", "indietronica",
    "indonesian folk", "indonesian hip hop", "indonesian indie", "indonesian jazz", "indonesian pop",
    "indonesian r&b", "indonesian rock", "industrial", "industrial metal", "industrial rock",
    "instrumental", "instrumental hip hop", "italo disco", "j-pop", "j-rock", "jaipongan", "jangle pop",
    "jazz", "jazz fusion", "jazz pop", "jazz rap", "jersey club", "jungle", "k-hip hop", "k-indie", "k-pop",
    "k-r&b", "kawaii", "keroncong", "klezmer", "krautrock", "latin", "latin jazz", "latin pop",
    "latin rock", "lo-fi", "lo-fi hip hop", "lounge", "malaysian pop", "mandopop", "mariachi", "math rock",
    "mathcore", "mbaqanga", "medieval", "melayu", "melodic death metal", "melodic hardcore", "merengue",
    "metal", "metalcore", "midwest emo", "minimal", "minimal techno", "minimalism", "modern classical",
    "motown", "mpb", "musical", "neo-psychedelia", "neo soul", "neoclassical", "neofolk", "new age",
    "new jack swing", "new wave", "noise", "noise pop", "noise rock", "nu disco", "nu jazz", "nu metal",
    "opera", "opm", "orchestral", "outlaw country", "p-funk", "phonk", "piano", "piano rock", "pop",
    "pop folk", "pop punk", "pop rap", "pop rock", "pop soul", "pop sunda", "post-britpop", "post-grunge",
    "post-hardcore", "post-metal", "post-punk", "post-punk revival", "post-rock", "power metal",
    "power pop", "progressive house", "progressive metal", "progressive rock", "progressive trance",
    "psychedelic", "psychedelic folk", "psychedelic pop", "psychedelic rock", "psytrance", "punk",
    "punk rock", "qawwali", "r&b", "ragga", "ragtime", "rai", "rap", "rap metal", "rap rock", "reggae",
    "reggaeton", "riot grrrl", "rock", "rock and roll", "rockabilly", "roots", "roots reggae", "rumba",
    "salsa", "samba", "screamo", "sertanejo", "shibuya-kei", "shoegaze", "singer-songwriter", "ska",
    "ska punk", "slowcore", "sludge metal", "smooth jazz", "smooth soul", "soca", "soft rock", "son cubano",
    "soul", "soul jazz", "soundtrack", "southern hip hop", "southern rock", "space rock", "speed metal",
    "spoken word", "stoner rock", "sundanese", "surf", "surf rock", "swing", "symphonic metal",
    "symphonic rock", "synth-pop", "synthwave", "t-pop", "tango", "tech house", "technical death metal",
    "techno", "teen pop", "tejano", "thai pop", "thrash metal", "trance", "trap", "trap latino", "tribal",
    "trip hop", "trova", "tropical house", "turkish pop", "turntablism", "tuvan throat singing", "twee pop",
    "uk garage", "underground hip hop", "v-pop", "vallenato", "vaporwave", "video game music", "visual kei",
    "vocal", "vocal jazz", "vocaloid", "west coast hip hop", "witch house", "world", "yacht rock", "zouk",
};
// clang-format on

/// Other ways to write a genre, as compared, and what they mean.
constexpr std::pair<std::string_view, std::string_view> other_names[] = {
    {"altrock", "alternative rock"},
    {"alternativeandindie", "alternative"},
    {"alternativeandpunk", "alternative"},
    {"bossa", "bossa nova"},
    {"chillout", "chill-out"},
    {"chill", "chill-out"},
    {"contemporaryrandb", "r&b"},
    {"dnb", "drum and bass"},
    {"drumnbass", "drum and bass"},
    {"electronicdancemusic", "edm"},
    {"gamemusic", "video game music"},
    {"goth", "gothic"},
    {"hiphoprap", "hip hop"},
    {"rapandhiphop", "hip hop"},
    {"idol", "j-pop"},
    {"indiemusic", "indie"},
    {"indopop", "indonesian pop"},
    {"popindonesia", "indonesian pop"},
    {"indonesianpopmusic", "indonesian pop"},
    {"indieindonesia", "indonesian indie"},
    {"indonesiaindie", "indonesian indie"},
    {"indonesianindiepop", "indonesian indie"},
    {"indonesianindierock", "indonesian indie"},
    {"indonesianalternative", "indonesian indie"},
    {"rockindonesia", "indonesian rock"},
    {"hiphopindonesia", "indonesian hip hop"},
    {"japanesepop", "j-pop"},
    {"japaneserock", "j-rock"},
    {"koplo", "dangdut koplo"},
    {"koreanpop", "k-pop"},
    {"lofi", "lo-fi"},
    {"malaypop", "malaysian pop"},
    {"popmelayu", "melayu"},
    {"musicalsandtheatre", "musical"},
    {"popmusic", "pop"},
    {"proghouse", "progressive house"},
    {"progmetal", "progressive metal"},
    {"progrock", "progressive rock"},
    {"randbsoul", "r&b"},
    {"rhythmandblues", "r&b"},
    {"rnb", "r&b"},
    {"rocknroll", "rock and roll"},
    {"score", "soundtrack"},
    {"ost", "soundtrack"},
    {"songwriter", "singer-songwriter"},
    {"sundapop", "pop sunda"},
    {"popsundanese", "pop sunda"},
    {"sundanesepop", "pop sunda"},
    {"triphopmusic", "trip hop"},
    {"vgm", "video game music"},
    {"worldmusic", "world"},
};

/// Lower case, "&" and "n" as "and" where they stand between words; everything but letters and digits goes.
std::string compared(std::string_view tag) {
    std::string out;
    for (const char c : tag) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            out += c;
        } else if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c + 32);
        } else if (c == '&' || c == '+') {
            out += "and";
        } else if (static_cast<unsigned char>(c) >= 0x80) {
            out += c; // letters of other scripts: no genre of the list, but no other word either
        }
    }
    return out;
}

const std::unordered_map<std::string, std::string_view>& known_tags() {
    static const auto known = [] {
        std::unordered_map<std::string, std::string_view> tags;
        for (const std::string_view name : genre_names) {
            tags.emplace(compared(name), name);
        }
        for (const auto& [other, name] : other_names) {
            tags.emplace(other, name);
        }
        return tags;
    }();
    return known;
}

} // namespace

std::string_view genre_of_tag(std::string_view tag) {
    const auto found = known_tags().find(compared(tag));
    return found == known_tags().end() ? std::string_view{} : found->second;
}

std::vector<std::string> genres_of_tags(const std::vector<std::string>& tags, std::size_t most) {
    std::vector<std::string> genres;
    for (const std::string& tag : tags) {
        const std::string_view genre = genre_of_tag(tag);
        if (genres.size() < most && !genre.empty() && std::ranges::find(genres, genre) == genres.end()) {
            genres.emplace_back(genre);
        }
    }
    return genres;
}

} // namespace personalify
