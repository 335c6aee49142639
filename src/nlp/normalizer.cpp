#include "nlp/normalizer.hpp"

#include "nlp/letters.hpp"
#include "nlp/slang_rules.hpp"
#include "nlp/spans.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace personalify::nlp {

namespace {

constexpr std::size_t block_size = 16 * 1024;
constexpr std::size_t longest_word = 64;
constexpr std::size_t most_remembered = 4096;
constexpr int always_english = 60;    ///< "the", "you"
constexpr std::size_t neighbours = 5; ///< words before and after that tell whether a word is English

bool has_digit(std::string_view word) {
    return std::ranges::any_of(word, is_digit) || word.contains("\xC2\xB2");
}

/// How English a word is: from -2 (surely Indonesian) to 2.
int english_cue(const KnownWords& words, const Slang& slang, const std::string& word) {
    const int english = words.english(word);
    const int indonesian = words.indonesian(word);
    const bool is_slang = slang.indonesian.contains(word);
    if (is_slang && english > 0) {
        return english >= 45 && english > indonesian + 5 ? 1 : 0;
    }
    if (english > 0 && indonesian == 0) {
        return 2;
    }
    if (english == 0) {
        return indonesian > 0 || is_slang ? -2 : 0;
    }
    if (english > indonesian + 7) {
        return 1;
    }
    return indonesian > english + 5 ? -1 : 0;
}

/// ":D", "G", "XL", "AP2": a single capital or a short name in capitals says nothing but among Indonesian
/// words.
bool is_ambiguous(std::string_view word, int english_around, std::size_t words) {
    if (word.size() == 1) {
        return is_upper(word.front()) || (english_around >= 0 && words > 1);
    }
    const bool capitals = std::ranges::none_of(word, is_lower);
    return capitals && word.size() <= 4 && english_around >= 0 && words > 1;
}

/// Whether the span is a unit after a number ("5 kg"); elsewhere "kg" is slang.
bool is_unit(const std::vector<Span>& spans, std::size_t at, std::string_view word) {
    constexpr std::array<std::string_view, 4> units{"km", "cm", "kg", "mm"};
    return at >= 2 && std::ranges::find(units, word) != units.end() &&
           spans[at - 2].kind == Span::Kind::kept && is_digit(spans[at - 2].text.back());
}

/// The end of a block that begins at 0: after a line, or between two words.
std::size_t block_end(std::string_view text) {
    if (text.size() <= block_size) {
        return text.size();
    }
    for (const std::string_view separators : {std::string_view{"\n"}, std::string_view{" \t\r"}}) {
        const std::size_t end = text.substr(0, block_size).find_last_of(separators);
        if (end != std::string_view::npos) {
            return end + 1;
        }
    }
    std::size_t end = block_size; // no word is that long: anywhere between two characters
    while (end > block_size - 4 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) {
        --end;
    }
    return end;
}

/// Whether the part of a word from there begins with the end of the part before, as the formal
/// "menyebut-nyebut" and "ikut-ikutan" do. One that is there twice is no such word.
bool repeats_itself(std::string_view word, std::size_t from) {
    constexpr std::size_t shortest = 4;
    const std::string_view before = word.substr(0, from == 0 ? 0 : from - 1);
    const std::string_view part = word.substr(from);
    for (std::size_t size = shortest; size <= std::min(part.size(), before.size()); ++size) {
        if (before.ends_with(part.substr(0, size))) {
            return before != part;
        }
    }
    return false;
}

/// "tmn-tmn", "bgs-banget": each part for itself.
std::optional<std::string> formal_parts(const SlangRules& rules, std::string_view word) {
    std::string whole;
    bool changed = false;
    for (std::size_t from = 0; from <= word.size();) {
        const std::size_t to = std::min(word.find('-', from), word.size());
        const std::string_view part = word.substr(from, to - from);
        std::optional<std::string> found =
            repeats_itself(word, from) ? std::nullopt : rules.formal(part, false);
        changed = changed || found.has_value();
        whole += from == 0 ? "" : "-";
        whole += found ? *found : std::string{part};
        from = to + 1;
    }
    return changed ? std::optional{whole} : std::nullopt;
}

/// The marks after a word that say it twice, as in jalan" and gara''; "" when there are none. At the end of a
/// line of several words they may end a quotation that an earlier line began.
std::string_view quote_said_twice(const std::vector<Span>& spans, std::size_t word, bool is_alone) {
    const std::string_view next = word + 1 < spans.size() ? spans[word + 1].text : "";
    if (spans[word].text.size() < 3 || has_digit(spans[word].text)) {
        return "";
    }
    const bool goes_on = word + 2 < spans.size() && !next.contains('\n');
    for (const std::string_view mark : {"\"\"", "\"", "''"}) {
        if (next.starts_with(mark) && (is_alone || goes_on)) {
            return mark;
        }
    }
    return "";
}

/// What is joined to the second word: "nya" in teman"ny.
struct Ending {
    std::string_view formal = "";
    std::size_t spans = 0;
};

Ending ending_after(const std::vector<Span>& spans, std::size_t marks, std::string_view quote) {
    if (spans[marks].text != quote || marks + 1 >= spans.size() ||
        spans[marks + 1].kind != Span::Kind::word) {
        return {};
    }
    const auto formal = SlangRules::formal_ending(fold(spans[marks + 1].text));
    return formal ? Ending{*formal, 1} : Ending{};
}

} // namespace

