// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/walking.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "tests/support/shapes_of.h"

using namespace geo;
using namespace geo::test;

namespace {

constexpr Millimetres kFar = 5'000'000;

/// A square of four streets of 100 m, (0, 0) to (100, 100), and a lane from (100, 0) 200 m to the east.
Shapes square() {
    Shapes lines;
    add_line(lines, {{0, 0}, {100, 0}});
    add_line(lines, {{100, 0}, {100, 100}});
    add_line(lines, {{100, 100}, {0, 100}});
    add_line(lines, {{0, 100}, {0, 0}});
    add_line(lines, {{100, 0}, {300, 0}});
    return lines;
}

struct Town {
    explicit Town(const Shapes& lines, Topology topology = Topology::endpoints)
        : network(lines, {topology, 0.01}), positions(network) {}
    NetworkPosition at(double x, double y) const { return *positions.find({x, y}, 1000); }
    WalkStarts starts(const std::vector<std::pair<Point, std::uint32_t>>& places) const {
        std::vector<WalkStart> all;
        for (const auto& [p, label] : places) all.push_back({at(p.x, p.y), label});
        return WalkStarts(std::move(all));
    }
    StreetNetwork network;
    NetworkPositions positions;
};

double length_of(const Shapes& way) {
    double metres = 0;
    for (std::size_t v = 1; v < way.vertices(); ++v)
        metres += std::hypot(way.all_xs()[v] - way.all_xs()[v - 1], way.all_ys()[v] - way.all_ys()[v - 1]);
    return metres;
}

}  // namespace

TEST_CASE("access, network, access: a gate 5 m beside one street, a shop 3 m beside another") {
    const Town town(square());
    const WalkStarts gates = town.starts({{{20, -5}, 1}});
    const NearestWalks walks(town.network, gates, kFar);
    const Walk walk = walks.nearest(town.at(103, 40));
    CHECK(walk.total == 5000 + 80000 + 40000 + 3000);
    const Shapes way = walks.way(town.at(103, 40));
    CHECK(length_of(way) == doctest::Approx(120));
    CHECK(way.first_point(0) == Point{20, 0});
    CHECK(way.all_xs().back() == 100);
    CHECK(way.all_ys().back() == 40);
}

TEST_CASE("on one street: directly, or round the block where that is shorter") {
    const Town town(square());
    const WalkStarts gate = town.starts({{{10, 0}, 1}});
    const NearestWalks walks(town.network, gate, kFar);
    CHECK(walks.nearest(town.at(60, 0)).total == 50000);
    Shapes lines;  // a crescent of 300 m whose ends lie 20 m apart
    add_line(lines, {{0, 0}, {0, 140}, {20, 140}, {20, 0}});
    add_line(lines, {{0, 0}, {20, 0}});
    const Town crescent(lines);
    const WalkStarts low = crescent.starts({{{0, 10}, 1}});
    const NearestWalks round(crescent.network, low, kFar);
    CHECK(round.nearest(crescent.at(20, 10)).total == 40000);
    CHECK(length_of(round.way(crescent.at(20, 10))) == doctest::Approx(40));
    CHECK(round.nearest(crescent.at(20, 139)).total == 151000);
}

TEST_CASE("a ring that begins and ends at one node is walked the shorter way") {
    Shapes lines;
    add_line(lines, {{0, 0}, {100, 0}});
    add_line(lines, {{100, 0}, {150, 0}, {150, 50}, {100, 50}, {100, 0}});
    const Town town(lines);
    const WalkStarts gate = town.starts({{{0, 0}, 1}});
    const NearestWalks walks(town.network, gate, kFar);
    CHECK(walks.nearest(town.at(100, 40)).total == 140000);
    CHECK(walks.nearest(town.at(140, 0)).total == 140000);
    const std::vector<Walk> back = walks_within(town.network, town.starts({{{100, 40}, 7}}), town.at(0, 0), kFar);
    REQUIRE(back.size() == 1);
    CHECK(back.front().total == 140000);
}

