#include "simulator/words.hpp"

#include "simulator/catalogue_seed.hpp"
#include "simulator/words_data.hpp"

#include <algorithm>

namespace personalify::simulator {
namespace {

using Pool = std::vector<std::string_view>;

Pool lines_in(std::string_view list) {
    Pool lines;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find('\n'), list.size());
        lines.push_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return lines;
}

const data::Lines& lines_of(Scene scene) {
    switch (scene) {
    case Scene::indonesian:
        return data::indonesian_lines;
    case Scene::sundanese:
        return data::sundanese_lines;
    case Scene::english:
        break;
    }
    return data::english_lines;
}

/// Makes one song's lines. No line comes twice before all have come.
class Writer {
public:
    Writer(const data::Lines& lines, Mood mood, std::uint64_t seed)
        : random_(seed)
        , of_mood_(shuffled(lines_in(lines.moods.at(static_cast<std::size_t>(mood)))))
        , any_(shuffled(lines_in(lines.any)))
        , things_(shuffled(lines_in(lines.things)))
        , places_(shuffled(lines_in(lines.places))) {}

    std::string mood_line() { return filled(next(of_mood_, mood_at_)); }
    std::string any_line() { return filled(next(any_, any_at_)); }

private:
    Pool shuffled(Pool pool) {
        for (std::size_t left = pool.size(); left > 1; --left) {
            std::swap(pool[left - 1],
                      pool[static_cast<std::size_t>(random_.between(0, static_cast<int>(left) - 1))]);
        }
        return pool;
    }
    static std::string_view next(const Pool& pool, std::size_t& at) { return pool[at++ % pool.size()]; }

    std::string filled(std::string_view line) {
        std::string out;
        while (!line.empty()) {
            const std::size_t hole = std::min(line.find('{'), line.size());
            out += line.substr(0, hole);
            line.remove_prefix(hole);
            if (!line.empty()) {
                out += line.starts_with("{a}") ? next(things_, thing_at_) : next(places_, place_at_);
                line.remove_prefix(3);
            }
        }
        if (out.front() >= 'a' && out.front() <= 'z') {
            out.front() = static_cast<char>(out.front() - ('a' - 'A'));
        }
        return out;
    }

    Random random_;
    Pool of_mood_;
    Pool any_;
    Pool things_;
    Pool places_;
    std::size_t mood_at_ = 0;
    std::size_t any_at_ = 0;
    std::size_t thing_at_ = 0;
    std::size_t place_at_ = 0;
};

} // namespace

std::vector<Verse> write_words(std::string_view artist, std::string_view title, Scene scene, Mood mood) {
    const data::Lines& lines = lines_of(scene);
    const std::uint64_t seed = hash_texts("words", artist, title);
    Writer writer{lines, mood, seed};
    const auto verse = [&](std::size_t heading) {
        Verse made{.heading = std::string{lines.headings.at(heading)}, .lines = {}};
        for (int pair = 0; pair < 2; ++pair) {
            made.lines.push_back(writer.mood_line());
            made.lines.push_back(writer.any_line());
        }
        return made;
    };
    const std::string name{title};
    const Verse first = verse(0);
    const Verse chorus{.heading = std::string{lines.headings[1]},
                       .lines = {name, writer.mood_line(), name + ", " + name, writer.mood_line()}};
    std::vector<Verse> verses{first, chorus, verse(2), chorus};
    if (seed % 3 != 0) {
        verses.push_back(
            {.heading = std::string{lines.headings[3]}, .lines = {writer.any_line(), writer.any_line()}});
        verses.push_back(chorus);
    }
    verses.push_back({.heading = std::string{lines.headings[4]}, .lines = {writer.any_line(), name}});
    return verses;
}

std::string text_of(const std::vector<Verse>& verses, bool with_headings) {
    std::string text;
    for (const Verse& verse : verses) {
        text += text.empty() ? "" : "\n\n";
        std::string_view separator;
        if (with_headings) {
            text += "[" + verse.heading + "]";
            separator = "\n";
        }
        for (const std::string& line : verse.lines) {
            text.append(separator).append(line);
            separator = "\n";
        }
    }
    return text;
}

bool is_instrumental(const Track& track) {
    constexpr std::string_view wordless[] = {"ambient",       "jazz",    "post-rock", "modern classical",
                                             "kacapi suling", "jazzhop", "degung",    "lo-fi"};
    const Artist& artist = *track.artists.front();
    const bool likely = std::ranges::find(wordless, artist.genres.front()) != std::end(wordless);
    return hash_texts("instrumental", artist.name, track.name) % 100 < (likely ? 40U : 1U);
}

} // namespace personalify::simulator
