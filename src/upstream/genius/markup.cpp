#include "upstream/genius/markup.hpp"

#include "upstream/genius/tag.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace personalify::genius {

namespace {

constexpr std::size_t max_tags = 200'000;     ///< real pages have some ten thousand
constexpr std::size_t max_depth = 400;        ///< real ones nest about thirty deep
constexpr std::size_t max_class_bytes = 1000; ///< of a class attribute; what follows is left out

enum class Shape { leaf, phrase, block };

/// A tag that the parser sees, and the name it sees it by.
struct Passing {
    std::string_view name;
    std::string_view as;
    Shape shape;
};

constexpr std::array passing = {Passing{"br", "br", Shape::leaf},
                                Passing{"div", "div", Shape::block},
                                Passing{"span", "span", Shape::phrase},
                                Passing{"a", "label", Shape::phrase},
                                Passing{"p", "p", Shape::block},
                                Passing{"i", "cite", Shape::phrase},
                                Passing{"b", "mark", Shape::phrase},
                                Passing{"em", "dfn", Shape::phrase},
                                Passing{"strong", "kbd", Shape::phrase},
                                Passing{"u", "ins", Shape::phrase},
                                Passing{"small", "samp", Shape::phrase},
                                Passing{"sup", "sup", Shape::phrase},
                                Passing{"sub", "sub", Shape::phrase},
                                Passing{"s", "del", Shape::phrase},
                                Passing{"font", "var", Shape::phrase},
                                Passing{"li", "li", Shape::block},
                                Passing{"ul", "ul", Shape::block},
                                Passing{"ol", "ol", Shape::block},
                                Passing{"h1", "h1", Shape::block},
                                Passing{"h2", "h2", Shape::block},
                                Passing{"h3", "h3", Shape::block},
                                Passing{"h4", "h4", Shape::block},
                                Passing{"h5", "h5", Shape::block},
                                Passing{"h6", "h6", Shape::block},
                                Passing{"button", "button", Shape::phrase},
                                Passing{"section", "section", Shape::block},
                                Passing{"article", "article", Shape::block},
                                Passing{"aside", "aside", Shape::block},
                                Passing{"header", "header", Shape::block},
                                Passing{"footer", "footer", Shape::block},
                                Passing{"main", "main", Shape::block},
                                Passing{"nav", "nav", Shape::block},
                                Passing{"blockquote", "blockquote", Shape::block}};

/// What ends at its own closing tag only, whatever is inside.
constexpr std::array<std::string_view, 9> raw_elements{"script", "style", "noscript", "title",   "textarea",
                                                       "iframe", "xmp",   "noembed",  "noframes"};
/// What goes with all that is inside, when it is closed before the next one of its kind begins.
constexpr std::array<std::string_view, 4> sealed_elements{"svg", "math", "select", "template"};

bool contains(const auto& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

class MarkupFilter {
public:
    explicit MarkupFilter(std::string_view page)
        : page_(page) {
        markup_.html.reserve(page.size());
    }

    Result<Markup> run() {
        std::size_t at = 0;
        while (at < page_.size() && !error_) {
            const std::size_t next = std::min(page_.find('<', at), page_.size());
            add_text(page_.substr(at, next - at));
            at = next < page_.size() ? step(next) : next;
        }
        if (error_) {
            return std::unexpected(*error_);
        }
        markup_.cut_off = html_began_ && !html_ended_;
        return std::move(markup_);
    }

private:
    /// Adds text. The number of an entity that no character has goes: the parser would count it over the end
    /// of its integers, and lose what follows.
    void add_text(std::string_view text) {
        constexpr std::size_t longest_number = 7; // of 1114111, the last character
        for (std::size_t at = text.find("&#"); at != std::string_view::npos; at = text.find("&#")) {
            const bool hex = text.substr(at + 2, 1) == "x" || text.substr(at + 2, 1) == "X";
            const std::string_view digits = hex ? "0123456789abcdefABCDEF" : "0123456789";
            const std::size_t first = at + (hex ? 3 : 2);
            const std::size_t number = std::min(text.find_first_not_of('0', first), text.size());
            const std::size_t end = std::min(text.find_first_not_of(digits, number), text.size());
            if (end - number > longest_number) {
                markup_.html += text.substr(0, at);
                markup_.html += "\uFFFD";
                text.remove_prefix(end + (text.substr(end, 1) == ";" ? 1 : 0));
            } else if (end < text.size()) {
                markup_.html += text.substr(0, end);
                text.remove_prefix(end);
            } else { // what follows a tag that is left out must not go on with the number
                markup_.html += text.substr(0, at);
                markup_.html += end > first ? "&" : "&amp;";
                markup_.html += text.substr(at + 1);
                markup_.html += end > first ? ";" : "";
                return;
            }
        }
        markup_.html += text;
        markup_.html += text.ends_with('&') ? "amp;" : "";
    }

    /// Takes what begins with the "<" at `at`, and tells where the page goes on.
    std::size_t step(std::size_t at) {
        if (tag_begins(page_, at)) {
            const std::optional<Tag> tag = read_tag(page_, at);
            if (!tag) {
                return page_.size(); // the page ends inside a tag, which is no text
            }
            return tag->closing ? close(*tag) : open(*tag);
        }
        const char next = at + 1 < page_.size() ? page_[at + 1] : ' ';
        if (next == '!' && page_.substr(at, 4) == "<!--") {
            return after_comment(at + 4);
        }
        if (next == '!' || next == '?' || next == '/') {
            return after(page_.find('>', at), 1);
        }
        markup_.html += "&lt;"; // not "<": a tag that is left out may follow, and then a letter
        return at + 1;
    }

    std::size_t after(std::size_t found, std::size_t length) const {
        return found == std::string_view::npos ? page_.size() : found + length;
    }

    std::size_t after_comment(std::size_t at) const {
        if (page_.substr(at, 1) == ">" || page_.substr(at, 2) == "->") {
            return after(page_.find('>', at), 1);
        }
        for (std::size_t end = page_.find("--", at); end != std::string_view::npos;
             end = page_.find("--", end + 1)) {
            const std::string_view rest = page_.substr(end + 2, 2);
            if (rest.starts_with('>') || rest == "!>") {
                return end + (rest == "!>" ? 4 : 3);
            }
        }
        return page_.size();
    }

    std::size_t open(const Tag& tag) {
        if (contains(raw_elements, tag.name)) {
            const std::size_t end = find_edge(tag.name, tag.end, true).value_or(page_.size());
            if (tag.name == "title" && markup_.title.empty()) {
                markup_.title = page_.substr(tag.end, end - tag.end);
            }
            return after(page_.find('>', end), 1);
        }
        if (contains(sealed_elements, tag.name)) {
            const std::optional<std::size_t> end = find_edge(tag.name, tag.end, false);
            return end && page_[*end + 1] == '/' ? after(page_.find('>', *end), 1) : tag.end;
        }
        html_began_ = html_began_ || tag.name == "html";
        if (const Passing* known = find(tag.name)) {
            pass(tag, *known);
        }
        return tag.end;
    }

    /// The "<" of the next tag of that name: a closing one, or, where `closing_only` is not set, any.
    std::optional<std::size_t> find_edge(std::string_view name, std::size_t at, bool closing_only) const {
        while ((at = page_.find('<', at)) != std::string_view::npos) {
            const bool closing = page_.substr(at + 1, 1) == "/";
            const std::size_t begin = at + (closing ? 2 : 1);
            const std::string_view after_name = page_.substr(std::min(begin + name.size(), page_.size()), 1);
            const bool ends = after_name.empty() || after_name == ">" || after_name == "/" ||
                              is_html_space(after_name.front());
            if ((closing || !closing_only) && ends && begin < page_.size() &&
                same_word(page_.substr(begin, name.size()), name)) {
                return at;
            }
            ++at;
        }
        return std::nullopt;
    }

    static const Passing* find(std::string_view name) {
        const auto* const known = std::ranges::find(passing, name, &Passing::name);
        return known == passing.end() ? nullptr : known;
    }

    void pass(const Tag& tag, const Passing& known) {
        count_tag();
        if (known.shape != Shape::leaf) {
            // As HTML has it: a block ends the paragraph before it, an item the item before it.
            if (!open_.empty() && ((known.shape == Shape::block && open_.back()->name == "p") ||
                                   (known.name == "li" && open_.back()->name == "li"))) {
                open_.pop_back();
            }
            open_.push_back(&known);
            markup_.depth = std::max(markup_.depth, open_.size());
            if (open_.size() > max_depth) {
                error_ = Error{Errc::upstream_unavailable, "The page is nested too deep."};
            }
        }
        std::string& html = markup_.html;
        html += '<';
        html += known.as;
        html += tag.container ? " data-lyrics-container" : "";
        html += tag.excluded ? " data-exclude-from-selection" : "";
        if (!tag.class_names.empty()) {
            html += " class=\"";
            for (const char c : tag.class_names.substr(0, max_class_bytes)) {
                if (c == '"') {
                    html += "&quot;";
                } else if (c == '&') {
                    html += "&amp;"; // the names that we look for have no entities
                } else {
                    html += c;
                }
            }
            html += '"';
        }
        html += '>';
    }

    std::size_t close(const Tag& tag) {
        html_ended_ = html_ended_ || tag.name == "html" || tag.name == "body";
        if (const Passing* known = find(tag.name)) {
            count_tag();
            leave(known);
            markup_.html += "</";
            markup_.html += known->as;
            markup_.html += '>';
        }
        return tag.end;
    }

    /// Counts the end of an element only where the parser is sure to see it as one, too, so that no more is
    /// open there than here. An item or paragraph that its list or block leaves open is let go with it: where
    /// the parser has closed that block before, it keeps the item, but no second one.
    void leave(const Passing* known) {
        if (open_.empty()) {
            return;
        }
        if (open_.back() == known) {
            open_.pop_back();
            return;
        }
        const bool may_be_left = open_.back()->name == "p" || open_.back()->name == "li";
        if (may_be_left && open_.size() >= 2 && open_[open_.size() - 2] == known &&
            known->shape == Shape::block) {
            open_.resize(open_.size() - 2);
        }
    }

    void count_tag() {
        if (++tags_ > max_tags) {
            error_ = Error{Errc::payload_too_large, "The page has too many tags."};
        }
    }

    std::string_view page_;
    Markup markup_;
    std::vector<const Passing*> open_;
    std::size_t tags_ = 0;
    bool html_began_ = false;
    bool html_ended_ = false;
    std::optional<Error> error_;
};

} // namespace

Result<Markup> plain_markup(std::string_view page) {
    return MarkupFilter{page}.run();
}

} // namespace personalify::genius
