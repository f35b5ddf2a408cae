// SPDX-License-Identifier: Apache-2.0
// How many: within a radius, in an area, per residents, along a frontage, in a window.
#include <doctest/doctest.h>

#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

std::string count_rule(const std::string& what, const std::string& breach, const std::string& more = "") {
    return "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ncount = { of = \"hot-food-takeaway\", " + what + " }\nbreach = \"" +
           breach + "\"\noutcome = \"refuse\"\n" + more;
}

/// Takeaways 100 m apart along a street, eastwards from 0; a proposal at the origin, 50 m off.
SmallWorld street_of(int outlets, const std::string& rule, double accuracy = 0) {
    SmallWorld world;
    for (int k = 1; k <= outlets; ++k) world.outlet(100.0 * k, 0, accuracy);
    world.propose(point(0, 0));
    world.policy(rule);
    return world;
}

std::string window_verdict(int unit, const std::string& window, const std::string& breach) {
    SmallWorld world;
    world.frontage(40, {20});
    world.propose_unit(unit);
    world.policy(count_rule("window = " + window + ", along = \"frontages\"", breach));
    return world.verdict();
}

}  // namespace

TEST_CASE("three within 400 m with this one: two others make it, one does not, exactly 400 m is within") {
    CHECK(street_of(2, count_rule("within = \"400 m\"", ">= 3")).verdict() == "breach");
    CHECK(street_of(1, count_rule("within = \"400 m\"", ">= 3")).verdict() == "clear");
    SmallWorld world = street_of(6, count_rule("within = \"400 m\"", ">= 5"));
    CHECK(world.verdict() == "breach");  // 100, 200, 300, 400 and the proposal
    CHECK(world.finding().before == 4.0);
    CHECK(world.finding().after == 5.0);
}

TEST_CASE("as things stand: three existing premises, the proposal not counted") {
    CHECK(street_of(2, count_rule("within = \"400 m\", proposal = \"excluded\"", ">= 3")).verdict() == "clear");
    CHECK(street_of(3, count_rule("within = \"400 m\", proposal = \"excluded\"", ">= 3")).verdict() == "breach");
}

TEST_CASE("2 to 4 within 400 m, limit 3: borderline, with the range in the finding") {
    SmallWorld world;
    world.outlet(100, 0, 10);
    world.outlet(395, 0, 10);  // 5 m inside, known to 10 m
    world.outlet(0, 405, 10);  // 5 m outside
    world.propose(point(0, 0));
    world.policy(count_rule("within = \"400 m\"", ">= 3"));
    CHECK(world.verdict() == "borderline");
    CHECK(world.finding().least == 2.0);
    CHECK(world.finding().most == 4.0);
    CHECK(world.finding().measured == 3.0);
    CHECK(world.finding().plain);
    CHECK(has(world.finding().notes, Note::near_count_edge));
}

TEST_CASE("only outlets trading on the day count") {
    SmallWorld world;
    world.outlet(100, 0, 0, day(2025, 1, 1));                  // opens later
    world.outlet(200, 0, 0, kBeforeRecords, day(2024, 6, 1));  // closed by the day
    world.outlet(300, 0, 0, day(2024, 6, 1));                  // opens on the day
    world.propose(point(0, 0));
    world.policy(count_rule("within = \"400 m\"", ">= 3"));
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().before == 1.0);
}

TEST_CASE("an existing outlet that is the proposal itself counts once: by UPRN, or where it stands") {
    SmallWorld world;
    world.outlet(3, 0, 0, kBeforeRecords, kNotEnded, Use::hot_food_takeaway, "5");
    world.outlet(100, 0);
    world.propose(point(0, 0));
    world.batch().uprn[0] = "5";
    world.propose(point(100, 0));
    world.policy(count_rule("within = \"400 m\"", ">= 3"));
    world.assess();
    CHECK(world.finding(0).after == 2.0);
    CHECK(has(world.finding(0).notes, Note::itself_counted_once));
    CHECK(world.finding(1).after == 2.0);
}

TEST_CASE("another use is not counted, and one of several asked is") {
    SmallWorld world;
    world.outlet(100, 0, 0, kBeforeRecords, kNotEnded, Use::betting_shop);
    world.propose(point(0, 0));
    world.policy(count_rule("within = \"400 m\"", ">= 2"));
    CHECK(world.verdict() == "clear");
}

TEST_CASE("per 1,000 residents of the ward: as things stand, the population of the latest year not after the day") {
    const std::string rule = count_rule("in = \"wards\", per = \"1000 residents\", proposal = \"excluded\"", ">= 1");
    SmallWorld world;
    world.area("wards", "W1", rectangle(-1000, -1000, 1000, 1000));
    world.areas("wards").population = {{2022, {2000}}, {2025, {500}}};
    for (int k = 1; k <= 2; ++k) world.outlet(100.0 * k, 0);
    world.outlet(5000, 0);  // in no ward
    world.propose(point(0, 0), day(2023, 5, 1));
    world.propose(point(0, 0), day(2021, 5, 1));
    world.propose(point(0, 3000), day(2023, 5, 1));
    world.policy(rule);
    world.assess();
    CHECK(world.finding(0).result == Result::breach);  // 2 for 2,000: 1.0, exactly on the limit
    CHECK(world.finding(0).measured == 1.0);
    CHECK(world.finding(0).denominator == 2000.0);
    CHECK(world.finding(1).result == Result::unknown);  // no population yet in 2021
    CHECK(has(world.finding(1).notes, Note::population_missing));
    CHECK(world.finding(2).result == Result::not_applicable);
    CHECK(has(world.finding(2).notes, Note::no_area));
}

