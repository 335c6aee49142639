#pragma once

#include "app/ports/translator.hpp"
#include "upstream/common/cut.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Which parts of texts are sent, and how their translations become texts again: pure rules.
namespace personalify::translate {

/// How much one request may hold.
struct ChunkLimits {
    std::size_t segments = 128;
    std::size_t size = 4500; ///< of all its segments together; also the longest segment
    upstream::SizeIn unit = upstream::SizeIn::code_points;
    std::size_t between = 0; ///< that a segment adds besides itself
};

/// Texts taken apart. A segment is a line, or a piece of a very long one, with a letter in it and no space
/// around it; equal ones are sent once. All else stays here: blank lines, [section tags], indentation.
class Plan {
public:
    Plan(const std::vector<std::string>& texts, const ChunkLimits& limits);

    const std::vector<std::string>& segments() const { return segments_; }

    /// The texts with the translations (one a segment, in order) in the places of their segments. A text's
    /// language is that of most of it; "" for one without segments.
    std::vector<app::Translation> put_together(const std::vector<app::Translation>& translated) const;

private:
    struct Part {
        std::string literal;
        std::optional<std::size_t> segment; ///< follows the literal
    };
    using Text = std::vector<Part>;

    void add_line(Text& text, std::string_view line);
    void add_segment(Text& text, std::string_view segment);
    static void add_literal(Text& text, std::string_view literal);
    app::Translation put_together(const Text& text, const std::vector<app::Translation>& translated) const;

    ChunkLimits limits_;
    std::vector<Text> texts_;
    std::vector<std::string> segments_;
    std::map<std::string, std::size_t> known_; ///< places in segments_
};

/// A chunk of neighbouring segments: from `begin` to before `end`.
struct Chunk {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// All segments in order, in as few chunks as fit.
std::vector<Chunk> chunks_of(const std::vector<std::string>& segments, const ChunkLimits& limits);

} // namespace personalify::translate
