#pragma once

#include "core/error.hpp"
#include "nlp/character_table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::nlp {

/// Number of a piece of text, as the model knows it.
using TokenId = std::int32_t;

/// The hash of a piece, byte by byte, so that all beginnings of a text are hashed in one pass (FNV-1a).
class PieceHash {
public:
    void add(char byte) { value_ = (value_ ^ static_cast<unsigned char>(byte)) * 0x100000001b3U; }
    std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0xcbf29ce484222325U;
};

/// The pieces a tokenizer cuts texts into, and what it does to characters before. Read from a file of
/// training/export_vocab.py, which describes the format. Pieces lie in one block behind a hash table.
class Vocabulary {
public:
    enum class Kind : std::uint8_t { wordpiece, unigram };

    /// `text` is the file's contents. Errors: internal, its cause naming the line that does not fit.
    static Result<Vocabulary> parse(std::string_view text);

    Kind kind() const { return kind_; }
    std::size_t size() const { return ends_.size(); }
    /// The longest piece, in bytes.
    std::size_t longest() const { return longest_; }
    std::string_view piece(TokenId id) const;
    /// Log probability of a unigram piece; of a WordPiece 0.
    float score(TokenId id) const { return scores_.empty() ? 0 : scores_[static_cast<std::size_t>(id)]; }

    std::optional<TokenId> find(std::string_view piece) const;
    /// The same for a piece whose hash is known.
    std::optional<TokenId> find(std::string_view piece, std::uint64_t hash) const;

    const CharacterTable& characters() const { return characters_; }

private:
    class Parser;

    bool add(std::string_view piece); ///< false for one that is there already
    void reserve(std::size_t count);

    Kind kind_ = Kind::wordpiece;
    std::string blob_;
    std::vector<std::uint32_t> ends_;  ///< in blob_
    std::vector<float> scores_;        ///< empty for WordPiece
    std::vector<std::uint32_t> slots_; ///< open addressing: id + 1, 0 is free
    std::size_t longest_ = 0;
    CharacterTable characters_;
};

} // namespace personalify::nlp
