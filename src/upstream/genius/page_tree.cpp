#include "upstream/genius/page_tree.hpp"

#include <algorithm>
#include <array>
#include <gumbo.h>
#include <vector>

namespace personalify::genius {

namespace {

GumboOptions options() {
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0; // each would keep a copy of all that is open
    return options;
}

std::string_view class_of(const GumboElement& element) {
    const GumboAttribute* names = gumbo_get_attribute(&element.attributes, "class");
    return names == nullptr ? std::string_view{} : names->value;
}

bool has(const GumboElement& element, const char* attribute) {
    return gumbo_get_attribute(&element.attributes, attribute) != nullptr;
}

/// Whether one of the names of a class attribute is that word.
bool names_word(std::string_view names, std::string_view word) {
    for (std::size_t at = names.find(word); at != std::string_view::npos; at = names.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || names[at - 1] == ' ') && (end == names.size() || names[end] == ' ')) {
            return true;
        }
    }
    return false;
}

bool begins(const GumboElement& element, Region region) {
    switch (region) {
    case Region::containers:
        return has(element, "data-lyrics-container");
    case Region::old_layout:
        return element.tag == GUMBO_TAG_DIV && names_word(class_of(element), "lyrics");
    case Region::placeholder:
        return class_of(element).contains("LyricsPlaceholder");
    }
    return false;
}

/// What is no part of the lyrics, though it stands among them. Hashes in class names change; their stems
/// stay.
bool is_left_out(const GumboElement& element) {
    constexpr std::array<std::string_view, 5> stems{"LyricsHeader", "LyricsFooter", "SongBioPreview",
                                                    "InreadAd", "RecommendedSongs"};
    const std::string_view names = class_of(element);
    return element.tag == GUMBO_TAG_BUTTON || has(element, "data-exclude-from-selection") ||
           std::ranges::any_of(stems, [&](std::string_view stem) { return names.contains(stem); });
}

bool is_block(GumboTag tag) {
    constexpr std::array blocks{GUMBO_TAG_DIV,   GUMBO_TAG_P,      GUMBO_TAG_LI,        GUMBO_TAG_UL,
                                GUMBO_TAG_OL,    GUMBO_TAG_H1,     GUMBO_TAG_H2,        GUMBO_TAG_H3,
                                GUMBO_TAG_H4,    GUMBO_TAG_H5,     GUMBO_TAG_H6,        GUMBO_TAG_SECTION,
                                GUMBO_TAG_MAIN,  GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER,    GUMBO_TAG_ARTICLE,
                                GUMBO_TAG_ASIDE, GUMBO_TAG_NAV,    GUMBO_TAG_BLOCKQUOTE};
    return std::ranges::find(blocks, tag) != blocks.end();
}

/// A walk over the tree with a stack of its own, so that no depth can end ours.
class RegionWalk {
public:
    explicit RegionWalk(Region region)
        : region_(region) {}

    std::string run(const GumboNode* root) {
        enter(root, {});
        while (!frames_.empty()) {
            Frame& top = frames_.back();
            const GumboVector& children = top.node->v.element.children;
            if (top.next == children.length) {
                leave(top);
                frames_.pop_back();
            } else {
                const Frame parent = top;
                ++top.next;
                enter(static_cast<const GumboNode*>(children.data[parent.next]), parent);
            }
        }
        return std::move(text_);
    }

private:
    struct Frame {
        const GumboNode* node = nullptr;
        unsigned next = 0; ///< child
        bool inside = false;
        bool left_out = false;
        bool breaks = false; ///< the line, when it ends
    };

    void enter(const GumboNode* node, const Frame& parent) {
        const bool speaks = parent.inside && !parent.left_out;
        if (node->type != GUMBO_NODE_ELEMENT) {
            if (speaks && node->type != GUMBO_NODE_COMMENT) {
                append(node->v.text.text);
            }
            return;
        }
        const GumboElement& element = node->v.element;
        Frame frame{.node = node, .inside = parent.inside, .left_out = parent.left_out};
        if (begins(element, region_)) {
            // Also inside what is left out, or another region: a tag before it may not have been closed.
            if (found_) {
                break_line();
            }
            found_ = true;
            frame.breaks = speaks;
            frame.inside = true;
            frame.left_out = false;
        } else if (speaks) {
            frame.left_out = is_left_out(element);
            frame.breaks = !frame.left_out && is_block(element.tag);
            if (frame.breaks || (element.tag == GUMBO_TAG_BR && !frame.left_out)) {
                break_line();
            }
            parted_ = parted_ || (frame.left_out && is_block(element.tag));
        }
        frames_.push_back(frame);
    }

    void leave(const Frame& frame) {
        if (frame.breaks) {
            break_line();
        }
    }

    void break_line() {
        text_ += '\n';
        parted_ = false;
    }

    /// Only <br> and blocks break lines: a line end of the source is a space.
    void append(std::string_view text) {
        if (parted_ && text.find_first_not_of(" \t\n") != std::string_view::npos) {
            if (!text_.empty() && !text_.ends_with('\n')) {
                text_ += '\n';
            }
            parted_ = false;
        }
        const std::size_t begin = text_.size();
        text_ += text;
        std::replace(text_.begin() + static_cast<std::ptrdiff_t>(begin), text_.end(), '\n', ' ');
    }

    Region region_;
    std::string text_;
    bool found_ = false;  ///< a region, be it empty
    bool parted_ = false; ///< a block that is left out stands before what comes: words must not be glued
    std::vector<Frame> frames_;
};

} // namespace

void PageTree::Destroy::operator()(GumboInternalOutput* output) const {
    const GumboOptions ours = options();
    gumbo_destroy_output(&ours, output);
}

PageTree::PageTree(std::string_view markup) {
    const GumboOptions ours = options();
    output_.reset(gumbo_parse_with_options(&ours, markup.data(), markup.size()));
}

std::string PageTree::text_of(Region region) const {
    return RegionWalk{region}.run(output_->root);
}

} // namespace personalify::genius
