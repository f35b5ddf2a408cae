// SPDX-License-Identifier: Apache-2.0
//
// Walking zones as drawings, beside walks that are worked out step by step along the streets.
#include "libgeo/coverage/walking_zones.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

#include "libgeo/coverage/zone_cover.h"
#include "libgeo/coverage/zones.h"
#include "libgeo/geometry/walking_zone.h"
#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

constexpr double kOutward = 0.1;

Shapes shape_of(const Surface& surface) {
    Shapes shapes;
    surface.append_to(shapes);
    return shapes;
}

WalkStart gate(const StreetNetwork& network, Point at, std::uint32_t label = 0) {
    return {NetworkPositions(network).find(at, 1000).value_or(NetworkPosition{}), label};
}

/// Walks in metres from some gates to any place on the streets: distances of the ends are lowered link by link until nothing changes.
class StepByStep {
  public:
    StepByStep(const StreetNetwork& network, const std::vector<WalkStart>& gates) : network_(network), gates_(gates) {
        at_node_.assign(network.nodes(), 1e18);
        for (const WalkStart& start : gates) {
            const NetworkLink& link = network.link(start.at.link);
            lower(link.from, metres(start.at.access) + metres(start.at.offset));
            lower(link.to, metres(start.at.access) + metres(link.length - start.at.offset));
        }
        for (bool changed = true; changed;) {
            changed = false;
            for (std::uint32_t i = 0; i < network.links(); ++i) {
                const NetworkLink& link = network.link(i);
                changed = lower(link.to, at_node_[link.from] + metres(link.length)) || changed;
                changed = lower(link.from, at_node_[link.to] + metres(link.length)) || changed;
            }
        }
    }
    double to(std::uint32_t i, double offset) const {
        const NetworkLink& link = network_.link(i);
        double best = std::min(at_node_[link.from] + offset, at_node_[link.to] + metres(link.length) - offset);
        for (const WalkStart& start : gates_)
            if (start.at.link == i)
                best = std::min(best, metres(start.at.access) + std::abs(offset - metres(start.at.offset)));
        return best;
    }

  private:
    static double metres(Millimetres mm) { return mm / 1000.0; }
    bool lower(std::uint32_t node, double value) {
        if (value >= at_node_[node]) return false;
        at_node_[node] = value;
        return true;
    }
    const StreetNetwork& network_;
    const std::vector<WalkStart>& gates_;
    std::vector<double> at_node_;
};

/// Blocks of 60 m, some streets missing, some bent.
Shapes blocks(std::mt19937_64& random) {
    Shapes lines;
    const auto at = [](int k) { return 60.0 * k; };
    for (int i = 0; i < 7; ++i)
        for (int j = 0; j < 7; ++j)
            for (const bool east : {true, false}) {
                if (random() % 4 == 0) continue;
                const Point a{at(i), at(j)}, b{at(i + (east ? 1 : 0)), at(j + (east ? 0 : 1))};
                const double bend = random() % 3 == 0 ? 15 : 0;
                const Point middle{(a.x + b.x) / 2 + (east ? 0 : bend), (a.y + b.y) / 2 + (east ? bend : 0)};
                add_line(lines, {a, middle, b});
            }
    return lines;
}

}  // namespace

