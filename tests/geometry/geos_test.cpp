// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/geos.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <numbers>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "libgeo/geometry/crossings.h"
#include "libgeo/geometry/distance.h"

using geo::append_valid;
using geo::append_wkt;
using geo::PartKind;
using geo::Point;
using geo::Repair;
using geo::Shapes;

namespace {

Shapes read(const std::string& wkt) {
    Shapes shapes;
    std::string reason;
    const bool good = append_wkt(wkt, shapes, &reason);
    INFO(wkt);
    INFO(reason);
    REQUIRE(good);
    return shapes;
}

struct Checked {
    Repair repair;
    Shapes shapes;
    std::string wkt;
    double area = 0.0;
    double to(double x, double y) const { return geo::geos_distance(point(x, y), 0, shapes, 0); }
    static Shapes point(double x, double y) {
        Shapes out;
        out.add_point(x, y);
        return out;
    }
};
Checked check(const Shapes& shapes) {
    Checked out;
    out.repair = append_valid(shapes, 0, out.shapes);
    REQUIRE(out.shapes.size() == 1);
    out.wkt = to_wkt(out.shapes, 0);
    out.area = geo::area(out.shapes, 0);
    return out;
}
Checked check(const std::string& wkt) { return check(read(wkt)); }

bool same(const Shapes& a, const Shapes& b) {
    if (a.size() != b.size() || a.parts() != b.parts() || a.vertices() != b.vertices()) return false;
    for (std::size_t v = 0; v < a.vertices(); ++v)
        if (a.all_xs()[v] != b.all_xs()[v] || a.all_ys()[v] != b.all_ys()[v]) return false;
    for (std::size_t p = 0; p < a.parts(); ++p)
        if (a.kind(p) != b.kind(p) || a.is_hole(p) != b.is_hole(p) || a.vertex_end(p) != b.vertex_end(p)) return false;
    return true;
}

/// The WKT column of a CSV whose last column it is.
std::string last_cell(const std::string& line) {
    std::size_t at = 0;
    for (int commas = 0; commas < 3; ++commas) at = line.find(',', at) + 1;
    std::string cell = line.substr(at);
    if (cell.starts_with('"')) cell = cell.substr(1, cell.rfind('"') - 1);
    return cell;
}

}  // namespace

TEST_CASE("a bow-tie keeps both lobes: the signed area is 0, its ground is not") {
    const Checked even = check("POLYGON((0 0, 200 200, 200 0, 0 200, 0 0))");
    CHECK_FALSE(even.repair.was_valid);
    CHECK(even.repair.reason == "Self-intersection");
    CHECK(even.repair.place == Point{100, 100});
    CHECK(even.repair.method == "made valid: 2 parts, area 20000.0 m²");
    CHECK(even.area == doctest::Approx(20000.0));
    CHECK(even.to(20, 100) == 0.0);  // buffer(0) loses this lobe and answers 80
    CHECK(even.to(180, 100) == 0.0);
    const Checked uneven = check("POLYGON((0 0, 200 200, 200 0, 0 100, 0 0))");
    CHECK(uneven.area == doctest::Approx(16666.667).epsilon(1e-7));
}

TEST_CASE("a hole outside its shell is dropped, and said") {
    const Checked park =
        check("POLYGON((500 500, 700 500, 700 700, 500 700, 500 500), (800 500, 900 500, 900 600, 800 600, 800 500))");
    CHECK(park.repair.reason == "Hole lies outside shell");
    CHECK(park.repair.method == "1 hole outside its shell dropped; made valid: 1 part, area 40000.0 m²");
    CHECK(park.shapes.parts() == 1);
    CHECK(park.to(850, 550) == 150.0);  // not ground
}

