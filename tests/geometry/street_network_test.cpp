// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/street_network.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <tuple>

#include "libgeo/geometry/vertex_clusters.h"
#include "tests/support/shapes_of.h"

using namespace geo;
using namespace geo::test;

namespace {

/// A bridge: Low Road from west to east, High Street over it from south to north, and Lane that joins Low Road in its middle.
Shapes crossing() {
    Shapes lines;
    add_line(lines, {{0, 0}, {100, 0}});
    add_line(lines, {{50, -100}, {50, 100}});
    add_line(lines, {{100, 0}, {100, 50}});
    return lines;
}

StreetNetwork by(const Shapes& lines, Topology topology, double snap_m = 0.01) {
    return StreetNetwork(lines, {topology, snap_m});
}

}  // namespace

TEST_CASE("lines meet where their ends coincide: a road over another is no junction") {
    const StreetNetwork network = by(crossing(), Topology::endpoints);
    CHECK(network.links() == 3);
    CHECK(network.nodes() == 5);
    CHECK(network.component_count() == 2);
    CHECK(network.component_nodes(network.largest_component()) == 3);
    CHECK(network.longest_link() == 200000);
}

TEST_CASE("an end in the middle of a line: a junction only where the line has a vertex there and vertices count") {
    Shapes lines;
    add_line(lines, {{0, 0}, {50, 0}, {100, 0}});
    add_line(lines, {{50, 0}, {50, 80}});
    CHECK(by(lines, Topology::endpoints).component_count() == 2);
    const StreetNetwork shared = by(lines, Topology::shared_vertices);
    CHECK(shared.component_count() == 1);
    CHECK(shared.links() == 3);
    CHECK(shared.nodes() == 4);
    CHECK(shared.component_length(0) == 180000);
}

TEST_CASE("ends 9 mm apart are one node, 11 mm apart two") {
    for (const double gap : {0.009, 0.011}) {
        Shapes lines;
        add_line(lines, {{0, 0}, {100, 0}});
        add_line(lines, {{100 + gap, 0}, {200, 0}});
        CHECK(by(lines, Topology::endpoints).component_count() == (gap < 0.01 ? 1 : 2));
    }
}

TEST_CASE("a ring is a link from a node to itself, two ways between the same nodes are two links") {
    Shapes lines;
    add_line(lines, {{0, 0}, {30, 0}, {30, 40}, {0, 0}});
    add_line(lines, {{100, 0}, {200, 0}});
    add_line(lines, {{100, 0}, {150, 50}, {200, 0}});
    const StreetNetwork network = by(lines, Topology::endpoints);
    REQUIRE(network.links() == 3);
    REQUIRE(network.nodes() == 3);
    std::uint32_t loop = 0;
    while (network.link(loop).from != network.link(loop).to) ++loop;
    CHECK(network.link(loop).length == 120000);
    CHECK(network.arcs(network.link(loop).from).empty());
    CHECK(network.loops(network.link(loop).from).size() == 1);
    const std::uint32_t other = loop == 0 ? 1 : 0;
    CHECK(network.arcs(network.link(other).from).size() == 2);
    CHECK(network.loops(network.link(other).from).empty());
}

TEST_CASE("what has no length is left out and counted, numbers that are none are passed over") {
    Shapes lines;
    add_line(lines, {{5, 5}, {5, 5}});
    add_line(lines, {{0, 0}, {NAN, 1}, {3, 4}});
    lines.add_point(1, 1);
    std::vector<std::uint32_t> line_of;
    const StreetNetwork network(lines, {Topology::endpoints, 0.01}, &line_of);
    CHECK(network.left_out() == 1);
    REQUIRE(network.links() == 1);
    CHECK(network.link(0).length == 5000);
    CHECK(line_of == std::vector<std::uint32_t>{1});
}

