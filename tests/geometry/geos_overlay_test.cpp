// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/geos_overlay.h"

#include <doctest/doctest.h>

#include <thread>

#include "libgeo/geometry/distance.h"
#include "tests/support/shapes_of.h"

using namespace geo;
using geo::test::rectangle;

namespace {

Surface square(double x, double y, double side) { return {rectangle(x, y, x + side, y + side), 0}; }

Surface joined_two(Surface a, Surface b) {
    std::vector<Surface> both;
    both.push_back(std::move(a));
    both.push_back(std::move(b));
    return joined(std::move(both));
}

}  // namespace

TEST_CASE("two squares that overlap: union, intersection, difference") {
    const Surface a = square(0, 0, 10), b = square(5, 0, 10);
    CHECK(a.area() == doctest::Approx(100));
    CHECK(joined_two(a.copy(), b.copy()).area() == doctest::Approx(150));
    CHECK(intersection(a, b).area() == doctest::Approx(50));
    CHECK(difference(a, b).area() == doctest::Approx(50));
    CHECK(joined_two(a.copy(), square(20, 0, 10)).area() == doctest::Approx(200));
}

TEST_CASE("nothing with something, and squares that only touch leave no line behind") {
    const Surface nothing, a = square(0, 0, 10);
    CHECK(nothing.is_empty());
    CHECK(nothing.area() == 0);
    CHECK(intersection(a, nothing).is_empty());
    CHECK(difference(nothing, a).is_empty());
    CHECK(difference(a, nothing).area() == doctest::Approx(100));
    CHECK(intersection(a, square(10, 0, 10)).is_empty());
    CHECK(intersection(a, square(10, 10, 10)).is_empty());
    CHECK(joined(std::vector<Surface>()).is_empty());
    Shapes shapes;
    nothing.append_to(shapes);
    REQUIRE(shapes.size() == 1);
    CHECK_FALSE(shapes.has_location(0));
}

TEST_CASE("holes come back as holes, after their shell") {
    const Surface ring = difference(square(0, 0, 30), square(10, 10, 10));
    Shapes shapes;
    ring.append_to(shapes);
    REQUIRE(shapes.parts() == 2);
    CHECK_FALSE(shapes.is_hole(0));
    CHECK(shapes.is_hole(1));
    CHECK_FALSE(covers(shapes, 0, {15, 15}));
    CHECK(area(shapes, 0) == doctest::Approx(800));
    CHECK(Surface(shapes, 0).area() == doctest::Approx(800));
}

TEST_CASE("the surface of a shape is what even-odd covers, its lines and points are left out") {
    Shapes shapes;
    test::add_rectangle_ring(shapes, 0, 0, 30, 30);
    test::add_rectangle_ring(shapes, 10, 10, 20, 20);  // not marked as a hole
    shapes.add_vertex(100, 100);
    shapes.end_part(PartKind::points);
    shapes.add_vertex(50, 50);
    shapes.add_vertex(60, 60);
    shapes.end_part(PartKind::line);
    shapes.end_shape();
    CHECK(Surface(shapes, 0).area() == doctest::Approx(800));
    CHECK(Surface(test::point(1, 1), 0).is_empty());
}

TEST_CASE("surfaces may be made on one thread and joined on another") {
    std::vector<Surface> pieces(2);
    std::thread first([&] { pieces[0] = square(0, 0, 10); }), second([&] { pieces[1] = square(10, 0, 10); });
    first.join();
    second.join();
    CHECK(joined(std::move(pieces)).area() == doctest::Approx(200));
}

TEST_CASE("a layer's areas joined, borders between them gone") {
    Shapes shapes;
    for (int k = 0; k < 3; ++k) shapes.add_copy(rectangle(k * 10, 0, k * 10 + 10, 10), 0);
    shapes.add_nothing();
    Shapes all;
    joined(shapes).append_to(all);
    CHECK(all.parts() == 1);
    CHECK(area(all, 0) == doctest::Approx(300));
}
