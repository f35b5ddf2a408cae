// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/distance.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "libgeo/geometry/orientation.h"
#include "tests/support/shapes_of.h"

using namespace geo;
using namespace geo::test;

namespace {
double metres(Point p, const Shapes& shapes) { return std::sqrt(separation(p, shapes, 0).squared); }
}  // namespace

TEST_CASE("a school of 200 by 100 m: 400 m to the side, 400 m from the corner, 396 m where a 5-segment buffer misses") {
    const Shapes school = rectangle(0, 0, 200, 100);
    CHECK(separation({600, 50}, school, 0).squared == 160000.0);
    CHECK(separation({440, 420}, school, 0).squared == 160000.0);
    CHECK(metres({480.0142853, 380.0142853}, school) == doctest::Approx(396.0).epsilon(1e-9));
    CHECK(std::hypot(600.0 - centroid(school, 0).x, 0.0) == 500.0);
}

TEST_CASE("the two ends of a measurement are where they should be") {
    const Separation s = separation({600, 50}, rectangle(0, 0, 200, 100), 0);
    CHECK(s.from == Point{600, 50});
    CHECK(s.to == Point{200, 50});
}

TEST_CASE("inside is 0, a hole is outside, its edge belongs to the park") {
    const Shapes park = ring_park();
    CHECK(metres({50, 50}, park) == 0.0);
    CHECK(metres({200, 200}, park) == 100.0);
    CHECK(metres({100, 200}, park) == 0.0);
    CHECK(metres({400, 200}, park) == 0.0);
    CHECK(metres({500, 200}, park) == 100.0);
    CHECK(area(park, 0) == 400.0 * 400.0 - 200.0 * 200.0);
}

TEST_CASE("an island in the hole is inside again") {
    Shapes park;
    add_rectangle_ring(park, 0, 0, 400, 400);
    add_rectangle_ring(park, 100, 100, 300, 300);
    add_rectangle_ring(park, 150, 150, 250, 250);
    park.end_shape();
    CHECK(metres({200, 200}, park) == 0.0);
    CHECK(metres({120, 200}, park) == 20.0);
    CHECK(area(park, 0) == 400.0 * 400.0 - 200.0 * 200.0 + 100.0 * 100.0);
}

TEST_CASE("a school on two points is one place: the nearer part counts") {
    Shapes school;
    school.add_vertex(0, 0);
    school.add_vertex(690, 300);
    school.end_part(PartKind::points);
    school.end_shape();
    CHECK(metres({690, 690}, school) == 390.0);
}

TEST_CASE("the centroid of an L lies outside it") {
    Shapes l;
    add_ring(l, {{0, 0}, {300, 0}, {300, 20}, {20, 20}, {20, 300}, {0, 300}});
    l.end_shape();
    CHECK(centroid(l, 0).x == doctest::Approx(82.414).epsilon(1e-5));
    CHECK_FALSE(covers(l, 0, centroid(l, 0)));
}

TEST_CASE("the order and direction of a ring do not matter") {
    Shapes a, b;
    add_ring(a, {{0, 0}, {100, 0}, {100, 70}, {0, 70}});
    a.end_shape();
    add_ring(b, {{100, 70}, {100, 0}, {0, 0}, {0, 70}});
    b.end_shape();
    for (const Point p : {Point{-33.3, 17.7}, Point{130.1, 99.9}, Point{50.5, 200.25}})
        CHECK(separation(p, a, 0).squared == separation(p, b, 0).squared);
}

TEST_CASE("a segment and its reverse give the same bits") {
    const Point a{530123.17, 175456.93}, b{530301.77, 175999.13};
    for (int k = 0; k < 200; ++k) {
        const Point p{530000.0 + 3.7 * k, 175300.0 + 2.9 * k};
        CHECK(squared_to_segment(p, a, b) == squared_to_segment(p, b, a));
    }
}

TEST_CASE("site polygon to place polygon") {
    const Shapes place = rectangle(0, 0, 100, 100);
    CHECK(separation(rectangle(400, 0, 450, 50), 0, place, 0).squared == 300.0 * 300.0);
    CHECK(separation(rectangle(130, 140, 200, 200), 0, place, 0).squared == 30.0 * 30.0 + 40.0 * 40.0);
    CHECK(separation(rectangle(50, 50, 200, 200), 0, place, 0).squared == 0.0);    // overlap
    CHECK(separation(rectangle(20, 20, 40, 40), 0, place, 0).squared == 0.0);      // within
    CHECK(separation(rectangle(-50, -50, 200, 200), 0, place, 0).squared == 0.0);  // around
    CHECK(separation(rectangle(-50, 40, 200, 60), 0, place, 0).squared == 0.0);    // across, no vertex within
    CHECK(separation(rectangle(100, 0, 120, 50), 0, place, 0).squared == 0.0);     // shared edge
}