TEST_CASE("a lane of 1 km, a gate 10 m beside it: 390 m to the east, drawn 25 m wide and tapered at the end") {
    Shapes lines;
    add_line(lines, {{0, 0}, {1000, 0}});
    const StreetNetwork network(lines, {});
    const WalkingZone zone = walking_zone(network, {gate(network, {100, 10})}, 400, kOutward);
    CHECK(zone.streets.length_m == doctest::Approx(490));
    double nearest = 1e9, farthest = 0;
    for (std::size_t k = 0; k < zone.streets.lines.size(); ++k) {
        for (const double end : {zone.streets.at_begin[k], zone.streets.at_end[k]}) {
            nearest = std::min(nearest, end);
            farthest = std::max(farthest, end);
        }
    }
    CHECK(nearest == 10);
    CHECK(farthest == 400);
    CHECK(zone.streets.lines.box(zone.streets.lines.size() - 1).max_x <= 490);
    const Shapes drawn = shape_of(zone.reach);
    for (const Point in : {Point{489.99, 0}, Point{465, 24.99}, Point{300, -24.99}, Point{480, 19.9}, Point{-24.9, 0}})
        CHECK_MESSAGE(covers(drawn, 0, in), in.x << " " << in.y);
    for (const Point out : {Point{490.2, 0}, Point{300, 25.2}, Point{485, 16}, Point{-25.2, 0}})
        CHECK_MESSAGE(!covers(drawn, 0, out), out.x << " " << out.y);
    CHECK(zone.reach.area() == doctest::Approx(465 * 50 + 3.14159265 * 625).epsilon(0.002));
}

TEST_CASE("a gate whose own access takes up most of the limit: what is left of it, and nothing beyond the limit") {
    Shapes lines;
    add_line(lines, {{0, 0}, {1000, 0}});
    const StreetNetwork network(lines, {});
    const Shapes drawn = shape_of(walking_zone(network, {gate(network, {500, 90})}, 100, kOutward).reach);
    CHECK(covers(drawn, 0, {509.9, 0}));
    CHECK_FALSE(covers(drawn, 0, {510.2, 0}));
    CHECK_FALSE(covers(drawn, 0, {500, 10.2}));
    const WalkingZone none = walking_zone(network, {gate(network, {500, 90})}, 90, kOutward);
    CHECK(none.reach.is_empty());
    CHECK(none.streets.length_m == 0);
    CHECK(walking_zone(network, {}, 400, kOutward).reach.is_empty());
    const Shapes small = shape_of(walking_zone(network, {gate(network, {500, 0})}, 20, kOutward).reach);
    CHECK(covers(small, 0, {500, 19.9}));
    CHECK_FALSE(covers(small, 0, {500, 20.2}));
}

