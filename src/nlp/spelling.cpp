#include "nlp/spelling.hpp"

#include "nlp/letters.hpp"

#include <algorithm>
#include <array>
#include <ranges>
#include <tuple>

namespace personalify::nlp {

namespace {

constexpr std::size_t longest = 24;
constexpr std::size_t most_compared = 40; ///< words of one group; the rare rest is never meant
constexpr int never = 1000;
constexpr int swapped = 8; ///< two letters in the wrong order

/// One letter for all that are swapped for each other; 0 for letters that are left out or put in freely.
char consonant_class(char c) {
    switch (c) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
    case 'h':
    case 'y':
    case 'w':
        return 0;
    case 'q':
        return 'k';
    case 'z':
    case 'c':
        return 's';
    case 'f':
    case 'v':
        return 'p';
    default:
        return c;
    }
}

std::uint32_t consonants_of(std::string_view word) {
    std::uint32_t hash = 2166136261U;
    char last = 0;
    const auto take = [&](char c) {
        if (c != last) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
            last = c;
        }
    };
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char next = i + 1 < word.size() ? word[i + 1] : '\0';
        const char c = word[i];
        if ((c == 'n' && (next == 'g' || next == 'k')) || (c == 'd' && next == 'j')) {
            continue; // dgn, dngan; djakarta
        }
        if (c == 't' && next == 'j') {
            take('s');
            ++i;
        } else if (c == 'x') {
            take('k');
            take('s');
        } else if (const char kind = consonant_class(c); kind != 0) {
            take(kind);
        }
    }
    return hash;
}

bool are(char a, char b, char x, char y) {
    return (a == x && b == y) || (a == y && b == x);
}

int substitution(char typed, char meant) {
    if (typed == meant) {
        return 0;
    }
    if (are(typed, meant, 'a', 'e') || are(typed, meant, 'u', 'o') || are(typed, meant, 'i', 'e')) {
        return 5;
    }
    if ((typed == 'q' && meant == 'k') || (typed == 'y' && meant == 'i') || (typed == 'w' && meant == 'u')) {
        return 3;
    }
    if (are(typed, meant, 'z', 's') || are(typed, meant, 'f', 'p') || are(typed, meant, 'v', 'f') ||
        are(typed, meant, 'v', 'p')) {
        return 5;
    }
    if (is_vowel(typed) && is_vowel(meant)) {
        return 11;
    }
    return are(typed, meant, 'c', 's') ? 10 : never;
}

/// The cost of leaving out word[at].
int omission(std::string_view word, std::size_t at) {
    const char c = word[at];
    const char before = at > 0 ? word[at - 1] : '\0';
    const char after = at + 1 < word.size() ? word[at + 1] : '\0';
    if (is_vowel(c)) {
        if (at == 0) {
            return 12;
        }
        if (after == '\0') {
            return 9;
        }
        return c == 'e' ? 3 : 4;
    }
    if (c == 'h') {
        return at == 0 ? 6 : 5;
    }
    if (c == before || (c == 'n' && (after == 'g' || after == 'k'))) {
        return 4;
    }
    if (c == 'k' && after == '\0') {
        return 7;
    }
    return (c == 'y' || c == 'w') && is_vowel(before) ? 4 : never;
}

/// The cost of putting in typed[at].
int insertion(std::string_view typed, std::size_t at) {
    const char c = typed[at];
    const char before = at > 0 ? typed[at - 1] : '\0';
    const bool last = at + 1 == typed.size();
    if (c == before) {
        return 2;
    }
    if (c == 'h' || c == 'y' || c == 'w') {
        return 5;
    }
    if (c == 'k' && last) {
        return 6;
    }
    if (c == 'n' && !last && (typed[at + 1] == 'g' || typed[at + 1] == 'k')) {
        return 8;
    }
    return is_vowel(c) ? 9 : never;
}

/// Two letters for one, or one for two; `never` when these are no usual pair.
int shortening(char typed, std::string_view meant) {
    if ((typed == 'e' && meant == "ai") || (typed == 'o' && meant == "au")) {
        return 4;
    }
    return typed == 'x' && meant == "ks" ? 3 : never;
}

int lengthening(std::string_view typed, char meant) {
    if ((typed == "oe" && meant == 'u') || (typed == "dj" && meant == 'j') ||
        (typed == "tj" && meant == 'c') || (typed == "sy" && meant == 's') ||
        (typed == "ch" && meant == 'c')) {
        return 3;
    }
    return never;
}

