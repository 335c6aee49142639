#include "nlp/dictionary.hpp"

#include "nlp/letters.hpp"
#include "nlp/spans.hpp"
#include "nlp/stems.hpp"

#include <algorithm>
#include <array>

namespace personalify::nlp {

namespace {

constexpr std::size_t longest_idiom = 5; ///< words
constexpr std::size_t longest_word = 64;
constexpr std::size_t shortest_root = 3;

/// Of several translations the first.
std::string_view first_of(std::string_view translations) {
    const std::string_view first = translations.substr(0, translations.find_first_of(";,/("));
    return first.substr(0, first.find_last_not_of(' ') + 1);
}

struct Pronoun {
    std::string_view text;
    std::string_view owner;  ///< before a noun
    std::string_view object; ///< after a verb
};

constexpr std::array<Pronoun, 3> endings{{{"ku", "my ", " me"}, {"mu", "your ", " you"}, {"nya", "", ""}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> subjects{
    {{"ku", "I "}, {"kau", "you "}}};

bool is_verb(std::string_view word) {
    return word.size() > 5 && (word.starts_with("me") || word.starts_with("di") || word.ends_with("kan") ||
                               word.starts_with("ku") || word.starts_with("kau") || word.ends_with('i'));
}

/// The words of an idiom that begins at `first`, in lower case, one space between them; the number of spans
/// it takes is 2 * words - 1.
std::vector<std::string> words_from(const std::vector<Span>& spans, std::size_t first) {
    std::vector<std::string> words;
    for (std::size_t i = first; i < spans.size() && words.size() < longest_idiom; i += 2) {
        if (spans[i].kind != Span::Kind::word || spans[i].text.size() > longest_word) {
            break;
        }
        words.push_back(fold(spans[i].text));
        if (i + 1 >= spans.size() || spans[i + 1].text != " ") {
            break;
        }
    }
    return words;
}

/// The pronoun I is a capital wherever it stands.
void append_english(std::string& out, std::string_view model, std::string_view english) {
    std::string text = with_case_of(model, std::string{english});
    for (std::size_t at = text.find('i'); at != std::string::npos; at = text.find('i', at + 1)) {
        const bool starts = at == 0 || text[at - 1] == ' ';
        const bool ends = at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\'';
        if (starts && ends) {
            text[at] = 'I';
        }
    }
    out += text;
}

} // namespace

Result<Dictionary> Dictionary::load(const std::filesystem::path& folder) {
    Dictionary dictionary;
    for (const auto& [table, name] : {std::pair{&dictionary.indonesian_, "indonesian-english.tsv"},
                                      std::pair{&dictionary.sundanese_, "sundanese-english.tsv"},
                                      std::pair{&dictionary.freedict_, "freedict-indonesian-english.tsv"}}) {
        if (Result<> read = table->read(folder / name); !read) {
            return std::unexpected(std::move(read.error()));
        }
    }
    return dictionary;
}

std::optional<std::string_view> Dictionary::listed(std::string_view word, Language language) const {
    std::optional<std::string_view> found;
    if (language == Language::sundanese) {
        found = sundanese_.find(word);
    }
    for (const WordTable* table : {&indonesian_, &freedict_}) {
        found = found ? found : table->find(word);
    }
    return found ? std::optional{first_of(*found)} : std::nullopt;
}

std::optional<std::string> Dictionary::with_pronoun(std::string_view word, Language language) const {
    for (const auto& [ending, owner, object] : endings) {
        const std::string_view stem = word.substr(0, word.size() - std::min(ending.size(), word.size()));
        if (!word.ends_with(ending) || stem.size() < shortest_root) {
            continue;
        }
        std::optional<std::string> found;
        if (const auto direct = listed(stem, language)) {
            found = std::string{*direct};
        } else {
            found = derived(stem, language);
        }
        if (found && !found->empty()) {
            return is_verb(stem) ? *found + std::string{object} : std::string{owner} + *found;
        }
    }
    for (const auto& [subject, english] : subjects) {
        if (word.starts_with(subject) && word.size() >= subject.size() + shortest_root) {
            const std::string_view stem = word.substr(subject.size());
            const auto direct = listed(stem, language);
            const auto found = direct ? std::optional{std::string{*direct}} : derived(stem, language);
            if (found && !found->empty()) {
                return std::string{english} + *found;
            }
        }
    }
    return std::nullopt;
}

std::optional<std::string> Dictionary::derived(std::string_view word, Language language) const {
    std::optional<std::string> found;
    const auto take = [&](std::string_view root) {
        if (const auto english = root.size() >= shortest_root ? listed(root, language) : std::nullopt;
            english && !english->empty()) {
            found = std::string{*english};
        }
        return found.has_value();
    };
    if (language == Language::sundanese && any_sundanese_root(word, take)) {
        return found;
    }
    any_indonesian_root(word, take);
    return found;
}

std::optional<std::string> Dictionary::find(std::string_view word, Language language) const {
    if (const auto found = listed(word, language)) {
        return std::string{*found};
    }
    if (word.size() > longest_word || word.contains(' ')) {
        return std::nullopt;
    }
    if (const std::size_t hyphen = word.find('-'); hyphen != std::string_view::npos) {
        const std::string_view left = word.substr(0, hyphen);
        const std::string_view right = word.substr(hyphen + 1);
        const auto first = find(left, language);
        // Said twice, perhaps with an ending on the second: "teman-temannya".
        const bool twice = left.size() > 2 && right.contains(left);
        const auto second = twice ? std::optional<std::string>{} : find(right, language);
        return first && second ? std::optional{*first + ' ' + *second} : first ? first : second;
    }
    if (auto found = with_pronoun(word, language)) {
        return found;
    }
    return derived(word, language);
}

std::string Dictionary::to_english(std::string_view text, Language language) const {
    if (language != Language::indonesian && language != Language::sundanese) {
        return std::string{text};
    }
    const std::vector<Span> spans = spans_of(text);
    const bool is_title = is_title_case(spans);
    std::string out;
    out.reserve(text.size() + text.size() / 4);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const Span& span = spans[i];
        if (span.kind != Span::Kind::word || span.text.size() > longest_word) {
            out += span.text;
            continue;
        }
        const std::vector<std::string> words = words_from(spans, i);
        std::optional<std::string> found;
        std::size_t taken = words.size();
        for (; taken > 1 && !found; --taken) {
            std::string idiom = words.front();
            for (std::size_t w = 1; w < taken; ++w) {
                idiom += ' ' + words[w];
            }
            if (const auto english = listed(idiom, language)) {
                found = std::string{*english};
                i += 2 * (taken - 1);
            }
        }
        if (!found && !is_title && may_be_name(span)) { // its parts mean nothing
            const auto english = listed(words.front(), language);
            found = english ? std::optional{std::string{*english}} : std::nullopt;
        } else if (!found) {
            found = find(words.front(), language);
        }
        if (found && found->empty()) { // a particle goes with one of its spaces
            if (out.ends_with(' ') && i + 1 < spans.size() && spans[i + 1].kind == Span::Kind::other) {
                out.pop_back();
            }
            continue;
        }
        if (found) {
            append_english(out, span.text, *found);
        } else {
            out += span.text;
        }
    }
    return out;
}

} // namespace personalify::nlp