TEST_CASE("a cutoff is inclusive and counts both accesses") {
    const Town town(square());
    const WalkStarts gate = town.starts({{{0, -2}, 1}});
    const NetworkPosition shop = town.at(100, -1);
    for (const Millimetres cutoff : {Millimetres{103000}, Millimetres{102999}}) {
        const NearestWalks walks(town.network, gate, cutoff);
        CHECK(static_cast<bool>(walks.nearest(shop)) == (cutoff == 103000));
        CHECK(walks_within(town.network, gate, shop, cutoff).size() == (cutoff == 103000 ? 1U : 0U));
    }
}

TEST_CASE("two gates as far: the lesser label, whichever is given first") {
    const Town town(square());
    for (const bool swapped : {false, true}) {
        std::vector<std::pair<Point, std::uint32_t>> gates = {{{0, 0}, 4}, {{100, 100}, 9}};
        if (swapped) std::swap(gates.front(), gates.back());
        const WalkStarts starts = town.starts(gates);
        const NearestWalks walks(town.network, starts, kFar);
        const Walk walk = walks.nearest(town.at(100, 0));
        CHECK(walk.total == 100000);
        CHECK(starts[walk.start].label == 4);
    }
}

TEST_CASE("another component, too far from a street, a way that is not usable") {
    Shapes lines = square();
    add_line(lines, {{0, 500}, {100, 500}});
    const Town town(lines);
    const WalkStarts gate = town.starts({{{50, 500}, 1}});
    const NearestWalks walks(town.network, gate, kFar);
    CHECK_FALSE(walks.nearest(town.at(50, 0)));
    CHECK(walks.way(town.at(50, 0)).size() == 0);
    CHECK_FALSE(town.positions.find({50, 250}, 100).has_value());
    std::vector<std::uint8_t> usable(town.network.links(), 1);
    usable[town.at(50, 500).link] = 0;
    const NetworkPositions some(town.network, usable);
    REQUIRE(some.find({50, 490}, 1000).has_value());
    CHECK(some.find({50, 490}, 1000)->access == 390000);
}

TEST_CASE("what is covered within 150 m of a gate: cut where the limit ends, and where two ways meet") {
    const Town town(square());
    const WalkStarts gate = town.starts({{{0, 0}, 1}});
    const NearestWalks walks(town.network, gate, kFar);
    std::uint64_t covered = 0;
    for (const CoveredStretch& stretch : walks.covered(150000)) {
        covered += stretch.to - stretch.from;
        CHECK(stretch.near_from <= 150000);
        CHECK(stretch.near_to <= 150000);
        CHECK(std::max(stretch.near_from, stretch.near_to) - std::min(stretch.near_from, stretch.near_to) ==
              stretch.to - stretch.from);
    }
    CHECK(covered == 100000 * 2 + 50000 * 2 + 50000);
    covered = 0;
    for (const CoveredStretch& stretch : walks.covered(1000000)) covered += stretch.to - stretch.from;
    CHECK(covered == 600000);
}

namespace {

/// Distances between all nodes and positions, by relaxing until nothing changes: no queue, no order, nothing shared with the search.
class ByRelaxing {
  public:
    ByRelaxing(const StreetNetwork& network, const NetworkPosition& from) : network_(network), from_(from) {
        near_.assign(network.nodes(), 1e18);
        const NetworkLink& link = network.link(from.link);
        lower(link.from, from.access + double{1} * from.offset);
        lower(link.to, from.access + double{1} * (link.length - from.offset));
        for (bool changed = true; changed;) {
            changed = false;
            for (std::uint32_t i = 0; i < network.links(); ++i) {
                const NetworkLink& one = network.link(i);
                changed = lower(one.to, near_[one.from] + one.length) || changed;
                changed = lower(one.from, near_[one.to] + one.length) || changed;
            }
        }
    }
    double to(const NetworkPosition& at) const {
        const NetworkLink& link = network_.link(at.link);
        double best = std::min(near_[link.from] + at.offset, near_[link.to] + (link.length - at.offset));
        if (at.link == from_.link)
            best = std::min(best, from_.access + std::abs(double{1} * at.offset - double{1} * from_.offset));
        return best + at.access;
    }

  private:
    bool lower(std::uint32_t node, double value) {
        if (value >= near_[node]) return false;
        near_[node] = value;
        return true;
    }
    const StreetNetwork& network_;
    const NetworkPosition& from_;
    std::vector<double> near_;
};

}  // namespace

