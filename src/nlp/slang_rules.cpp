#include "nlp/slang_rules.hpp"

#include "nlp/letters.hpp"
#include "nlp/stems.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace personalify::nlp {

namespace {

constexpr int common = 40; ///< a word that most texts have
constexpr int very_common = 47;
constexpr int one_letter = 4; ///< one that is left out on purpose
constexpr int slight = 6;     ///< a spelling that nobody would take for another word
constexpr int most_with_vowels = 8;
constexpr int any_distance = 1000;
constexpr int common_english = 33;
constexpr int deepest = 2; ///< rules within rules

using Pair = std::pair<std::string_view, std::string_view>;

/// Endings of colloquial spelling and the formal ones.
constexpr std::array<Pair, 16> clitics{{{"nyah", "nya"},
                                        {"nya", "nya"},
                                        {"nye", "nya"},
                                        {"ny", "nya"},
                                        {"x", "nya"},
                                        {"ku", "ku"},
                                        {"qu", "ku"},
                                        {"q", "ku"},
                                        {"mu", "mu"},
                                        {"lah", "lah"},
                                        {"kah", "kah"},
                                        {"pun", "pun"},
                                        {"kn", "kan"},
                                        {"kan", "kan"},
                                        {"an", "an"},
                                        {"n", "an"}}};

constexpr std::array<Pair, 16> prefixes{{{"di", "di"},
                                         {"d", "di"},
                                         {"ke", "ke"},
                                         {"k", "ke"},
                                         {"se", "se"},
                                         {"s", "se"},
                                         {"ber", "ber"},
                                         {"br", "ber"},
                                         {"ter", "ter"},
                                         {"tr", "ter"},
                                         {"ku", "ku"},
                                         {"kau", "kau"},
                                         {"meng", "meng"},
                                         {"men", "men"},
                                         {"mem", "mem"},
                                         {"me", "me"}}};

/// The word with each run of a letter cut to one, where `cut` says so about its length and its end.
template <class Cut>
std::string without_runs(std::string_view word, Cut cut) {
    std::string shorter;
    for (std::size_t from = 0; from < word.size();) {
        std::size_t to = from;
        while (to < word.size() && word[to] == word[from]) {
            ++to;
        }
        shorter.append(word.substr(from, cut(to - from, to == word.size())));
        from = to;
    }
    return shorter;
}

bool has_vowel(std::string_view word) {
    return std::ranges::any_of(word, is_vowel);
}

} // namespace

std::optional<std::string_view> SlangRules::entry(std::string_view word) const {
    if (is_sundanese_) {
        if (const auto found = slang_.sundanese.find(word)) {
            return found;
        }
        if (words_.sundanese(word) > 0) {
            return std::nullopt; // "ka" is no "kak" here
        }
    }
    return slang_.indonesian.find(word);
}

std::optional<std::string> SlangRules::part(std::string_view word, int depth) const {
    if (const auto found = entry(word)) {
        return std::string{*found};
    }
    if (words_.is_in_dictionary(word)) {
        return std::string{word};
    }
    return depth > 0 ? by_rule(word, depth - 1) : std::nullopt;
}

std::optional<std::string> SlangRules::formal(std::string_view word, bool may_be_name) const {
    if (const auto found = entry(word)) {
        return *found == word ? std::nullopt : std::optional<std::string>{*found};
    }
    if (words_.is_formal(word) || (words_.indonesian(word) >= 50 && !word.starts_with("ng")) ||
        words_.english(word) >= common_english || (is_sundanese_ && words_.sundanese(word) > 0)) {
        return std::nullopt;
    }
    if (has_foreign_stem(word)) {
        return std::nullopt;
    }
    // The rules are those of Indonesian.
    if (is_sundanese_ || (may_be_name && has_vowel(word))) {
        return stretched(word);
    }
    std::optional<std::string> found = by_rule(word, deepest);
    return found == word ? std::nullopt : found;
}

bool SlangRules::has_foreign_stem(std::string_view word) const {
    constexpr std::size_t shortest = 4;
    for (const std::string_view ending : {"nya", "an", ""}) {
        for (const std::string_view prefix : {"", "di"}) {
            if (!word.starts_with(prefix) || !word.ends_with(ending) ||
                word.size() < prefix.size() + ending.size() + shortest) {
                continue;
            }
            const std::string_view stem =
                word.substr(prefix.size(), word.size() - prefix.size() - ending.size());
            if (words_.english(stem) >= common_english && !entry(stem)) {
                return true;
            }
        }
    }
    return false;
}

std::optional<std::string> SlangRules::by_rule(std::string_view word, int depth) const {
    if (word.size() < 2) {
        return std::nullopt;
    }
    if (auto found = stretched(word)) {
        return found;
    }
    const std::string calm = without_runs(word, [](std::size_t size, bool) { return size > 2 ? 1 : size; });
    const std::optional<SpellingIndex::Match> match = spelling_.find(calm);
    const bool seen = words_.indonesian(calm) > 0; // in texts, though in no dictionary
    if (auto found = respelled(calm, match, one_letter)) {
        return found;
    }
    if (auto found = with_in(calm, depth)) {
        return found;
    }
    if (auto found = nasal(calm, depth)) {
        return found;
    }
    if (auto found = respelled(calm, match, slight)) {
        return found;
    }
    if (auto found = with_clitic(calm, seen ? 0 : depth)) {
        return found;
    }
    if (auto found = seen ? std::nullopt : with_final_letter(calm)) {
        return found;
    }
    if (auto found = seen ? std::nullopt : with_prefix(calm, depth)) {
        return found;
    }
    return seen ? std::nullopt : respelled(calm, match, any_distance);
}