TEST_CASE("a hole partly outside takes its part of the shell and adds nothing beyond") {
    const Checked park = check("POLYGON((0 0, 10 0, 10 10, 0 10, 0 0), (5 5, 15 5, 15 8, 5 8, 5 5))");
    CHECK_FALSE(park.repair.was_valid);
    CHECK(park.area == doctest::Approx(85.0));
    CHECK(park.to(14, 6) > 3.9);
    CHECK(park.to(7, 6.5) > 0.0);
    CHECK(park.wkt.starts_with("POLYGON"));
}

TEST_CASE("a polygon without area becomes the line it is: it never vanishes") {
    const Checked walk = check("POLYGON((430320 300150, 430420 300150, 430320 300150, 430320 300150))");
    CHECK(walk.repair.reason == "area 0");
    CHECK(walk.repair.method == "became the line it is, 100.0 m long");
    CHECK(walk.shapes.kind(0) == PartKind::line);
    CHECK(walk.to(430300, 300000) == doctest::Approx(151.327).epsilon(1e-5));
    CHECK(walk.to(430400, 300000) == 150.0);
    const Checked spot = check("POLYGON((5 5, 5 5, 5 5, 5 5))");
    CHECK(spot.repair.method == "became the point it is");
    CHECK(spot.shapes.is_single_point(0));
}

TEST_CASE("spikes, doubled vertices and overlapping parts lose no ground") {
    const Checked spike = check("POLYGON((0 0, 10 0, 10 5, 20 5, 10 5, 10 10, 0 10, 0 0))");
    CHECK(spike.repair.method == "made valid: 1 part and 1 line, area 100.0 m²");
    CHECK(spike.to(20, 5) == 0.0);
    CHECK(check("POLYGON((0 0, 10 0, 10 0, 10 10, 0 10, 0 10, 0 0))").repair.was_valid);
    const Checked overlapping = check("MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0)), ((5 5, 15 5, 15 15, 5 15, 5 5)))");
    CHECK(overlapping.area == doctest::Approx(175.0));
    CHECK(overlapping.to(7, 7) == 0.0);
    const Checked twice = check("MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0)), ((0 0, 10 0, 10 10, 0 10, 0 0)))");
    CHECK(twice.area == doctest::Approx(100.0));
    CHECK(check("POLYGON((0 0, 9 0, 9 9, 0 9, 0 0), (0 0, 9 0, 9 9, 0 9, 0 0))").repair.method ==
          "became the line it is, 36.0 m long");
    const Checked nested = check(
        "POLYGON((0 0, 90 0, 90 90, 0 90, 0 0), (10 10, 80 10, 80 80, 10 80, 10 10), (30 30, 60 30, 60 60, 30 60, 30 "
        "30))");
    CHECK(nested.repair.reason == "Holes are nested");
    CHECK(nested.area == doctest::Approx(90.0 * 90 - 70 * 70 + 30 * 30));
}

TEST_CASE("a ring that does not come back to its start is closed, and said") {
    Shapes open;
    for (const Point p : {Point{0, 0}, Point{200, 0}, Point{200, 200}, Point{0, 200}}) open.add_vertex(p.x, p.y);
    open.end_part(PartKind::ring);
    open.end_shape();
    const Checked closed = check(open);
    CHECK(closed.repair.reason == "ring not closed");
    CHECK(closed.repair.method == "closed");
    CHECK(closed.area == 40000.0);
}

TEST_CASE("rings of one, two and three vertices become what they are") {
    for (int n = 1; n <= 3; ++n) {
        Shapes few;
        for (int k = 0; k < n; ++k) few.add_vertex(10.0 * (k % 2), 0);
        few.end_part(PartKind::ring);
        few.end_shape();
        const Checked got = check(few);
        CHECK_FALSE(got.repair.was_valid);
        CHECK(got.shapes.has_location(0));
        CHECK(got.shapes.kind(0) == (n == 1 ? PartKind::points : PartKind::line));
    }
}

