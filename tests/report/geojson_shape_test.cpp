// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/geojson_shape.h"

#include <doctest/doctest.h>

#include <initializer_list>
#include <limits>

using namespace geo;

namespace {

void add_ring(Shapes& shapes, std::initializer_list<Point> corners) {
    for (const Point& p : corners) shapes.add_vertex(p.x, p.y);
    shapes.add_vertex(corners.begin()->x, corners.begin()->y);
    shapes.end_part(PartKind::ring);
}

std::string geojson(const Shapes& shapes, std::size_t i = 0) {
    std::string out;
    append_geojson(out, shapes, i);
    return out;
}

// The numbers are easier to read without their decimals.
std::string without_decimals(std::string text) {
    for (std::size_t at; (at = text.find(".00000000")) != std::string::npos;) text.erase(at, 9);
    return text;
}

}  // namespace

TEST_CASE("a point, and a shape without a location") {
    Shapes shapes;
    shapes.add_point(-0.1156, 51.4613);
    shapes.add_nothing();
    CHECK(geojson(shapes) == R"({"type":"Point","coordinates":[-0.11560000,51.46130000]})");
    CHECK(geojson(shapes, 1) == "null");
}

TEST_CASE("a position outside what can be transformed makes no geometry, never a number that is none") {
    Shapes shapes;
    shapes.add_point(std::numeric_limits<double>::quiet_NaN(), 0.0);
    CHECK(geojson(shapes) == "null");
}

TEST_CASE("RFC 7946: shells anticlockwise, holes clockwise, whatever the file had") {
    Shapes shapes;
    add_ring(shapes, {{0, 0}, {0, 9}, {9, 9}, {9, 0}});  // clockwise
    add_ring(shapes, {{3, 3}, {6, 3}, {6, 6}, {3, 6}});  // anticlockwise
    shapes.end_shape();
    CHECK(without_decimals(geojson(shapes)) ==
          R"({"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[3,3],[3,6],[6,6],[6,3],[3,3]]]})");
}

TEST_CASE("an island in the hole of another is a polygon of its own, and holes go to the innermost ring around them") {
    Shapes shapes;
    add_ring(shapes, {{4, 4}, {5, 4}, {5, 5}, {4, 5}});      // island
    add_ring(shapes, {{0, 0}, {9, 0}, {9, 9}, {0, 9}});      // shell
    add_ring(shapes, {{3, 3}, {6, 3}, {6, 6}, {3, 6}});      // its hole
    add_ring(shapes, {{20, 0}, {29, 0}, {29, 9}, {20, 9}});  // another shell
    shapes.end_shape();
    const std::vector<ShellAndHoles> polygons = polygons_of(shapes, 0);
    REQUIRE(polygons.size() == 3);
    CHECK(polygons[0].shell == 0);
    CHECK(polygons[0].holes.empty());
    CHECK(polygons[1].shell == 1);
    CHECK(polygons[1].holes == std::vector<std::size_t>{2});
    CHECK(polygons[2].shell == 3);
}

TEST_CASE("a hole that touches its shell is still a hole") {
    Shapes shapes;
    add_ring(shapes, {{0, 0}, {8, 0}, {8, 8}, {0, 8}});
    add_ring(shapes, {{0, 4}, {4, 2}, {4, 6}});  // its first corner lies on the shell
    shapes.end_shape();
    const std::vector<ShellAndHoles> polygons = polygons_of(shapes, 0);
    REQUIRE(polygons.size() == 1);
    CHECK(polygons[0].holes == std::vector<std::size_t>{1});
}

TEST_CASE("the sites of one proposal become one shape") {
    Shapes shapes, together;
    shapes.add_point(1, 2);
    shapes.add_point(3, 4);
    shapes.add_point(5, 6);
    append_together(shapes, 0, 2, together);
    REQUIRE(together.size() == 1);
    CHECK(without_decimals(geojson(together)) == R"({"type":"MultiPoint","coordinates":[[1,2],[3,4]]})");
}
