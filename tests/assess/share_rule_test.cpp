// SPDX-License-Identifier: Apache-2.0
// Per cent of a frontage or a centre, before and with the proposal.
#include <doctest/doctest.h>

#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

std::string share_rule(const std::string& breach, const std::string& more = "") {
    return "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nshare = { of = \"hot-food-takeaway\", among = \"units\", in = "
           "\"frontages\"" +
           more + " }\nbreach = \"" + breach + "\"\noutcome = \"refuse\"\n";
}
constexpr const char* kSandwell =
    "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nshare = { of = \"hot-food-takeaway\", among = \"units\", in = \"frontages\" "
    "}\n"
    "bands = [{ units = \">= 40\", breach = \"> 7 %\" }, { units = \"< 40\", breach = \"> 12 %\" }]\noutcome = "
    "\"refuse\"\n";

/// `takeaways` at the first units of a frontage of n; the proposal changes the last.
SmallWorld frontage_of(int n, int takeaways, const std::string& rule) {
    SmallWorld world;
    std::set<int> at;
    for (int k = 1; k <= takeaways; ++k) at.insert(k);
    world.frontage(n, at);
    world.propose_unit(n);
    world.policy(rule);
    return world;
}

}  // namespace

TEST_CASE("20 units with 1 takeaway: a change of use makes 2 of 20, 10 %: clear of `> 10 %`, a breach of `> 5 %`") {
    SmallWorld world = frontage_of(20, 1, share_rule("> 10 %"));
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().measured == 10.0);
    CHECK(world.finding().before == 5.0);
    CHECK(world.finding().numerator == 2.0);
    CHECK(world.finding().denominator == 20.0);
    CHECK(frontage_of(20, 1, share_rule("> 5 %")).verdict() == "breach");
    CHECK(frontage_of(20, 1, share_rule(">= 10 %")).verdict() == "breach");
}

TEST_CASE("a new build adds a unit: 2 of 21 is 9.52 %") {
    SmallWorld world = frontage_of(20, 1, share_rule("> 10 %"));
    world.batch().adds_unit[0] = 1;
    world.assess();
    CHECK(world.finding().denominator == 21.0);
    CHECK(world.finding().measured == doctest::Approx(100.0 * 2 / 21));
}

TEST_CASE("as things stand, the proposal is not in the share") {
    SmallWorld world = frontage_of(20, 1, share_rule("> 5 %", ", proposal = \"excluded\""));
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().measured == 5.0);
}

TEST_CASE(
    "bands by size: 39 units, 4 + 1 is 12.82 % and breaches, 40 units, 2 + 1 is 7.5 % and breaches, 1 + 1 is 5 % and "
    "clear") {
    SmallWorld small = frontage_of(39, 4, kSandwell);
    CHECK(small.verdict() == "breach");
    CHECK(small.finding().measured == doctest::Approx(12.8205).epsilon(0.0001));
    CHECK(small.finding().band == 1);
    CHECK(small.finding().limit == 12.0);
    SmallWorld large = frontage_of(40, 2, kSandwell);
    CHECK(large.verdict() == "breach");
    CHECK(large.finding().measured == 7.5);
    CHECK(large.finding().limit == 7.0);
    CHECK(frontage_of(40, 1, kSandwell).verdict() == "clear");
}

