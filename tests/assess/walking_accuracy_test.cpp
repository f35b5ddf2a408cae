// SPDX-License-Identifier: Apache-2.0
//
// Walks whose ends are good to some metres only, and may join another street than where they are plotted.
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

const char* const kFromBoundary = "to = [\"schools\"], from = \"boundary\", by = \"walking\"";
const char* const kFromPoint = "to = [\"schools\"], from = \"point\", by = \"walking\"";

/// Streets along both banks of a river, x = 290 and x = 310, and a bridge at y = 500. A street leads from the west bank to (200, 50).
Shapes banks_of_a_river() {
    Shapes lines;
    add_line(lines, {{200, 50}, {290, 50}});
    add_line(lines, {{290, 50}, {290, 500}});
    add_line(lines, {{290, 500}, {310, 500}});
    add_line(lines, {{310, 500}, {310, 50}});
    return lines;
}

/// A school west of the river, and a site that is plotted to so many metres.
SmallWorld site_by_the_river(const Shapes& site, double accuracy) {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    world.streets(banks_of_a_river());
    world.proposals().accuracy = Metres{accuracy};
    world.propose(site);
    world.rule("<= 400 m", "", kFromBoundary);
    return world;
}

/// A school known by a point that is plotted to so many metres, and a site on the west bank.
SmallWorld school_by_the_river(double x, double y, double accuracy) {
    SmallWorld world;
    world.places("schools", accuracy);
    world.place("schools", "1001", point(x, y));
    world.streets(banks_of_a_river());
    world.propose(point(290, 300));
    world.rule("<= 400 m", "", kFromPoint);
    return world;
}

bool by_another_street(SmallWorld& world) { return has(world.finding().notes, Note::other_street); }

}  // namespace

TEST_CASE("a site 4 m from the middle of a river: sure where it is good to 3 m, borderline where to 5 m") {
    SmallWorld sure = site_by_the_river(point(296, 100), 3);
    CHECK(sure.verdict() == "breach");
    CHECK(sure.finding().measured == 90 + 50 + 6);
    CHECK_FALSE(by_another_street(sure));
    SmallWorld open = site_by_the_river(point(296, 100), 5);
    CHECK(open.verdict() == "borderline");
    CHECK(open.finding().measured == 146.0);
    CHECK(by_another_street(open));
}

TEST_CASE("on the other bank it is clear where it is good to 3 m, borderline where to 5 m") {
    SmallWorld sure = site_by_the_river(point(304, 100), 3);
    CHECK(sure.verdict() == "clear");
    CHECK(sure.finding().measured == 90 + 450 + 20 + 400 + 6);
    CHECK_FALSE(by_another_street(sure));
    SmallWorld open = site_by_the_river(point(304, 100), 5);
    CHECK(open.verdict() == "borderline");
    CHECK(by_another_street(open));
}

TEST_CASE("what even a straight line rules out stays clear, whichever street it is") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    world.streets(banks_of_a_river());
    world.proposals().accuracy = Metres{5};
    world.propose(point(304, 100));  // 104 m in a straight line
    world.rule("<= 98 m", "", kFromBoundary);
    CHECK(world.verdict() == "clear");
    CHECK_FALSE(by_another_street(world));
}

TEST_CASE("a site that may lie too far from every street is no sure breach") {
    SmallWorld near = site_by_the_river(point(240, 140), 9);  // 50 m from the west bank
    CHECK(near.verdict() == "breach");
    SmallWorld far = site_by_the_river(point(245, -44), 9);  // 94 m from the street; beyond 100 m no walk is known
    CHECK(far.verdict() == "borderline");
    CHECK(by_another_street(far));
}

TEST_CASE("the same of a school's point: its gate may be on either bank") {
    SmallWorld sure = school_by_the_river(296, 100, 3);
    CHECK(sure.verdict() == "breach");
    CHECK(sure.finding().measured == 206.0);
    SmallWorld open = school_by_the_river(296, 100, 5);
    CHECK(open.verdict() == "borderline");
    CHECK(by_another_street(open));
    SmallWorld sure_over = school_by_the_river(304, 100, 3);
    CHECK(sure_over.verdict() == "clear");
    CHECK(sure_over.finding().measured == 6 + 400 + 20 + 200);
    SmallWorld open_over = school_by_the_river(304, 100, 5);
    CHECK(open_over.verdict() == "borderline");
    CHECK(by_another_street(open_over));
}

TEST_CASE("along one street a site that is moved stays as sure as its accuracy") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    Shapes street;
    add_line(street, {{100, 50}, {2000, 50}});
    world.streets(street);
    world.proposals().accuracy = Metres{20};
    world.propose(point(570, 50));
    world.propose(point(630, 50));
    world.rule("<= 400 m", "", kFromBoundary);
    CHECK(world.verdict(0) == "breach");
    CHECK(world.verdict(1) == "clear");
}

