// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include "libgeo/coverage/zone_outline.h"
#include "libgeo/coverage/zone_union.h"
#include "libgeo/geometry/distance.h"
#include "tests/support/shapes_of.h"

using namespace geo;

namespace {

constexpr double kOutward = 0.1;

using Random = std::mt19937_64;
double uniform(Random& random, double least, double most) {
    return std::uniform_real_distribution<double>(least, most)(random);
}

Shapes zone(const Shapes& shapes, double distance) {
    ZoneSource source{&shapes, {}, distance, kOutward};
    for (std::uint32_t i = 0; i < shapes.size(); ++i) source.which.push_back(i);
    Shapes drawn;
    zone_union({source}).append_to(drawn);
    return drawn;
}

double to_nearest(Point p, const Shapes& shapes) {
    double least = INFINITY;
    for (std::size_t i = 0; i < shapes.size(); ++i) least = std::min(least, separation(p, shapes, i).squared);
    return std::sqrt(least);
}

/// Points on both sides of the drawn line, and anywhere: none within the distance is left out, none beyond distance + outward is taken in.
void expect_between(const Shapes& shapes, const Shapes& drawn, double distance, Random& random, int anywhere = 300,
                    std::size_t every = 1) {
    REQUIRE(drawn.size() == 1);
    int left_out = 0, taken_in = 0;
    const auto look_at = [&](Point p) {
        const double away = to_nearest(p, shapes);
        const bool in = covers(drawn, 0, p);
        if (away <= distance && !in) ++left_out;
        if (away > distance + kOutward && in) ++taken_in;
    };
    const Box box = drawn.box(0);
    for (int k = 0; k < anywhere; ++k)
        look_at({uniform(random, box.min_x - 1, box.max_x + 1), uniform(random, box.min_y - 1, box.max_y + 1)});
    // Where it matters: a hair off every corner and every middle of the drawn line, to both sides.
    for (std::uint32_t part = drawn.part_begin(0); part < drawn.part_end(0); ++part) {
        const auto xs = drawn.xs(part), ys = drawn.ys(part);
        for (std::size_t k = 0; k + 1 < xs.size(); k += every)
            for (const double t : {0.0, 0.5, uniform(random, 0, 1)}) {
                const Point on{xs[k] + t * (xs[k + 1] - xs[k]), ys[k] + t * (ys[k + 1] - ys[k])};
                const double turn = uniform(random, 0, 6.2831853), far = uniform(random, 1e-4, 0.02);
                look_at({on.x + far * std::cos(turn), on.y + far * std::sin(turn)});
                const double away = to_nearest(on, shapes);
                CHECK(away >= distance);
                CHECK(away <= distance + kOutward);
            }
    }
    CHECK(left_out == 0);
    CHECK(taken_in == 0);
}

/// A ring around (0, 0) that does not cross itself; `rough`: how far corners go in and out.
Shapes star(Random& random, int corners, double radius, double rough, Point at = {530000, 175000}) {
    Shapes shapes;
    std::vector<Point> ring;
    for (int k = 0; k < corners; ++k) {
        const double turn = 2 * std::numbers::pi * (k + uniform(random, -0.3, 0.3)) / corners;
        const double far = radius * (1 + rough * uniform(random, -1, 1));
        ring.push_back({at.x + far * std::cos(turn), at.y + far * std::sin(turn)});
    }
    ring.push_back(ring.front());
    for (const Point p : ring) shapes.add_vertex(p.x, p.y);
    shapes.end_part(PartKind::ring);
    shapes.end_shape();
    return shapes;
}

void add_ring(Shapes& shapes, const std::vector<Point>& ring, bool hole = false) {
    for (const Point p : ring) shapes.add_vertex(p.x, p.y);
    shapes.end_part(PartKind::ring, hole);
}

std::vector<Point> square(double x, double y, double side) {
    return {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}};
}

}  // namespace

TEST_CASE("the zone of a point is a circle drawn by tangents") {
    Random random(1);
    Shapes shapes;
    shapes.add_point(530000, 175000);
    for (const double distance : {0.5, 5.0, 50.0, 400.0, 1600.0}) {
        const Shapes drawn = zone(shapes, distance);
        expect_between(shapes, drawn, distance, random);
        const double circle = std::numbers::pi * distance * distance;
        CHECK(area(drawn, 0) > circle);
        CHECK(area(drawn, 0) < std::numbers::pi * (distance + kOutward / 2) * (distance + kOutward / 2));
    }
}

TEST_CASE("the zone of a rectangle is its sides moved out and a quarter circle at each corner") {
    Random random(2);
    const Shapes shapes = test::rectangle(0, 0, 200, 100);
    const Shapes drawn = zone(shapes, 400);
    expect_between(shapes, drawn, 400, random);
    const double exact = 200 * 100 + 2 * 400 * 300 + std::numbers::pi * 400 * 400;
    CHECK(area(drawn, 0) == doctest::Approx(exact).epsilon(1e-4));
}

