#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::nlp {

/// What becomes of code points before a text is cut into pieces. A text's code points are mapped one by one;
/// then runs of combining marks are put into their canonical order.
class CharacterTable {
public:
    enum class Rule : std::uint8_t {
        replace, ///< by the code points that belong to it; by none: dropped
        isolate, ///< stays, as a word of its own between spaces
        hangul   ///< a syllable, replaced by its jamo
    };

    /// Adds what holds for first to last. Ranges must come in ascending order; false when one does not, or
    /// when `hangul` is said of other code points than syllables.
    bool add(char32_t first, char32_t last, Rule rule, std::u32string_view replacement);
    /// Adds a mark's canonical combining class; in ascending order too.
    bool add_class(char32_t mark, std::uint8_t combining_class);

    /// The text after mapping. Bytes that are no UTF-8 count as U+FFFD each (as each maximal part of a
    /// sequence does).
    std::u32string apply(std::string_view utf8) const;

private:
    struct Range {
        char32_t first;
        char32_t last;
        std::uint32_t at : 24; ///< of its replacement in pool_
        std::uint32_t length : 6;
        std::uint32_t rule : 2;
    };

    void append(char32_t c, std::u32string& out) const;
    std::uint8_t combining_class(char32_t c) const;
    void put_marks_in_order(std::u32string& text) const;

    std::vector<Range> ranges_;
    std::u32string pool_;
    struct Mark {
        char32_t mark;
        std::uint8_t combining_class;
    };
    std::vector<Mark> marks_;
};

/// Appends a code point as UTF-8.
void append_utf8(char32_t c, std::string& out);

} // namespace personalify::nlp
