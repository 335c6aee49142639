#pragma once

#include <memory>
#include <string>
#include <string_view>

struct GumboInternalOutput;

namespace personalify::genius {

/// Which parts of a page's tree hold text for us.
enum class Region {
    containers,  ///< every data-lyrics-container
    old_layout,  ///< <div class="lyrics">, until about 2022
    placeholder, ///< the message where there are no lyrics
};

/// A parsed page.
class PageTree {
public:
    /// `markup` must be that of plain_markup, and outlive the tree.
    explicit PageTree(std::string_view markup);

    /// The text of all regions of that kind in order, each on a line of its own, without what the page keeps
    /// out of selections: its header, adverts, buttons. "\n" for every break, all else as it stands.
    std::string text_of(Region region) const;

private:
    struct Destroy {
        void operator()(GumboInternalOutput* output) const;
    };
    std::unique_ptr<GumboInternalOutput, Destroy> output_;
};

} // namespace personalify::genius