/// Whether two words can begin the same word: a cheap look before the comparison.
bool may_begin_alike(std::string_view typed, std::string_view word) {
    const char a = typed.front();
    const char b = word.front();
    return a == b || b == 'h' || a == 'h' || a == 'w' || a == 'y' || is_vowel(a) || is_vowel(b) ||
           substitution(a, b) < never || (b == 'c' && a == 't') || (b == 'j' && a == 'd');
}

} // namespace

int spelling_distance(std::string_view typed, std::string_view word, int furthest) {
    if (typed.size() > longest || word.size() > longest) {
        return never;
    }
    using Row =
        std::array<int, longest + 1>; // the costs of `typed` up to a letter against each start of `word`
    std::array<Row, 3> rows{};
    rows[0][0] = 0;
    for (std::size_t j = 1; j <= word.size(); ++j) {
        rows[0][j] = std::min(never, rows[0][j - 1] + omission(word, j - 1));
    }
    int last_low = 0;
    for (std::size_t i = 1; i <= typed.size(); ++i) {
        Row& row = rows[i % 3];
        const Row& before = rows[(i - 1) % 3];
        const Row& two_before = rows[(i + 1) % 3]; // i - 2, only used where i > 1
        const char c = typed[i - 1];
        const int put_in = insertion(typed, i - 1);
        row[0] = std::min(never, before[0] + put_in);
        int low = row[0];
        for (std::size_t j = 1; j <= word.size(); ++j) {
            int best = std::min({before[j - 1] + substitution(c, word[j - 1]), before[j] + put_in,
                                 row[j - 1] + omission(word, j - 1), never});
            if (j > 1 && (c == 'e' || c == 'o' || c == 'x')) {
                best = std::min(best, before[j - 2] + shortening(c, word.substr(j - 2, 2)));
            }
            if (i > 1) {
                best = std::min(best, two_before[j - 1] + lengthening(typed.substr(i - 2, 2), word[j - 1]));
                if (j > 1 && c == word[j - 2] && typed[i - 2] == word[j - 1]) {
                    best = std::min(best, two_before[j - 2] + swapped);
                }
            }
            row[j] = best;
            low = std::min(low, best);
        }
        if (low > furthest && last_low > furthest) {
            return never;
        }
        last_low = low;
    }
    return rows[typed.size() % 3][word.size()];
}

SpellingIndex::SpellingIndex(const KnownWords& words)
    : words_(&words) {
    const WordTable& table = words.indonesian_words();
    std::vector<int> frequencies;
    frequencies.reserve(table.size());
    places_.reserve(table.size());
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        const WordTable::Entry& entry = table.entries()[i];
        frequencies.push_back(KnownWords::frequency_of(table.value(entry)));
        if (entry.key_size >= 2 && entry.key_size <= longest) {
            places_.push_back({consonants_of(table.key(entry)), i});
        }
    }
    std::ranges::sort(places_, [&](const Place& a, const Place& b) {
        return std::tuple{a.consonants, -frequencies[a.entry], a.entry} <
               std::tuple{b.consonants, -frequencies[b.entry], b.entry};
    });
}

std::optional<SpellingIndex::Match> SpellingIndex::find(std::string_view typed) const {
    constexpr int weight = 2; // of the distance against the frequency
    constexpr int margin = 3; // by which the best must lead
    if (typed.size() < 2 || typed.size() > longest) {
        return std::nullopt;
    }
    const auto vowels = std::ranges::count_if(typed, is_vowel);
    const int furthest = vowels == 0 ? 17 : 11;
    const WordTable& table = words_->indonesian_words();
    const auto group = std::ranges::equal_range(places_, consonants_of(typed), {}, &Place::consonants);
    Match best;
    int best_score = -never;
    int next_score = -never;
    for (const Place& place : group | std::views::take(most_compared)) {
        const WordTable::Entry& entry = table.entries()[place.entry];
        const std::string_view word = table.key(entry);
        const std::string_view value = table.value(entry);
        const int frequency = KnownWords::frequency_of(value);
        if (frequency < next_score) {
            break; // neither this one nor those after it change anything
        }
        // Each letter left out costs 3 or more, each put in 2 or more.
        const auto longer = static_cast<int>(word.size()) - static_cast<int>(typed.size());
        if (word == typed || longer * 3 > furthest || longer * -2 > furthest ||
            !may_begin_alike(typed, word)) {
            continue;
        }
        const int distance = spelling_distance(typed, word, furthest);
        if (distance > furthest) {
            continue;
        }
        const int score = frequency - distance * weight - (value.ends_with('~') ? 6 : 0);
        if (score > best_score) {
            next_score = best_score;
            best_score = score;
            best = {word, frequency, distance};
        } else {
            next_score = std::max(next_score, score);
        }
    }
    if (best.word.empty() || best_score - next_score < margin) {
        return std::nullopt;
    }
    return best;
}

} // namespace personalify::nlp