TEST_CASE("which line each link is of is told to who asks, in the order of the links, cut or whole") {
    Shapes lines;
    add_line(lines, {{900, 0}, {900, 100}});                  // line 0
    add_line(lines, {{0, 0}, {100, 0}, {200, 0}, {300, 0}});  // line 1, met in its middle
    add_line(lines, {{200, 0}, {200, 500}});                  // line 2
    for (const Topology topology : {Topology::endpoints, Topology::shared_vertices}) {
        std::vector<std::uint32_t> line_of;
        Shapes given = lines;
        const StreetNetwork network(std::move(given), {topology, 0.01}, &line_of);
        REQUIRE(line_of.size() == network.links());
        CHECK(network.links() == (topology == Topology::endpoints ? 3 : 4));
        for (std::uint32_t i = 0; i < network.links(); ++i) {
            const auto xs = network.lines().xs(i), ys = network.lines().ys(i);
            const Point middle{(xs[0] + xs[1]) / 2, (ys[0] + ys[1]) / 2};
            CHECK(separation(middle, lines, line_of[i]).squared == 0);
        }
    }
}

TEST_CASE("no lines: a network of nothing") {
    const StreetNetwork network = by(Shapes{}, Topology::shared_vertices);
    CHECK(network.links() == 0);
    CHECK(network.nodes() == 0);
    CHECK(network.component_count() == 0);
}

TEST_CASE("shuffled lines, drawn the other way round: the same links and nodes") {
    std::mt19937_64 random(3);
    std::vector<std::vector<Point>> roads;
    for (int k = 0; k < 200; ++k) {
        const auto place = [&] { return 10.0 * static_cast<double>(random() % 12); };
        roads.push_back({{place(), place()}, {place() + 1, place() + 1}, {place(), place()}});
    }
    const auto drawn = [](const std::vector<std::vector<Point>>& all) {
        Shapes lines;
        for (const auto& road : all) add_line(lines, road);
        return lines;
    };
    const StreetNetwork first = by(drawn(roads), Topology::endpoints);
    std::shuffle(roads.begin(), roads.end(), random);
    for (std::size_t k = 0; k < roads.size(); k += 2) std::reverse(roads[k].begin(), roads[k].end());
    const StreetNetwork second = by(drawn(roads), Topology::endpoints);
    REQUIRE(first.links() == second.links());
    REQUIRE(first.nodes() == second.nodes());
    for (std::uint32_t node = 0; node < first.nodes(); ++node) CHECK(first.node(node) == second.node(node));
    for (std::uint32_t i = 0; i < first.links(); ++i) {
        const NetworkLink &a = first.link(i), &b = second.link(i);
        CHECK(std::tuple(a.from, a.to, a.length) == std::tuple(b.from, b.to, b.length));
    }
    CHECK(std::ranges::equal(first.lines().columns().xs, second.lines().columns().xs));
}

TEST_CASE("lines that are handed over, and points and broken vertices among them, change nothing") {
    std::mt19937_64 random(21);
    Shapes clean, dirty;
    for (int k = 0; k < 150; ++k) {
        const auto place = [&] { return 5.0 * static_cast<double>(random() % 9); };
        const Point a{place(), place()}, b{place() + 1, place()}, c{place(), place() + 1};
        add_line(clean, {a, b, c});
        add_line(dirty, {a, a, {NAN, a.y}, b, c, c});
    }
    dirty.add_point(500, 500);
    for (const Topology topology : {Topology::endpoints, Topology::shared_vertices}) {
        const StreetNetwork network = by(clean, topology), of_dirty = by(dirty, topology);
        Shapes given = clean, given_dirty = dirty;
        const StreetNetwork moved(std::move(given), {topology, 0.01}),
            of_moved_dirty(std::move(given_dirty), {topology, 0.01});
        for (const StreetNetwork* other : {&of_dirty, &moved, &of_moved_dirty}) {
            REQUIRE(other->links() == network.links());
            CHECK(std::ranges::equal(other->all_nodes(), network.all_nodes()));
            CHECK(std::ranges::equal(other->lines().columns().xs, network.lines().columns().xs));
            CHECK(std::ranges::equal(other->lines().columns().ys, network.lines().columns().ys));
            for (std::uint32_t i = 0; i < network.links(); ++i) CHECK(other->link(i).length == network.link(i).length);
        }
    }
}

