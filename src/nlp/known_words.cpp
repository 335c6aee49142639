#include "nlp/known_words.hpp"

#include "nlp/letters.hpp"
#include "nlp/stems.hpp"

namespace personalify::nlp {

namespace {

constexpr std::size_t shortest_root = 4;
constexpr int common = 40; // of a short word that takes a clitic

} // namespace

Result<KnownWords> KnownWords::load(const std::filesystem::path& folder) {
    KnownWords words;
    for (const auto& [table, name] : {std::pair{&words.indonesian_, "words-indonesian.txt"},
                                      std::pair{&words.english_, "words-english.txt"},
                                      std::pair{&words.sundanese_, "words-sundanese.txt"},
                                      std::pair{&words.formal_, "words-formal.txt"}}) {
        if (Result<> read = table->read(folder / name); !read) {
            return std::unexpected(std::move(read.error()));
        }
    }
    return words;
}

int KnownWords::frequency_of(std::string_view value) {
    int frequency = 0;
    for (const char c : value.substr(0, 3)) {
        if (!is_digit(c)) {
            break;
        }
        frequency = frequency * 10 + (c - '0');
    }
    return frequency;
}

int KnownWords::frequency(const WordTable& table, std::string_view word) {
    const std::optional<std::string_view> value = table.find(word);
    return value ? frequency_of(*value) : 0;
}

bool KnownWords::is_in_dictionary(std::string_view word) const {
    const std::optional<std::string_view> value = indonesian_.find(word);
    return value && !value->ends_with('~');
}

bool KnownWords::is_formal(std::string_view word) const {
    const auto has = [this](std::string_view form) {
        return is_in_dictionary(form) || formal_.contains(form);
    };
    for (const std::string_view clitic : {"nya", "ku", "mu", "lah", "kah"}) { // "masnya", "minya"
        if (word.ends_with(clitic) && word.size() <= clitic.size() + 3 &&
            frequency(indonesian_, word.substr(0, word.size() - clitic.size())) >= common &&
            has(word.substr(0, word.size() - clitic.size()))) {
            return true;
        }
    }
    return has(word) || any_indonesian_root(word, [&has](std::string_view root) {
               return root.size() >= shortest_root && has(root);
           });
}

} // namespace personalify::nlp
