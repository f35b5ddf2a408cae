// SPDX-License-Identifier: Apache-2.0
//
// Where walks out of a shape begin, its entrances not being known.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "libgeo/geometry/distance.h"
#include "libgeo/geometry/walking.h"
#include "tests/support/shapes_of.h"

using namespace geo;
using namespace geo::test;

namespace {

struct Streets {
    explicit Streets(const std::vector<std::vector<Point>>& ways) : network(of(ways), {}), positions(network) {}
    static Shapes of(const std::vector<std::vector<Point>>& ways) {
        Shapes lines;
        for (const std::vector<Point>& way : ways) add_line(lines, way);
        return lines;
    }
    std::vector<NetworkPosition> about(const Shapes& shapes, double gap = 20, double most = 100) const {
        return positions.along_boundary(shapes, 0, gap, most);
    }
    StreetNetwork network;
    NetworkPositions positions;
};

std::vector<Point> sorted(std::vector<Point> points) {
    const auto rounded = [](double x) { return std::round(x * 1e6) / 1e6 + 0.0; };
    for (Point& p : points) p = {rounded(p.x), rounded(p.y)};
    std::sort(points.begin(), points.end(), [](Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
    return points;
}

std::vector<Point> places(const std::vector<NetworkPosition>& positions) {
    std::vector<Point> points;
    for (const NetworkPosition& at : positions) points.push_back(at.on);
    return sorted(std::move(points));
}

bool any_at(const std::vector<NetworkPosition>& starts, Point on, Millimetres access) {
    return std::any_of(starts.begin(), starts.end(), [&](const NetworkPosition& at) {
        return std::hypot(at.on.x - on.x, at.on.y - on.y) < 1e-6 && at.access == access;
    });
}

const Shapes kPark = rectangle(0, 0, 400, 300);

}  // namespace

TEST_CASE("a street through a park: where it goes in and where it comes out, at no access") {
    const Streets streets({{{-250.5, 100}, {700, 100}}});
    const auto starts = streets.about(kPark);
    REQUIRE(starts.size() == 2);
    CHECK(places(starts) == std::vector<Point>{{0, 100}, {400, 100}});
    const bool eastwards = streets.network.node(streets.network.link(0).from).x < 0;
    CHECK(starts[0].offset == (eastwards ? 250'500U : 300'000U));
    CHECK(starts[1].offset == (eastwards ? 650'500U : 700'000U));
    CHECK(starts[0].access == 0);
    CHECK(starts[1].access == 0);
}

TEST_CASE(
    "an oblique crossing: the offset to the millimetre, and where the street comes within 20 m and leaves again") {
    const Streets streets(
        {{{100, -300}, {500, 0}}});  // 500 m; two thirds of it to the southern edge, three quarters to the eastern
    const auto starts = streets.about(rectangle(300, -100, 400, 100));
    REQUIRE(starts.size() == 4);
    const bool eastwards = streets.network.node(streets.network.link(0).from).x < 200;
    const std::vector<std::pair<Millimetres, Millimetres>> along{
        {300'000, 20'000}, {333'333, 0}, {375'000, 0}, {400'000, 20'000}};
    for (std::size_t i = 0; i < 4; ++i) {
        const NetworkPosition& start = starts[eastwards ? i : 3 - i];
        CHECK(start.offset == (eastwards ? along[i].first : 500'000 - along[i].first));
        CHECK(start.access == along[i].second);
    }
    CHECK(starts[eastwards ? 1 : 2].on.x == doctest::Approx(1100.0 / 3).epsilon(1e-12));
}

TEST_CASE("a street that touches a corner, and one that ends on the edge, meet the park there") {
    const Streets corner({{{-100, 100}, {100, -100}}});
    CHECK(places(corner.about(kPark)) == std::vector<Point>{{-20, 20}, {0, 0}, {20, -20}});
    CHECK(places(corner.about(kPark, 0)) == std::vector<Point>{{0, 0}});
    const Streets lane({{{200, -500}, {200, 0}}, {{300, -500}, {300, -0.0003}}, {{100, -500}, {100, -0.002}}});
    const auto starts = lane.about(kPark);
    CHECK(places(starts) == std::vector<Point>{{100, -0.002}, {200, 0}, {300, -0.0003}});
    for (const NetworkPosition& at : starts) CHECK(at.access == (at.on.x == 100 ? 2 : 0));
}

TEST_CASE("a street along the edge: the first and the last place of each stretch") {
    const Streets along({{{-50, 0}, {100, 0}, {200, 0}, {450, 0}}});
    CHECK(places(along.about(kPark, 0)) == std::vector<Point>{{0, 0}, {400, 0}});
    const auto with_some_between = along.about(kPark);
    CHECK(with_some_between.size() > 4);
    for (const NetworkPosition& at : with_some_between) CHECK(at.access == 0);
    const Streets round_the_corner({{{100, -80}, {100, 0}, {0, 0}, {0, 50}, {-80, 50}}});
    CHECK(places(round_the_corner.about(kPark, 0)) == std::vector<Point>{{0, 50}, {100, 0}});
    const Streets twice({{{50, 0}, {100, 0}, {100, -20}, {150, -20}, {150, 0}, {250, 0}}});
    CHECK(places(twice.about(kPark, 0)) == std::vector<Point>{{50, 0}, {100, 0}, {150, 0}, {250, 0}});
}

TEST_CASE("the edge of a hole is a boundary, and every part has its own") {
    const Streets streets({{{-50, 200}, {450, 200}}});
    CHECK(places(streets.about(ring_park())) == std::vector<Point>{{0, 200}, {100, 200}, {300, 200}, {400, 200}});
    Shapes two;
    add_rectangle_ring(two, 0, 150, 50, 250);
    add_rectangle_ring(two, 150, 150, 250, 250);
    two.end_shape();
    CHECK(places(streets.about(two)) == std::vector<Point>{{0, 200}, {50, 200}, {150, 200}, {250, 200}});
    const Streets in_the_hole({{{150, 110}, {250, 110}}});
    const auto beside = in_the_hole.about(ring_park());
    CHECK(places(beside) == std::vector<Point>{{150, 110}, {250, 110}});
    for (const NetworkPosition& at : beside) CHECK(at.access == 10'000);
}

TEST_CASE("a street 12 m off a frontage of 100 m: both ends of what is within 20 m of it, and the nearest") {
    const Streets street({{{-100, -12}, {200, -12}}});
    const auto starts = street.about(rectangle(0, 0, 100, 60));
    CHECK(any_at(starts, {-16, -12}, 20'000));  // a triangle of 12, 16 and 20
    CHECK(any_at(starts, {116, -12}, 20'000));
    CHECK(any_at(starts, {0, -12}, 12'000));
    for (const NetworkPosition& at : starts) CHECK(at.access >= 12'000);
    CHECK(starts.size() == 4);  // and one between, where a walk from all of these would be longer

    const auto straight_on = street.about(rectangle(0, 0, 100, 60), 12);
    CHECK(any_at(straight_on, {0, -12}, 12'000));
    CHECK(any_at(straight_on, {100, -12}, 12'000));
}

TEST_CASE("a street that winds by a park twice has two stretches") {
    const Streets street({{{-100, -50}, {0, -10}, {50, -60}, {100, -10}, {200, -50}}});
    const auto starts = street.about(rectangle(-200, 0, 300, 60));
    CHECK(places(starts) == sorted({{-25, -20}, {0, -10}, {10, -20}, {90, -20}, {100, -10}, {125, -20}}));
    CHECK(any_at(starts, {-25, -20}, 20'000));
    CHECK(any_at(starts, {100, -10}, 10'000));
}

TEST_CASE("a long stretch has starts no farther apart than 100 m") {
    const Streets street({{{-100, -12}, {1200, -12}}});
    std::vector<Point> starts = places(street.about(rectangle(0, 0, 1000, 60)));
    REQUIRE(starts.size() > 2);
    CHECK(starts.front().x == -16);
    CHECK(starts.back().x == 1016);
    for (std::size_t i = 1; i < starts.size(); ++i) CHECK(starts[i].x - starts[i - 1].x <= 100);
}

TEST_CASE("only where no street is within the gap the one nearest begins a walk") {
    const Streets streets({{{-100, -12}, {500, -12}}, {{-15, -500}, {-15, -50}, {-19, 500}}, {{500, -12}, {430, 600}}});
    const auto nearest = streets.about(kPark, 5, 100);
    REQUIRE(nearest.size() == 1);
    CHECK(nearest[0].access == 12'000);
    CHECK(streets.about(kPark, 5, 12).size() == 1);
    CHECK(streets.about(kPark, 5, 11.9).empty());
    CHECK(streets.about(kPark, 0, 0).empty());
}

TEST_CASE("a street that crosses and one that runs beside the park: both") {
    const Streets streets({{{-100, 100}, {100, 100}}, {{-100, -12}, {500, -12}}});
    const auto starts = streets.about(kPark);
    CHECK(any_at(starts, {0, 100}, 0));
    CHECK(any_at(starts, {-16, -12}, 20'000));
    CHECK(any_at(starts, {416, -12}, 20'000));
    CHECK(std::count_if(starts.begin(), starts.end(), [](const auto& at) { return at.on.y == 100; }) == 1);
}

TEST_CASE("streets that go on from a crossing street need no start of their own, however they are cut into links") {
    const Streets streets({{{100, 100}, {100, -5}}, {{100, -5}, {100, -13}}, {{100, -13}, {100, -300}}});
    CHECK(places(streets.about(kPark)) == std::vector<Point>{{100, 0}});
}

TEST_CASE("random streets about a park: no walk from any point of its edge is shorter than from the starts") {
    std::mt19937_64 random(11);
    const auto number = [&](double low, double high) {
        return low + (high - low) * static_cast<double>(random() % 1'000'003) / 1'000'003.0;
    };
    const Shapes park = rectangle(0, 0, 120, 80);
    std::size_t walks = 0;
    for (int round = 0; round < 40; ++round) {
        std::vector<std::vector<Point>> ways;
        Point last{number(-60, 180), number(-60, 140)};
        for (int k = 0; k < 4; ++k) {  // one line of four streets, so that there is a way between any two
            std::vector<Point> way{last, {number(-60, 180), number(-60, 140)}, {number(-60, 180), number(-60, 140)}};
            last = way.back();
            ways.push_back(std::move(way));
        }
        const Streets streets(ways);
        std::vector<WalkStart> starts;
        for (const NetworkPosition& at : streets.about(park)) starts.push_back({at, 0});
        const WalkStarts from(std::move(starts));
        const NearestWalks nearest(streets.network, from, 5'000'000);
        for (std::uint32_t link = 0; link < streets.network.links(); ++link) {
            const LinkLines& lines = streets.network.lines();
            const auto xs = lines.xs(link), ys = lines.ys(link);
            for (double share = 0.02; share < 1; share += 0.05) {
                const Point on{xs[0] + share * (xs[1] - xs[0]), ys[0] + share * (ys[1] - ys[0])};
                const double off = std::sqrt(separation(on, park, 0).squared);
                if (off == 0 || off > 20) continue;
                const WalkStarts here({{position_on_link(streets.network, link, on), 0}});
                const NearestWalks way(streets.network, here, 5'000'000);
                for (std::uint32_t other = 0; other < streets.network.links(); ++other) {
                    const auto ox = lines.xs(other), oy = lines.ys(other);
                    const Point to{(ox[1] + ox[2]) / 2, (oy[1] + oy[2]) / 2};
                    const NetworkPosition site = position_on_link(streets.network, other, to);
                    const double beside = 1000 * std::sqrt(separation(to, park, 0).squared);
                    double found = nearest.nearest(site).total;
                    if (beside <= 20'000) found = std::min(found, beside);
                    CHECK(found <= way.nearest(site).total + 1000 * off + 4);
                    ++walks;
                }
            }
        }
    }
    CHECK(walks > 1000);
}

TEST_CASE("a path wholly in the park is of the park: it is no way out") {
    const Streets path({{{10, 10}, {200, 200}}});
    CHECK(path.about(kPark).empty());
    const Streets path_and_street({{{10, 10}, {200, 200}}, {{-60, -30}, {460, -30}}});
    const auto out = path_and_street.about(kPark, 20, 100);
    REQUIRE(out.size() == 1);
    CHECK(out[0].on.y == -30);
    CHECK(out[0].access == 30'000);
}

TEST_CASE("a place that is drawn as a line or a point has its boundary there") {
    const Streets streets({{{-100, 50}, {100, 50}}, {{-100, 58}, {100, 58}}});
    Shapes wall;
    add_line(wall, {{0, 0}, {0, 54}});
    const double far = std::sqrt(20.0 * 20 - 4 * 4);
    CHECK(places(streets.about(wall)) == sorted({{0, 50}, {-far, 58}, {0, 58}, {far, 58}}));
    const auto beside = streets.about(point(10, 53), 5);
    CHECK(places(beside) == std::vector<Point>{{6, 50}, {10, 50}, {10, 58}, {14, 50}});
    CHECK(any_at(beside, {10, 50}, 3'000));
    CHECK(any_at(beside, {10, 58}, 5'000));
    CHECK(streets.about(point(10, 500)).empty());
    Shapes nowhere;
    nowhere.add_nothing();
    CHECK(streets.about(nowhere).empty());
}

TEST_CASE("streets that may not be used are passed over at the boundary") {
    const Streets streets({{{-100, 100}, {100, 100}}, {{-100, -5}, {500, -5}}});
    std::vector<std::uint8_t> usable(streets.network.links(), 1);
    usable[streets.positions.find({50, 100}, 1)->link] = 0;
    const NetworkPositions some(streets.network, usable);
    const auto starts = some.along_boundary(kPark, 0, 20, 100);
    CHECK(any_at(starts, {0, -5}, 5'000));
    for (const NetworkPosition& at : starts) CHECK(at.on.y == -5);
}

TEST_CASE("the nearest street of a site with an extent") {
    const Streets streets({{{-100, -12}, {500, -12}}, {{200, -400}, {200, -300}}});
    Point from;
    const auto beside = streets.positions.find(kPark, 0, 100, &from);
    REQUIRE(beside.has_value());
    CHECK(beside->access == 12'000);
    CHECK(beside->on.y == -12);
    CHECK(from.y == 0);
    CHECK(from.x == doctest::Approx(beside->on.x));
    CHECK_FALSE(streets.positions.find(kPark, 0, 11.99).has_value());
    const Streets through({{{-50, 100}, {700, 100}}});
    const auto met = through.positions.find(kPark, 0, 100, &from);
    REQUIRE(met.has_value());
    CHECK(met->access == 0);
    CHECK(separation(met->on, kPark, 0).squared < 1e-12);
    CHECK(from == met->on);
    const auto of_point = streets.positions.find(point(30, -20), 0, 100, &from);
    REQUIRE(of_point.has_value());
    CHECK(of_point->access == 8'000);
    CHECK(from == Point{30, -20});
}

TEST_CASE("random parks and streets: a start wherever a walker, centimetre by centimetre, steps over the edge") {
    std::mt19937_64 random(7);
    const auto number = [&](double low, double high) {
        return low + (high - low) * static_cast<double>(random() % 1'000'003) / 1'000'003.0;
    };
    std::size_t crossed = 0;
    for (int round = 0; round < 60; ++round) {
        Shapes park;
        for (int k = 0; k < 40; ++k) {
            const double angle = 2 * 3.14159265358979 * k / 40, radius = number(40, 100);
            park.add_vertex(radius * std::cos(angle), radius * std::sin(angle));
        }
        park.add_vertex(park.all_xs()[0], park.all_ys()[0]);
        park.end_part(PartKind::ring);
        park.end_shape();
        const Streets streets(
            {{{number(-150, 150), number(-150, 150)}, {number(-150, 150), number(-150, 150)}, {number(-150, 150), 0}},
             {{number(-150, 150), number(-150, 150)}, {number(-150, 150), number(-150, 150)}}});
        const auto starts = streets.positions.along_boundary(park, 0, 0, 0);
        std::vector<std::pair<std::uint32_t, double>> steps;  // over the edge: link, metres
        for (std::uint32_t link = 0; link < streets.network.links(); ++link) {
            const LinkLines& lines = streets.network.lines();
            const auto xs = lines.xs(link), ys = lines.ys(link);
            double along = 0;
            bool in = covers(park, 0, {xs[0], ys[0]});
            for (std::size_t v = 1; v < xs.size(); ++v) {
                const double length = std::hypot(xs[v] - xs[v - 1], ys[v] - ys[v - 1]);
                for (double at = 0; at <= length; at += 0.01) {
                    const double share = at / length;
                    const bool now = covers(
                        park, 0, {xs[v - 1] + share * (xs[v] - xs[v - 1]), ys[v - 1] + share * (ys[v] - ys[v - 1])});
                    if (now != in) steps.emplace_back(link, along + at - 0.005);
                    in = now;
                }
                along += length;
            }
        }
        const auto near = [](const NetworkPosition& start, const std::pair<std::uint32_t, double>& step) {
            return start.link == step.first && std::abs(start.offset / 1000.0 - step.second) < 0.0125;
        };
        for (const auto& step : steps)
            CHECK(std::any_of(starts.begin(), starts.end(), [&](const auto& start) { return near(start, step); }));
        for (const NetworkPosition& start : starts) {
            CHECK(start.access == 0);
            CHECK(separation_from_edge(start.on, park, 0).squared < 1e-12);
            CHECK(std::abs(position_on_link(streets.network, start.link, start.on).offset / 1000.0 -
                           start.offset / 1000.0) < 0.0011);
        }
        CHECK(starts.size() >= steps.size());
        CHECK(starts.size() <= steps.size() + 1);  // a corner that is cut within a centimetre
        crossed += starts.size();
    }
    CHECK(crossed > 150);
}

TEST_CASE("a street whose end is exactly as far as a start may be has its start there") {
    const Streets streets({{{430022, 300120}, {429861, 300266}}});
    const Shapes square = rectangle(430000, 300000, 430100, 300100);
    CHECK(any_at(streets.about(square, 20, 20), {430022, 300120}, 20'000));
    CHECK(streets.about(square, 19.9, 19.9).empty());
}

TEST_CASE("many streets round a ring of many vertices: what lies in it begins no walk") {
    Shapes ring;
    constexpr int kCorners = 3000;
    for (int k = 0; k <= kCorners; ++k) {
        const double angle = 2 * 3.141592653589793 * (k % kCorners) / kCorners;
        ring.add_vertex(10'000 + 5'000 * std::cos(angle), 10'000 + 5'000 * std::sin(angle));
    }
    ring.end_part(PartKind::ring);
    ring.end_shape();
    std::vector<std::vector<Point>> ways;
    for (int k = 0; k < 100; ++k) {
        const double angle = 2 * 3.141592653589793 * k / 100, c = std::cos(angle), s = std::sin(angle);
        ways.push_back({{10'000 + 4'000 * c, 10'000 + 4'000 * s}, {10'000 + 6'000 * c, 10'000 + 6'000 * s}});
    }
    const Streets streets(ways);
    const auto starts = streets.about(ring);
    CHECK(starts.size() == 100);
    for (const NetworkPosition& at : starts) CHECK(at.access == 0);
}