TEST_CASE("a vertex that is no number: points keep the others, lines and rings are not guessed") {
    const double nan = std::nan(""), inf = std::numeric_limits<double>::infinity();
    for (const double bad : {nan, inf, -inf}) {
        Shapes ring;
        for (const Point p : {Point{0, 0}, Point{10, bad}, Point{10, 10}, Point{0, 0}}) ring.add_vertex(p.x, p.y);
        ring.end_part(PartKind::ring);
        ring.end_shape();
        const Checked got = check(ring);
        CHECK_FALSE(got.repair.was_valid);
        CHECK(got.repair.reason == "Invalid Coordinate");
        CHECK(got.repair.method.empty());
        CHECK_FALSE(got.shapes.has_location(0));
        CHECK(std::isfinite(got.repair.place.x));
    }
    const Checked points = check("MULTIPOINT((10 10), (20 20), (30 30), (10 NaN))");
    CHECK(points.repair.method == "1 point without a place left out");
    CHECK(points.shapes.vertices() == 3);
}

TEST_CASE("what is valid passes bit for bit, whatever it is") {
    for (const char* wkt :
         {"POINT(430000.123456789 300000)", "MULTIPOINT((0 0), (1 1))", "LINESTRING(0 0, 5 5, 5 0, 0 5)",
          "POLYGON((0 0, 400 0, 400 400, 0 400, 0 0), (100 100, 300 100, 300 300, 100 300, 100 100))",
          "MULTIPOLYGON(((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 1 8, 8 8, 8 1, 1 1)), ((2 2, 3 2, 3 3, 2 2)))",
          "GEOMETRYCOLLECTION(POINT(50 50), LINESTRING(0 0, 1 1), POLYGON((10 10, 20 10, 20 20, 10 10)))"}) {
        const Shapes shapes = read(wkt);
        const Checked got = check(shapes);
        CHECK(got.repair.was_valid);
        CHECK(got.repair.method.empty());
        CHECK(same(got.shapes, shapes));
    }
    Shapes nothing, out;
    nothing.add_nothing();
    CHECK(append_valid(nothing, 0, out).was_valid);
    CHECK(out.size() == 1);
    CHECK_FALSE(out.has_location(0));
}

TEST_CASE("rings that no file marked as holes are read as even-odd when they are not valid as parts") {
    Shapes park;
    for (const double side : {400.0, 200.0}) {
        const double low = (400.0 - side) / 2, high = low + side;
        for (const Point p : {Point{low, low}, Point{high, low}, Point{high, high}, Point{low, high}, Point{low, low}})
            park.add_vertex(p.x, p.y);
        park.end_part(PartKind::ring);
    }
    park.end_shape();
    const Checked got = check(park);
    CHECK(got.area == 400.0 * 400 - 200.0 * 200);
    CHECK(got.to(200, 200) == 100.0);
    CHECK(geo::geos_distance(Checked::point(200, 200), 0, park, 0) == 100.0);
    CHECK(got.shapes.is_hole(1));
}

TEST_CASE("any ring of vertices: repaired it is valid, and covers what even-odd covered") {
    CHECK(rc::check([] {
        Shapes ring;
        const int n = *rc::gen::inRange(3, 9);
        std::vector<Point> corners;
        corners.reserve(9);
        for (int k = 0; k < n; ++k) {
            corners.push_back({static_cast<double>(*rc::gen::inRange(0, 12)) * 10.0,
                               static_cast<double>(*rc::gen::inRange(0, 12)) * 10.0});
        }
        for (const Point p : corners) ring.add_vertex(p.x, p.y);
        ring.add_vertex(corners[0].x, corners[0].y);
        ring.end_part(PartKind::ring);
        ring.end_shape();
        Shapes once, twice;
        const Repair repair = append_valid(ring, 0, once);
        RC_ASSERT(once.has_location(0));
        RC_ASSERT(repair.was_valid == repair.method.empty());
        RC_ASSERT(append_valid(once, 0, twice).was_valid);
        RC_ASSERT(same(once, twice));
        for (int cell = 0; cell < 144; ++cell) {
            const int row = cell / 12;
            const Point p{3.3 + 10.0 * (cell % 12), 4.7 + 10.0 * row};
            // Crossings are rounded to doubles, so that a point on an edge may change sides.
            if (geo::separation_from_edge(p, ring, 0).squared < 1e-12) continue;
            RC_ASSERT(geo::covers(ring, 0, p) == (once.has_surface(0) && geo::covers(once, 0, p)));
        }
    }));
}

