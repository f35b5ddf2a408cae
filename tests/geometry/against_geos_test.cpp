// SPDX-License-Identifier: Apache-2.0
// Our kernel and index against GEOS, an independent answer, to 1e-6 m: points, lines of vertices, polygons with holes, many-part polygons, and query
// points on and in them.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cmath>

#include "libgeo/geometry/distance.h"
#include "libgeo/geometry/geos.h"
#include "libgeo/geometry/nearest_index.h"
#include "tests/support/shapes_of.h"

using namespace geo;

namespace {

constexpr double kAgree = 1e-6;

double coordinate(double from, double size) { return from + size * (*rc::gen::inRange(0, 1000000)) / 1e6; }

/// A star around (x, y): simple whatever the radii.
void add_star(Shapes& shapes, double x, double y, double least, double most) {
    const int corners = *rc::gen::inRange(3, 40);
    std::vector<test::Xy> ring;
    for (int k = 0; k < corners; ++k) {
        const double angle = 2 * M_PI * k / corners, radius = coordinate(least, most - least);
        ring.emplace_back(x + radius * std::cos(angle), y + radius * std::sin(angle));
    }
    for (const auto& [vx, vy] : ring) shapes.add_vertex(vx, vy);
    shapes.add_vertex(ring[0].first, ring[0].second);
    shapes.end_part(PartKind::ring);
}

void add_any_shape(Shapes& shapes) {
    const double x = coordinate(430000, 3000), y = coordinate(300000, 3000);
    switch (*rc::gen::inRange(0, 5)) {
        case 0:
            shapes.add_point(x, y);
            return;
        case 1: {
            const int vertices = *rc::gen::inRange(2, 60);
            for (int k = 0; k < vertices; ++k) shapes.add_vertex(x + 9.0 * k, coordinate(y, 200));
            shapes.end_part(PartKind::line);
            break;
        }
        case 2:
            add_star(shapes, x, y, 100, 200);
            break;
        case 3:  // with a hole
            add_star(shapes, x, y, 150, 250);
            add_star(shapes, x, y, 20, 70);
            break;
        default:  // many parts, one with a hole
            add_star(shapes, x, y, 150, 250);
            add_star(shapes, x, y, 20, 70);
            add_star(shapes, x + 700, y, 100, 200);
            add_star(shapes, x, y - 700, 100, 200);
    }
    shapes.end_shape();
}

/// Anywhere, or on a vertex, on the middle of an edge, in the middle of a shape.
Point any_query(const Shapes& shapes) {
    const auto i = *rc::gen::inRange<std::size_t>(0, shapes.size());
    const auto xs = shapes.xs(shapes.part_begin(i));
    const auto ys = shapes.ys(shapes.part_begin(i));
    const auto k = *rc::gen::inRange<std::size_t>(0, xs.size());
    switch (*rc::gen::inRange(0, 4)) {
        case 0:
            return {xs[k], ys[k]};
        case 1:
            return k + 1 < xs.size() ? Point{(xs[k] + xs[k + 1]) / 2, (ys[k] + ys[k + 1]) / 2} : Point{xs[k], ys[k]};
        case 2:
            return centroid(shapes, i);
        default:
            return {coordinate(429000, 5000), coordinate(299000, 5000)};
    }
}

}  // namespace

TEST_CASE("distances and the nearest place agree with GEOS") {
    CHECK(rc::check("point to place", [] {
        Shapes places;
        const int n = *rc::gen::inRange(1, 12);
        for (int k = 0; k < n; ++k) add_any_shape(places);
        const NearestIndex index(places);
        for (int q = 0; q < 8; ++q) {
            const Point p = any_query(places);
            const Shapes site = test::point(p.x, p.y);
            double least = std::numeric_limits<double>::infinity();
            for (std::size_t i = 0; i < places.size(); ++i) {
                const double expected = geos_distance(site, 0, places, i);
                RC_ASSERT(std::fabs(std::sqrt(separation(p, places, i).squared) - expected) < kAgree);
                least = std::min(least, expected);
            }
            RC_ASSERT(std::fabs(std::sqrt(index.nearest(p).squared) - least) < kAgree);
        }
    }));
}

TEST_CASE("distances between sites and places agree with GEOS") {
    CHECK(rc::check("site to place", [] {
        Shapes places, sites;
        for (int k = 0; k < 5; ++k) add_any_shape(places);
        add_any_shape(sites);
        const NearestIndex index(places);
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < places.size(); ++i) {
            const double expected = geos_distance(sites, 0, places, i);
            const Separation s = separation(sites, 0, places, i);
            RC_ASSERT(std::fabs(std::sqrt(s.squared) - expected) < kAgree);
            RC_ASSERT(std::fabs(std::hypot(s.from.x - s.to.x, s.from.y - s.to.y) - expected) < kAgree);
            least = std::min(least, expected);
        }
        RC_ASSERT(std::fabs(std::sqrt(index.nearest(sites, 0).squared) - least) < kAgree);
    }));
}
