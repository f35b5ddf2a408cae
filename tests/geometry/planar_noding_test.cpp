// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/planar_noding.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>
#include <tuple>

#include "libgeo/geometry/orientation.h"
#include "libgeo/geometry/street_network.h"
#include "tests/support/shapes_of.h"

using namespace geo;
using namespace geo::test;

namespace {

Shapes of(const std::vector<std::vector<Point>>& roads) {
    Shapes lines;
    for (const auto& road : roads) add_line(lines, road);
    return lines;
}

struct Noded {
    Shapes shapes;
    std::vector<std::uint32_t> line_of;
};

Noded node(const Shapes& lines, const std::vector<std::int32_t>& levels = {}, double tolerance = 0.01) {
    Noded result;
    result.shapes = noded(lines, levels, result.line_of, tolerance);
    return result;
}

std::vector<Point> points_of(const Shapes& shapes, std::size_t i) {
    std::vector<Point> points;
    const auto xs = shapes.xs(shapes.part_begin(i)), ys = shapes.ys(shapes.part_begin(i));
    for (std::size_t k = 0; k < xs.size(); ++k) points.push_back({xs[k], ys[k]});
    return points;
}

double length(const Shapes& shapes) {
    double metres = 0;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const std::vector<Point> points = points_of(shapes, i);
        for (std::size_t k = 1; k < points.size(); ++k)
            metres += std::hypot(points[k].x - points[k - 1].x, points[k].y - points[k - 1].y);
    }
    return metres;
}

bool less(Point a, Point b) { return std::tie(a.x, a.y) < std::tie(b.x, b.y); }

/// Stretches as sorted lists of points, each from its lesser end.
std::vector<std::vector<Point>> stretches(const Shapes& shapes) {
    std::vector<std::vector<Point>> all;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        all.push_back(points_of(shapes, i));
        const std::vector<Point> turned(all.back().rbegin(), all.back().rend());
        if (std::lexicographical_compare(turned.begin(), turned.end(), all.back().begin(), all.back().end(), less))
            all.back() = turned;
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), less);
    });
    return all;
}

/// Finer than two different crossings of roads between whole-numbered places can be apart.
constexpr double kFine = 1e-9;

/// Places where two straight lines of one level meet, by comparing each with each.
struct Road {
    Point a, b;
    std::int32_t level = 0;
};

bool on(Point p, const Road& road) {
    return orientation(road.a, road.b, p) == 0 && std::min(road.a.x, road.b.x) <= p.x &&
           p.x <= std::max(road.a.x, road.b.x) && std::min(road.a.y, road.b.y) <= p.y &&
           p.y <= std::max(road.a.y, road.b.y);
}

void sort_along(std::vector<Point>& points, const Road& road) {
    const auto along = [&](Point p) {
        return (p.x - road.a.x) * (road.b.x - road.a.x) + (p.y - road.a.y) * (road.b.y - road.a.y);
    };
    std::sort(points.begin(), points.end(), [&](Point p, Point q) { return along(p) < along(q); });
}

std::vector<Point> where_cut(const std::vector<Road>& roads, std::size_t i) {
    const Road& one = roads[i];
    std::vector<Point> cuts = {one.a, one.b};
    for (std::size_t j = 0; j < roads.size(); ++j) {
        const Road& other = roads[j];
        if (i == j || one.level != other.level) continue;
        for (const Point p : {other.a, other.b})
            if (on(p, one)) cuts.push_back(p);
        if (orientation(one.a, one.b, other.a) * orientation(one.a, one.b, other.b) >= 0 ||
            orientation(other.a, other.b, one.a) * orientation(other.a, other.b, one.b) >= 0)
            continue;
        const double dx = one.b.x - one.a.x, dy = one.b.y - one.a.y;
        const double ex = other.b.x - other.a.x, ey = other.b.y - other.a.y;
        const double share = ((other.a.x - one.a.x) * ey - (other.a.y - one.a.y) * ex) / (dx * ey - dy * ex);
        cuts.push_back({one.a.x + share * dx, one.a.y + share * dy});
    }
    sort_along(cuts, one);
    const auto same = [](Point p, Point q) { return std::hypot(p.x - q.x, p.y - q.y) < kFine; };
    cuts.erase(std::unique(cuts.begin(), cuts.end(), same), cuts.end());
    return cuts;
}

}  // namespace

TEST_CASE("two streets that cross without a vertex are cut where they cross") {
    const Noded result = node(of({{{0, 0}, {100, 0}}, {{30, -40}, {30, 60}}}));
    REQUIRE(result.shapes.size() == 4);
    CHECK(result.line_of == std::vector<std::uint32_t>{0, 0, 1, 1});
    CHECK(points_of(result.shapes, 0) == std::vector<Point>{{0, 0}, {30, 0}});
    CHECK(points_of(result.shapes, 3) == std::vector<Point>{{30, 0}, {30, 60}});
    const StreetNetwork network(result.shapes, {Topology::endpoints, 0.01});
    CHECK(network.nodes() == 5);
    CHECK(network.component_count() == 1);
}

TEST_CASE("a bridge over a street is not cut, its ramp that ends where a street ends is joined") {
    const Shapes lines = of({{{0, 0}, {100, 0}}, {{30, -40}, {30, 60}}, {{30, 60}, {30, 100}}});
    const Noded result = node(lines, {0, 1, 0});
    CHECK(result.shapes.size() == 3);
    CHECK(StreetNetwork(result.shapes, {Topology::endpoints, 0.01}).component_count() == 2);
}

