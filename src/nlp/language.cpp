#include "nlp/language.hpp"

#include "nlp/letters.hpp"
#include "nlp/scripts.hpp"
#include "nlp/spans.hpp"
#include "nlp/stems.hpp"

#include <algorithm>
#include <array>

namespace personalify::nlp {

namespace {

constexpr std::size_t longest_text = 4000; ///< bytes that are looked at
constexpr double unseen = 2.0;             ///< the Zipf frequency of a word that a list lacks
constexpr double strongest_vote = 2.5;     ///< of one word, so that none outvotes many

double zipf(int tenths) {
    return tenths > 0 ? tenths / 10.0 : unseen;
}

/// Letters that Sundanese has and the others hardly, or its endings on a word of either language.
bool looks_sundanese(std::string_view word, const KnownWords& words) {
    const auto known = [&](std::string_view root) {
        return root.size() > 2 && (words.is_in_dictionary(root) || words.sundanese(root) > 0);
    };
    for (const std::string_view ending : {"na", "ana", "keun"}) {
        if (word.ends_with(ending) && known(word.substr(0, word.size() - ending.size()))) {
            return true;
        }
    }
    return word.contains("eu") || (word.starts_with("nga") && known(word.substr(3)));
}

} // namespace

std::string_view code_of(Language language) {
    constexpr std::array<std::string_view, 13> codes{"und", "en", "id", "su", "ar", "zh", "el",
                                                     "he",  "hi", "ja", "ko", "ru", "th"};
    return codes[static_cast<std::size_t>(language)];
}

LanguageDetector::LanguageDetector(std::shared_ptr<const KnownWords> words,
                                   std::shared_ptr<const Slang> slang, WordTable ngrams)
    : words_(std::move(words))
    , slang_(std::move(slang))
    , ngrams_(std::move(ngrams)) {}

LanguageDetector::Scores LanguageDetector::letters_of(std::string_view word) const {
    constexpr int missing = 55; // an n-gram that no language has
    std::string padded{"^"};
    padded.append(word).append("$");
    std::array<int, 3> sums{};
    int count = 0;
    for (std::size_t i = 0; i + 3 <= padded.size(); ++i, ++count) {
        std::string_view costs = ngrams_.find(std::string_view{padded}.substr(i, 3)).value_or("");
        for (int& sum : sums) {
            sum += costs.empty() ? missing : KnownWords::frequency_of(costs);
            costs.remove_prefix(std::min(costs.find(' '), costs.size()));
            costs.remove_prefix(costs.empty() ? 0 : 1);
        }
    }
    const double scale = 10.0 * std::max(1.0, count / 2.0);
    return {.english = -sums[0] / scale, .indonesian = -sums[1] / scale, .sundanese = -sums[2] / scale};
}

LanguageDetector::Scores LanguageDetector::scores_of(std::string_view word) const {
    const int english = words_->english(word);
    int indonesian = words_->indonesian(word);
    int sundanese = words_->sundanese(word);
    if (indonesian < 40 && english < 45 && slang_->indonesian.contains(word)) {
        indonesian = 40;
    }
    if (sundanese < 40 && slang_->sundanese.contains(word)) {
        sundanese = 40;
    }
    if (english == 0 && indonesian == 0 && sundanese == 0) {
        if (words_->is_formal(word)) {
            indonesian = 30;
        } else if (any_sundanese_root(word, [this](std::string_view root) {
                       return root.size() > 3 && words_->sundanese(root) > words_->indonesian(root);
                   })) {
            sundanese = 30;
        }
    }
    Scores letters = letters_of(word);
    if (english == 0 && indonesian == 0 && looks_sundanese(word, *words_)) {
        sundanese = std::max(sundanese, 40);
    }
    if (english == 0 && indonesian == 0 && sundanese == 0) {
        return letters;
    }
    // Sundanese borrows freely, and its list is the shortest: a word of content may be Sundanese as well.
    constexpr int function_word = 53;
    constexpr int borrowed = 7;
    if (indonesian < function_word) {
        sundanese = std::max(sundanese, indonesian - borrowed);
    }
    constexpr double part = 0.3; // the letters still count a little where the lists are close
    return {.english = zipf(english) + part * letters.english,
            .indonesian = zipf(indonesian) + part * letters.indonesian,
            .sundanese = zipf(sundanese) + part * letters.sundanese,
            .known = true};
}

Language LanguageDetector::detect(std::string_view text) const {
    text = text.substr(0, longest_text);
    const Scripts scripts = scripts_of(text);
    // A letter of those scripts says as much as two or three Latin ones.
    if (scripts.other * 2 > scripts.latin) {
        return scripts.language;
    }
    Scores sum;
    int words = 0;
    int known = 0;
    bool has_indonesian_function_word = false;
    for (const Span& span : spans_of(text)) {
        const std::string word = span.kind == Span::Kind::word ? fold(span.text) : "";
        if (word.empty() || word.size() > 40) {
            continue;
        }
        const Scores scores = scores_of(word);
        const double best = std::max({scores.english, scores.indonesian, scores.sundanese});
        const auto vote = [best](double score) { return std::max(score - best, -strongest_vote); };
        sum.english += vote(scores.english);
        sum.indonesian += vote(scores.indonesian);
        sum.sundanese += vote(scores.sundanese);
        ++words;
        known += scores.known ? 1 : 0;
        has_indonesian_function_word = has_indonesian_function_word ||
                                       words_->indonesian(word) >= std::max(58, words_->english(word) + 5);
    }
    if (words == 0 || known * 4 < words) {
        return Language::undetermined;
    }
    // Where the words say nothing, the language with more speakers.
    sum.indonesian += has_indonesian_function_word ? 1.0 : 0.3;
    if (sum.sundanese > sum.indonesian && sum.sundanese > sum.english) {
        return Language::sundanese;
    }
    return sum.english > sum.indonesian ? Language::english : Language::indonesian;
}

} // namespace personalify::nlp
