// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/link_lines.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "tests/support/shapes_of.h"

using namespace geo;
using namespace geo::test;

namespace {

LinkLines lines_of(const std::vector<std::vector<Point>>& drawn) {
    LinkLines::Columns columns;
    for (const std::vector<Point>& line : drawn) {
        for (const Point p : line) {
            columns.xs.push_back(p.x);
            columns.ys.push_back(p.y);
        }
        columns.first.push_back(static_cast<std::uint32_t>(columns.xs.size()));
    }
    return LinkLines(std::move(columns));
}

/// Lines of 2 to 100 vertices on a grid of 10 m, so that many are at the same distance.
LinkLines some_lines(std::mt19937_64& random, int count) {
    std::vector<std::vector<Point>> drawn;
    for (int k = 0; k < count; ++k) {
        const auto step = [&] { return 10.0 * (static_cast<double>(random() % 5) - 2); };
        std::vector<Point> line{
            {10.0 * static_cast<double>(random() % 300), 10.0 * static_cast<double>(random() % 300)}};
        const std::size_t vertices = random() % 4 == 0 ? 2 + random() % 99 : 2;
        while (line.size() < vertices) line.push_back({line.back().x + step(), line.back().y + step()});
        drawn.push_back(std::move(line));
    }
    return lines_of(drawn);
}

struct ByLooking {
    double squared = std::numeric_limits<double>::infinity();
    std::uint32_t line = 0;
};

/// Each line against the site, one by one.
ByLooking by_looking(const Shapes& lines, const Shapes& sites, double most, const std::vector<std::uint8_t>& usable) {
    ByLooking best;
    for (std::uint32_t i = 0; i < lines.size(); ++i) {
        const double squared = separation(sites, 0, lines, i).squared;
        if (usable[i] != 0 && squared <= most * most && squared < best.squared) best = {squared, i};
    }
    return best;
}

}  // namespace

TEST_CASE("of lines end to end the nearest is found, and of two as near the first") {
    const LinkLines lines = lines_of({{{0, 0}, {100, 0}}, {{100, 0}, {200, 0}}, {{0, 50}, {200, 50}}});
    CHECK(lines.nearest({20, 10}, 100, {}) == 0U);
    CHECK(lines.nearest({180, 10}, 100, {}) == 1U);
    CHECK(lines.nearest({100, 20}, 100, {}) == 0U);  // the corner of both
    CHECK(lines.nearest({20, 25}, 100, {}) == 0U);   // half way
    CHECK(lines.nearest({20, 26}, 100, {}) == 2U);
    CHECK(lines.nearest({20, -100}, 100, {}) == 0U);  // exactly on the limit
    CHECK_FALSE(lines.nearest({20, -100.001}, 100, {}));
    CHECK_FALSE(LinkLines().nearest({0, 0}, 1e9, {}));
}

TEST_CASE("random lines: the nearest usable one of points and of sites, as by looking at each") {
    std::mt19937_64 random(2009);
    for (const int count : {1, 3, 40, 900}) {
        const LinkLines lines = some_lines(random, count);
        const Shapes shapes = lines.shapes();
        std::vector<std::uint8_t> usable(lines.size());
        for (std::uint8_t& one : usable) one = random() % 4 == 0 ? 0 : 1;
        for (int k = 0; k < 200; ++k) {
            const double x = 5.0 * static_cast<double>(random() % 640) - 100,
                         y = 5.0 * static_cast<double>(random() % 640) - 100;
            const double most = k % 2 == 0 ? 100 : 1e5;
            const ByLooking near_point = by_looking(shapes, point(x, y), most, usable);
            const auto found = lines.nearest({x, y}, most, usable);
            REQUIRE(found.has_value() == std::isfinite(near_point.squared));
            if (found) {
                CHECK(*found == near_point.line);
                CHECK(lines.squared_to({x, y}, *found) == near_point.squared);
            }
            Shapes site;
            add_rectangle(site, x, y, x + 20, y + 35);
            const ByLooking near_site = by_looking(shapes, site, most, usable);
            const auto from_site = lines.nearest(site, 0, most, usable);
            REQUIRE(from_site.has_value() == std::isfinite(near_site.squared));
            if (from_site) {
                CHECK(from_site->line == near_site.line);
                CHECK(from_site->apart.squared == near_site.squared);
            }
        }
    }
}

TEST_CASE("random lines near a box: none is missed, and none is told twice or far away") {
    std::mt19937_64 random(51);
    const LinkLines lines = some_lines(random, 400);
    const Shapes shapes = lines.shapes();
    for (int k = 0; k < 100; ++k) {
        const double x = static_cast<double>(random() % 3000), y = static_cast<double>(random() % 3000);
        const Box box{x, y, x + static_cast<double>(random() % 200), y + 30};
        Shapes drawn;
        add_rectangle(drawn, box.min_x, box.min_y, box.max_x, box.max_y);
        std::vector<std::uint32_t> found;
        lines.near(box, 60, [&](std::uint32_t line) { found.push_back(line); });
        CHECK(std::is_sorted(found.begin(), found.end()));
        CHECK(std::adjacent_find(found.begin(), found.end()) == found.end());
        for (std::uint32_t i = 0; i < lines.size(); ++i) {
            const bool told = std::binary_search(found.begin(), found.end(), i);
            const double away = std::sqrt(separation(drawn, 0, shapes, i).squared);
            if (away <= 60) CHECK(told);
            if (away > 60 + 30) CHECK_FALSE(told);  // a segment is 28 m long at most
        }
    }
}
