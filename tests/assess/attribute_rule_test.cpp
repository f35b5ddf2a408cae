// SPDX-License-Identifier: Apache-2.0
// The figures of the area that holds the site, and of the application itself.
#include <doctest/doctest.h>

#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

std::string obesity_rule(const std::string& breach, const std::string& more = "") {
    return "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nattribute = { of = \"wards\", field = \"year6\" }\nbreach = \"" +
           breach + "\"\noutcome = \"refuse\"\n" + more;
}

}  // namespace

TEST_CASE("obesity over 10 %: above breaches, exactly 10 is clear, the latest year not after the day counts") {
    SmallWorld world = wards("10.1", "10");
    world.propose(point(500, 500));
    world.propose(point(1500, 500));
    world.propose(point(500, 500), day(2022, 12, 31));
    world.propose(point(500, 500), day(2018, 1, 1));
    world.propose(point(9000, 500));
    world.policy(obesity_rule("> 10 %"));
    world.assess();
    CHECK(world.finding(0).result == Result::breach);
    CHECK(world.finding(0).measured == 10.1);
    CHECK(world.finding(1).result == Result::clear);
    CHECK(world.finding(2).result == Result::clear);  // 9.0 of 2019
    CHECK(world.finding(3).result == Result::unknown);
    CHECK(has(world.finding(3).notes, Note::value_missing));
    CHECK(world.finding(4).result == Result::unknown);
    CHECK(has(world.finding(4).notes, Note::no_area));
}

TEST_CASE("a figure that was suppressed is unknown, never clear") {
    SmallWorld world = wards("", "10");
    world.propose(point(500, 500));
    world.policy(obesity_rule("> 10 %"));
    CHECK(world.verdict() == "unknown");
}

TEST_CASE("near the edge between wards that differ: borderline, that agree: sure") {
    SmallWorld differ = wards("12", "8", 5);
    differ.propose(point(998, 500));
    differ.policy(obesity_rule("> 10 %"));
    CHECK(differ.verdict() == "borderline");
    CHECK(differ.finding().plain);
    SmallWorld agree = wards("12", "14", 5);
    agree.propose(point(998, 500));
    agree.policy(obesity_rule("> 10 %"));
    CHECK(agree.verdict() == "breach");
}

TEST_CASE("two figures at once: both must hold, one that does not clears it, one missing leaves it unknown") {
    const std::string both =
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nattribute = { all = [{ of = \"wards\", field = \"year6\", breach = \"> "
        "15 %\" }, "
        "{ of = \"wards\", field = \"reception\", breach = \"> 10 %\" }] }\noutcome = \"refuse\"\n";
    const auto verdict = [&](const std::string& year6, const std::string& reception) {
        SmallWorld world = wards(year6, "0");
        world.areas("wards").by_year["reception"] = {{2019, {reception, "0"}}};
        world.propose(point(500, 500));
        world.policy(both);
        return world.verdict();
    };
    CHECK(verdict("16", "11") == "breach");
    CHECK(verdict("16", "10") == "clear");
    CHECK(verdict("15", "11") == "clear");
    CHECK(verdict("16", "") == "unknown");
    CHECK(verdict("15", "") == "clear");
}

TEST_CASE("a figure of the application itself") {
    SmallWorld world;
    for (int row = 0; row < 3; ++row) world.propose(point(0, 0));
    world.field(0, "floorspace", "120");
    world.field(1, "floorspace", "100");
    world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nattribute = { field = \"floorspace\" }\nbreach = \"> 100\"\n"
        "outcome = { contribute = { sum = \"100 GBP\", per = \"10 m2\", of = \"floorspace\" } }\n");
    world.assess();
    CHECK(world.finding(0).result == Result::triggered);
    CHECK(world.finding(1).result == Result::clear);
    CHECK(world.finding(2).result == Result::unknown);
}
