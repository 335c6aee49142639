#include "nlp/wordpiece.hpp"

#include <algorithm>

namespace personalify::nlp {

namespace {

constexpr std::size_t longest_word = 100; // characters; the reference takes longer ones as unknown
constexpr std::string_view continuing = "##";

/// A place in a candidate where a character ends, and the hash of all before.
struct Beginning {
    std::size_t bytes;
    std::uint64_t hash;
    std::size_t characters;
};

/// All beginnings of prefix + word that may be a piece, shortest first; `text` is put together on the way.
void list_beginnings(std::string_view prefix, std::u32string_view word, std::size_t most_bytes,
                     std::string& text, std::vector<Beginning>& beginnings) {
    text = prefix;
    beginnings.clear();
    PieceHash hash;
    std::ranges::for_each(text, [&](char byte) { hash.add(byte); });
    for (std::size_t i = 0; i < word.size(); ++i) {
        const std::size_t before = text.size();
        append_utf8(word[i], text);
        if (text.size() > most_bytes) {
            return;
        }
        std::ranges::for_each(std::string_view(text).substr(before), [&](char byte) { hash.add(byte); });
        beginnings.push_back({text.size(), hash.value(), i + 1});
    }
}

} // namespace

Result<std::unique_ptr<Tokenizer>> WordPiece::make(Vocabulary vocabulary) {
    Specials specials{};
    for (std::size_t i = 0; i < special_count; ++i) {
        const std::optional<TokenId> id = vocabulary.find(special_pieces[i]);
        if (!id) {
            return fail(Errc::internal, "The emotion model can't be read",
                        "vocabulary: no piece " + std::string{special_pieces[i]});
        }
        specials[i] = *id;
    }
    return std::unique_ptr<Tokenizer>{new WordPiece{std::move(vocabulary), specials}};
}

WordPiece::WordPiece(Vocabulary vocabulary, const Specials& specials)
    : Tokenizer(specials[begin_mark], specials[end_mark], specials[pad])
    , vocabulary_(std::move(vocabulary))
    , specials_(specials) {}

bool WordPiece::begins_word(TokenId token) const {
    return !vocabulary_.piece(token).starts_with(continuing);
}

std::vector<TokenId> WordPiece::tokens(std::string_view text) const {
    std::vector<TokenId> out;
    out.reserve(text.size() / 3);
    // The reference takes special pieces that are written out in a text for what they name.
    std::size_t done = 0;
    for (std::size_t at = text.find('['); at != std::string_view::npos; at = text.find('[', at)) {
        const auto* special = std::ranges::find_if(
            special_pieces, [&](std::string_view piece) { return text.substr(at).starts_with(piece); });
        if (special == special_pieces.end()) {
            ++at;
            continue;
        }
        add_segment(text.substr(done, at - done), out);
        out.push_back(specials_[static_cast<std::size_t>(special - special_pieces.begin())]);
        at += special->size();
        done = at;
    }
    add_segment(text.substr(done), out);
    return out;
}

void WordPiece::add_segment(std::string_view segment, std::vector<TokenId>& out) const {
    const std::u32string mapped = vocabulary_.characters().apply(segment);
    std::u32string word;
    for (const char32_t c : mapped) {
        if (c == U' ') {
            add_word(word, out);
            word.clear();
        } else if (c != 0) { // zeros only kept marks apart
            word += c;
        }
    }
    add_word(word, out);
}

void WordPiece::add_word(std::u32string_view word, std::vector<TokenId>& out) const {
    if (word.size() > longest_word) {
        out.push_back(specials_[unknown]);
        return;
    }
    const std::size_t before = out.size();
    std::string text;
    std::vector<Beginning> beginnings;
    for (bool first = true; !word.empty(); first = false) {
        list_beginnings(first ? std::string_view{} : continuing, word, vocabulary_.longest(), text,
                        beginnings);
        std::optional<TokenId> found;
        std::size_t taken = 0;
        for (auto longest = beginnings.rbegin(); !found && longest != beginnings.rend(); ++longest) {
            found = vocabulary_.find(std::string_view(text).substr(0, longest->bytes), longest->hash);
            taken = longest->characters;
        }
        if (!found) {
            out.resize(before);
            out.push_back(specials_[unknown]);
            return;
        }
        out.push_back(*found);
        word.remove_prefix(taken);
    }
}

} // namespace personalify::nlp