TEST_CASE("outlets within a walk: one that may be on this bank may count") {
    const auto counted = [](double of_outlets, double of_site) {
        SmallWorld world;
        world.streets(banks_of_a_river());
        world.outlet(310, 200, of_outlets);
        world.outlet(296, 100, of_outlets);  // 626 m over the bridge, 200 m along this bank
        world.proposals().accuracy = Metres{of_site};
        world.propose(point(304, 300));
        world.policy(
            "[[rule]]\nid = \"R1\"\ncite = \"R1\"\noutcome = \"refuse\"\nbreach = \">= 2\"\ncount = { of = "
            "\"hot-food-takeaway\", within = \"400 m\", by = \"walking\", proposal = \"excluded\" }\n");
        world.assess();
        return world;
    };
    SmallWorld sure = counted(3, 0);
    CHECK(sure.finding().result == Result::clear);
    CHECK(sure.finding().most == 1.0);
    SmallWorld open = counted(5, 0);  // and its other one may be 14 m farther: it counts all the same
    CHECK(open.finding().result == Result::borderline);
    CHECK(open.finding().least == 1.0);
    CHECK(open.finding().most == 2.0);
    CHECK(by_another_street(open));
    CHECK(counted(0, 3).finding().result == Result::clear);
    SmallWorld site = counted(0, 5);  // on either bank: one of them is over the bridge
    CHECK(site.finding().result == Result::borderline);
    CHECK(by_another_street(site));
}

TEST_CASE("what is said to be sure holds wherever both ends may truly lie") {
    std::mt19937 random(7);
    const auto between = [&](double low, double high) {
        return std::uniform_real_distribution<double>(low, high)(random);
    };
    const auto moved = [&](const Xy& p, double most) {
        const double angle = between(0, 2 * std::numbers::pi), r = most * std::sqrt(between(0, 1));
        return Xy{p.first + r * std::cos(angle), p.second + r * std::sin(angle)};
    };
    int said_breach = 0, said_clear = 0, said_by_streets = 0;
    for (int round = 0; round < 60; ++round) {
        Shapes streets;  // a grid of 60 m, a third of its links missing
        for (int i = 0; i < 8; ++i)
            for (int j = 0; j < 8; ++j) {
                const double x = 60.0 * i, y = 60.0 * j;
                if (between(0, 1) < 0.67) add_line(streets, {{x, y}, {x + 60, y}});
                if (between(0, 1) < 0.67) add_line(streets, {{x, y}, {x, y + 60}});
            }
        const double of_site = between(1, 30), of_school = round % 3 == 0 ? 0.0 : between(1, 10);
        std::vector<Xy> schools(5);
        for (Xy& school : schools) school = {between(0, 480), between(0, 480)};
        const auto world_of = [&](const std::vector<Xy>& places, double site_good_to, double school_good_to) {
            SmallWorld world;
            world.places("schools", school_good_to);
            for (const Xy& at : places) world.place("schools", "S", point(at.first, at.second));
            world.streets(streets);
            world.proposals().accuracy = Metres{site_good_to};
            world.rule("<= 200 m", "", kFromPoint);
            return world;
        };
        std::vector<Xy> sites(20);
        for (Xy& site : sites) site = {between(0, 480), between(0, 480)};
        SmallWorld plotted = world_of(schools, of_site, of_school);
        for (const Xy& site : sites) plotted.propose(point(site.first, site.second));
        plotted.assess();
        for (int truth = 0; truth < 12; ++truth) {
            std::vector<Xy> truly = schools;
            for (Xy& school : truly) school = moved(school, of_school);
            SmallWorld world = world_of(truly, 0, 0);
            for (const Xy& site : sites) {
                const Xy at = moved(site, of_site);
                world.propose(point(at.first, at.second));
            }
            world.assess();
            for (std::uint32_t row = 0; row < sites.size(); ++row) {
                const Result said = plotted.finding(row).result, is = world.finding(row).result;
                if (said == Result::breach) CHECK(is == Result::breach);
                if (said == Result::clear) CHECK(is != Result::breach);
            }
        }
        for (std::uint32_t row = 0; row < sites.size(); ++row) {
            said_breach += plotted.finding(row).result == Result::breach ? 1 : 0;
            said_clear += plotted.finding(row).result == Result::clear ? 1 : 0;
            said_by_streets += has(plotted.finding(row).notes, Note::other_street) ? 1 : 0;
        }
    }
    CHECK(said_breach > 100);
    CHECK(said_clear > 200);
    CHECK(said_by_streets > 50);
}