TEST_CASE("hollows, bays and thin necks keep their shape at every distance") {
    Random random(3);
    for (int turn = 0; turn < 40; ++turn) {
        const int corners = 3 + static_cast<int>(uniform(random, 0, 1) * uniform(random, 0, 120));
        const Shapes shapes = star(random, corners, std::exp(uniform(random, 2, 7.2)), uniform(random, 0, 0.9));
        for (const double distance : {0.02, 3.0, 40.0, 400.0, 1000.0}) {
            CAPTURE(turn);
            CAPTURE(distance);
            const Shapes drawn = zone(shapes, distance);
            expect_between(shapes, drawn, distance, random, 100);
        }
    }
}

TEST_CASE("a bottle with a narrow mouth keeps the hollow that lies farther inside than the limit") {
    Random random(4);
    Shapes shapes;
    add_ring(shapes, {{0, 0},
                      {1200, 0},
                      {1200, 1200},
                      {620, 1200},
                      {620, 1190},
                      {1190, 1190},
                      {1190, 10},
                      {10, 10},
                      {10, 1190},
                      {580, 1190},
                      {580, 1200},
                      {0, 1200},
                      {0, 0}});
    shapes.end_shape();
    const Shapes drawn = zone(shapes, 400);
    CHECK_FALSE(covers(drawn, 0, {600, 600}));
    expect_between(shapes, drawn, 400, random, 2000);
    CHECK(covers(zone(shapes, 600), 0, {600, 600}));
}

TEST_CASE("a hole wider than twice the limit stays open in its middle, a smaller one is filled") {
    Random random(5);
    Shapes shapes;
    add_ring(shapes, square(0, 0, 2000));
    add_ring(shapes, square(500, 500, 1000), true);
    shapes.end_shape();
    const Shapes drawn = zone(shapes, 400);
    CHECK_FALSE(covers(drawn, 0, {1000, 1000}));
    expect_between(shapes, drawn, 400, random, 2000);
    CHECK(covers(zone(shapes, 500), 0, {1000, 1000}));
    SUBCASE("with a park in the hole") {
        Shapes island;
        add_ring(island, square(0, 0, 4000));
        add_ring(island, square(500, 500, 3000), true);
        add_ring(island, square(1900, 1900, 200));
        island.end_shape();
        expect_between(island, zone(island, 400), 400, random, 2000);
    }
    SUBCASE("which the file did not mark as a hole") {
        Shapes unmarked;
        add_ring(unmarked, square(0, 0, 2000));
        add_ring(unmarked, square(500, 500, 1000));
        unmarked.end_shape();
        CHECK_FALSE(covers(zone(unmarked, 400), 0, {1000, 1000}));
    }
}

TEST_CASE("lines, single points among them, and shapes of many parts") {
    Random random(6);
    for (int turn = 0; turn < 20; ++turn) {
        Shapes shapes;
        Point p{530000, 175000};
        const int vertices = 2 + static_cast<int>(uniform(random, 0, 40));
        for (int k = 0; k < vertices; ++k) {
            shapes.add_vertex(p.x, p.y);
            if (k % 7 == 3) shapes.add_vertex(p.x, p.y);  // twice in a row
            p = {p.x + uniform(random, -150, 200), p.y + uniform(random, -150, 150)};
        }
        shapes.end_part(PartKind::line);
        shapes.add_vertex(p.x + 700, p.y);
        shapes.add_vertex(p.x + 900, p.y + 30);
        shapes.end_part(PartKind::points);
        const Shapes ring = star(random, 12, 120, 0.5, {p.x, p.y + 800});
        for (std::size_t k = 0; k < ring.vertices(); ++k) shapes.add_vertex(ring.all_xs()[k], ring.all_ys()[k]);
        shapes.end_part(PartKind::ring);
        shapes.end_shape();
        CAPTURE(turn);
        for (const double distance : {10.0, 400.0})
            expect_between(shapes, zone(shapes, distance), distance, random, 200);
    }
}

TEST_CASE("many places dissolve into one line, whose corners between two zones are kept") {
    Random random(7);
    for (const double distance : {100.0, 400.0}) {
        Shapes shapes;
        for (int k = 0; k < 120; ++k) {
            const Point at{530000 + uniform(random, 0, 6000), 175000 + uniform(random, 0, 6000)};
            shapes.add_copy(star(random, 4 + k % 50, std::exp(uniform(random, 2.5, 5)), 0.4, at), 0);
        }
        const Shapes drawn = zone(shapes, distance);
        expect_between(shapes, drawn, distance, random, 1000, 7);
    }
}