TEST_CASE("random blocks: what is covered, half metre by half metre, and the drawing, point by point") {
    std::mt19937_64 random(41);
    const auto number = [&](double low, double high) {
        return low + (high - low) * static_cast<double>(random() % 1'000'003) / 1'000'003.0;
    };
    constexpr double kLimit = 200, kStep = 0.5;
    std::size_t inside = 0, outside = 0;
    for (int round = 0; round < 8; ++round) {
        const StreetNetwork network(blocks(random), {});
        std::vector<WalkStart> gates;
        for (std::uint32_t k = 0; k < 2; ++k) gates.push_back(gate(network, {number(0, 420), number(0, 420)}, k));
        const StepByStep walks(network, gates);
        struct Sample {
            Point at;
            double left;  ///< of the limit
        };
        std::vector<Sample> samples;
        double length = 0;
        for (std::uint32_t i = 0; i < network.links(); ++i) {
            const auto xs = network.lines().xs(i);
            const auto ys = network.lines().ys(i);
            double along = 0;
            for (std::size_t v = 1; v < xs.size(); ++v) {
                const double piece = std::hypot(xs[v] - xs[v - 1], ys[v] - ys[v - 1]);
                const auto steps = static_cast<int>(std::ceil(piece / kStep));
                for (int k = 0; k < steps; ++k) {
                    const double share = (k + 0.5) / steps;
                    const double left = kLimit - walks.to(i, along + share * piece);
                    if (left < 0) continue;
                    length += piece / steps;
                    samples.push_back(
                        {{xs[v - 1] + share * (xs[v] - xs[v - 1]), ys[v - 1] + share * (ys[v] - ys[v - 1])}, left});
                }
                along += piece;
            }
        }
        const WalkStarts starts(gates);
        const NearestWalks nearest(network, starts, 200'000);
        for (const CoveredStretch& stretch : nearest.covered(200'000)) {
            CHECK(std::abs(walks.to(stretch.link, stretch.from / 1000.0) - stretch.near_from / 1000.0) < 0.003);
            CHECK(std::abs(walks.to(stretch.link, stretch.to / 1000.0) - stretch.near_to / 1000.0) < 0.003);
        }
        const WalkingZone zone = walking_zone(network, gates, kLimit, kOutward);
        CHECK(std::abs(zone.streets.length_m - length) < 0.005 * length + 4 * kStep);
        const Shapes drawn = shape_of(zone.reach);
        for (int k = 0; k < 1500; ++k) {
            const Point p{number(-40, 460), number(-40, 460)};
            double within = -1e9;  // how far inside the zone, at least; at most a step more
            for (const Sample& sample : samples)
                within = std::max(
                    within, std::min(kBesideStreets, sample.left) - std::hypot(p.x - sample.at.x, p.y - sample.at.y));
            const bool in = covers(drawn, 0, p);
            if (within >= 0) CHECK_MESSAGE(in, p.x << " " << p.y << " is " << within << " inside");
            if (within < -kStep - kOutward) CHECK_MESSAGE(!in, p.x << " " << p.y << " is " << -within << " outside");
            ++(in ? inside : outside);
        }
    }
    CHECK(inside > 2000);
    CHECK(outside > 2000);
}

TEST_CASE("any order of streets and any number of threads draw the same zone") {
    std::mt19937_64 random(43);
    const Shapes lines = blocks(random);
    Shapes reversed;
    for (std::size_t i = lines.size(); i-- > 0;) reversed.add_copy(lines, i);
    std::vector<std::vector<double>> xs;
    for (const Shapes* some : {&lines, static_cast<const Shapes*>(&reversed)}) {
        const StreetNetwork network(*some, {});
        const Shapes drawn = shape_of(
            walking_zone(network, {gate(network, {100, 130}), gate(network, {300, 305}, 1)}, 250, kOutward).reach);
        xs.emplace_back(drawn.all_xs().begin(), drawn.all_xs().end());
    }
    CHECK(xs[0].size() > 20);
    CHECK(xs[0] == xs[1]);
}

namespace {

bool reaches(const RuleZone& zone, double x, double y) {
    return zone.reach.size() == 1 && covers(zone.reach, 0, {x, y});
}
bool breaches(const RuleZone& zone, double x, double y) {
    return zone.breach.size() == 1 && covers(zone.breach, 0, {x, y});
}
bool says(const Zones& zones, const std::string& words) {
    return std::any_of(zones.remarks.begin(), zones.remarks.end(),
                       [&](const std::string& remark) { return remark.find(words) != std::string::npos; });
}
Zones zones_of(SmallWorld& world) {
    return draw_zones(world.assessment_policies(), world.layers(), {day(2024, 6, 1), kOutward, 2});
}

/// A school with a gate on Station Road, which runs 600 m to the west and 600 m to the east of it. A railway without a crossing lies to the north; New Road,
/// beyond it, is joined to Station Road at its western end only.
struct BesideRailway : SmallWorld {
    explicit BesideRailway(const std::string& by = "walking", const std::string& more = "") {
        place("schools", "S1", rectangle(-50, -100, 50, -10));
        entrances("schools", {{{0, 0}}});
        Shapes lines;
        add_line(lines, {{-600, 0}, {600, 0}});
        add_line(lines, {{-600, 0}, {-600, 100}});
        add_line(lines, {{-600, 100}, {600, 100}});
        streets(lines);
        area("centres", "C1", rectangle(200, -50, 700, 50));
        rule("<= 400 m", more, "to = [\"schools\"], from = \"entrances\", by = \"" + by + "\"");
    }
};

}  // namespace

TEST_CASE("a walking rule's zone: along the street from the gate, not across the railway, exemptions cut out") {
    BesideRailway world("walking", "unless = { inside = [\"centres\"] }\n");
    const Zones zones = zones_of(world);
    REQUIRE(zones.rules.size() == 1);
    const RuleZone& zone = zones.rules.front();
    CHECK(zone.walking);
    CHECK(zone.places == 1);
    CHECK(zone.streets.length_m == doctest::Approx(800));
    CHECK(reaches(zone, 399, 0));
    CHECK(reaches(zone, -300, 24));
    CHECK_FALSE(reaches(zone, 401, 0));
    CHECK_FALSE(reaches(zone, 0, 100));  // 100 m as the crow flies, 1,300 m on foot
    CHECK_FALSE(breaches(zone, 300, 0));
    CHECK(breaches(zone, -300, 0));
    CHECK(zones.all.walking);
    CHECK(zones.all.streets.lines.size() == 0);
    CHECK(zones.remarks.empty());
    BesideRailway straight("straight-line");
    const Zones others = zones_of(straight);
    CHECK(reaches(others.rules.front(), 0, 100));
    CHECK_FALSE(others.rules.front().walking);
    CHECK_FALSE(others.all.walking);
}

TEST_CASE("what a walking zone covers is walked, and never read off the drawing") {
    BesideRailway world;
    world.outlet(300, 90);   // 310 m along New Road's far side as the crow flies, 1,590 m on foot
    world.outlet(-300, 40);  // 340 m on foot, and 15 m outside the drawing
    world.outlet(-390, 20);  // 410 m
    world.outlet(380, 0);    // 380 m
    world.outlet(0, 1000);   // far from any street, and farther than the limit
    world.outlet(0, -250);   // far from any street, and 250 m away: nobody knows
    world.policy(
        "[[rule]]\nid = \"R2\"\ncite = \"R2\"\ndistance = { to = [\"schools\"] }\nbreach = \"<= 1 m\"\n"
        "outcome = \"refuse\"\n");
    const Zones zones = zones_of(world);
    REQUIRE(zones.rules.size() == 2);
    CHECK_FALSE(reaches(zones.rules.front(), -300, 40));
    CHECK(zones.all.walking);
    const ZoneCover cover(world.assessment_policies(), world.layers(), zones);
    std::vector<std::string> remarks;
    const std::vector<LayerCover> outlets = cover.outlets(remarks);
    REQUIRE(outlets.size() == 1);
    const CoveredCounts& counts = outlets[0].rules[0];
    CHECK(counts.total() == 6);
    CHECK(counts.breach == 2);
    CHECK(counts.beyond == 3);
    CHECK(counts.untold == 1);
    CHECK(counts.left() == 3);
    CHECK(outlets[0].rules[1].untold == 0);
    CHECK(outlets[0].all.untold == 1);
}

TEST_CASE(
    "no streets, streets without footpaths, a place far from any street: said, and not drawn as if it were known") {
    BesideRailway world;
    world.layers().walking = nullptr;
    const Zones none = zones_of(world);
    CHECK(none.rules.empty());
    CHECK(says(none, "test R1: no zone: it is measured along streets, and the study has no layer of streets"));
    Shapes lines;
    add_line(lines, {{-600, 0}, {600, 0}});
    world.streets(lines, 0.0, false);
    world.place("schools", "S2", rectangle(3000, 3000, 3100, 3100));
    world.entrances("schools", {{{0, 0}}, {{3000, 3050}}});
    const Zones roads = zones_of(world);
    REQUIRE(roads.rules.size() == 1);
    CHECK(roads.rules.front().places == 2);
    CHECK(says(roads, "drawn along streets without footpaths"));
    CHECK(says(roads, "test R1: no walk is drawn from 1 place: no street is near"));
    const Zones without =
        draw_zones(world.assessment_policies(), world.layers(), {day(2024, 6, 1), kOutward, 1, false});
    CHECK(without.rules.empty());
    CHECK(says(without, "test R1: left out of the zones: it is measured along streets"));
}

TEST_CASE("walked from its boundary a park is in its own zone") {
    SmallWorld world;
    world.place("parks", "P1", rectangle(0, 0, 300, 200), "");
    Shapes lines;
    add_line(lines, {{-500, 100}, {0, 100}, {100, 100}});
    world.streets(lines);
    world.rule("<= 200 m", "", "to = [\"parks\"], from = \"boundary\", by = \"walking\"");
    const Zones zones = zones_of(world);
    REQUIRE(zones.rules.size() == 1);
    CHECK(reaches(zones.rules.front(), 290, 190));
    CHECK(reaches(zones.rules.front(), -199, 100));
    CHECK_FALSE(reaches(zones.rules.front(), -201, 100));
    CHECK_FALSE(reaches(zones.rules.front(), 310, 100));
}

TEST_CASE("beside a park's long side the zone has no gap, whether the street runs along the edge or 12 m off it") {
    for (const double off : {0.0, 12.0}) {
        SmallWorld world;
        world.place("parks", "P1", rectangle(0, 0, 2000, 300));
        Shapes lines;
        add_line(lines, {{-600, -off}, {2600, -off}});
        world.streets(lines, 0.0);
        world.rule("<= 100 m", "", "to = [\"parks\"], from = \"boundary\", by = \"walking\"");
        const Zones zones = zones_of(world);
        REQUIRE(zones.rules.size() == 1);
        for (double x = 5; x < 2000; x += 10) CHECK(reaches(zones.rules.front(), x, -off - 20));
        const double ends = off == 0 ? 100 : 16 + 80;  // off: 16 m beyond the corner it is 20 m away, 80 m are left
        CHECK(reaches(zones.rules.front(), -ends + 1, -off));
        CHECK_FALSE(reaches(zones.rules.front(), -ends - 1, -off));
    }
}

TEST_CASE("no verdict within 25 m of a street is drawn otherwise: random proposals beside the streets") {
    std::mt19937_64 random(47);
    SmallWorld world;
    const auto number = [&](double low, double high) {
        return low + (high - low) * static_cast<double>(random() % 1'000'003) / 1'000'003.0;
    };
    const Shapes lines = blocks(random);
    world.streets(lines);
    world.place("schools", "S1", rectangle(100, 100, 140, 150));
    world.place("schools", "S2", rectangle(300, 320, 330, 350));
    world.entrances("schools", {{{100, 125}, {140, 130}}, {{330, 340}}});
    world.rule("<= 150 m", "", "to = [\"schools\"], from = \"entrances\", by = \"walking\"");
    for (int k = 0; k < 3000; ++k) world.propose(test::point(number(-30, 450), number(-30, 450)));
    const Zones zones = zones_of(world);
    REQUIRE(zones.rules.size() == 1);
    const Assessed& assessed = world.assess();
    int within = 0, near = 0;
    for (std::uint32_t row = 0; row < world.batch().size(); ++row) {
        const Finding& finding = assessed.findings[0][row];
        const Point p = world.batch().shapes.first_point(row);
        if (finding.access_site > 25'000 || !finding.measured_something) continue;
        ++near;
        within += finding.plain ? 1 : 0;
        // The verdict goes by the nearest street; another within 25 m may lead to the gate sooner, so that the drawing is never too small.
        if (finding.plain) CHECK_MESSAGE(reaches(zones.rules.front(), p.x, p.y), p.x << " " << p.y);
    }
    CHECK(near > 1000);
    CHECK(within > 300);
}

TEST_CASE("a street along a park's slanting edge: a site beside its middle has only its own way to the street") {
    SmallWorld world;
    Shapes park;
    add_ring(park, {{0, 0}, {700.1, 333.3}, {0, 333.3}});
    park.end_shape();
    world.place("parks", "P1", park, "");
    Shapes lines;
    add_line(lines, {{0, 0}, {700.1, 333.3}});
    world.streets(lines);
    world.rule("<= 100 m", "", "to = [\"parks\"], from = \"boundary\", by = \"walking\"");
    const double length = std::hypot(700.1, 333.3);
    for (const double share : {0.31, 0.5, 0.77})  // 10 m to the right of the street
        world.propose(test::point(share * 700.1 + 10 * 333.3 / length, share * 333.3 - 10 * 700.1 / length));
    world.assess();
    for (std::uint32_t row = 0; row < 3; ++row) CHECK(world.finding(row).measured == doctest::Approx(10).epsilon(1e-3));
}
