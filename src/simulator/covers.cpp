#include "simulator/covers.hpp"

#include "simulator/covers_canvas.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace personalify::simulator {
namespace {

/// A short name for ids inside the picture: "c" and six hex digits.
std::string gradient_prefix(std::uint64_t seed) {
    std::string prefix = "c";
    for (int i = 0; i < 6; ++i) {
        prefix += "0123456789abcdef"[(seed >> (4 * i)) & 15U];
    }
    return prefix;
}

void open(Canvas& canvas, std::string_view title, int size) {
    const int pixels = std::clamp(size, 16, 2048);
    canvas.put("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", pixels, "\" height=\"", pixels,
               "\" viewBox=\"0 0 600 600\" role=\"img\"><title>", xml_text(title, 60), "</title>");
}

/// The picture as a print on paper, with the title set below it.
void draw_framed(Canvas& canvas, Random& random, std::string_view title) {
    const Palette& palette = canvas.palette();
    const bool dark = random.percent(30);
    const bool serif = random.percent(50);
    canvas.rect(0, 0, 600, 600, dark ? palette.deep : palette.light);
    canvas.put("<svg x=\"44\" y=\"44\" width=\"512\" height=\"436\" viewBox=\"0 0 600 600\" "
               "preserveAspectRatio=\"xMidYMid slice\">");
    draw_motif(canvas, random);
    const std::string lettering = xml_text(title, 30);
    const int font_size = title.size() <= 14 ? 44 : title.size() <= 22 ? 36 : 28;
    canvas.put("</svg><text x=\"44\" y=\"", 518 + font_size / 2, "\" font-family=\"",
               serif ? "Georgia,serif" : "Helvetica,Arial,sans-serif", "\" font-size=\"", font_size, "\"",
               serif ? " font-style=\"italic\"" : " font-weight=\"700\"", " fill=\"",
               dark ? palette.light : palette.deep, "\">", lettering, "</text>");
}

} // namespace

std::string cover_svg(std::string_view id, std::string_view title, int size) {
    const std::uint64_t seed = hash_texts("cover", id);
    Random random(seed);
    Canvas canvas(pick_palette(random), gradient_prefix(seed));
    open(canvas, title, size);
    if (!title.empty() && random.percent(35)) {
        draw_framed(canvas, random, title);
    } else {
        draw_motif(canvas, random);
    }
    canvas.put("</svg>");
    return std::move(canvas).take();
}

std::string portrait_svg(std::string_view id, std::string_view name, int size) {
    const std::uint64_t seed = hash_texts("portrait", id);
    Random random(seed);
    Canvas canvas(pick_palette(random), gradient_prefix(seed));
    open(canvas, name, size);
    draw_portrait(canvas, random);
    canvas.put("</svg>");
    return std::move(canvas).take();
}

} // namespace personalify::simulator
