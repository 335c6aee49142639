#include "nlp/unigram.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <unicode/utf8.h>

namespace personalify::nlp {

namespace {

enum : TokenId { begin_mark, padding_mark, end_mark, unknown };
constexpr std::array<std::string_view, 4> special_pieces{"<s>", "<pad>", "</s>", "<unk>"};

constexpr double unknown_penalty = 10.0; // below the least likely piece, as SentencePiece has it
constexpr char32_t space_sign = 0x2581;
constexpr std::string_view space_sign_utf8 = "\xE2\x96\x81";

/// What Python's str.strip() removes, as the reference does.
bool is_space(char32_t c) {
    return c == U' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F) || c == 0x85 || c == 0xA0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

std::u32string_view strip(std::u32string_view text) {
    const auto* begin = std::ranges::find_if_not(text, is_space);
    text.remove_prefix(static_cast<std::size_t>(begin - text.begin()));
    while (!text.empty() && is_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

/// The text as UTF-8, signs for spaces, one before the first word.
std::string with_signs(std::u32string_view text) {
    std::string out;
    if (!text.empty() && text.front() != space_sign) {
        out = space_sign_utf8;
    }
    char32_t last = 0;
    for (const char32_t c : text) {
        if (c != U' ' || last != U' ') {
            append_utf8(c == U' ' ? space_sign : c, out);
        }
        last = c;
    }
    return out;
}

} // namespace

/// The best way to cut a word up to one of its bytes.
struct Unigram::Node {
    double score = 0;
    std::uint32_t from = none; ///< where the last piece begins; none: no way leads here
    TokenId token = unknown;

    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    /// Takes a way that is better than the one known; of equal ones the first stays.
    void offer(double other, std::uint32_t begin, TokenId id) {
        if (from == none || other > score) {
            score = other;
            from = begin;
            token = id;
        }
    }
};

Result<std::unique_ptr<Tokenizer>> Unigram::make(Vocabulary vocabulary) {
    for (std::size_t i = 0; i < special_pieces.size(); ++i) {
        if (vocabulary.size() <= i || vocabulary.piece(static_cast<TokenId>(i)) != special_pieces[i]) {
            return fail(Errc::internal, "The emotion model can't be read",
                        "vocabulary: piece " + std::to_string(i) + " is not " +
                            std::string{special_pieces[i]});
        }
    }
    return std::unique_ptr<Tokenizer>{new Unigram{std::move(vocabulary)}};
}

Unigram::Unigram(Vocabulary vocabulary)
    : Tokenizer(begin_mark, end_mark, padding_mark)
    , vocabulary_(std::move(vocabulary))
    , unknown_score_(0) {
    for (std::size_t i = 0; i < vocabulary_.size(); ++i) {
        unknown_score_ = std::min(unknown_score_, double{vocabulary_.score(static_cast<TokenId>(i))});
    }
    unknown_score_ -= unknown_penalty;
}

bool Unigram::begins_word(TokenId token) const {
    return vocabulary_.piece(token).starts_with(space_sign_utf8);
}

std::vector<TokenId> Unigram::tokens(std::string_view text) const {
    const std::u32string mapped = vocabulary_.characters().apply(text);
    const std::string signed_text = with_signs(strip(mapped));
    std::vector<TokenId> out;
    std::vector<Node> nodes;
    // Each word is cut on its own: sums of scores start anew, which decides between ways that are as good.
    for (std::size_t begin = 0; begin < signed_text.size();) {
        const std::size_t end = std::min(signed_text.find(space_sign_utf8, begin + 1), signed_text.size());
        add_word(std::string_view(signed_text).substr(begin, end - begin), nodes, out);
        begin = end;
    }
    return out;
}

void Unigram::add_word(std::string_view word, std::vector<Node>& nodes, std::vector<TokenId>& out) const {
    nodes.assign(word.size() + 1, Node{});
    for (std::uint32_t at = 0; at < word.size();) {
        const double here = nodes[at].score;
        const auto character =
            static_cast<std::uint32_t>(U8_COUNT_TRAIL_BYTES(static_cast<std::uint8_t>(word[at])) + 1);
        bool has_piece = false;
        PieceHash hash;
        const std::size_t most = std::min(word.size(), at + vocabulary_.longest());
        for (std::uint32_t end = at; end < most;) {
            hash.add(word[end++]);
            if (end < word.size() && U8_IS_TRAIL(static_cast<std::uint8_t>(word[end]))) {
                continue;
            }
            if (const auto id = vocabulary_.find(word.substr(at, end - at), hash.value())) {
                nodes[end].offer(here + double{vocabulary_.score(*id)}, at, *id);
                has_piece = has_piece || end - at == character;
            }
        }
        if (!has_piece) {
            nodes[at + character].offer(here + unknown_score_, at, unknown);
        }
        at += character;
    }
    // Backwards; what is unknown side by side is one piece.
    const std::size_t first = out.size();
    for (std::size_t end = word.size(); end > 0; end = nodes[end].from) {
        const TokenId token = nodes[end].token;
        if (token != unknown || out.size() == first || out.back() != unknown) {
            out.push_back(token);
        }
    }
    std::reverse(out.begin() + static_cast<std::ptrdiff_t>(first), out.end());
}

} // namespace personalify::nlp
