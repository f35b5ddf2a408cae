// SPDX-License-Identifier: Apache-2.0
// `when` and `unless` beside areas: figures, opening hours, the same street.
#include <doctest/doctest.h>

#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

TEST_CASE("exempt by a class of centre, by opening hours, hours that are not stated leave it unknown") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    for (int row = 0; row < 4; ++row) world.propose(point(300, 50));
    world.field(0, "opens", "17:00");
    world.field(0, "closes", "23:00");
    world.field(1, "opens", "11.30");
    world.field(1, "closes", "23:00");
    world.field(2, "opens", "5pm");
    world.field(2, "closes", "1am");  // past midnight: beyond 23:30
    world.rule("<= 400 m", "unless = { open-within = \"17:00-23:30\" }");
    world.assess();
    CHECK(world.finding(0).result == Result::exempt);
    CHECK(world.finding(1).result == Result::breach);
    CHECK(world.finding(2).result == Result::breach);
    CHECK(world.finding(3).result == Result::unknown);
    CHECK(has(world.finding(3).notes, Note::hours_unstated));
}

TEST_CASE("a rule for wards over 10 % only") {
    SmallWorld world = wards("12", "8");
    world.place("schools", "1001", rectangle(900, 400, 1100, 600));
    world.propose(point(800, 500));
    world.propose(point(1200, 500));
    world.rule("<= 400 m", "when = { attribute = { of = \"wards\", field = \"year6\", breach = \"> 10 %\" } }");
    world.assess();
    CHECK(world.finding(0).result == Result::breach);
    CHECK(world.finding(1).result == Result::not_applicable);
}

TEST_CASE("200 ft on the same street: another street does not count, one that is not stated leaves it unknown") {
    const auto verdict = [](const std::string& of_place, const std::string& of_proposal) {
        SmallWorld world;
        world.place("schools", "1001", rectangle(0, 0, 10, 10));
        world.places("schools").attributes["street"].add(of_place);
        world.propose(point(60, 5));
        world.batch().street[0] = of_proposal;
        world.rule("<= 200 ft", "when = { same-street = true }");
        return world.verdict();
    };
    CHECK(verdict("Broadway", "BROADWAY") == "breach");
    CHECK(verdict("Broadway", "Fifth Avenue") == "clear");
    CHECK(verdict("Broadway", "") == "unknown");
    CHECK(verdict("", "Broadway") == "unknown");
}

TEST_CASE("the nearest of the same street is reported however far, and a nearer one of another street is not") {
    SmallWorld world;
    world.place("schools", "1", rectangle(0, 0, 10, 10));
    world.place("schools", "2", rectangle(5000, 0, 5010, 10));
    TextColumn& street = world.places("schools").attributes["street"];
    street.add("Fifth Avenue");
    street.add("Broadway");
    world.propose(point(60, 5));
    world.batch().street[0] = "Broadway";
    world.rule("<= 200 ft", "when = { same-street = true }");
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().place == 1);
    CHECK(world.finding().measured == 4940.0);
}