std::optional<std::string> SlangRules::stretched(std::string_view word) const {
    const std::array<std::string, 4> calmer{
        without_runs(word, [](std::size_t size, bool last) { return last || size > 2 ? 1 : size; }),
        without_runs(word, [](std::size_t size, bool) { return size > 2 ? 1 : size; }),
        without_runs(word, [](std::size_t, bool) { return std::size_t{1}; }),
        without_runs(word, [](std::size_t size, bool) { return std::min<std::size_t>(size, 2); })};
    for (const std::string& candidate : calmer) {
        if (candidate == word || candidate.empty()) {
            continue;
        }
        if (const auto found = entry(candidate)) {
            return std::string{*found};
        }
        // One letter too many may be right in a name, and where a word and its ending meet ("tokennya").
        const bool doubled_only = candidate.size() + 1 == word.size();
        if ((doubled_only ? words_.is_in_dictionary(candidate) : words_.is_formal(candidate)) ||
            (is_sundanese_ && words_.sundanese(candidate) > 0) ||
            words_.indonesian(candidate) > (doubled_only ? common : 0) ||
            (words_.english(candidate) >= common_english && word.size() > candidate.size() + 1)) {
            return candidate;
        }
    }
    return std::nullopt;
}

std::optional<std::string> SlangRules::with_clitic(std::string_view word, int depth) const {
    for (const auto& [ending, formal_ending] : clitics) {
        if (!word.ends_with(ending) || word.size() < ending.size() + 2) {
            continue;
        }
        const std::string_view stem = word.substr(0, word.size() - ending.size());
        const bool is_short = ending.size() == 1 && ending != "x";
        if (is_short && !words_.is_in_dictionary(stem)) {
            continue;
        }
        if (const auto found = part(stem, depth)) {
            return *found + std::string{formal_ending};
        }
    }
    return std::nullopt;
}

std::optional<std::string> SlangRules::with_in(std::string_view word, int depth) const {
    if (!word.ends_with("in") || word.size() < 5) {
        return std::nullopt;
    }
    std::string_view base = word.substr(0, word.size() - 2);
    const auto better = [this](const std::string& stem) {
        const std::string with_kan = stem + "kan";
        const std::string with_i = stem + "i";
        return words_.indonesian(with_i) > words_.indonesian(with_kan) ? with_i : with_kan;
    };
    const auto usable = [](const std::optional<std::string>& stem) {
        return stem && stem->size() > 2 && !stem->contains(' ');
    };
    if (base.starts_with("di") && base.size() > 4) {
        const auto stem = part(base.substr(2), depth);
        return usable(stem) ? std::optional{better("di" + *stem)} : std::nullopt;
    }
    if (const auto stem = part(base, std::min(depth, 1)); usable(stem)) {
        return better(stem->starts_with("me") && stem->size() > 6 ? *stem : with_active_prefix(*stem));
    }
    if (const auto active = nasal(base, depth)) {
        return better(*active);
    }
    return std::nullopt;
}

std::optional<std::string> SlangRules::nasal(std::string_view word, int depth) const {
    if (word.size() < 4) {
        return std::nullopt;
    }
    const auto known = [this](const std::string& active) {
        return words_.is_in_dictionary(active) || words_.indonesian(active) >= common;
    };
    const bool is_nasal = word.starts_with("ng") || word.starts_with("ny") || word.starts_with('m') ||
                          (word.starts_with('n') && word.size() > 4);
    if (!is_nasal) {
        return std::nullopt;
    }
    if (word.starts_with("nge")) {
        if (const auto stem = part(word.substr(3), depth); stem && stem->size() > 2 && !stem->contains(' ')) {
            if (std::ranges::count_if(*stem, is_vowel) == 1) { // mengecek, mengecat
                return "menge" + *stem;
            }
            return stem->starts_with("me") ? *stem : with_active_prefix(*stem);
        }
    }
    if (std::string active = "me" + std::string{word}; known(active)) {
        return active;
    }
    const std::string rest{word.substr(2)};
    if (word.starts_with("ny") && words_.is_in_dictionary('c' + rest)) {
        return "menc" + rest;
    }
    if (word.starts_with("ny") && known("menc" + rest)) {
        return "menc" + rest;
    }
    const bool has_root =
        (word.starts_with("ny") && words_.is_in_dictionary('s' + rest)) ||
        (word.starts_with("ng") && (words_.is_in_dictionary(rest) || words_.is_in_dictionary('k' + rest)));
    return has_root ? std::optional{"me" + std::string{word}} : std::nullopt;
}