TEST_CASE("a site in a park's hole is outside the park") {
    CHECK(separation(rectangle(150, 150, 250, 250), 0, ring_park(), 0).squared == 50.0 * 50.0);
}

TEST_CASE("a point in a town centre: on the edge counts as inside, and how far the edge is") {
    const Shapes centre = rectangle(0, 0, 100, 100);
    CHECK(lie_inside(point(50, 90), 0, centre, 0).lie == Lie::inside);
    CHECK(lie_inside(point(50, 90), 0, centre, 0).edge == 10.0);
    CHECK(lie_inside(point(100, 50), 0, centre, 0).lie == Lie::inside);
    CHECK(lie_inside(point(100, 50), 0, centre, 0).edge == 0.0);
    CHECK(lie_inside(point(103, 104), 0, centre, 0).lie == Lie::outside);
    CHECK(lie_inside(point(103, 104), 0, centre, 0).edge == 5.0);
}

TEST_CASE("a site polygon in a town centre") {
    const Shapes centre = rectangle(0, 0, 100, 100);
    CHECK(lie_inside(rectangle(20, 20, 40, 40), 0, centre, 0).lie == Lie::inside);
    CHECK(lie_inside(rectangle(20, 20, 40, 40), 0, centre, 0).edge == 20.0);
    CHECK(lie_inside(rectangle(80, 20, 120, 40), 0, centre, 0).lie == Lie::partly);
    CHECK(lie_inside(rectangle(110, 20, 120, 40), 0, centre, 0).lie == Lie::outside);
    CHECK(lie_inside(rectangle(110, 20, 120, 40), 0, centre, 0).edge == 10.0);
    CHECK(lie_inside(rectangle(-10, -10, 110, 110), 0, centre, 0).lie == Lie::partly);
    CHECK(lie_inside(rectangle(80, 20, 100, 40), 0, centre, 0).lie == Lie::inside);    // shares an edge from inside
    CHECK(lie_inside(rectangle(100, 20, 120, 40), 0, centre, 0).lie == Lie::outside);  // shares an edge from outside
    CHECK(lie_inside(rectangle(0, 0, 100, 100), 0, centre, 0).lie == Lie::inside);
    CHECK(lie_inside(rectangle(-10, 40, 110, 60), 0, centre, 0).lie == Lie::partly);       // across, no vertex within
    CHECK(lie_inside(rectangle(50, 50, 350, 350), 0, ring_park(), 0).lie == Lie::partly);  // around the hole
    CHECK(lie_inside(rectangle(120, 120, 280, 280), 0, ring_park(), 0).lie == Lie::outside);
}

TEST_CASE("an area of no size and points have a centroid") {
    Shapes shapes;
    shapes.add_vertex(0, 0);
    shapes.add_vertex(10, 0);
    shapes.end_part(PartKind::line);
    shapes.end_shape();
    CHECK(centroid(shapes, 0) == Point{5, 0});
    CHECK(centroid(point(7, 8), 0) == Point{7, 8});
    CHECK(area(shapes, 0) == 0.0);
}

TEST_CASE("an edge drawn the other way round is as far, to the last bit, for a point opposite its middle too") {
    const Point a{430005.43, 300098.32}, b{430045.29, 300125.43}, p{429998.25, 300151.735};
    CHECK(squared_to_segment(p, a, b) == squared_to_segment(p, b, a));
    CHECK(nearest_on_segment(p, a, b) == nearest_on_segment(p, b, a));
    std::mt19937_64 random(12);
    const auto centimetres = [&] { return 430'000 + static_cast<double>(random() % 20'000) / 100; };
    for (int k = 0; k < 20'000; ++k) {
        const Point from{centimetres(), centimetres()}, to{centimetres(), centimetres()};
        const Point opposite{(from.x + to.x) / 2 + (to.y - from.y), (from.y + to.y) / 2 - (to.x - from.x)};
        CHECK(squared_to_segment(opposite, from, to) == squared_to_segment(opposite, to, from));
        CHECK(nearest_on_segment(opposite, from, to) == nearest_on_segment(opposite, to, from));
    }
}

TEST_CASE("which side of a line a point is on is told though doubles cannot hold the difference") {
    const Point a{538962.31344554387, 577069.06977486017}, b{539080.25592762744, 576821.01309244684};
    const Point p{539027.89223519037, 576931.14443439746};  // 4e-12 m² to the left
    CHECK(orientation(a, b, p) == 1);
    CHECK(orientation(b, a, p) == -1);
    const Point c{542557.89745994634, 582772.68591588084}, d{542511.98355357978, 582988.88971530355};
    const Point q{542512.1348090627, 582988.17746899999};
    CHECK(orientation(c, d, q) != 0);
    CHECK(orientation(c, d, q) == -orientation(d, c, q));
}