TEST_CASE("at or above the national figure that the study gives, without it unknown") {
    const std::string rule =
        count_rule("in = \"wards\", per = \"1000 residents\", proposal = \"excluded\"", ">= field:national.rate");
    SmallWorld world;
    world.area("wards", "W1", rectangle(-1000, -1000, 1000, 1000));
    world.areas("wards").population = {{2020, {2000}}};
    world.outlet(100, 0);
    world.propose(point(0, 0));
    world.policy(rule);
    CHECK(world.verdict() == "unknown");
    CHECK(has(world.finding().notes, Note::value_not_given));
    world.layers().values["national.rate"] = 0.5;
    CHECK(world.verdict() == "breach");
    CHECK(world.finding().limit == 0.5);
    world.layers().values["national.rate"] = 0.6;
    CHECK(world.verdict() == "clear");
}

TEST_CASE("snapshots: the latest not after the day speaks, before the first nothing can be said") {
    SmallWorld world;
    world.outlet(100, 0);
    world.outlet(200, 0);
    OutletLayer& layer = world.layers().outlets[0];
    layer.snapshot = {0, 1};
    layer.snapshot_dates = {day(2020, 7, 1), day(2022, 7, 1)};
    world.propose(point(0, 0), day(2021, 1, 1));
    world.propose(point(0, 0), day(2019, 1, 1));
    world.policy(count_rule("within = \"400 m\"", ">= 3"));
    world.assess();
    CHECK(world.finding(0).before == 1.0);
    CHECK(world.finding(1).result == Result::unknown);
    CHECK(has(world.finding(1).notes, Note::no_snapshot));
}

TEST_CASE("at most 1 in 21, 10 to either side, a takeaway at 20: 10 to 30 breach, 9 and 31 are clear") {
    for (int unit = 10; unit <= 30; ++unit) {
        if (unit == 20) continue;
        CAPTURE(unit);
        CHECK(window_verdict(unit, "{ units = 21, centred = true }", "> 1") == "breach");
    }
    CHECK(window_verdict(9, "{ units = 21, centred = true }", "> 1") == "clear");
    CHECK(window_verdict(31, "{ units = 21, centred = true }", "> 1") == "clear");
}

TEST_CASE("more than 1 in any 10 consecutive, one at 20: 11 to 29 breach, 10 and 30 are clear") {
    for (int unit = 11; unit <= 29; ++unit) {
        if (unit == 20) continue;
        CAPTURE(unit);
        CHECK(window_verdict(unit, "{ units = 10 }", "> 1") == "breach");
    }
    CHECK(window_verdict(10, "{ units = 10 }", "> 1") == "clear");
    CHECK(window_verdict(30, "{ units = 10 }", "> 1") == "clear");
}

TEST_CASE("at most one in a parade") {
    SmallWorld world;
    world.frontage(9, {3});
    world.frontage(9, {}, "F2", 100);
    world.propose_unit(5);
    world.propose_unit(5, 100);
    world.policy(count_rule("in = \"frontages\"", "> 1"));
    world.assess();
    CHECK(world.finding(0).result == Result::breach);
    CHECK(world.finding(1).result == Result::clear);
}

TEST_CASE("a walking radius is unknown until there are streets") {
    CHECK(street_of(3, count_rule("within = \"400 m\", by = \"walking\"", ">= 3")).verdict() == "unknown");
}

TEST_CASE("outlets beyond the area that their file covers may count, where that could change the answer") {
    const auto near_the_edge = [](double x, const char* breach) {
        SmallWorld world;
        world.area("wards", "W1", rectangle(0, 0, 1000, 1000));
        world.outlet(500, 500);
        world.outlet(510, 500);
        world.layers().outlets.front().facts.covers = 0;
        world.propose(point(x, 500));
        world.policy(count_rule("within = \"400 m\"", breach));
        return world;
    };
    SmallWorld inside = near_the_edge(599, ">= 4");
    CHECK(inside.verdict() == "clear");
    SmallWorld reaching = near_the_edge(601, ">= 4");
    CHECK(reaching.verdict() == "borderline");
    CHECK(has(reaching.finding().notes, Note::beyond_cover));
    CHECK(reaching.finding().most == 3.0);  // what is known, and the proposal
    SmallWorld enough = near_the_edge(601, ">= 3");
    CHECK(enough.verdict() == "breach");  // more would change nothing
    CHECK_FALSE(has(enough.finding().notes, Note::beyond_cover));
    SmallWorld too_few = near_the_edge(601, "<= 5");
    CHECK(too_few.verdict() == "borderline");
    SmallWorld outside = near_the_edge(1100, ">= 4");
    CHECK(outside.verdict() == "borderline");
}