TEST_CASE("an end on the middle of a street, 9 mm short of it, makes a junction there. 2 cm short it does not") {
    for (const double gap : {0.0, 0.009, 0.02}) {
        const Noded result = node(of({{{0, 0}, {100, 0}}, {{50, gap}, {50, 80}}}));
        CHECK(result.shapes.size() == (gap < 0.01 ? 3 : 2));
        CHECK(StreetNetwork(result.shapes, {Topology::endpoints, 0.001}).component_count() == (gap < 0.01 ? 1 : 2));
    }
}

TEST_CASE("a vertex of one street on the middle of another cuts both") {
    const Noded result = node(of({{{0, 0}, {100, 0}}, {{20, 30}, {50, 0}, {80, 30}}}));
    CHECK(result.shapes.size() == 4);
    CHECK(result.line_of == std::vector<std::uint32_t>{0, 0, 1, 1});
}

TEST_CASE("a street that runs along another is cut at its ends and corners") {
    const Noded result = node(of({{{0, 0}, {100, 0}}, {{20, 0}, {60, 0}, {60, 50}}}));
    REQUIRE(result.shapes.size() == 5);
    CHECK(result.line_of == std::vector<std::uint32_t>{0, 0, 0, 1, 1});
    CHECK(length(result.shapes) == doctest::Approx(190));
}

TEST_CASE("a path that crosses itself is cut there, a bend or a spike of a few millimetres is not") {
    CHECK(node(of({{{0, 0}, {100, 0}, {100, 50}, {50, 50}, {50, -50}}})).shapes.size() == 3);
    CHECK(node(of({{{0, 0}, {50, 0}, {50.005, 0.004}, {50.01, 0}, {100, 0}}})).shapes.size() == 1);
    CHECK(node(of({{{0, 0}, {40, 0}, {40, 30}, {0, 0}}})).shapes.size() == 1);
}

TEST_CASE("three streets through one point have one junction") {
    const Noded result =
        node(of({{{0, 0}, {100, 70}}, {{0, 70}, {100, 0}}, {{0, 35}, {100, 35}}, {{50, 0}, {50, 80}}}));
    CHECK(result.shapes.size() == 8);
    CHECK(StreetNetwork(result.shapes, {Topology::endpoints, 1e-9}).nodes() == 9);
}

TEST_CASE("what has no length or is no line is passed over") {
    Shapes lines = of({{{5, 5}, {5, 5}}, {{NAN, 0}, {0, 0}, {10, 0}}});
    lines.add_point(5, 0);
    const Noded result = node(lines);
    CHECK(result.line_of == std::vector<std::uint32_t>{1});
    CHECK(node(Shapes{}).shapes.size() == 0);
}

TEST_CASE("random streets: cut where comparing each with each says, the same for any order and direction") {
    std::mt19937_64 random(5);
    for (int round = 0; round < 40; ++round) {
        std::vector<Road> roads;
        for (int k = 0; k < 60; ++k) {
            const auto place = [&] {
                return Point{static_cast<double>(random() % 40), static_cast<double>(random() % 40)};
            };
            const Road road{place(), place(), static_cast<std::int32_t>(random() % 2)};
            if (road.a != road.b) roads.push_back(road);
        }
        const auto noded_roads = [&] {
            std::vector<std::vector<Point>> lines;
            std::vector<std::int32_t> levels;
            for (const Road& road : roads) {
                lines.push_back({road.a, road.b});
                levels.push_back(road.level);
            }
            return node(of(lines), levels, kFine);
        };
        const Noded first = noded_roads();
        std::map<std::uint32_t, std::vector<Point>> ends;
        for (std::uint32_t i = 0; i < first.shapes.size(); ++i)
            for (const Point p : points_of(first.shapes, i)) ends[first.line_of[i]].push_back(p);
        for (std::uint32_t k = 0; k < roads.size(); ++k) {
            std::vector<Point>& got = ends[k];
            sort_along(got, roads[k]);
            got.erase(std::unique(got.begin(), got.end()), got.end());
            const std::vector<Point> expected = where_cut(roads, k);
            REQUIRE(got.size() == expected.size());
            for (std::size_t i = 0; i < got.size(); ++i)
                CHECK(std::hypot(got[i].x - expected[i].x, got[i].y - expected[i].y) < kFine);
        }
        std::shuffle(roads.begin(), roads.end(), random);
        for (std::size_t k = 0; k < roads.size(); k += 2) std::swap(roads[k].a, roads[k].b);
        CHECK(stretches(noded_roads().shapes) == stretches(first.shapes));
    }
}

TEST_CASE("long bending streets: as many metres as before, and no two streets cross any more but at ends") {
    std::mt19937_64 random(8);
    std::uniform_real_distribution<double> step(-40, 40);
    std::vector<std::vector<Point>> roads(30);
    for (auto& road : roads) {
        Point p{step(random) * 5, step(random) * 5};
        for (int k = 0; k < 50; ++k) {
            road.push_back(p);
            p = {p.x + step(random), p.y + step(random)};
        }
    }
    const Shapes lines = of(roads);
    const double tolerance = 1e-6;  // so that no third street lies within it of a crossing
    const Noded result = node(lines, {}, tolerance);
    CHECK(result.shapes.size() > 1000);
    CHECK(length(result.shapes) == doctest::Approx(length(lines)).epsilon(1e-6));
    const StreetNetwork network(result.shapes, {Topology::endpoints, 0.001});
    CHECK(network.nodes() < result.shapes.size());
    CHECK(node(result.shapes, {}, tolerance).shapes.size() == result.shapes.size());
}