/// The words of a block, and what stands around each.
class Normalizer::Block {
public:
    Block(std::string_view text, const KnownWords& words, const Slang& slang)
        : spans_(spans_of(text)) {
        sums_.push_back(0);
        for (const Span& span : spans_) {
            if (span.kind == Span::Kind::word) {
                words_.push_back(fold(span.text));
                sums_.push_back(sums_.back() + english_cue(words, slang, words_.back()));
            }
        }
    }

    const std::vector<Span>& spans() const { return spans_; }
    const std::string& word(std::size_t index) const { return words_[index]; }
    /// Above 0 when the words around this one are English.
    int english_around(std::size_t index) const {
        const std::size_t from = index > neighbours ? index - neighbours : 0;
        const std::size_t to = std::min(index + neighbours + 1, words_.size());
        return sums_[to] - sums_[index + 1] + sums_[index] - sums_[from];
    }
    std::size_t size() const { return words_.size(); }
    bool is_title() const { return is_title_; }
    bool is_in_capitals() const { return in_capitals_; }

private:
    std::vector<Span> spans_;
    std::vector<std::string> words_;
    bool is_title_ = is_title_case(spans_);
    bool in_capitals_ = std::ranges::none_of(
        spans_, [](const Span& span) { return std::ranges::any_of(span.text, is_lower); });
    std::vector<int> sums_; ///< of the cues of the words before
};

/// "DHL" among words in small letters: a name, not a word without its vowels.
bool Normalizer::is_acronym(std::string_view word, const Block& block) {
    constexpr std::size_t longest_acronym = 5;
    return word.size() <= longest_acronym && !block.is_in_capitals() && std::ranges::none_of(word, is_lower);
}

Normalizer::Normalizer(std::shared_ptr<const KnownWords> words, std::shared_ptr<const Slang> slang,
                       std::shared_ptr<const LanguageDetector> languages)
    : words_(std::move(words))
    , slang_(std::move(slang))
    , languages_(std::move(languages))
    , spelling_(*words_) {}

std::string Normalizer::normalize(std::string_view text) const {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    Memory memory;
    while (!text.empty()) {
        const std::size_t end = block_end(text);
        normalize_block(text.substr(0, end), memory, out);
        text.remove_prefix(end);
    }
    return out;
}

void Normalizer::normalize_block(std::string_view text, Memory& memory, std::string& out) const {
    const Block block{text, *words_, *slang_};
    // A word or two could be of either language.
    const bool is_sundanese = block.size() > 2 && languages_->detect(text) == Language::sundanese;
    const SlangRules rules{*words_, *slang_, spelling_, is_sundanese};
    const std::vector<Span>& spans = block.spans();
    std::size_t index = 0; // of the word
    bool in_quotes = false;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const Span& span = spans[i];
        if (span.kind != Span::Kind::word) {
            in_quotes = in_quotes != (std::ranges::count(span.text, '"') % 2 == 1);
            out += span.text;
            continue;
        }
        const std::string& word = block.word(index);
        const std::string_view quote = in_quotes ? "" : quote_said_twice(spans, i, block.size() == 1);
        if (!quote.empty() && words_->english(word) <= words_->indonesian(word)) {
            const Ending ending = ending_after(spans, i + 1, quote);
            if (auto twice = rules.twice(word, ending.formal)) {
                out += with_case_of(span.text, std::move(*twice));
                out += spans[i + 1].text.substr(quote.size());
                i += 1 + ending.spans;
                index += 1 + ending.spans;
                continue;
            }
        }
        std::optional<std::string> found =
            is_unit(spans, i, word) ? std::nullopt : formal_of(block, index, span, rules, memory);
        out += found ? with_case_of(span.text, std::move(*found)) : std::string{span.text};
        ++index;
    }
}

std::optional<std::string> Normalizer::formal_of(const Block& block, std::size_t index, const Span& span,
                                                 const SlangRules& rules, Memory& memory) const {
    const std::string& word = block.word(index);
    const int around = block.english_around(index);
    const int english = words_->english(word);
    const bool is_english = english > 0 && (around > 0 || (around == 0 && english >= always_english));
    if (word.size() > longest_word || is_english || is_ambiguous(span.text, around, block.size())) {
        return std::nullopt;
    }
    if (const auto found = rules.entry(word)) {
        return *found == word ? std::nullopt : std::optional<std::string>{*found};
    }
    if (words_->is_in_dictionary(word)) {
        return std::nullopt; // as most words
    }
    if (has_digit(word)) {
        return rules.doubled(word);
    }
    if (around > 0 || is_acronym(span.text, block)) {
        return std::nullopt;
    }
    if (word.contains('-')) {
        return words_->is_formal(word) ? std::nullopt : formal_parts(rules, word);
    }
    const bool is_name = !block.is_title() && may_be_name(span);
    const std::string key = (is_name ? "N" : rules.is_sundanese() ? "S" : "I") + word;
    if (const auto known = memory.find(key); known != memory.end()) {
        return known->second;
    }
    if (memory.size() >= most_remembered) {
        memory.clear();
    }
    return memory.emplace(key, rules.formal(word, is_name)).first->second;
}

} // namespace personalify::nlp