TEST_CASE("GEOS's distance: 0 inside, holes outside, many parts are one") {
    const Shapes park =
        read("POLYGON((0 0, 400 0, 400 400, 0 400, 0 0), (100 100, 300 100, 300 300, 100 300, 100 100))");
    CHECK(geo::geos_distance(Checked::point(50, 50), 0, park, 0) == 0.0);
    CHECK(geo::geos_distance(Checked::point(200, 200), 0, park, 0) == 100.0);
    CHECK(geo::geos_distance(Checked::point(200, 200), 0, read("MULTIPOINT((0 0), (500 600))"), 0) ==
          doctest::Approx(std::hypot(200, 200)));
    CHECK(geo::geos_distance(park, 0, read("LINESTRING(500 0, 500 400)"), 0) == 100.0);
    CHECK(geo::geos_distance(park, 0,
                             read("GEOMETRYCOLLECTION(POINT(1000 0), POLYGON((150 150, 160 150, 160 160, 150 150)))"),
                             0) == 50.0);
    Shapes nowhere;
    nowhere.add_nothing();
    CHECK(std::isnan(geo::geos_distance(park, 0, nowhere, 0)));
}

TEST_CASE("a point on the surface is on it where the centroid is not") {
    const Shapes corner = read("POLYGON((0 0, 300 0, 300 20, 20 20, 20 300, 0 300, 0 0))");
    CHECK_FALSE(geo::covers(corner, 0, geo::centroid(corner, 0)));
    CHECK(geo::covers(corner, 0, point_on_surface(corner, 0)));
    CHECK(point_on_surface(read("POINT(3 4)"), 0) == Point{3, 4});
}

TEST_CASE("well-known text there and back") {
    CHECK(to_wkt(read("POINT(430000.12345 300000)"), 0) == "POINT (430000.123 300000.000)");
    CHECK(to_wkt(read("point z (1 2 3)"), 0) == "POINT (1.000 2.000)");
    CHECK(to_wkt(read("POLYGON((0 0, 9 0, 9 9, 0 0), (4 1, 8 1, 8 5, 4 1))"), 0) ==
          "POLYGON ((0.000 0.000, 9.000 0.000, 9.000 9.000, 0.000 0.000), (4.000 1.000, 8.000 1.000, 8.000 5.000, "
          "4.000 1.000))");
    CHECK_FALSE(read("POLYGON EMPTY").has_location(0));
    CHECK(to_wkt(read("POLYGON EMPTY"), 0) == "GEOMETRYCOLLECTION EMPTY");
}

TEST_CASE("text that is no geometry is refused with a reason, and adds nothing") {
    for (const std::string& text :
         {std::string(), std::string("here"), std::string("POINT"), std::string("POINT(1)"), std::string("POINT(1 2"),
          std::string("POLYGON((0 0, 1 1))"), std::string("POLYGON((0 0, 1 0, 1 1, 0 1))"),
          std::string("LINEARRING(0 0, 1 1, 1 0, 0 0)"), std::string("POINT(1 2) x"),
          std::string("POINT(1 2) POINT(3 4)"), std::string("POINT 1 2)"), std::string("POINT(1\0 2)", 11),
          std::string("SRID=27700;POINT(1 2)"), std::string(2'000'000, '(')}) {
        Shapes out;
        std::string reason;
        CHECK_FALSE(append_wkt(text, out, &reason));
        CHECK_FALSE(reason.empty());
        CHECK(reason.size() < 300);
        CHECK(out.size() == 0);
    }
    std::string deep;
    for (int k = 0; k < 100'000; ++k) deep += "GEOMETRYCOLLECTION(";
    Shapes out;
    CHECK_FALSE(append_wkt(deep, out, nullptr));
}

TEST_CASE("many threads, each with GEOS's state of its own") {
    std::vector<int> repaired(4);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            Shapes bow, out;
            std::string reason;
            for (int k = 0; k < 200; ++k) append_wkt("POLYGON((0 0, 200 200, 200 0, 0 200, 0 0))", bow, &reason);
            for (std::size_t k = 0; k < bow.size(); ++k) repaired[t] += append_valid(bow, k, out).was_valid ? 0 : 1;
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const int n : repaired) CHECK(n == 200);
}

