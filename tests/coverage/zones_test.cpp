// SPDX-License-Identifier: Apache-2.0
#include "libgeo/coverage/zones.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numbers>
#include <random>
#include <string>

#include "libgeo/coverage/zone_assessment.h"
#include "libgeo/coverage/zone_cover.h"
#include "tests/support/small_world.h"

using namespace geo;
using geo::test::day;
using geo::test::rectangle;
using geo::test::SmallWorld;

namespace {

const std::string kSchools = "to = [\"schools\"], from = \"boundary\"";

Zones zones_of(SmallWorld& world, Date on = day(2024, 6, 1)) {
    return draw_zones(world.assessment_policies(), world.layers(), {on, 0.1, 2});
}

bool reaches(const RuleZone& zone, double x, double y) {
    return zone.reach.size() == 1 && covers(zone.reach, 0, {x, y});
}
bool breaches(const RuleZone& zone, double x, double y) {
    return zone.breach.size() == 1 && covers(zone.breach, 0, {x, y});
}
bool says(const Zones& zones, const std::string& words) {
    return std::any_of(zones.remarks.begin(), zones.remarks.end(),
                       [&](const std::string& remark) { return remark.find(words) != std::string::npos; });
}

/// A school at (0, 0)-(200, 100) and a limit of 400 m.
struct School : SmallWorld {
    explicit School(const std::string& more = "", const std::string& breach = "<= 400 m") {
        place("schools", "S1", rectangle(0, 0, 200, 100));
        area("centres", "C1", rectangle(400, -500, 700, 500));
        rule(breach, more, kSchools);
    }
};

}  // namespace

