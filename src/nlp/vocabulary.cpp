#include "nlp/vocabulary.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

namespace personalify::nlp {

namespace {

constexpr std::string_view magic = "personalify-vocabulary 1 ";
constexpr std::size_t most_lines =
    2'000'000; // of a part: a wrong count must not reserve the memory of the machine

std::uint64_t hash_of(std::string_view piece) {
    PieceHash hash;
    std::ranges::for_each(piece, [&](char byte) { hash.add(byte); });
    return hash.value();
}

template <class Number>
bool read_number(std::string_view text, Number& number, int base = 16) {
    const char* end = text.data() + text.size();
    std::from_chars_result read{};
    if constexpr (std::is_floating_point_v<Number>) {
        read = std::from_chars(text.data(), end, number);
    } else {
        read = std::from_chars(text.data(), end, number, base);
    }
    return read.ec == std::errc{} && read.ptr == end;
}

/// What stands before the separator; `text` becomes what stands behind it.
std::string_view cut(std::string_view& text, char separator) {
    const std::size_t at = std::min(text.find(separator), text.size());
    const std::string_view head = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return head;
}

bool read_code_points(std::string_view text, std::u32string& out) {
    while (!text.empty()) {
        std::uint32_t c = 0;
        if (!read_number(cut(text, ' '), c) || c > 0x10FFFF) {
            return false;
        }
        out += static_cast<char32_t>(c);
    }
    return true;
}

} // namespace

/// Reads the parts of the file, counting lines for whoever has to mend it.
class Vocabulary::Parser {
public:
    explicit Parser(std::string_view text)
        : rest_(text) {}

    Result<Vocabulary> read() {
        if (read_kind() && read_part("pieces", [this](std::string_view line) { return piece(line); }) &&
            read_part("characters", [this](std::string_view line) { return character(line); }) &&
            read_part("classes", [this](std::string_view line) { return combining_class(line); }) &&
            (rest_.empty() || refuse("is one too many"))) {
            vocabulary_.blob_.shrink_to_fit();
            return std::move(vocabulary_);
        }
        return fail(Errc::internal, "The emotion model can't be read",
                    "vocabulary: line " + std::to_string(line_) + " " + problem_);
    }

private:
    bool refuse(std::string problem) {
        problem_ = std::move(problem);
        return false;
    }

    std::string_view next_line() {
        ++line_;
        return cut(rest_, '\n');
    }

    bool read_kind() {
        std::string_view line = next_line();
        if (!line.starts_with(magic)) {
            return refuse("does not say that this is a vocabulary of version 1");
        }
        line.remove_prefix(magic.size());
        vocabulary_.kind_ = line == "unigram" ? Kind::unigram : Kind::wordpiece;
        return line == "unigram" || line == "wordpiece" || refuse("names an unknown kind");
    }

    template <class ReadLine>
    bool read_part(std::string_view name, ReadLine read_line) {
        std::string_view head = next_line();
        std::size_t count = 0;
        if (cut(head, ' ') != name || !read_number(head, count, 10) || count > most_lines) {
            return refuse("should say how many " + std::string{name} + " follow");
        }
        if (name == "pieces") {
            vocabulary_.reserve(count);
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (rest_.empty()) {
                return refuse("is the last, where more " + std::string{name} + " should follow");
            }
            if (!read_line(next_line())) {
                return refuse("does not fit under " + std::string{name});
            }
        }
        return true;
    }

    bool piece(std::string_view line) {
        if (vocabulary_.kind_ == Kind::wordpiece) {
            return vocabulary_.add(line);
        }
        const std::string_view text = cut(line, '\t');
        float score = 0;
        if (!read_number(line, score) || !std::isfinite(score)) {
            return false;
        }
        vocabulary_.scores_.push_back(score);
        return vocabulary_.add(text);
    }

    bool character(std::string_view line) {
        std::string_view range = cut(line, '\t');
        std::uint32_t first = 0;
        if (!read_number(cut(range, '-'), first)) {
            return false;
        }
        std::uint32_t last = first;
        if (!range.empty() && !read_number(range, last)) {
            return false;
        }
        using Rule = CharacterTable::Rule;
        Rule rule = Rule::replace;
        std::u32string replacement;
        if (line == "isolate" || line == "hangul") {
            rule = line == "isolate" ? Rule::isolate : Rule::hangul;
        } else if (!read_code_points(line, replacement)) {
            return false;
        }
        return vocabulary_.characters_.add(first, last, rule, replacement);
    }

    bool combining_class(std::string_view line) {
        std::uint32_t mark = 0;
        std::uint8_t number = 0;
        return read_number(cut(line, '\t'), mark) && read_number(line, number, 10) &&
               vocabulary_.characters_.add_class(mark, number);
    }

    std::string_view rest_;
    std::size_t line_ = 0;
    std::string problem_;
    Vocabulary vocabulary_;
};

Result<Vocabulary> Vocabulary::parse(std::string_view text) {
    return Parser{text}.read();
}

void Vocabulary::reserve(std::size_t count) {
    ends_.reserve(count);
    if (kind_ == Kind::unigram) {
        scores_.reserve(count);
    }
    slots_.assign(std::bit_ceil(count + count / 2 + 1), 0);
}

bool Vocabulary::add(std::string_view piece) {
    if (piece.empty()) {
        return false;
    }
    std::size_t slot = hash_of(piece) % slots_.size();
    for (; slots_[slot] != 0; slot = (slot + 1) % slots_.size()) {
        if (this->piece(static_cast<TokenId>(slots_[slot] - 1)) == piece) {
            return false;
        }
    }
    blob_ += piece;
    ends_.push_back(static_cast<std::uint32_t>(blob_.size()));
    slots_[slot] = static_cast<std::uint32_t>(ends_.size());
    longest_ = std::max(longest_, piece.size());
    return true;
}

std::string_view Vocabulary::piece(TokenId id) const {
    const auto index = static_cast<std::size_t>(id);
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(blob_).substr(begin, ends_[index] - begin);
}

std::optional<TokenId> Vocabulary::find(std::string_view piece) const {
    return find(piece, hash_of(piece));
}

std::optional<TokenId> Vocabulary::find(std::string_view piece, std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t slot = hash & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
        const auto id = static_cast<TokenId>(slots_[slot] - 1);
        if (this->piece(id) == piece) {
            return id;
        }
    }
    return std::nullopt;
}

} // namespace personalify::nlp
