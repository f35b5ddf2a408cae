// SPDX-License-Identifier: Apache-2.0
// Where a site lies: only in listed centres.
#include <doctest/doctest.h>

#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

constexpr const char* kOnlyInCentres =
    "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ninside = { of = \"town-centres\" }\nbreach = \"outside\"\noutcome = "
    "\"refuse\"\n";

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
