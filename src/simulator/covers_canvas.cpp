#include "simulator/covers_canvas.hpp"

#include "simulator/markup.hpp"

#include <iterator>

namespace personalify::simulator {
namespace {

constexpr Palette palettes[] = {
    {"#f4e3c9", "#2b2d42", "#ef6f4c", "#3d7d91", "#fff8ec"}, // clay and lagoon
    {"#1d1b3a", "#0e0c22", "#ff8fab", "#7b6cf6", "#fde8ef"}, // night blossom
    {"#0f4c5c", "#082a33", "#e36414", "#5fa8a3", "#fbe9d0"}, // harbour
    {"#f7d6bf", "#4a1942", "#e0475b", "#893168", "#fff3e8"}, // guava
    {"#dfe8d8", "#1f3b2d", "#d98e32", "#5b8e7d", "#fbfaf2"}, // terrace
    {"#2a1a4a", "#150b2b", "#f9a03f", "#d1495b", "#f7e7ce"}, // dusk
    {"#fbe3e8", "#3b2c5a", "#f2789f", "#8e9aef", "#fffafc"}, // candy
    {"#102542", "#07142a", "#f87060", "#3f88c5", "#e9eef5"}, // neon bay
    {"#efe6dd", "#231f20", "#bb4430", "#7ebdc2", "#fffdf9"}, // kiosk
    {"#264653", "#13262e", "#e9c46a", "#2a9d8f", "#f6f1e4"}, // rain forest
    {"#5f0f40", "#2c0720", "#fb8b24", "#9a031e", "#fff0db"}, // wayang
    {"#cfe4ef", "#18344a", "#ff7f6b", "#4d8fb8", "#f8fcff"}, // morning
    {"#332e3c", "#17141d", "#c6ac8f", "#8d7b9c", "#f1e9e1"}, // dust
    {"#ffd9a0", "#54221b", "#e4572e", "#a63d40", "#fff6e6"}, // turmeric
    {"#0b3d3a", "#041f1e", "#c2f261", "#2f9e8f", "#effcf3"}, // firefly
    {"#e8dff5", "#2d1e4f", "#9d6bce", "#f0a6ca", "#fdfbff"}, // lilac
    {"#3a0ca3", "#1b064f", "#f72585", "#4cc9f0", "#f5ecff"}, // arcade
    {"#ece4db", "#3d405b", "#e07a5f", "#81b29a", "#fffaf4"}, // pottery
    {"#14213d", "#0a1122", "#fca311", "#5c7aa8", "#f2f3f5"}, // lighthouse
    {"#6b2737", "#30111a", "#f2b880", "#c98686", "#fdf1e6"}, // batik
};

/// Length of the UTF-8 character at the start of `text`, or 0 if XML must not hold it.
std::size_t character_length(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned first = byte(0);
    if (first < 0x80) {
        return first >= 0x20 && first != 0x7f ? 1 : 0;
    }
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U) {
            return 0;
        }
    }
    const unsigned second = byte(1);
    const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    const bool surrogate = first == 0xed && second >= 0xa0;
    const bool too_far = first == 0xf4 && second >= 0x90;
    const bool control = first == 0xc2 && second < 0xa0;
    const bool noncharacter = first == 0xef && second == 0xbf && byte(2) >= 0xbe;
    return overlong || surrogate || too_far || control || noncharacter ? 0 : length;
}

} // namespace

const Palette& pick_palette(Random& random) {
    return palettes[static_cast<std::size_t>(random.between(0, static_cast<int>(std::size(palettes)) - 1))];
}

void Canvas::rect(int x, int y, int width, int height, std::string_view fill) {
    put("<rect x=\"", x, "\" y=\"", y, "\" width=\"", width, "\" height=\"", height, "\" fill=\"", fill,
        "\"/>");
}

void Canvas::circle(int x, int y, int radius, std::string_view fill, int opacity) {
    put("<circle cx=\"", x, "\" cy=\"", y, "\" r=\"", radius, "\" fill=\"", fill, "\"");
    if (opacity < 100) {
        put(" opacity=\".", opacity < 10 ? "0" : "", opacity, "\"");
    }
    put("/>");
}

void Canvas::ring(int x, int y, int radius, std::string_view stroke, int width) {
    put("<circle cx=\"", x, "\" cy=\"", y, "\" r=\"", radius, "\" fill=\"none\" stroke=\"", stroke,
        "\" stroke-width=\"", width, "\"/>");
}

std::string Canvas::vertical(std::string_view from, std::string_view to) {
    const std::string id = prefix_ + std::to_string(gradients_++);
    put("<linearGradient id=\"", id, "\" x2=\"0\" y2=\"1\"><stop stop-color=\"", from,
        "\"/><stop offset=\"1\" stop-color=\"", to, "\"/></linearGradient>");
    return "url(#" + id + ")";
}

std::string Canvas::glow(std::string_view colour) {
    const std::string id = prefix_ + std::to_string(gradients_++);
    put("<radialGradient id=\"", id, "\"><stop stop-color=\"", colour, "\"/><stop offset=\"1\" stop-color=\"",
        colour, "\" stop-opacity=\"0\"/></radialGradient>");
    return "url(#" + id + ")";
}

std::string xml_text(std::string_view text, int limit) {
    std::string out;
    for (int count = 0; !text.empty(); ++count) {
        if (count == limit) {
            return out + "…";
        }
        const std::size_t length = character_length(text);
        if (length == 0) {
            const bool control = static_cast<unsigned char>(text.front()) < 0x80;
            out += control ? " " : "\ufffd";
        } else {
            out += as_markup(text.substr(0, length));
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

} // namespace personalify::simulator
