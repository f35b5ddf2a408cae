// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/plainly_valid.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "libgeo/geometry/geos.h"
#include "tests/support/shapes_of.h"

using namespace geo;
using namespace geo::test;

namespace {

Shapes ring_of(const std::vector<Point>& points) {
    Shapes shapes;
    for (const Point p : points) shapes.add_vertex(p.x, p.y);
    shapes.end_part(PartKind::ring);
    shapes.end_shape();
    return shapes;
}

/// What GEOS says of the first shape, a ring: another stands beside it, so that GEOS is asked.
bool valid_to_geos(const Shapes& ring) {
    Shapes two, out;
    for (std::size_t v = 0; v < ring.vertices(); ++v) two.add_vertex(ring.all_xs()[v], ring.all_ys()[v]);
    two.end_part(PartKind::ring);
    add_rectangle_ring(two, 5000, 5000, 5100, 5100);
    two.end_shape();
    return append_valid(two, 0, out).was_valid;
}

/// A park of n corners around (500, 500), some of them far out.
Shapes star(std::mt19937_64& random, int corners) {
    std::vector<Point> points;
    for (int k = 0; k < corners; ++k) {
        const double angle = 2 * 3.141592653589793 * k / corners;
        const double radius = 50 + static_cast<double>(random() % 400);
        points.push_back({500 + radius * std::cos(angle), 500 + radius * std::sin(angle)});
    }
    points.push_back(points.front());
    return ring_of(points);
}

}  // namespace

TEST_CASE("a rectangle is plainly valid, a park with a hole is left to GEOS") {
    Shapes shapes;
    add_rectangle(shapes, 0, 0, 200, 100);
    add_rectangle_ring(shapes, 0, 0, 300, 300);
    add_rectangle_ring(shapes, 100, 100, 200, 200);
    shapes.end_shape();
    CHECK(plainly_valid(shapes, 0));
    CHECK_FALSE(plainly_valid(shapes, 1));
}

TEST_CASE("what touches itself is never plainly valid") {
    CHECK_FALSE(plainly_valid(ring_of({{0, 0}, {100, 100}, {100, 0}, {0, 100}, {0, 0}}), 0));            // bow tie
    CHECK_FALSE(plainly_valid(ring_of({{0, 0}, {100, 0}, {100, 100}, {100, 50}, {0, 50}, {0, 0}}), 0));  // spike
    CHECK_FALSE(
        plainly_valid(ring_of({{0, 0}, {100, 0}, {100, 100}, {50, 0}, {0, 100}, {0, 0}}), 0));  // touches its edge
    CHECK_FALSE(plainly_valid(ring_of({{0, 0}, {100, 0}, {100, 0}, {100, 100}, {0, 0}}), 0));   // a vertex twice
    CHECK_FALSE(plainly_valid(ring_of({{0, 0}, {100, 0}, {200, 0}, {0, 0}}), 0));               // area 0
    CHECK_FALSE(plainly_valid(ring_of({{0, 0}, {100, 0}, {100, 100}, {0, 100}}), 0));           // not closed
    CHECK_FALSE(plainly_valid(ring_of({{0, 0}, {NAN, 0}, {100, 100}, {0, 0}}), 0));
    CHECK_FALSE(plainly_valid(ring_of({{0, 0}, {INFINITY, 0}, {100, 100}, {0, 0}}), 0));
}

TEST_CASE("corners in a straight line are plainly valid") {
    CHECK(plainly_valid(ring_of({{0, 0}, {50, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}}), 0));
}

TEST_CASE("what is plainly valid is valid, and most parks are") {
    std::mt19937_64 random(17);
    int plain = 0;
    for (int k = 0; k < 300; ++k) {
        Shapes park = star(random, 3 + static_cast<int>(random() % 150));
        if (k % 3 == 0) {  // two corners change places: most of these cross themselves
            const std::size_t i = 1 + random() % (park.vertices() - 2), j = 1 + random() % (park.vertices() - 2);
            std::swap(park.all_xs()[i], park.all_xs()[j]);
            std::swap(park.all_ys()[i], park.all_ys()[j]);
        }
        if (!plainly_valid(park, 0)) continue;
        ++plain;
        CHECK(valid_to_geos(park));
    }
    CHECK(plain > 180);
}

TEST_CASE("random rings on a coarse grid, where everything touches: never plainly valid when GEOS says no") {
    std::mt19937_64 random(97);
    int plain = 0;
    for (int k = 0; k < 3000; ++k) {
        std::vector<Point> points(3 + random() % 9);
        for (Point& p : points)
            p = {10.0 * static_cast<double>(random() % 6), 10.0 * static_cast<double>(random() % 6)};
        points.push_back(points.front());
        const Shapes ring = ring_of(points);
        if (!plainly_valid(ring, 0)) continue;
        ++plain;
        CHECK(valid_to_geos(ring));
    }
    CHECK(plain > 300);
}
