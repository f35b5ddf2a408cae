// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <random>
#include <string>

#include "libgeo/report/figure.h"
#include "libgeo/report/figure_canvas.h"
#include "libgeo/report/figure_layout.h"
#include "libgeo/report/figure_path.h"

using namespace geo;

namespace {

/// A square of `side` metres with its lower left corner at (x, y).
void add_square(Shapes& shapes, double x, double y, double side) {
    shapes.add_vertex(x, y);
    shapes.add_vertex(x + side, y);
    shapes.add_vertex(x + side, y + side);
    shapes.add_vertex(x, y + side);
    shapes.add_vertex(x, y);
    shapes.end_part(PartKind::ring);
    shapes.end_shape();
}

FigureStyle solid() {
    FigureStyle style;
    style.fill = {0.8, 0.2, 0.2, 0.5};
    style.line = {0, 0, 0, 1};
    return style;
}

Figure small_figure(double width = 1000, double height = 1000) {
    const auto shapes = std::make_shared<Shapes>();
    add_square(*shapes, 650000, 250000, 100);
    shapes->add_point(650500, 250500);
    Figure figure;
    figure.title = "Hot food takeaways in Llanfair";
    figure.subtitle = "Exclusion zones";
    figure.as_at = "1 April 2026";
    figure.extent = Box{650000, 250000, 650000 + width, 250000 + height};
    FigureLayer layer;
    layer.heading = "Places";
    layer.shapes = shapes;
    layer.shape = {0, 1};
    layer.of = {0, 1};
    layer.names = {"Ysgol Tŷ Bach", ""};
    layer.classes = {{"School", solid()}, {"Outlet", solid()}};
    figure.layers.push_back(layer);
    figure.attribution = {"Contains OS data © Crown copyright and database right 2026."};
    return figure;
}

double enclosed(const std::vector<Spot>& ring) {
    double twice = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Spot a = ring[i], b = ring[(i + 1) % ring.size()];
        twice += a.x * b.y - b.x * a.y;
    }
    return std::abs(twice) / 2;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("figure: the scale is round and the extent fits the frame at it") {
    for (const double width : {80.0, 900.0, 1800.0, 4000.0, 12000.0, 40000.0})
        for (const double shape : {0.4, 1.0, 2.5}) {
            CAPTURE(width);
            CAPTURE(shape);
            const Figure figure = small_figure(width, width * shape);
            const FigureLayout layout = lay_out(figure);
            CHECK(layout.ground.min_x <= figure.extent->min_x);
            CHECK(layout.ground.max_x >= figure.extent->max_x);
            CHECK(layout.ground.min_y <= figure.extent->min_y);
            CHECK(layout.ground.max_y >= figure.extent->max_y);
            // True scale: a metre of ground is 1000 / scale millimetres of paper.
            const double ground = layout.ground.max_x - layout.ground.min_x;
            CHECK(layout.frame.width == doctest::Approx(ground * 1000 / layout.sheet.scale));
            CHECK(layout.frame.height ==
                  doctest::Approx((layout.ground.max_y - layout.ground.min_y) * 1000 / layout.sheet.scale));
            CHECK(std::fmod(layout.sheet.scale, 1250.0) * std::fmod(layout.sheet.scale, 2500.0) *
                      std::fmod(layout.sheet.scale, 10000.0) ==
                  0);
        }
}

TEST_CASE("figure: the scale named is the largest that fits, on the paper that suits the extent") {
    const FigureSheet wide = figure_sheet(small_figure(4000, 1500)), high = figure_sheet(small_figure(1500, 4000));
    CHECK(wide.landscape);
    CHECK_FALSE(high.landscape);
    // 1,000 m by 1,000 m: the frame of an upright sheet is 190 mm wide; 1:5,000 needs 200 mm, 1:7,500 133 mm.
    const FigureSheet square = figure_sheet(small_figure(1000, 1000));
    CHECK(square.scale == 7500);
    CHECK(scale_words(10000) == "1:10,000 at A4");
    CHECK(length_words(500) == "500 m");
    CHECK(length_words(2500) == "2.5 km");
}

TEST_CASE("figure: the scale bar is as long as it says") {
    const FigureLayout layout = lay_out(small_figure(3000, 2000));
    CHECK(layout.bar.width == doctest::Approx(layout.bar_m * 1000 / layout.sheet.scale));
    CHECK(layout.bar.width > 15);
    bool named = false;
    for (const PlacedText& text : layout.texts) named = named || text.text == length_words(layout.bar_m);
    CHECK(named);
}

TEST_CASE("figure: nothing stands outside the paper, whatever the texts") {
    Figure figure = small_figure();
    figure.title = std::string(400, 'W') + " and " + std::string(300, 'i');
    figure.notes = {std::string(500, 'M')};
    figure.attribution.assign(40, "Contains " + std::string(200, 'x'));
    for (int k = 0; k < 90; ++k) figure.layers[0].classes.push_back({"Class " + std::string(60, 'm'), solid()});
    const FigureLayout layout = lay_out(figure);
    FigureCanvas measure(FigureForm::png, 1, 1, {});
    for (const PlacedText& text : layout.texts) {
        CAPTURE(text.text);
        CHECK(text.at.x >= 0);
        CHECK(text.at.x + measure.text_width(text.text, text.size_mm, text.bold) <= layout.width);
        CHECK(text.at.y <= layout.height);
    }
    CHECK(layout.frame.height > 20);
    bool more = false;
    for (const PlacedText& text : layout.texts) more = more || holds(text.text, "more line");
    CHECK(more);
}

TEST_CASE("figure: each form is what its ending says, and the same bytes each time") {
    const Figure figure = small_figure();
    const std::string pdf = draw_figure(figure, FigureForm::pdf), svg = draw_figure(figure, FigureForm::svg),
                      png = draw_figure(figure, FigureForm::png);
    CHECK(pdf.substr(0, 5) == "%PDF-");
    CHECK(svg.substr(0, 5) == "<?xml");
    CHECK(png.substr(1, 3) == "PNG");
    CHECK(draw_figure(figure, FigureForm::pdf) == pdf);
    CHECK(draw_figure(figure, FigureForm::svg) == svg);
    CHECK(draw_figure(figure, FigureForm::png) == png);
    CHECK(figure_form("a.pdf") == FigureForm::pdf);
    CHECK_FALSE(figure_form("a.html").has_value());
    // A4 upright, in points: 210 mm by 297 mm.
    CHECK(holds(pdf, "/MediaBox [ 0 0 595.275591 841.889764 ]"));
}

TEST_CASE("figure: another figure gives other bytes") {
    Figure other = small_figure();
    other.layers[0].classes[0].style.fill.red = 0.1;
    CHECK(draw_figure(other, FigureForm::svg) != draw_figure(small_figure(), FigureForm::svg));
}

TEST_CASE("figure: a hostile title is text") {
    Figure figure = small_figure();
    figure.title = "<script>alert(1)</script> & \"x\" \x01 \xE2\x80\xAE evil \xFF";
    const std::string svg = draw_figure(figure, FigureForm::svg);
    CHECK_FALSE(holds(svg, "<script"));
    CHECK(holds(svg, "&lt;script&gt;"));
    CHECK_FALSE(holds(svg, "\xE2\x80\xAE"));
    CHECK(draw_figure(figure, FigureForm::pdf).size() > 1000);
    figure.title.clear();
    figure.layers[0].names[0] = figure.subtitle = std::string("\xC3");
    CHECK(draw_figure(figure, FigureForm::png).size() > 1000);
}

TEST_CASE("figure: an empty figure and one without any location are still sheets") {
    CHECK(draw_figure(Figure{}, FigureForm::pdf).substr(0, 5) == "%PDF-");
    Figure figure = small_figure();
    figure.extent.reset();
    const auto nowhere = std::make_shared<Shapes>();
    nowhere->add_nothing();
    figure.layers[0].shapes = nowhere;
    figure.layers[0].shape = {0};
    figure.layers[0].of = {0};
    figure.layers[0].names.clear();
    CHECK(draw_figure(figure, FigureForm::svg).size() > 1000);
}

TEST_CASE("figure: a ring is cut at the frame, and what lies in the frame stays") {
    const FrameMap map({0, 0, 100, 100}, {10, 10, 100, 100});  // a millimetre a metre
    Shapes shapes;
    add_square(shapes, -1000, -1000, 5000);  // holds the frame
    add_square(shapes, 20, 30, 40);          // within it
    add_square(shapes, 500, 500, 10);        // beside it
    const std::vector<Spot> around = ring_on_sheet(map, shapes.xs(0), shapes.ys(0));
    CHECK(enclosed(around) == doctest::Approx(106 * 106));  // the frame and 3 mm around it
    const std::vector<Spot> within = ring_on_sheet(map, shapes.xs(1), shapes.ys(1));
    CHECK(within.size() == 4);
    CHECK(enclosed(within) == doctest::Approx(1600));
    CHECK(within[0].x == doctest::Approx(30));
    CHECK(within[0].y == doctest::Approx(80));  // y goes down the sheet
    CHECK(ring_on_sheet(map, shapes.xs(2), shapes.ys(2)).empty());
}

TEST_CASE("figure: a million vertices are thinned to what is seen") {
    const FrameMap map({0, 0, 2000, 2000}, {0, 0, 200, 200});
    constexpr int kVertices = 1000000;
    std::vector<double> xs, ys;
    for (int i = 0; i <= kVertices; ++i) {
        const double angle = 2 * std::numbers::pi * (i % kVertices) / kVertices;
        xs.push_back(1000 + 500 * std::cos(angle));
        ys.push_back(1000 + 500 * std::sin(angle));
    }
    const std::vector<Spot> ring = ring_on_sheet(map, xs, ys);
    CHECK(ring.size() < 10000);
    CHECK(enclosed(ring) == doctest::Approx(std::numbers::pi * 50 * 50).epsilon(0.001));
}

TEST_CASE("figure: pieces of a line that leaves the frame and comes back") {
    const FrameMap map({0, 0, 100, 100}, {0, 0, 100, 100});
    const std::vector<double> xs = {50, 150, 150, 50}, ys = {20, 20, 80, 80};
    const auto pieces = line_on_sheet(map, xs, ys);
    REQUIRE(pieces.size() == 2);
    CHECK(pieces[0].front().x == doctest::Approx(50));
    CHECK(pieces[0].back().x == doctest::Approx(103));
    CHECK(pieces[1].front().x == doctest::Approx(103));
    CHECK(pieces[1].back().y == doctest::Approx(20));
    const std::vector<double> far_x = {500, 600}, far_y = {500, 700};
    CHECK(line_on_sheet(map, far_x, far_y).empty());
}

TEST_CASE("figure: of random lines every spot lies in the frame or just beyond") {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> where(-300, 400);
    const FrameMap map({0, 0, 100, 100}, {0, 0, 100, 100});
    for (int round = 0; round < 300; ++round) {
        std::vector<double> xs, ys;
        for (int i = 0; i < 12; ++i) {
            xs.push_back(where(random));
            ys.push_back(where(random));
        }
        for (const auto& piece : line_on_sheet(map, xs, ys))
            for (const Spot spot : piece) {
                CHECK(spot.x >= -3.0001);
                CHECK(spot.x <= 103.0001);
                CHECK(spot.y >= -3.0001);
                CHECK(spot.y <= 103.0001);
            }
        xs.push_back(xs.front());
        ys.push_back(ys.front());
        for (const Spot spot : ring_on_sheet(map, xs, ys)) {
            CHECK(spot.x >= -3.0001);
            CHECK(spot.x <= 103.0001);
        }
    }
}