TEST_CASE("a sound ring of 100,000 vertices passes") {
    Shapes wiggly, out;
    constexpr int n = 100'000;
    for (int k = 0; k <= n; ++k) {
        const double angle = 2 * std::numbers::pi * (k % n) / n, radius = 1000.0 + k % n % 2;
        wiggly.add_vertex(430000 + radius * std::cos(angle), 300000 + radius * std::sin(angle));
    }
    wiggly.end_part(PartKind::ring);
    wiggly.end_shape();
    CHECK(append_valid(wiggly, 0, out).was_valid);
    CHECK(same(wiggly, out));
}

TEST_CASE("a ring that crosses itself tens of thousands of times passes as drawn: a repair would take minutes") {
    // 200 verticals and 200 horizontals of 100 m, joined to one ring: some 40,000 crossings.
    Shapes grid;
    for (int k = 0; k < 200; ++k) {
        const double x = 0.5 * k;
        grid.add_vertex(x, k % 2 == 0 ? -1.0 : 101.0);
        grid.add_vertex(x, k % 2 == 0 ? 101.0 : -1.0);
    }
    for (int k = 0; k < 200; ++k) {
        const double y = 0.5 * k + 0.1;
        grid.add_vertex(k % 2 == 0 ? 101.0 : -1.0, y);
        grid.add_vertex(k % 2 == 0 ? -1.0 : 101.0, y);
    }
    grid.add_vertex(0.0, -1.0);
    grid.end_part(PartKind::ring);
    grid.end_shape();
    CHECK(geo::crossings_up_to(grid, 0, 100'000) >= 39'000);
    CHECK(geo::crossings_up_to(grid, 0, 10) == 11);
    Shapes out;
    const Repair repair = append_valid(grid, 0, out);
    CHECK_FALSE(repair.was_valid);
    CHECK(repair.method == "crosses itself more than 10000 times: used as drawn, inside by even-odd");
    CHECK(same(out, grid));
}

TEST_CASE("every invalid geometry of GEOS's own tests is found invalid, or is unreadable") {
    const char* set = std::getenv("CORDON_SHARED");
    const std::filesystem::path folder = set != nullptr ? set : CORDON_SOURCE_DIR "/../shared";
    std::ifstream in(folder / "bad/upstream/geos/invalid_polygons.csv");
    if (!in) {
        MESSAGE("skipped: no shared data in ", folder.string(), " (set CORDON_SHARED)");
        return;
    }
    std::string line;
    std::getline(in, line);
    int seen = 0, lost = 0;
    while (std::getline(in, line)) {
        CAPTURE(line);
        ++seen;
        Shapes shapes, fixed, again;
        std::string reason;
        if (!append_wkt(last_cell(line), shapes, &reason)) {
            CHECK_FALSE(reason.empty());
            continue;
        }
        const Repair repair = append_valid(shapes, 0, fixed);
        CHECK_FALSE(repair.was_valid);
        CHECK_FALSE(repair.reason.empty());
        CHECK(fixed.size() == 1);
        CHECK(repair.method.empty() == !fixed.has_location(0));
        CHECK(append_valid(fixed, 0, again).was_valid);
        lost += fixed.has_location(0) ? 0 : 1;
    }
    CHECK(seen == 57);
    CHECK(lost == 5);  // those with a coordinate that is no number
}
