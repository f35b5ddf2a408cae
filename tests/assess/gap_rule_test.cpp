// SPDX-License-Identifier: Apache-2.0
// Units 1 to 40 of High Street: how many others lie between a proposal and the next takeaway.
#include <doctest/doctest.h>

#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

std::string gap_rule(const std::string& breach, const std::string& between) {
    return "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ngap = { of = \"hot-food-takeaway\", along = \"frontages\", between = "
           "\"" +
           between + "\" }\nbreach = \"" + breach + "\"\noutcome = \"refuse\"\n";
}

std::string verdict_at(int unit, const std::set<int>& takeaways, const std::string& breach,
                       const std::string& between) {
    SmallWorld world;
    world.frontage(40, takeaways);
    world.propose_unit(unit);
    world.policy(gap_rule(breach, between));
    return world.verdict();
}

}  // namespace

TEST_CASE("at least 4 between, a takeaway at 20: 16 to 24 breach, 15 and 25 are clear") {
    for (int unit = 16; unit <= 24; ++unit) {
        if (unit == 20) continue;
        CAPTURE(unit);
        CHECK(verdict_at(unit, {20}, "< 4 units", "units") == "breach");
    }
    CHECK(verdict_at(15, {20}, "< 4 units", "units") == "clear");
    CHECK(verdict_at(25, {20}, "< 4 units", "units") == "clear");
}

TEST_CASE("at least 3 between units, a takeaway at 20: 17 to 23 breach, 16 and 24 are clear") {
    for (int unit = 17; unit <= 23; ++unit) {
        if (unit == 20) continue;
        CAPTURE(unit);
        CHECK(verdict_at(unit, {20}, "< 3 units", "units") == "breach");
    }
    CHECK(verdict_at(16, {20}, "< 3 units", "units") == "clear");
    CHECK(verdict_at(24, {20}, "< 3 units", "units") == "clear");
}

TEST_CASE("between groups, a takeaway at 5: 6 makes a pair and is clear, 7 breaches, 8 is clear") {
    CHECK(verdict_at(6, {5}, "< 2 units", "groups") == "clear");
    CHECK(verdict_at(7, {5}, "< 2 units", "groups") == "breach");
    CHECK(verdict_at(8, {5}, "< 2 units", "groups") == "clear");
}

TEST_CASE("between groups, takeaways at 5 and 6: 8 has 1 between, 9 has 2") {
    CHECK(verdict_at(8, {5, 6}, "< 2 units", "groups") == "breach");
    CHECK(verdict_at(9, {5, 6}, "< 2 units", "groups") == "clear");
    CHECK(verdict_at(7, {5, 6}, "< 2 units", "groups") == "clear");  // it is of the group: the run rule's business
}

TEST_CASE("no other on the frontage: clear, and said, one in another frontage does not count") {
    SmallWorld world;
    world.frontage(40, {});
    world.frontage(40, {20}, "F2", 100);
    world.propose_unit(20);
    world.policy(gap_rule("< 4 units", "units"));
    CHECK(world.verdict() == "clear");
    CHECK(has(world.finding().notes, Note::no_other));
}

TEST_CASE("the fewer of both sides counts, and a break ends the search") {
    SmallWorld world;
    world.frontage(40, {10, 22});
    world.propose_unit(20);
    world.policy(gap_rule("< 4 units", "units"));
    CHECK(world.verdict() == "breach");
    CHECK(world.finding().measured == 1.0);
    world.layers().frontages[0].break_before[20] = 1;  // between 20 and 21
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().measured == 9.0);
}
