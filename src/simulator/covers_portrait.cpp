#include "simulator/covers_canvas.hpp"

#include <iterator>

namespace personalify::simulator {
namespace {

struct Skin {
    std::string_view face;
    std::string_view shade; ///< neck and ears, in shadow
};

constexpr Skin skins[] = {{"#9c6543", "#85533a"}, {"#b67a50", "#9d6543"}, {"#cb9467", "#b37d53"},
                          {"#deae80", "#c8946a"}, {"#7b4c31", "#663d28"}, {"#ecc8a2", "#d8ae86"}};
constexpr std::string_view hairs[] = {"#1c1517", "#2b1d1a", "#3f2a22", "#15131c", "#cfc9c4", "#6a4630"};

enum class Hair { short_cut, bob, long_hair, curls, bun, veil, count };

/// What lies behind the head.
void back_hair(Canvas& canvas, Hair hair, std::string_view colour) {
    switch (hair) {
    case Hair::bob:
        canvas.put("<path d=\"M176 250a124 124 0 0 1 248 0v120q0 40-46 40H222q-46 0-46-40z\" fill=\"", colour,
                   "\"/>");
        break;
    case Hair::long_hair:
        canvas.put("<path d=\"M178 250a122 122 0 0 1 244 0q0 130 34 236H144q34-106 34-236z\" fill=\"", colour,
                   "\"/>");
        break;
    case Hair::curls:
        for (const int x : {182, 418}) {
            canvas.circle(x, 300, 56, colour);
            canvas.circle(x < 300 ? 192 : 408, 212, 66, colour);
        }
        canvas.circle(300, 162, 88, colour);
        break;
    case Hair::bun:
        canvas.circle(300, 108, 56, colour);
        break;
    default:
        break;
    }
}

/// What falls over the forehead.
void front_hair(Canvas& canvas, Hair hair, std::string_view colour) {
    switch (hair) {
    case Hair::short_cut:
        canvas.put("<path d=\"M200 284q-18-156 100-158 118 2 100 158l-16-4q-2-58-30-82-74 16-112-8-24 26-26 "
                   "90z\" fill=\"",
                   colour, "\"/>");
        break;
    case Hair::curls:
        for (const int x : {226, 274, 326, 374}) {
            canvas.circle(x, 172, 36, colour);
        }
        break;
    default: // parted in the middle
        canvas.put("<path d=\"M192 276q-10-146 108-148 118 2 108 148-14-74-108-106-94 32-108 106z\" fill=\"",
                   colour, "\"/>");
    }
}

/// A kerudung: a cloth around the face and over the shoulders.
void veil(Canvas& canvas, std::string_view cloth, std::string_view edge) {
    canvas.put(
        "<path d=\"M300 108q-134 0-134 156 0 120-40 226 174 70 348 0-40-106-40-226 0-156-134-156z\" fill=\"",
        cloth, "\"/><ellipse cx=\"300\" cy=\"278\" rx=\"98\" ry=\"118\" fill=\"", edge, "\"/>");
}

void face(Canvas& canvas, const Skin& skin, std::string_view brow, std::string_view ink, bool glasses) {
    canvas.put("<ellipse cx=\"300\" cy=\"282\" rx=\"92\" ry=\"112\" fill=\"", skin.face, "\"/>");
    canvas.put(
        "<g fill=\"none\" stroke-linecap=\"round\" stroke-width=\"7\"><path d=\"M300 284q-14 34 4 36\" "
        "stroke=\"",
        skin.shade,
        "\"/><path d=\"M270 350q30 22 60 0\" stroke=\"#8c3a3a\"/><path d=\"M240 248q20-12 38 0m44 "
        "0q18-12 38 0\" stroke=\"",
        brow, "\"/><path d=\"M244 276q16 12 30 0m52 0q14 12 30 0\" stroke=\"", ink,
        "\" stroke-width=\"6\"/>");
    if (glasses) {
        canvas.put("<path d=\"M229 276a30 30 0 1 0 60 0a30 30 0 1 0-60 0m60-6q11-8 22 0m0 6a30 30 0 1 0 60 "
                   "0a30 30 0 "
                   "1 0-60 0\" stroke=\"",
                   ink, "\" stroke-width=\"5\"/>");
    }
    canvas.put("</g>");
    canvas.circle(238, 322, 17, "#e0605a", 30);
    canvas.circle(362, 322, 17, "#e0605a", 30);
}

} // namespace

void draw_portrait(Canvas& canvas, Random& random) {
    const Palette& p = canvas.palette();
    const Skin& skin =
        skins[static_cast<std::size_t>(random.between(0, static_cast<int>(std::size(skins)) - 1))];
    const std::string_view hair_colour =
        hairs[static_cast<std::size_t>(random.between(0, static_cast<int>(std::size(hairs)) - 1))];
    const auto hair = static_cast<Hair>(random.between(0, static_cast<int>(Hair::count) - 1));

    const std::string wash = canvas.vertical(p.cool, p.ground);
    canvas.rect(0, 0, 600, 600, wash);
    const int halo_x = 300 + random.between(-70, 70);
    canvas.circle(halo_x, 262, random.between(190, 236), p.warm, 85);
    if (hair != Hair::veil) {
        back_hair(canvas, hair, hair_colour);
    }
    canvas.put("<path d=\"M254 340h92v70q6 12 22 16-68 60-136 0 16-4 22-16z\" fill=\"", skin.shade,
               "\"/><path d=\"M70 600q10-160 170-182 60 62 120 0 160 22 170 182z\" fill=\"", p.deep, "\"/>");
    const bool glasses = random.percent(35);
    if (hair == Hair::veil) {
        veil(canvas, p.light, p.ground);
    } else {
        canvas.put("<g fill=\"", skin.shade,
                   "\"><circle cx=\"208\" cy=\"290\" r=\"20\"/><circle cx=\"392\" cy=\"290\" "
                   "r=\"20\"/></g>");
    }
    constexpr std::string_view ink = "#1d1719";
    face(canvas, skin, hair == Hair::veil ? ink : hair_colour, ink, glasses);
    if (hair != Hair::veil) {
        front_hair(canvas, hair, hair_colour);
    }
    if (random.percent(30) && hair != Hair::veil && hair != Hair::curls) { // headphones
        canvas.put("<path d=\"M195 280a105 158 0 0 1 210 0\" fill=\"none\" stroke=\"", p.light,
                   "\" stroke-width=\"16\"/>");
        canvas.put("<g fill=\"", p.deep,
                   "\"><rect x=\"176\" y=\"256\" width=\"38\" height=\"76\" rx=\"19\"/><rect "
                   "x=\"386\" y=\"256\" width=\"38\" height=\"76\" rx=\"19\"/></g>");
    }
}

} // namespace personalify::simulator
