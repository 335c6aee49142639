#include "page_reader.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <vector>

namespace personalify::simulator {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> characters{{{"&amp;", "&"},
                                                                                   {"&lt;", "<"},
                                                                                   {"&gt;", ">"},
                                                                                   {"&quot;", "\""},
                                                                                   {"&#x27;", "'"},
                                                                                   {"&nbsp;", " "},
                                                                                   {"\u2005", " "},
                                                                                   {"\u200b", ""}}};

bool is_marked(std::string_view tag, std::initializer_list<std::string_view> marks) {
    return std::ranges::any_of(marks, [&](std::string_view mark) { return tag.contains(mark); });
}

/// Walks the tags of a page.
class Reader {
public:
    std::string read(std::string_view html) {
        while (!html.empty()) {
            if (html.starts_with("<!--")) {
                html.remove_prefix(std::min(html.find("-->"), html.size() - 3) + 3);
            } else if (html.starts_with('<') && html.size() > 1 && html[1] != ' ') {
                const std::size_t end = std::min(html.find('>'), html.size() - 1) + 1;
                tag(html.substr(0, end));
                const bool is_script = html.starts_with("<script");
                html.remove_prefix(is_script ? std::min(html.find("</script>"), html.size()) : end);
            } else {
                text(html);
            }
        }
        return text_;
    }

private:
    struct Open {
        bool is_lyrics;
        bool is_dropped;
    };

    bool reads() const {
        const bool dropped = std::ranges::any_of(open_, &Open::is_dropped);
        return !dropped && std::ranges::any_of(open_, &Open::is_lyrics);
    }

    void tag(std::string_view tag) {
        if (tag.starts_with("<br")) {
            text_ += reads() ? "\n" : "";
            return;
        }
        if (tag.starts_with("</div")) {
            open_.pop_back();
            return;
        }
        if (!tag.starts_with("<div")) {
            return;
        }
        const bool is_lyrics = is_marked(tag, {"data-lyrics-container", "class=\"lyrics\""});
        if (is_lyrics && any_container_) {
            text_ += '\n';
        }
        any_container_ = any_container_ || is_lyrics;
        open_.push_back(
            {.is_lyrics = is_lyrics,
             .is_dropped = is_marked(tag, {"data-exclude-from-selection", "InreadAd", "RecommendedSongs"})});
    }

    void text(std::string_view& html) {
        std::string_view taken = html.substr(0, 1);
        std::string_view meant = taken == "\n" ? "" : taken;
        for (const auto& [form, character] : characters) {
            if (html.starts_with(form)) {
                taken = form;
                meant = character;
            }
        }
        text_ += reads() ? meant : "";
        html.remove_prefix(taken.size());
    }

    std::vector<Open> open_;
    bool any_container_ = false;
    std::string text_;
};

} // namespace

std::string read_lyrics(std::string_view html) {
    std::string text = Reader{}.read(html);
    text = std::regex_replace(text, std::regex{"^[0-9]+ Contributors?[^\n]* Lyrics\n"}, "");
    text = std::regex_replace(text, std::regex{"\n[0-9]*Embed$"}, "");
    return std::regex_replace(text, std::regex{"\n{3,}"}, "\n\n");
}

} // namespace personalify::simulator
