#include "simulator/covers_canvas.hpp"

#include <array>
#include <utility>

namespace personalify::simulator {
namespace {

bool is_dark(std::string_view colour) {
    // The second digit pairs would be more exact; the leading digits of red and green are enough here.
    return colour[1] < '9' && colour[3] < '9';
}

/// A colour of the palette that can be told from the ground.
std::string_view mark_on(const Palette& palette) {
    return is_dark(palette.ground) ? palette.light : palette.deep;
}

/// A low sun cut by blinds, above its road of light.
void sun_and_blinds(Canvas& canvas, Random& random) {
    const Palette& p = canvas.palette();
    const int horizon = random.between(370, 430);
    const int x = random.between(230, 370);
    const int radius = random.between(150, 185);
    const std::string sky = canvas.vertical(p.deep, p.cool);
    const std::string sun = canvas.vertical(p.light, p.warm);
    canvas.rect(0, 0, 600, 600, sky);
    canvas.circle(x, horizon - 40, radius, sun);
    canvas.rect(0, horizon, 600, 600 - horizon, p.deep);
    for (int i = 0; i < 6; ++i) {
        canvas.rect(0, horizon - 14 - i * 24, 600, 11 - 2 * i > 1 ? 11 - 2 * i : 1, p.deep);
    }
    for (int i = 0; i < 8; ++i) {
        const int y = horizon + 12 + i * i * 3;
        const int half = radius - 16 * i + random.between(-14, 30);
        canvas.rect(x - half, y, 2 * half, 3 + i / 2, i % 3 == 0 ? p.light : p.warm);
    }
}

/// Rings around a point off the centre, like a record or a stone in water.
void rings(Canvas& canvas, Random& random) {
    const Palette& p = canvas.palette();
    const int x = random.between(60, 540);
    const int y = random.between(60, 540);
    const int step = random.between(44, 62);
    const int shift = random.between(0, 4);
    canvas.rect(0, 0, 600, 600, p.ground);
    for (int i = 14; i > 0; --i) {
        canvas.circle(x, y, i * step, p[i + shift]);
    }
    canvas.circle(x, y, step / 3, p[shift + 1]);
}

/// Hills or water in layers, each nearer and deeper, under a moon.
void waves(Canvas& canvas, Random& random) {
    const Palette& p = canvas.palette();
    const std::string sky = canvas.vertical(p.ground, p.light);
    canvas.rect(0, 0, 600, 600, sky);
    const int moon_x = random.between(120, 480);
    const int moon_y = random.between(110, 210);
    canvas.circle(moon_x, moon_y, random.between(60, 100), p.warm);
    const std::array fills{p.cool, p.warm, p.cool, p.deep};
    const std::array opacities{35, 55, 80, 99};
    for (int layer = 0; layer < 4; ++layer) {
        const int y = 260 + layer * 80 + random.between(-15, 15);
        const int swing = random.between(45, 95) * (layer % 2 == 0 ? 1 : -1);
        const int bend = random.between(90, 150);
        const auto at = static_cast<std::size_t>(layer);
        canvas.put("<path d=\"M0 ", y, "C", bend, " ", y - swing, " ", 300 - bend, " ", y - swing, " 300 ", y,
                   "S", 600 - bend, " ", y + swing, " 600 ", y - swing / 4, "V600H0z\" fill=\"", fills[at],
                   "\" opacity=\".", opacities[at], "\"/>");
    }
}

/// Tiles of quarter circles, turned as they fall.
void quarter_tiles(Canvas& canvas, Random& random) {
    const Palette& p = canvas.palette();
    canvas.rect(0, 0, 600, 600, p.ground);
    // Each continues a path from the upper left corner of a tile of 150.
    constexpr std::array<std::string_view, 6> shapes{
        "h150a150 150 0 0 1-150 150z",     "v150h150a150 150 0 0 0-150-150z",
        "h150v150a150 150 0 0 1-150-150z", "m150 0v150h-150a150 150 0 0 1 150-150z",
        "m75 20a55 55 0 1 1-1 0z",         "l150 150h-150z",
    };
    for (int tile = 0; tile < 16; ++tile) {
        const int x = tile % 4 * 150;
        const int y = tile / 4 * 150;
        const int back = random.between(0, 4);
        const int front = back + random.between(1, 4);
        if (back != 0) {
            canvas.put("<path d=\"M", x, " ", y, "h150v150h-150z\" fill=\"", p[back], "\"/>");
        }
        const auto shape = static_cast<std::size_t>(random.between(0, 5));
        canvas.put("<path d=\"M", x, " ", y, shapes[shape], "\" fill=\"", p[front], "\"/>");
    }
}

/// Coloured light without edges, and one fine line to hold it.
void soft_lights(Canvas& canvas, Random& random) {
    const Palette& p = canvas.palette();
    canvas.rect(0, 0, 600, 600, p.ground);
    const std::array fills{canvas.glow(p.cool), canvas.glow(p.warm), canvas.glow(p.light),
                           canvas.glow(p.deep)};
    for (const int light : {3, 0, 1, 0, 1, 2}) {
        const int x = random.between(20, 580);
        const int y = random.between(20, 580);
        canvas.circle(x, y, random.between(210, 380), fills[static_cast<std::size_t>(light)]);
    }
    const int radius = random.between(120, 200);
    canvas.ring(300, 300, radius, p.light, 3);
    canvas.circle(300, 300 - radius, 9, p.light);
}

/// Kawung, the batik pattern of palm fruit: four petals around a seed.
void kawung(Canvas& canvas, Random& random) {
    const Palette& p = canvas.palette();
    const int tile = random.between(4, 6) * 30;
    const bool turned = random.percent(50);
    const std::string id = canvas.vertical(p.warm, p.light); // the petals' fill; its id names the pattern too
    const std::string pattern = id.substr(5, id.size() - 6) + "p";
    const int near = tile / 12;
    const int middle = tile / 2;
    canvas.put("<pattern id=\"", pattern, "\" width=\"", tile, "\" height=\"", tile,
               "\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(", turned ? 45 : 0,
               " 300 300)\">");
    canvas.rect(0, 0, tile, tile, p.deep);
    canvas.put("<g fill=\"", p.warm, "\">");
    for (int quarter = 0; quarter < 4; ++quarter) {
        canvas.put("<ellipse cx=\"", middle, "\" cy=\"", tile / 4, "\" rx=\"", tile / 7, "\" ry=\"",
                   tile / 4 - near / 2, "\" transform=\"rotate(", 45 + 90 * quarter, " ", middle, " ", middle,
                   ")\"/>");
    }
    canvas.put("</g>");
    canvas.circle(middle, middle, tile / 18, p.light);
    canvas.circle(0, middle, tile / 14, p.cool);
    canvas.circle(tile, middle, tile / 14, p.cool);
    canvas.circle(middle, 0, tile / 14, p.cool);
    canvas.circle(middle, tile, tile / 14, p.cool);
    canvas.put("</pattern>");
    canvas.rect(0, 0, 600, 600, "url(#" + pattern + ")");
    if (random.percent(60)) {
        canvas.circle(300, 300, 150, p.ground);
        canvas.ring(300, 300, 132, mark_on(p), 3);
        canvas.circle(300, 300, 54, p.warm);
    }
}

/// Mountains behind mountains, hazier with distance.
void ridges(Canvas& canvas, Random& random) {
    const Palette& p = canvas.palette();
    const std::string sky = canvas.vertical(p.light, p.warm);
    canvas.rect(0, 0, 600, 600, sky);
    const int sun_x = random.between(130, 470);
    const int sun_y = random.between(150, 230);
    canvas.circle(sun_x, sun_y, random.between(44, 80), p.light);
    for (int layer = 0; layer < 5; ++layer) {
        int y = 270 + layer * 66;
        canvas.put("<path d=\"M0 600V", y);
        for (int x = 50 - layer * 5; x < 600; x += random.between(46, 88)) {
            const int lift = random.between(8, 74 - layer * 6);
            canvas.put("L", x, " ", y - lift * (random.percent(55) ? 1 : -1) / 2);
        }
        y += random.between(-20, 20);
        canvas.put("L600 ", y, "V600z\" fill=\"", layer < 2 ? p.cool : p.deep, "\" opacity=\".",
                   std::array{35, 60, 55, 75, 98}[static_cast<std::size_t>(layer)], "\"/>");
    }
}

/// Planets on tilted orbits among stars.
void orbits(Canvas& canvas, Random& random) {
    const Palette& p = canvas.palette();
    const std::string sky = canvas.vertical(p.deep, is_dark(p.ground) ? p.ground : p.cool);
    canvas.rect(0, 0, 600, 600, sky);
    for (int star = 0; star < 14; ++star) {
        const int x = random.between(10, 590);
        const int y = random.between(10, 590);
        canvas.circle(x, y, random.between(1, 4), p.light);
    }
    const int tilt = random.between(-50, 50);
    const int core = random.between(62, 92);
    canvas.put("<g transform=\"rotate(", tilt, " 300 300)\">");
    const std::string body = canvas.vertical(p.warm, p.cool);
    canvas.circle(300, 300, core, body);
    for (int orbit = 0; orbit < 4; ++orbit) {
        const int wide = core + 50 + orbit * 58;
        canvas.put("<ellipse cx=\"300\" cy=\"300\" rx=\"", wide, "\" ry=\"", wide * 38 / 100,
                   "\" fill=\"none\" stroke=\"", p.light, "\" stroke-width=\"3\"/>");
        const int side = random.percent(50) ? 1 : -1;
        canvas.circle(300 + side * wide, 300, random.between(10, 24), orbit % 2 == 0 ? p.light : p.warm);
    }
    canvas.put("</g>");
}

/// Diagonal ribbons seen through a round window.
void ribbons(Canvas& canvas, Random& random) {
    const Palette& p = canvas.palette();
    canvas.rect(0, 0, 600, 600, p.ground);
    const bool leftward = random.percent(50);
    const int angle = random.between(20, 70) * (leftward ? -1 : 1);
    const int shift = random.between(0, 4);
    canvas.put("<g transform=\"rotate(", angle, " 300 300)\">");
    int x = -140;
    for (int ribbon = 0; x < 740; ++ribbon) {
        const int width = random.between(24, 92);
        canvas.rect(x, -150, width + 1, 900, p[ribbon + shift]);
        x += width;
    }
    canvas.put("</g><path d=\"M0 0H600V600H0zM300 78a222 222 0 1 0 1 0z\" fill-rule=\"evenodd\" fill=\"",
               random.percent(50) ? p.light : p.deep, "\"/>");
}

/// One flower, drawn by turning a petal.
void flower(Canvas& canvas, Random& random) {
    const Palette& p = canvas.palette();
    const std::string wash = canvas.vertical(p.ground, p.light);
    canvas.rect(0, 0, 600, 600, wash);
    const int petals = random.between(4, 8) * 2;
    const int width = random.between(36, 58);
    const int length = random.between(104, 128);
    const std::array fills{p.warm, p.cool};
    for (int petal = 0; petal < petals; ++petal) {
        canvas.put("<ellipse cx=\"300\" cy=\"", 300 - length, "\" rx=\"", width, "\" ry=\"", length,
                   "\" fill=\"", fills[static_cast<std::size_t>(petal % 2)],
                   "\" opacity=\".72\" transform=\"rotate(", 360 * petal / petals, " 300 300)\"/>");
    }
    canvas.circle(300, 300, 62, p.deep);
    canvas.circle(300, 300, 30, p.light);
}

/// Doorways within doorways, a small sun at the end.
void arches(Canvas& canvas, Random& random) {
    const Palette& p = canvas.palette();
    canvas.rect(0, 0, 600, 600, p.ground);
    const int shift = random.between(1, 4);
    const int x = random.between(250, 350);
    for (int arch = 0; arch < 5; ++arch) {
        const int half = 230 - arch * 42;
        const int top = 300 + arch * 10;
        const int colour = (arch + shift) % 5;
        canvas.put("<path d=\"M", x - half, " 600V", top, "a", half, " ", half, " 0 0 1 ", 2 * half,
                   " 0V600z\" fill=\"", p[colour == 0 && arch == 0 ? 1 : colour], "\"/>");
    }
    canvas.circle(x, 440, 34, p.light);
    canvas.circle(random.percent(50) ? 84 : 516, 84, 30, p.warm);
}

/// Fine lines swelling side by side, like wind over paddy or a slow voice.
void current(Canvas& canvas, Random& random) {
    const Palette& p = canvas.palette();
    const std::string wash = canvas.vertical(p.deep, is_dark(p.ground) ? p.ground : p.cool);
    canvas.rect(0, 0, 600, 600, wash);
    const int first = random.between(-260, 260);
    const int second = random.between(-260, 260);
    const int bundle = random.between(3, 6);
    canvas.put("<g fill=\"none\" stroke-width=\"5\" stroke-linecap=\"round\">");
    for (int line = 0; line < 18; ++line) {
        const int y = 60 + line * 28;
        const int pinch = 100 - line * bundle;
        canvas.put("<path d=\"M-10 ", y, "C200 ", y + first * pinch / 100, " 400 ", y + second * pinch / 100,
                   " 610 ", 600 - y * 9 / 10, "\" stroke=\"",
                   line % 6 == 2   ? p.light
                   : line % 2 == 0 ? p.warm
                                   : p.cool,
                   "\"/>");
    }
    canvas.put("</g>");
}

} // namespace

void draw_motif(Canvas& canvas, Random& random) {
    constexpr std::array motifs{sun_and_blinds, rings,  waves,   quarter_tiles, soft_lights, kawung,
                                ridges,         orbits, ribbons, flower,        arches,      current};
    motifs[static_cast<std::size_t>(random.between(0, static_cast<int>(motifs.size()) - 1))](canvas, random);
}

} // namespace personalify::simulator
