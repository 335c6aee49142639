#include "nlp/pieces.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace personalify::nlp {

namespace {

constexpr std::size_t marks = 2; // beginning and end
constexpr std::size_t room = longest_piece - marks;
constexpr std::size_t enough = 30; // a stanza's end closes a piece from here on

using Tokens = std::vector<TokenId>;

struct Line {
    Tokens tokens;
    double times = 1;
    bool ends_stanza = false;
};

/// Lines in order of first appearance.
std::vector<Line> read_lines(const Tokenizer& tokenizer, std::string_view text) {
    std::vector<Line> lines;
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find('\n', from), text.size());
        Tokens tokens = tokenizer.tokens(text.substr(from, to - from));
        from = to + 1;
        if (tokens.empty()) {
            if (!lines.empty()) {
                lines.back().ends_stanza = true;
            }
            continue;
        }
        std::string key{reinterpret_cast<const char*>(tokens.data()), tokens.size() * sizeof(TokenId)};
        const auto [at, is_new] = known.emplace(std::move(key), lines.size());
        if (is_new) {
            lines.push_back({.tokens = std::move(tokens)});
        } else {
            ++lines[at->second].times;
        }
    }
    return lines;
}

/// Where to end the first part of tokens that don't fit: before a word, if there is one in the second half.
std::size_t end_of_part(const Tokenizer& tokenizer, std::span<const TokenId> tokens) {
    for (std::size_t end = room; end > room / 2; --end) {
        if (tokenizer.begins_word(tokens[end])) {
            return end;
        }
    }
    return room;
}

class Collector {
public:
    explicit Collector(const Tokenizer& tokenizer)
        : tokenizer_(tokenizer) {}

    void add(const Line& line) {
        std::span<const TokenId> rest = line.tokens;
        if (tokens_.size() + rest.size() > room) {
            close();
        }
        while (rest.size() > room) {
            const std::size_t end = end_of_part(tokenizer_, rest);
            append(rest.first(end), line.times);
            close();
            rest = rest.subspan(end);
        }
        append(rest, line.times);
        if (line.ends_stanza && tokens_.size() >= enough) {
            close();
        }
    }

    std::vector<Piece> finish() {
        close();
        return std::move(pieces_);
    }

private:
    void append(std::span<const TokenId> tokens, double times) {
        tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
        weight_ += static_cast<double>(tokens.size()) * times;
    }

    void close() {
        if (tokens_.empty()) {
            return;
        }
        Piece piece{.tokens = {tokenizer_.begin()}, .weight = weight_};
        piece.tokens.insert(piece.tokens.end(), tokens_.begin(), tokens_.end());
        piece.tokens.push_back(tokenizer_.end());
        pieces_.push_back(std::move(piece));
        tokens_.clear();
        weight_ = 0;
    }

    const Tokenizer& tokenizer_;
    Tokens tokens_;
    double weight_ = 0;
    std::vector<Piece> pieces_;
};

} // namespace

std::vector<Piece> cut_into_pieces(const Tokenizer& tokenizer, std::string_view text) {
    if (text.size() <= room * 12) { // perhaps short enough to be read as it is, repeated lines and all
        Line whole{.tokens = tokenizer.tokens(text)};
        if (whole.tokens.size() <= room) {
            Piece piece{.tokens = {tokenizer.begin()}, .weight = 1};
            piece.tokens.insert(piece.tokens.end(), whole.tokens.begin(), whole.tokens.end());
            piece.tokens.push_back(tokenizer.end());
            return {std::move(piece)};
        }
    }
    Collector collector{tokenizer};
    for (const Line& line : read_lines(tokenizer, text)) {
        collector.add(line);
    }
    std::vector<Piece> pieces = collector.finish();
    if (pieces.empty()) {
        pieces.push_back({.tokens = {tokenizer.begin(), tokenizer.end()}, .weight = 1});
    }
    return pieces;
}

} // namespace personalify::nlp