TEST_CASE("under 10 units at most one: 1 + 1 of 9 breaches") {
    const std::string rule =
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ncount = { of = \"hot-food-takeaway\", in = \"frontages\" }\n"
        "bands = [{ units = \"< 10\", breach = \"> 1\" }]\noutcome = \"refuse\"\n";
    CHECK(frontage_of(9, 1, rule).verdict() == "breach");
    CHECK(frontage_of(9, 0, rule).verdict() == "clear");
    SmallWorld larger = frontage_of(10, 1, rule);
    CHECK(larger.verdict() == "not-applicable");  // another rule's business
    CHECK(has(larger.finding().notes, Note::no_band));
}

TEST_CASE("metres of frontage: a double front counts its metres, one without metres leaves it unknown") {
    const std::string rule =
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nshare = { of = \"hot-food-takeaway\", among = \"frontage-metres\", in = "
        "\"frontages\" }\n"
        "breach = \"> 10 %\"\noutcome = \"refuse\"\n";
    SmallWorld world = frontage_of(10, 0, rule);
    CHECK(world.verdict() == "clear");  // 6 of 60 m
    world.layers().frontages[0].metres[9] = 12;
    CHECK(world.verdict() == "breach");  // 12 of 66 m
    world.layers().frontages[0].metres[3] = std::numeric_limits<double>::quiet_NaN();
    CHECK(world.verdict() == "unknown");
    CHECK(has(world.finding().notes, Note::metres_missing));
}

TEST_CASE("of the units in a centre: only those inside it, a corner unit once") {
    SmallWorld world;
    world.frontage(20, {1});
    world.area("town-centres", "TC1", rectangle(0, -10, 63, 10));  // units 1 to 10
    world.propose_unit(5);
    world.propose_unit(15);
    world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nshare = { of = \"hot-food-takeaway\", among = \"units\", in = "
        "\"town-centres\" }\n"
        "breach = \"> 10 %\"\noutcome = \"refuse\"\n");
    world.assess();
    CHECK(world.finding(0).result == Result::breach);  // 2 of 10
    CHECK(world.finding(0).denominator == 10.0);
    CHECK(world.finding(1).result == Result::not_applicable);
}

TEST_CASE("of the units in a centre: one with a history counts once, as it is on the day") {
    SmallWorld world;
    SmallWorld::one_unit_since_2020(world.frontage(20, {10}), 9);  // a shop until 2020, a takeaway since
    world.area("town-centres", "TC1", rectangle(0, -10, 63, 10));  // rows 1 to 10, nine units
    world.propose_unit(5);
    world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nshare = { of = \"hot-food-takeaway\", among = \"units\", in = "
        "\"town-centres\" }\n"
        "breach = \"> 10 %\"\noutcome = \"refuse\"\n");
    world.assess();
    CHECK(world.finding().denominator == 9.0);
    CHECK(world.finding().numerator == 2.0);
}

TEST_CASE("of the food outlets in an area") {
    SmallWorld world;
    world.area("wards", "W1", rectangle(-1000, -1000, 1000, 1000));
    world.outlet(100, 0);
    for (int k = 2; k <= 4; ++k) world.outlet(100.0 * k, 0, 0, kBeforeRecords, kNotEnded, Use::restaurant_or_cafe);
    world.propose(point(0, 0));
    world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nshare = { of = \"hot-food-takeaway\", among = \"food-outlets\", in = "
        "\"wards\" }\n"
        "breach = \"> 40 %\"\noutcome = \"refuse\"\n");
    CHECK(world.verdict() == "clear");  // 2 of 5, exactly 40 %
    CHECK(world.finding().measured == 40.0);
    CHECK(world.finding().before == 25.0);
}

TEST_CASE("a unit whose use is not stated leaves a share between two figures") {
    SmallWorld world = frontage_of(20, 1, share_rule("> 10 %"));
    world.layers().frontages[0].use[10] = Use::unstated;
    world.layers().frontages[0].uses[10] = use_bit(Use::unstated);
    CHECK(world.verdict() == "borderline");  // 10 to 15 %
    CHECK(world.finding().least == 10.0);
    CHECK(world.finding().most == 15.0);
}

TEST_CASE("a centre of which no unit is listed: unknown, not 100 %") {
    SmallWorld world;
    world.frontage(5, {}, "F1", 5000);
    world.area("town-centres", "TC1", rectangle(0, -10, 63, 10));
    world.propose(point(30, 0));
    world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\nshare = { of = \"hot-food-takeaway\", among = \"units\", in = "
        "\"town-centres\" }\n"
        "breach = \"> 10 %\"\noutcome = \"refuse\"\n");
    CHECK(world.verdict() == "unknown");
    CHECK(has(world.finding().notes, Note::nothing_listed));
}
