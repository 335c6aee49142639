#include "nlp/letters.hpp"

#include <algorithm>

namespace personalify::nlp {

namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

} // namespace

std::size_t letter_size(std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    if (is_letter(text.front())) {
        return 1;
    }
    const unsigned char first = byte_at(text, 0);
    const unsigned char second = byte_at(text, 1);
    const bool continues = (second & 0xC0U) == 0x80;
    if (first == 0xC3) { // À to ÿ, but neither × nor ÷
        return continues && second != 0x97 && second != 0xB7 ? 2 : 0;
    }
    return (first == 0xC4 || first == 0xC5) && continues ? 2 : 0;
}

std::string fold(std::string_view word) {
    std::string folded;
    folded.reserve(word.size());
    for (std::size_t i = 0; i < word.size(); ++i) {
        const unsigned char second = byte_at(word, i + 1);
        if (byte_at(word, i) == 0xC3 && second >= 0x80) {
            const unsigned char lower = second >= 0x80 && second <= 0x9E ? second + 0x20 : second;
            ++i;
            if (lower >= 0xA8 && lower <= 0xAB) {
                folded += 'e';
            } else {
                folded += '\xC3';
                folded += static_cast<char>(lower);
            }
        } else if (word.substr(i).starts_with("\xE2\x80\x99")) {
            folded += '\'';
            i += 2;
        } else {
            folded += to_lower(word[i]);
        }
    }
    return folded;
}

std::string with_case_of(std::string_view model, std::string word) {
    const auto letters = std::ranges::count_if(model, is_letter);
    const auto capitals = std::ranges::count_if(model, is_upper);
    if (letters > 1 && capitals == letters) {
        std::ranges::transform(word, word.begin(), to_upper);
    } else if (!model.empty() && is_upper(model.front()) && !word.empty()) {
        word.front() = to_upper(word.front());
    }
    return word;
}

} // namespace personalify::nlp
