// SPDX-License-Identifier: Apache-2.0
// Where a site lies, and the figures of the area that holds it.
#include <doctest/doctest.h>

#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

constexpr const char* kOnlyInCentres =
    "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ninside = { of = \"town-centres\" }\nbreach = \"outside\"\noutcome = "
    "\"refuse\"\n";

std::string obesity_rule(const std::string& breach, const std::string& more = "") {
    return "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nattribute = { of = \"wards\", field = \"year6\" }\nbreach = \"" +
           breach + "\"\noutcome = \"refuse\"\n" + more;
}

/// Two wards of 1 km beside each other, with the obesity of Year 6 by year.
SmallWorld wards(const std::string& west, const std::string& east, double accuracy = 0) {
    SmallWorld world;
    world.area("wards", "W1", rectangle(0, 0, 1000, 1000), accuracy);
    world.area("wards", "W2", rectangle(1000, 0, 2000, 1000), accuracy);
    world.areas("wards").by_year["year6"] = {{2019, {"9.0", "9.0"}}, {2023, {west, east}}};
    return world;
}

}  // namespace

TEST_CASE("only in listed centres: outside breaches, inside and on the edge is clear, near the edge borderline") {
    SmallWorld world;
    world.area("town-centres", "TC1", rectangle(0, 0, 100, 100), 2);
    world.propose(point(50, 50));
    world.propose(point(500, 50));
    world.propose(point(101, 50));
    world.propose(rectangle(50, 50, 150, 60));
    world.policy(kOnlyInCentres);
    world.assess();
    CHECK(world.finding(0).result == Result::clear);
    CHECK(world.finding(1).result == Result::breach);
    CHECK(world.finding(2).result == Result::borderline);
    CHECK(world.finding(2).plain);
    CHECK(world.finding(3).result == Result::borderline);
    CHECK(has(world.finding(3).notes, Note::partly_inside));
    SmallWorld exact;
    exact.area("town-centres", "TC1", rectangle(0, 0, 100, 100));
    exact.propose(point(100, 50));
    exact.policy(kOnlyInCentres);
    CHECK(exact.verdict() == "clear");
}

TEST_CASE("a study without the layer of centres cannot say") {
    SmallWorld world;
    world.propose(point(50, 50));
    world.policy(kOnlyInCentres);
    CHECK(world.verdict() == "unknown");
}

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

TEST_CASE("near the edge between wards that differ: borderline; that agree: sure") {
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

TEST_CASE("two figures at once: both must hold; one that does not clears it, one missing leaves it unknown") {
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

TEST_CASE("exempt by a class of centre, by opening hours; hours that are not stated leave it unknown") {
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
