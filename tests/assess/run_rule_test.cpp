// SPDX-License-Identifier: Apache-2.0
// Takeaways at units 5 and 6 of High Street, shops elsewhere: at most 2 adjacent.
#include <doctest/doctest.h>

#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

constexpr const char* kRun =
    "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nrun = { of = \"hot-food-takeaway\", along = \"frontages\" }\nbreach = \"> 2 "
    "units\"\n"
    "outcome = \"refuse\"\n";

SmallWorld street(const std::set<int>& takeaways, int proposal, const char* rule = kRun) {
    SmallWorld world;
    world.frontage(40, takeaways);
    world.propose_unit(proposal);
    world.policy(rule);
    return world;
}

}  // namespace

TEST_CASE("a third in a row breaches, a second does not, one apart is a run of its own") {
    CHECK(street({5, 6}, 7).verdict() == "breach");
    CHECK(street({5, 6}, 4).verdict() == "breach");
    CHECK(street({5}, 6).verdict() == "clear");
    CHECK(street({5, 6}, 8).verdict() == "clear");
    CHECK(street({5, 7}, 6).verdict() == "breach");
}

TEST_CASE("the finding says how long the run is, before and after, and between which units") {
    SmallWorld world = street({5, 6}, 7);
    world.assess();
    const Finding& finding = world.finding();
    CHECK(finding.measured == 3.0);
    CHECK(finding.limit == 2.0);
    CHECK(finding.before == 0.0);
    CHECK(finding.after == 3.0);
    CHECK(finding.first_unit == 4);  // unit 5, counted from 0
    CHECK(finding.last_unit == 6);
    CHECK(finding.unit == 6);
}

TEST_CASE("a side street parts a run") {
    SmallWorld world = street({5, 6}, 7);
    world.layers().frontages[0].break_before[6] = 1;  // between 6 and 7
    CHECK(world.verdict() == "clear");
}

TEST_CASE("a unit whose use is not stated may make it three: borderline") {
    SmallWorld world = street({5}, 7);
    world.layers().frontages[0].use[5] = Use::unstated;
    world.layers().frontages[0].uses[5] = use_bit(Use::unstated);
    CHECK(world.verdict() == "borderline");
    CHECK(world.finding().least == 1.0);
    CHECK(world.finding().most == 3.0);
}

TEST_CASE("vacant units do not count unless the rule says that vacant lawful ones do") {
    SmallWorld world = street({5, 6}, 7);
    world.layers().frontages[0].state[4] = Occupancy::vacant_lawful;
    CHECK(world.verdict() == "clear");
    SmallWorld counted =
        street({5, 6}, 7,
               "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nrun = { of = \"hot-food-takeaway\", along = \"frontages\", "
               "states = [\"observed\", \"vacant-lawful\"] }\nbreach = \"> 2 units\"\noutcome = \"refuse\"\n");
    counted.layers().frontages[0].state[4] = Occupancy::vacant_lawful;
    CHECK(counted.verdict() == "breach");
}

TEST_CASE("a unit that closed before the day is in no run") {
    SmallWorld world = street({5, 6}, 7);
    world.layers().frontages[0].closed[4] = day(2020, 1, 1);
    CHECK(world.verdict() == "clear");
}

TEST_CASE("a unit with a history is one unit: a shop until 2020, a takeaway since, beside one takeaway, makes two") {
    SmallWorld world;
    SmallWorld::one_unit_since_2020(world.frontage(41, {5, 7}), 6);
    world.propose(point(36, 0));
    world.batch().unit[0] = "6";
    world.policy(kRun);
    world.assess();
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().measured == 2.0);
    CHECK(world.finding().unit == 6);  // the row that stands today
}

TEST_CASE("no unit within accuracy is not-applicable and says so, two are unknown, a unit id decides") {
    SmallWorld world;
    world.frontage(40, {5, 6});
    world.propose(point(42, 50));
    world.propose(point(39, 0));  // half way between 6 and 7
    world.propose(point(39, 0));
    world.batch().unit[2] = "7";
    world.layers().frontages[0].facts.accuracy = Metres{4};
    world.policy(kRun);
    world.assess();
    CHECK(world.finding(0).result == Result::not_applicable);
    CHECK(has(world.finding(0).notes, Note::no_unit));
    CHECK(world.finding(1).result == Result::unknown);
    CHECK(has(world.finding(1).notes, Note::two_units));
    CHECK(world.finding(2).result == Result::breach);
}

TEST_CASE("a corner unit belongs to each frontage that it fronts: the worse counts") {
    SmallWorld world;
    world.frontage(10, {});
    FrontageLayer& layer = world.frontage(10, {2, 3}, "F2", 100);
    layer.uprn.clear();
    for (std::size_t k = 0; k < layer.size(); ++k) layer.uprn.add(k == 0 || k == 10 ? "77" : "");  // unit 1 of both
    world.propose_unit(1);
    world.batch().uprn[0] = "77";
    world.policy(kRun);
    CHECK(world.verdict() == "breach");
    CHECK(world.finding().frontage == 1);
}

TEST_CASE("a study without frontages cannot say: unknown, and the layer is named") {
    SmallWorld world;
    world.propose(point(0, 0));
    world.policy(kRun);
    CHECK(world.verdict() == "unknown");
    CHECK(has(world.finding().notes, Note::layer_missing));
    CHECK(world.assessment().remarks().at(0).find("no layer frontages") != std::string::npos);
}

TEST_CASE("a new unit between two takeaways makes three, beside one makes two") {
    SmallWorld world;
    world.frontage(40, {5, 6});
    world.propose(point(33.5, 1));  // between 5 and 6
    world.batch().adds_unit[0] = 1;
    world.policy(kRun);
    CHECK(world.verdict() == "breach");
    CHECK(world.finding().measured == 3.0);
}