TEST_CASE("random towns: nearest gate, all gates and the way, as relaxing until nothing changes says") {
    std::mt19937_64 random(29);
    const auto place = [&] { return 5.0 * static_cast<double>(random() % 60); };
    for (int round = 0; round < 40; ++round) {
        Shapes lines;
        for (int k = 0; k < 90; ++k) {
            const double x = 30.0 * static_cast<double>(random() % 8), y = 30.0 * static_cast<double>(random() % 8);
            const bool east = random() % 2 == 0;
            add_line(lines, {{x, y}, {x + (east ? 30 : 0), y + (east ? 0 : 30)}});
        }
        const Town town(lines);
        std::vector<std::pair<Point, std::uint32_t>> gates;
        for (std::uint32_t label = 0; label < 6; ++label) gates.push_back({{place(), place()}, label / 2});
        const WalkStarts starts = town.starts(gates);
        const Millimetres cutoff = round % 2 == 0 ? kFar : 200000;
        const NearestWalks walks(town.network, starts, cutoff);
        for (int k = 0; k < 20; ++k) {
            const NetworkPosition shop = town.at(place(), place());
            const ByRelaxing from(town.network, shop);
            double best = 1e18;
            std::map<std::uint32_t, double> within;
            for (std::uint32_t i = 0; i < starts.size(); ++i) {
                const double total = from.to(starts[i].at);
                best = std::min(best, total);
                if (total <= cutoff) within[i] = total;
            }
            const Walk walk = walks.nearest(shop);
            CHECK(static_cast<bool>(walk) == (best <= cutoff));
            if (walk) {
                CHECK(walk.total == best);
                const double ends = starts[walk.start].at.access + double{1} * shop.access;
                CHECK(std::abs(length_of(walks.way(shop)) * 1000 - (best - ends)) < 2);
            }
            const std::vector<Walk> all = walks_within(town.network, starts, shop, cutoff);
            CHECK(all.size() == within.size());
            for (const Walk& one : all) CHECK(one.total == within.at(one.start));
            if (walk) CHECK(all.front().start == walk.start);
        }
    }
}

TEST_CASE("about a point: every stretch of street that may be the nearest to where it truly is") {
    std::mt19937 random(11);
    const auto between = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random);
    };
    Shapes lines;
    for (int i = 0; i < 60; ++i) {
        double x = between(0, 500), y = between(0, 500);
        std::vector<Point> bends;
        for (int v = 0; v < 5; ++v) {
            bends.push_back({x, y});
            x += between(-60, 60);
            y += between(-60, 60);
        }
        add_line(lines, bends);
    }
    const Town town(lines);
    int others = 0;
    for (int i = 0; i < 200; ++i) {
        const Point p{between(0, 500), between(0, 500)};
        const double moved = i % 10 == 0 ? 0.0 : between(0, 40);
        const std::vector<NetworkPosition> about = town.positions.find_about(p, moved, 1000);
        CHECK(std::is_sorted(about.begin(), about.end(), [](const NetworkPosition& a, const NetworkPosition& b) {
            return std::pair(a.link, a.offset) < std::pair(b.link, b.offset);
        }));
        const NetworkPosition plotted = town.at(p.x, p.y);
        CHECK(std::any_of(about.begin(), about.end(), [&](const NetworkPosition& one) {
            return one.link == plotted.link && one.offset == plotted.offset && one.access == plotted.access;
        }));
        if (moved == 0) CHECK(about.size() == 1);
        for (int k = 0; k < 20; ++k) {
            const double angle = between(0, 6.2831853), r = between(0, moved);
            const NetworkPosition truly = town.at(p.x + r * std::cos(angle), p.y + r * std::sin(angle));
            CHECK(std::any_of(about.begin(), about.end(), [&](const NetworkPosition& one) {
                const Millimetres apart =
                    one.offset > truly.offset ? one.offset - truly.offset : truly.offset - one.offset;
                return one.link == truly.link && apart <= 1000 * r + 2;
            }));
            others += truly.link != plotted.link ? 1 : 0;
        }
    }
    CHECK(others > 300);
    CHECK(town.positions.find_about({2000, 2000}, 10, 100).empty());
}
