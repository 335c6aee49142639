#include "nlp/spans.hpp"

#include "nlp/letters.hpp"

#include <algorithm>
#include <array>

namespace personalify::nlp {

namespace {

constexpr std::string_view squared = "\xC2\xB2"; // ², as in anak²
constexpr std::string_view apostrophe = "\xE2\x80\x99";

/// The bytes of a letter, digit or ² at `at`; 0 for anything else.
std::size_t inner_size(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(std::min(at, text.size()));
    if (rest.starts_with(squared)) {
        return squared.size();
    }
    return !rest.empty() && is_digit(rest.front()) ? 1 : letter_size(rest);
}

/// Apostrophes and hyphens belong to a word when letters follow.
std::size_t joint_size(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(std::min(at, text.size()));
    std::size_t size = 0;
    if (rest.starts_with('\'') || rest.starts_with('-')) {
        size = 1;
    } else if (rest.starts_with(apostrophe)) {
        size = apostrophe.size();
    }
    return size != 0 && inner_size(text, at + size) != 0 ? size : 0;
}

std::size_t word_end(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        std::size_t size = inner_size(text, at);
        size = size != 0 ? size : joint_size(text, at);
        if (size == 0) {
            break;
        }
        at += size;
    }
    return at;
}

bool is_domain(std::string_view part) {
    constexpr std::array<std::string_view, 12> endings{"com", "net", "org", "id", "co", "io",
                                                       "ly",  "me",  "be",  "tv", "gl", "info"};
    return std::ranges::find(endings, part) != endings.end();
}

/// Whether the text up to the next space, which begins with a word ending at `end`, is an address.
bool is_address(std::string_view chunk, std::size_t end) {
    if (chunk.starts_with("www.") || chunk.substr(end).starts_with("://")) {
        return true;
    }
    if (end + 1 < chunk.size() && chunk[end] == '@' && inner_size(chunk, end + 1) != 0) {
        return true; // mail
    }
    for (std::size_t dot = chunk.find('.'); dot != std::string_view::npos; dot = chunk.find('.', dot + 1)) {
        const std::size_t after = word_end(chunk, dot + 1);
        if (is_domain(chunk.substr(dot + 1, after - dot - 1))) {
            return true;
        }
    }
    return false;
}

class Splitter {
public:
    explicit Splitter(std::string_view text)
        : text_(text) {}

    std::vector<Span> run() {
        spans_.reserve(text_.size() / 3 + 1);
        while (at_ < text_.size()) {
            step();
        }
        add_other(at_);
        return std::move(spans_);
    }

private:
    void step() {
        const char c = text_[at_];
        if ((c == '@' || c == '#') && inner_size(text_, at_ + 1) != 0) {
            std::size_t end = at_ + 1;
            while (end < text_.size() && (inner_size(text_, end) != 0 || text_[end] == '_' ||
                                          (text_[end] == '.' && inner_size(text_, end + 1) != 0))) {
                end += std::max<std::size_t>(1, inner_size(text_, end));
            }
            add(Span::Kind::kept, end);
        } else if (inner_size(text_, at_) != 0) {
            step_word();
        } else {
            const bool ends = c == '.' || c == '!' || c == '?' || c == '\n' || c == ':' || c == '"';
            sentence_ = sentence_ || ends;
            ++at_;
        }
    }

    void step_word() {
        if (at_ >= chunk_end_) {
            chunk_end_ = at_;
            while (chunk_end_ < text_.size() && !is_space(text_[chunk_end_])) {
                ++chunk_end_;
            }
            const std::string_view chunk = text_.substr(at_, chunk_end_ - at_);
            if (chunk.size() <= 2048 && is_address(chunk, word_end(chunk, 0))) {
                add(Span::Kind::kept, chunk_end_);
                return;
            }
        }
        const std::size_t end = word_end(text_, at_);
        const std::string_view word = text_.substr(at_, end - at_);
        const bool has_letter = std::ranges::any_of(
            word, [](char c) { return is_letter(c) || static_cast<unsigned char>(c) >= 0xC3; });
        add(has_letter ? Span::Kind::word : Span::Kind::kept, end);
    }

    void add_other(std::size_t end) {
        if (end > from_) {
            spans_.push_back({Span::Kind::other, text_.substr(from_, end - from_)});
        }
        from_ = end;
    }

    void add(Span::Kind kind, std::size_t end) {
        add_other(at_);
        spans_.push_back({kind, text_.substr(at_, end - at_), sentence_});
        sentence_ = false;
        at_ = from_ = end;
    }

    std::string_view text_;
    std::vector<Span> spans_;
    std::size_t at_ = 0;
    std::size_t from_ = 0;      ///< where the bytes begin that no span has yet
    std::size_t chunk_end_ = 0; ///< up to here it is known that there is no address
    bool sentence_ = true;
};

} // namespace

std::vector<Span> spans_of(std::string_view text) {
    return Splitter{text}.run();
}

bool is_title_case(const std::vector<Span>& spans) {
    const auto words = std::ranges::count(spans, Span::Kind::word, &Span::kind);
    const auto capitals = std::ranges::count_if(
        spans, [](const Span& span) { return span.kind == Span::Kind::word && is_upper(span.text.front()); });
    return capitals * 2 > words;
}

bool may_be_name(const Span& word) {
    return !word.starts_sentence && is_upper(word.text.front()) && !is_upper(word.text.back());
}

} // namespace personalify::nlp
