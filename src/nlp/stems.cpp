#include "nlp/stems.hpp"

#include "nlp/letters.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace personalify::nlp {

namespace {

constexpr std::size_t shortest = 3;

/// A prefix, and what the root may have begun with that it swallowed.
struct Prefix {
    std::string_view text;
    std::string_view swallowed = {};
};

constexpr std::array<Prefix, 28> indonesian_prefixes{
    {{"memper"},    {"diper"},     {"keter"},     {"seper"},     {"keber"},    {"menge"},    {"penge"},
     {"meny", "s"}, {"peny", "s"}, {"meng", "k"}, {"peng", "k"}, {"mem", "p"}, {"pem", "p"}, {"men", "t"},
     {"pen", "t"},  {"ber"},       {"ter"},       {"per"},       {"bel"},      {"pel"},      {"me"},
     {"be"},        {"di"},        {"ke"},        {"se"},        {"pe"},       {"ku"},       {"kau"}}};
constexpr std::array<std::string_view, 11> indonesian_suffixes{"nya", "kan", "lah", "kah",  "pun", "ku",
                                                               "mu",  "an",  "i",   "anku", "anmu"};
constexpr std::array<Prefix, 20> sundanese_prefixes{
    {{"pang"},   {"pang", "k"}, {"nga"},    {"ny", "s"}, {"ny", "c"}, {"ng", "k"}, {"ng"},
     {"m", "p"}, {"m", "b"},    {"n", "t"}, {"sa"},      {"ba"},      {"pa"},      {"ka"},
     {"di"},     {"ti"},        {"si"},     {"per"},     {"mang"},    {"barang"}}};
constexpr std::array<std::string_view, 9> sundanese_suffixes{"eunana", "keunana", "keun", "eun", "anana",
                                                             "ana",    "an",      "na",   "ing"};

/// The word without each suffix, then without two of them.
std::vector<std::string_view> without_suffixes(std::string_view word,
                                               std::span<const std::string_view> suffixes) {
    std::vector<std::string_view> bases{word};
    for (std::size_t i = 0; i < bases.size() && bases.size() < 12; ++i) {
        for (const std::string_view suffix : suffixes) {
            if (bases[i].ends_with(suffix) && bases[i].size() >= suffix.size() + shortest) {
                const std::string_view base = bases[i].substr(0, bases[i].size() - suffix.size());
                if (std::ranges::find(bases, base) == bases.end()) {
                    bases.push_back(base);
                }
            }
        }
    }
    return bases;
}

bool any_root(std::string_view word, std::span<const Prefix> prefixes,
              std::span<const std::string_view> suffixes, const RootVisitor& visit) {
    const std::vector<std::string_view> bases = without_suffixes(word, suffixes);
    for (const std::string_view base : bases) {
        if (base.size() < word.size() && visit(base)) {
            return true;
        }
        for (const Prefix& prefix : prefixes) {
            if (!base.starts_with(prefix.text) || base.size() < prefix.text.size() + shortest) {
                continue;
            }
            const std::string_view rest = base.substr(prefix.text.size());
            // The swallowed letter stood before a vowel, and usually was there.
            if (!prefix.swallowed.empty() && is_vowel(rest.front()) &&
                visit(std::string{prefix.swallowed}.append(rest))) {
                return true;
            }
            if (visit(rest)) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

bool any_indonesian_root(std::string_view word, const RootVisitor& visit) {
    return any_root(word, indonesian_prefixes, indonesian_suffixes, visit);
}

bool any_sundanese_root(std::string_view word, const RootVisitor& visit) {
    if (any_root(word, sundanese_prefixes, sundanese_suffixes, visit)) {
        return true;
    }
    for (const std::string_view infix : {"ar", "al", "um", "in"}) {
        const std::size_t after_first = word.size() > 1 && !is_vowel(word.front()) ? 1 : 0;
        if (word.substr(after_first).starts_with(infix) && word.size() >= shortest + infix.size()) {
            const std::string root =
                std::string{word.substr(0, after_first)}.append(word.substr(after_first + 2));
            if (visit(root) || any_root(root, sundanese_prefixes, sundanese_suffixes, visit)) {
                return true;
            }
        }
    }
    return false;
}

std::string with_active_prefix(std::string_view root) {
    if (root.empty()) {
        return {};
    }
    const std::string rest{root.substr(1)};
    const bool before_vowel = !rest.empty() && is_vowel(rest.front());
    switch (root.front()) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
    case 'g':
    case 'h':
    case 'q':
        return "meng" + std::string{root};
    case 'k':
        return before_vowel ? "meng" + rest : "meng" + std::string{root};
    case 'p':
        return before_vowel ? "mem" + rest : "mem" + std::string{root};
    case 's':
        return before_vowel ? "meny" + rest : "men" + std::string{root};
    case 't':
        return before_vowel ? "men" + rest : "men" + std::string{root};
    case 'b':
    case 'f':
    case 'v':
        return "mem" + std::string{root};
    case 'c':
    case 'd':
    case 'j':
    case 'z':
        return "men" + std::string{root};
    default:
        return "me" + std::string{root};
    }
}

} // namespace personalify::nlp
