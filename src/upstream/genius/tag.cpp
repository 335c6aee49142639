#include "upstream/genius/tag.hpp"

#include <algorithm>

namespace personalify::genius {

namespace {

constexpr std::size_t longest_name = 32; ///< of a tag; no name that we know is longer

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Walks over the attributes of one tag, as HTML's tokenizer does.
class AttributeReader {
public:
    AttributeReader(std::string_view page, std::size_t at)
        : page_(page)
        , at_(at) {}

    /// Reads the next attribute. False after the last one, or when the page has ended: see end().
    bool next() {
        while (at_ < page_.size() && (is_html_space(page_[at_]) || page_[at_] == '/')) {
            ++at_;
        }
        if (at_ >= page_.size() || page_[at_] == '>') {
            return false;
        }
        const std::size_t begin = at_++; // a name may begin with "="
        while (at_ < page_.size() && !ends_name(page_[at_])) {
            ++at_;
        }
        name = page_.substr(begin, at_ - begin);
        value = {};
        skip_space();
        if (at_ < page_.size() && page_[at_] == '=') {
            ++at_;
            skip_space();
            read_value();
        }
        return at_ < page_.size();
    }

    /// Past the ">"; nothing when the page ends before it.
    std::optional<std::size_t> end() const {
        return at_ < page_.size() ? std::optional{at_ + 1} : std::nullopt;
    }

    std::string_view name;
    std::string_view value;

private:
    static bool ends_name(char c) { return is_html_space(c) || c == '/' || c == '>' || c == '='; }

    void skip_space() {
        while (at_ < page_.size() && is_html_space(page_[at_])) {
            ++at_;
        }
    }

    void read_value() {
        if (at_ >= page_.size() || page_[at_] == '>') {
            return;
        }
        const char first = page_[at_];
        const std::size_t begin = at_;
        if (first == '"' || first == '\'') {
            at_ = std::min(page_.find(first, begin + 1), page_.size());
            value = page_.substr(begin + 1, at_ - begin - 1);
            at_ = std::min(at_ + 1, page_.size());
            return;
        }
        at_ = std::min(page_.find_first_of(" \n\t\r\f>", begin), page_.size());
        value = page_.substr(begin, at_ - begin);
    }

    std::string_view page_;
    std::size_t at_;
};

bool is_on(std::string_view value) {
    return !same_word(value, "false");
}

} // namespace

bool same_word(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, ascii_lower, ascii_lower);
}

bool tag_begins(std::string_view page, std::size_t at) {
    const std::size_t name = at + (at + 1 < page.size() && page[at + 1] == '/' ? 2 : 1);
    return name < page.size() && is_letter(page[name]);
}

std::optional<Tag> read_tag(std::string_view page, std::size_t at) {
    Tag tag;
    tag.closing = page[at + 1] == '/';
    const std::size_t begin = at + (tag.closing ? 2 : 1);
    const std::size_t end = std::min(page.find_first_of(" \n\t\r\f/>", begin), page.size());
    tag.name = page.substr(begin, std::min(end - begin, longest_name));
    std::ranges::transform(tag.name, tag.name.begin(), ascii_lower);

    bool has_container = false;
    bool has_excluded = false;
    bool has_class = false;
    AttributeReader attributes{page, end};
    while (attributes.next()) {
        if (!has_class && same_word(attributes.name, "class")) {
            has_class = true;
            tag.class_names = attributes.value;
        } else if (!has_container && same_word(attributes.name, "data-lyrics-container")) {
            has_container = true;
            tag.container = is_on(attributes.value);
        } else if (!has_excluded && same_word(attributes.name, "data-exclude-from-selection")) {
            has_excluded = true;
            tag.excluded = is_on(attributes.value);
        }
    }
    if (!attributes.end()) {
        return std::nullopt;
    }
    tag.end = *attributes.end();
    return tag;
}

} // namespace personalify::genius
