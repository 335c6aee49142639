#pragma once

#include "simulator/catalogue_seed.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace personalify::simulator {

/// Five colours that belong together.
struct Palette {
    std::string_view ground; ///< large areas
    std::string_view deep;   ///< the darkest
    std::string_view warm;   ///< the accent
    std::string_view cool;   ///< beside the accent
    std::string_view light;  ///< the lightest: paper, moon, lettering on dark

    constexpr std::string_view operator[](int index) const {
        return std::array{ground, deep, warm, cool, light}[static_cast<std::size_t>(index % 5)];
    }
};

const Palette& pick_palette(Random& random);

/// SVG text under construction. Everything is drawn on a 600 x 600 field in whole numbers.
class Canvas {
public:
    /// `prefix` starts the ids of gradients, so that several pictures can be put into one page.
    Canvas(const Palette& palette, std::string prefix)
        : palette_(palette)
        , prefix_(std::move(prefix)) {}

    const Palette& palette() const { return palette_; }

    template <class... Parts>
    Canvas& put(const Parts&... parts) {
        (append(parts), ...);
        return *this;
    }

    void rect(int x, int y, int width, int height, std::string_view fill);
    /// Opacity in per cent.
    void circle(int x, int y, int radius, std::string_view fill, int opacity = 100);
    void ring(int x, int y, int radius, std::string_view stroke, int width);
    /// Defines a gradient from top to bottom and returns a fill that uses it.
    std::string vertical(std::string_view from, std::string_view to);
    /// Defines a glow that fades to nothing and returns a fill that uses it.
    std::string glow(std::string_view colour);

    std::string take() && { return std::move(text_); }

private:
    void append(std::string_view text) { text_ += text; }
    void append(int number) { text_ += std::to_string(number); }

    Palette palette_;
    std::string prefix_;
    std::string text_;
    int gradients_ = 0;
};

/// Draws one motif over the whole field.
void draw_motif(Canvas& canvas, Random& random);

/// Draws a head and shoulders over the whole field.
void draw_portrait(Canvas& canvas, Random& random);

/// Text that may stand in XML content or a quoted attribute: markup escaped, control characters and broken
/// UTF-8 replaced, cut after `limit` characters with an ellipsis.
std::string xml_text(std::string_view text, int limit);

} // namespace personalify::simulator