TEST_CASE("a point exactly at the limit is in the drawing, one a hand's breadth beyond is not") {
    School world;
    const Zones zones = zones_of(world);
    REQUIRE(zones.rules.size() == 1);
    const RuleZone& zone = zones.rules.front();
    CHECK(zone.places == 1);
    CHECK(reaches(zone, 600, 50));         // 400 m east
    CHECK(reaches(zone, 440, 420));        // 400 m from the corner
    CHECK(reaches(zone, 480.01, 380.01));  // 396 m away: a buffer of 5 segments misses it
    CHECK_FALSE(reaches(zone, 600.12, 50));
    CHECK_FALSE(reaches(zone, 440.1, 420.1));
    CHECK(zone.breach_m2 == zone.reach_m2);
    CHECK(zones.all.reach_m2 == zone.reach_m2);
    CHECK(zone.reach_m2 == doctest::Approx(200 * 100 + 2 * 400 * 300 + std::numbers::pi * 160'000).epsilon(0.0002));
}

TEST_CASE("below the limit: the drawing ends at the limit, not before") {
    School world("", "< 400 m");
    const Zones zones = zones_of(world);
    CHECK(reaches(zones.all, 599.9985, 50));
    CHECK_FALSE(reaches(zones.all, 600.1, 50));
}

TEST_CASE("exemptions are cut out of the breach, the reach stays whole") {
    School world("unless = { inside = [\"centres\"] }\n");
    const Zones zones = zones_of(world);
    const RuleZone& zone = zones.rules.front();
    CHECK(reaches(zone, 450, 50));
    CHECK_FALSE(breaches(zone, 450, 50));
    CHECK(breaches(zone, 399, 50));
    CHECK(zone.breach_m2 < zone.reach_m2);
    SUBCASE("an exemption whose layer is missing is not cut out, and that is said") {
        School other("unless = { inside = [\"parades\"] }\n");
        const Zones uncut = zones_of(other);
        CHECK(breaches(uncut.rules.front(), 450, 50));
        CHECK(says(uncut, "exempt is not cut out for parades"));
    }
}

TEST_CASE("the policy's own area cuts the breach, the study's area is what shares are of") {
    SmallWorld world;
    world.place("schools", "S1", rectangle(0, 0, 200, 100));
    world.area("borough", "E1", rectangle(-1000, -1000, 100, 1000));
    world.area("borough", "E2", rectangle(100, -1000, 1000, 1000));
    world.layers().study_area = 0;
    world.policy("[[rule]]\nid = \"R1\"\ncite = \"R1\"\ndistance = { " + kSchools +
                     " }\nbreach = \"<= 400 m\"\noutcome = \"refuse\"\n",
                 "applies-in = \"E1\"\n");
    const Zones zones = zones_of(world);
    CHECK(breaches(zones.all, 50, 300));
    CHECK_FALSE(breaches(zones.all, 150, 300));
    CHECK(zones.study_area_m2 == doctest::Approx(4'000'000));
    CHECK(zones.all.reach_in_area_m2 == doctest::Approx(zones.all.reach_m2));
    CHECK(zones.all.breach_in_area_m2 == doctest::Approx(zones.all.breach_m2));
    CHECK(zones.all.breach_m2 ==
          doctest::Approx(zones.all.reach_m2 / 2).epsilon(1e-6));  // the school stands on the border
}

TEST_CASE("only the places that count on the day, of the kinds and states that the rule names") {
    SmallWorld world;
    world.place("schools", "open", rectangle(0, 0, 100, 100));
    world.place("schools", "primary", rectangle(5000, 0, 5100, 100), "primary");
    world.place("schools", "closed", rectangle(10000, 0, 10100, 100), "secondary", PlaceState::open, kBeforeRecords,
                day(2020, 1, 1));
    world.place("schools", "planned", rectangle(15000, 0, 15100, 100), "secondary", PlaceState::proposed);
    world.place("schools", "unknown", rectangle(20000, 0, 20100, 100), "");
    world.rule("<= 100 m", "",
               "to = [{ layer = \"schools\", kinds = [\"secondary\"], states = [\"open\", \"proposed\"] }], from = "
               "\"boundary\"");
    const Zones now = zones_of(world), then = zones_of(world, day(2019, 6, 1));
    CHECK(now.all.places == 3);
    CHECK(reaches(now.all, 50, 150));
    CHECK_FALSE(reaches(now.all, 5050, 150));
    CHECK_FALSE(reaches(now.all, 10050, 150));
    CHECK(reaches(now.all, 15050, 150));
    CHECK(reaches(now.all, 20050, 150));
    CHECK(says(now, "1 place of schools drawn though it is not clear whether it counts"));
    CHECK(then.all.places == 4);
    CHECK(reaches(then.all, 10050, 150));
}

TEST_CASE("from the entrances, and from the boundary where none are known") {
    SmallWorld world;
    world.place("schools", "S1", rectangle(0, 0, 1000, 1000));
    world.place("schools", "S2", rectangle(5000, 0, 5100, 100));
    world.entrances("schools", {{{0, 500}}, {}});
    world.rule("<= 200 m", "", "to = [\"schools\"], from = \"entrances\"");
    const Zones zones = zones_of(world);
    CHECK(reaches(zones.all, -199, 500));
    CHECK_FALSE(reaches(zones.all, 1100, 500));
    CHECK(reaches(zones.all, 5250, 50));
    CHECK(says(zones, "1 place of schools drawn around the boundary: no entrances are known"));
}

TEST_CASE("a neighbour's schools are part of the schools") {
    SmallWorld world;
    world.place("schools", "S1", rectangle(0, 0, 100, 100));
    world.place("neighbours", "N1", rectangle(2000, 0, 2100, 100));
    world.places("neighbours").facts.part_of = "schools";
    world.rule("<= 400 m", "", kSchools);
    const Zones zones = zones_of(world);
    CHECK(zones.all.places == 2);
    CHECK(reaches(zones.all, 1700, 50));
}

TEST_CASE("rules that lie inside areas, and outside them") {
    SmallWorld world;
    world.area("zones", "Z1", rectangle(0, 0, 100, 100));
    world.area("borough", "B", rectangle(-1000, -1000, 1000, 1000));
    world.layers().study_area = 1;
    world.policy(
        "[[rule]]\nid = \"IN\"\ncite = \"IN\"\ninside = { of = [\"zones\"] }\nbreach = \"inside\"\noutcome = "
        "\"refuse\"\n"
        "[[rule]]\nid = \"OUT\"\ncite = \"OUT\"\ninside = { of = [\"zones\"] }\nbreach = \"outside\"\noutcome = "
        "\"refuse\"\n");
    const Zones zones = zones_of(world);
    REQUIRE(zones.rules.size() == 2);
    CHECK(zones.rules[0].reach_m2 == doctest::Approx(10'000));
    CHECK(zones.rules[1].reach_m2 == doctest::Approx(3'990'000));
    CHECK(zones.all.breach_m2 == doctest::Approx(4'000'000));
}

TEST_CASE("what is not drawn is said: other measures, policies not in force, drafts are not among all") {
    SmallWorld world;
    world.place("schools", "S1", rectangle(0, 0, 200, 100));
    const std::string near = "distance = { " + kSchools + " }\n";
    world.policy(
        "[[rule]]\nid = \"W\"\ncite = \"W\"\ndistance = { to = [\"schools\"], from = \"entrances\", by = "
        "\"walking\" }\nbreach = \"<= 400 m\"\noutcome = \"refuse\"\n"
        "[[rule]]\nid = \"C\"\ncite = \"C\"\n" +
        near +
        "breach = \"<= 400 m\"\noutcome = \"consult\"\n"
        "[[rule]]\nid = \"F\"\ncite = \"F\"\n" +
        near +
        "breach = \">= 400 m\"\noutcome = \"refuse\"\n"
        "[[rule]]\nid = \"H\"\ncite = \"H\"\n" +
        near + "breach = \"<= 100 m\"\nunless = { open-within = \"17:00-23:00\" }\noutcome = \"refuse\"\n");
    const Zones zones = zones_of(world);
    REQUIRE(zones.rules.size() == 1);
    CHECK(zones.rules.front().rule == 3);
    CHECK(says(zones, "test W: no zone: it is measured along streets, and the study has no layer of streets"));
    CHECK(says(zones, "C (consult): draws no zone"));
    CHECK(says(zones, "test F refuses what is far away"));
    CHECK(says(zones, "test H: its exemption by opening hours is not drawn"));
    std::vector<Policy> policies = world.assessment_policies();
    policies.front().status = Policy::Status::emerging;
    const Zones draft = draw_zones(policies, world.layers(), {day(2024, 6, 1), 0.1, 1});
    CHECK(draft.rules.size() == 1);
    CHECK(draft.all.reach.size() == 0);
    CHECK(draft.all.reach_m2 == 0);
    policies.front().until = day(2024, 1, 1);
    const Zones over = draw_zones(policies, world.layers(), {day(2024, 6, 1), 0.1, 1});
    CHECK(over.rules.empty());
    CHECK(says(over, "test is not in force on 1 June 2024"));
}

TEST_CASE("no verdict within is drawn clear: random proposals against the drawing of the same rule") {
    std::mt19937_64 random(11);
    std::uniform_real_distribution<double> anywhere(-3000, 3000), size(20, 500);
    SmallWorld world;
    for (int k = 0; k < 25; ++k) {
        const double x = anywhere(random), y = anywhere(random), w = size(random), h = size(random);
        world.place("schools", std::to_string(k), rectangle(x, y, x + w, y + h));
    }
    world.area("centres", "C1", rectangle(-700, -700, 900, 400));
    world.rule("<= 400 m", "unless = { inside = [\"centres\"] }\n", kSchools);
    for (int k = 0; k < 4000; ++k) world.propose(test::point(anywhere(random), anywhere(random)));
    const Zones zones = zones_of(world);
    const Assessed& assessed = world.assess();
    int within = 0;
    for (std::uint32_t row = 0; row < world.batch().size(); ++row) {
        const Finding& finding = assessed.findings[0][row];
        const Point p = world.batch().shapes.first_point(row);
        const bool in = reaches(zones.all, p.x, p.y);
        within += finding.plain ? 1 : 0;
        if (finding.plain) CHECK(in);
        if (finding.measured > 400.1) CHECK_FALSE(in);
        if (finding.result == Result::breach) CHECK(breaches(zones.all, p.x, p.y));
        if (finding.result == Result::exempt) CHECK_FALSE(breaches(zones.all, p.x, p.y));
    }
    CHECK(within > 500);
}

TEST_CASE("threads and the order of places do not change the drawing") {
    std::mt19937_64 random(12);
    std::uniform_real_distribution<double> anywhere(0, 20'000), size(20, 300);
    SmallWorld world;
    for (int k = 0; k < 700; ++k) {
        const double x = anywhere(random), y = anywhere(random);
        world.place("schools", std::to_string(k), rectangle(x, y, x + size(random), y + size(random)));
    }
    world.rule("<= 400 m", "", kSchools);
    const Zones one = draw_zones(world.assessment_policies(), world.layers(), {day(2024, 6, 1), 0.1, 1});
    const Zones many = draw_zones(world.assessment_policies(), world.layers(), {day(2024, 6, 1), 0.1, 8});
    REQUIRE(one.all.reach.vertices() == many.all.reach.vertices());
    CHECK(std::equal(one.all.reach.all_xs().begin(), one.all.reach.all_xs().end(), many.all.reach.all_xs().begin()));
    CHECK(std::equal(one.all.reach.all_ys().begin(), one.all.reach.all_ys().end(), many.all.reach.all_ys().begin()));
}

TEST_CASE("what a zone covers is measured: units and outlets, exempt ones apart, each by rule and together") {
    SmallWorld world;
    world.place("schools", "S1", rectangle(0, 0, 200, 100));
    world.area("centres", "C1", rectangle(-100, -100, 60, 100));
    world.area("borough", "B", rectangle(-2000, -2000, 700, 2000));
    world.layers().study_area = 1;
    world.frontage(20, {3, 4});                 // units at x = 6 to 120, y = 0: units 1 to 10 in the centre
    world.outlet(500, 50);                      // 300 m east
    world.outlet(600, 50);                      // exactly 400 m: within
    world.outlet(600.01, 50);                   // beyond
    world.outlet(650, 50, 0, day(2025, 1, 1));  // not yet
    world.outlet(800, 50);                      // not in the borough
    world.outlet(300, 50, 0, kBeforeRecords, kNotEnded, Use::betting_shop);
    world.policy("[[rule]]\nid = \"R1\"\ncite = \"R1\"\ndistance = { " + kSchools +
                     " }\nbreach = \"<= 400 m\"\nunless = { inside = [\"centres\"] }\noutcome = \"refuse\"\n"
                     "[[rule]]\nid = \"R2\"\ncite = \"R2\"\ndistance = { " +
                     kSchools + " }\nbreach = \"<= 350 m\"\noutcome = \"refuse\"\n",
                 "applies-to = [\"hot-food-takeaway\"]\n");
    const Zones zones = zones_of(world);
    const ZoneCover cover(world.assessment_policies(), world.layers(), zones);
    const std::vector<LayerCover> units = cover.units();
    REQUIRE(units.size() == 1);
    CHECK(units[0].all.total() == 20);
    CHECK(units[0].rules[0].exempt == 10);
    CHECK(units[0].rules[0].breach == 10);
    CHECK(units[0].rules[1].breach == 20);
    CHECK(units[0].all.breach == 20);
    CHECK(units[0].all.left() == 0);
    std::vector<std::string> remarks;
    const std::vector<LayerCover> outlets = cover.outlets(remarks);
    REQUIRE(outlets.size() == 1);
    CHECK(outlets[0].all.total() == 3);
    CHECK(outlets[0].rules[0].breach == 2);
    CHECK(outlets[0].rules[1].breach == 1);
    CHECK(outlets[0].all.left() == 1);
    CHECK(outlets[0].outside == 1);
    CHECK(remarks.empty());
}