TEST_CASE("arcs of a node: every link that ends there, seen from it, in the order of the links") {
    const StreetNetwork network = by(crossing(), Topology::endpoints);
    std::size_t arcs = 0;
    for (std::uint32_t node = 0; node < network.nodes(); ++node) {
        std::uint32_t before = 0;
        for (const NetworkArc& arc : network.arcs(node)) {
            const NetworkLink& link = network.link(arc.link);
            CHECK(((link.from == node && link.to == arc.to) || (link.to == node && link.from == arc.to)));
            CHECK(arc.length == link.length);
            CHECK(arc.link >= before);
            before = arc.link;
            ++arcs;
        }
    }
    CHECK(arcs == 2 * network.links());
}

TEST_CASE("distinct points: each once by (x, y), minus nought is nought") {
    const std::vector<double> xs = {5, -0.0, 5, 0.0, 1, 5}, ys = {1, 2, 0, 2, 7, 1};
    const DistinctPoints distinct = distinct_points(xs, ys, {0, 1, 2, 3, 5});
    CHECK(distinct.points == std::vector<Point>{{0, 2}, {5, 0}, {5, 1}});
    CHECK(distinct.number == std::vector<std::uint32_t>{2, 0, 1, 0, 2});
    CHECK(distinct_points(xs, ys, {}).points.empty());
}

TEST_CASE("distinct points, many of them, some far away: as sorting them says") {
    std::mt19937_64 random(31);
    std::vector<double> xs, ys;
    std::vector<std::uint32_t> all;
    std::vector<Point> expected;
    for (std::uint32_t k = 0; k < 20000; ++k) {
        const double far = random() % 1000 == 0 ? 1e300 : 1.0;
        xs.push_back(far * static_cast<double>(random() % 90));
        ys.push_back(static_cast<double>(random() % 90) - 45);
        all.push_back(k);
        expected.push_back({xs.back(), ys.back()});
    }
    const auto less = [](Point a, Point b) { return std::tie(a.x, a.y) < std::tie(b.x, b.y); };
    std::sort(expected.begin(), expected.end(), less);
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    const DistinctPoints distinct = distinct_points(xs, ys, all);
    CHECK(distinct.points == expected);
    for (const std::uint32_t k : all) REQUIRE(distinct.points[distinct.number[k]] == Point{xs[k], ys[k]});
}

TEST_CASE("clusters of points: as comparing each with each says") {
    std::mt19937_64 random(11);
    for (int round = 0; round < 60; ++round) {
        std::vector<Point> points(40);
        for (Point& p : points)
            p = {static_cast<double>(random() % 30) * 0.4 - 5, static_cast<double>(random() % 30) * 0.4 - 5};
        std::vector<Point> least;
        const std::vector<std::uint32_t> cluster = cluster_points(points, 0.5, least);
        DisjointSets sets(points.size());
        for (std::uint32_t i = 0; i < points.size(); ++i)
            for (std::uint32_t j = 0; j < i; ++j)
                if (std::hypot(points[i].x - points[j].x, points[i].y - points[j].y) <= 0.5) sets.join(i, j);
        for (std::uint32_t i = 0; i < points.size(); ++i)
            for (std::uint32_t j = 0; j < i; ++j) CHECK((cluster[i] == cluster[j]) == (sets.find(i) == sets.find(j)));
        CHECK(std::ranges::is_sorted(least, [](Point a, Point b) { return std::tie(a.x, a.y) < std::tie(b.x, b.y); }));
    }
}