std::optional<std::string> SlangRules::with_prefix(std::string_view word, int depth) const {
    for (const auto& [prefix, formal_prefix] : prefixes) {
        if (!word.starts_with(prefix) || word.size() < prefix.size() + 3) {
            continue;
        }
        const std::string_view rest = word.substr(prefix.size());
        const auto found = part(rest, depth);
        if (!found || found->size() < 3 || found->contains(' ')) {
            continue;
        }
        std::string whole = std::string{formal_prefix} + *found;
        if (prefix == formal_prefix ? words_.is_formal(whole) || prefix == "di"
                                    : words_.indonesian(whole) > 0) {
            return whole;
        }
    }
    return std::nullopt;
}

std::optional<std::string> SlangRules::with_final_letter(std::string_view word) const {
    constexpr std::string_view extra = "hkszct";
    if (word.size() < 4 || !extra.contains(word.back()) || !is_vowel(word[word.size() - 2])) {
        return std::nullopt;
    }
    const std::string_view shorter = word.substr(0, word.size() - 1);
    if (const auto found = entry(shorter)) {
        return std::string{*found};
    }
    return words_.is_in_dictionary(shorter) && words_.indonesian(shorter) >= common
               ? std::optional<std::string>{shorter}
               : std::nullopt;
}

std::optional<std::string> SlangRules::respelled(std::string_view word,
                                                 const std::optional<SpellingIndex::Match>& match,
                                                 int furthest) const {
    // A short word with all its vowels is near to too many others.
    const auto vowels = static_cast<std::size_t>(std::ranges::count_if(word, is_vowel));
    const bool lacks_vowels = vowels * (word.size() <= 4 ? 3 : 4) <= word.size();
    const int room =
        lacks_vowels ? any_distance : std::min(static_cast<int>(word.size()) * 2 - 3, most_with_vowels);
    if (match && (match->distance > room || word.size() < 3)) {
        return std::nullopt;
    }
    // Where a text's own word is nearly as common as the other, it is no slip.
    if (!match || match->distance > furthest || match->frequency < words_.indonesian(word) + 12) {
        return std::nullopt;
    }
    // Rarer words are oftener what a name or a word that nobody listed looks like.
    if (furthest == any_distance && match->frequency < (word.size() <= 3 ? very_common : common)) {
        return std::nullopt;
    }
    return std::string{entry(match->word).value_or(match->word)};
}

std::optional<std::string_view> SlangRules::formal_ending(std::string_view ending) {
    const auto* found = std::ranges::find(clitics, ending, &Pair::first);
    if (ending.empty() || found != clitics.end()) {
        return ending.empty() ? ending : found->second;
    }
    return ending == "in" || ending == "i" ? std::optional<std::string_view>{"i"} : std::nullopt;
}

std::optional<std::string> SlangRules::twice(std::string_view word, std::string_view ending) const {
    static constexpr std::array<std::string_view, 12> formal_prefixes{
        "meng", "men", "mem", "ber", "ter", "per", "pen", "peng", "me", "se", "di", "ke"};
    std::optional<std::string> base =
        words_.indonesian(word) >= common && !entry(word) ? std::nullopt : part(word, 1);
    if (!base && (words_.is_formal(word) || words_.indonesian(word) > 0 || word.size() > 3)) {
        base = std::string{word};
    }
    if (!base || base->contains(' ')) {
        return std::nullopt;
    }
    for (const std::string_view prefix : formal_prefixes) {
        if (!base->starts_with(prefix) || base->size() < prefix.size() + 4) {
            continue;
        }
        std::string root = base->substr(prefix.size());
        const bool keeps_nasal = prefix.starts_with("me") && prefix.size() > 2 && is_vowel(root.front());
        if (words_.is_in_dictionary(root) && words_.indonesian(root) >= 35) {
            return *base + '-' + root + std::string{ending};
        }
        if (keeps_nasal && words_.is_formal(*base)) { // menunggu-nunggu, memukul-mukul
            return *base + '-' + base->substr(2) + std::string{ending};
        }
    }
    return *base + '-' + *base + std::string{ending};
}

std::optional<std::string> SlangRules::doubled(std::string_view word) const {
    constexpr std::string_view squared = "\xC2\xB2";
    std::size_t at = word.find('2');
    std::size_t size = 1;
    if (at == std::string_view::npos) {
        at = word.find(squared);
        size = squared.size();
    }
    if (at == std::string_view::npos || at == 0) {
        return std::nullopt;
    }
    std::string base{word.substr(0, at)};
    std::string ending{word.substr(at + size)};
    std::erase(base, '-');
    if (!std::ranges::all_of(base, is_letter) || !std::ranges::all_of(ending, is_letter)) {
        return std::nullopt;
    }
    if (ending.empty() && (base == "ke" || base == "ber")) {
        return base + "dua";
    }
    if (base.size() < 2) {
        return std::nullopt;
    }
    const auto formal = formal_ending(without_runs(ending, [](std::size_t, bool) { return std::size_t{1}; }));
    return formal ? twice(base, *formal) : std::nullopt;
}

} // namespace personalify::nlp
