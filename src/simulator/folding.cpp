#include "simulator/folding.hpp"

#include "http/text.hpp"

#include <algorithm>

namespace personalify::simulator {
namespace {

/// U+00C0 to U+017F without accents.
constexpr std::string_view latin = "aaaaaaaceeeeiiiidnooooo ouuuuyts"
                                   "aaaaaaaceeeeiiiidnooooo ouuuuyty"
                                   "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllll"
                                   "nnnnnnnnnoooooooorrrrrrsssssssstttttt"
                                   "uuuuuuuuuuuuwwyyyzzzzzzs";
constexpr unsigned first_latin = 0xC0;
static_assert(latin.size() == 0x180 - first_latin);

constexpr std::string_view apostrophes[] = {"'", "`", "\u2018", "\u2019", "\u200b"};

/// The letter at the front of a two-byte sequence, or 0 for another character.
char latin_letter(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0xC3 || first > 0xC5 || text.size() < 2) {
        return 0;
    }
    const auto second = static_cast<unsigned char>(text[1]);
    const unsigned code = ((first & 0x1FU) << 6U) | (second & 0x3FU);
    return code >= first_latin ? latin[code - first_latin] : '\0';
}

void add_space(std::string& out) {
    if (!out.empty() && out.back() != ' ') {
        out += ' ';
    }
}

/// Folds the character at the front of the text; answers with its length.
std::size_t fold_one(std::string_view text, std::string& out) {
    for (const std::string_view apostrophe : apostrophes) {
        if (text.starts_with(apostrophe)) {
            return apostrophe.size();
        }
    }
    if (const char letter = latin_letter(text); letter != 0) {
        letter == ' ' ? add_space(out) : out.push_back(letter);
        return 2;
    }
    const char c = text.front();
    if (http::is_alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80) {
        out += http::to_lower(c);
    } else {
        add_space(out);
    }
    return 1;
}

} // namespace

std::string fold(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        text.remove_prefix(fold_one(text, out));
    }
    if (out.ends_with(' ')) {
        out.pop_back();
    }
    return out;
}

std::vector<std::string> words_of(std::string_view folded) {
    std::vector<std::string> words;
    while (!folded.empty()) {
        const std::size_t end = std::min(folded.find(' '), folded.size());
        words.emplace_back(folded.substr(0, end));
        folded.remove_prefix(std::min(end + 1, folded.size()));
    }
    return words;
}

std::string slug_of(std::string_view text) {
    std::string slug;
    for (const char c : fold(text)) {
        if (http::is_alphanumeric(c)) {
            slug += c;
        } else if (c == ' ' && !slug.empty() && slug.back() != '-') {
            slug += '-';
        }
    }
    while (slug.ends_with('-')) {
        slug.pop_back();
    }
    return slug;
}

} // namespace personalify::simulator
