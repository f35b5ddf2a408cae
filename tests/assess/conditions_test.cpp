// SPDX-License-Identifier: Apache-2.0
// What surrounds a distance: days, kinds, uses, exemptions, missing things. A school of 200 by 100 m at the origin, a proposal 300 m east.
#include <doctest/doctest.h>

#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

SmallWorld near_a_school(const std::string& kind = "secondary", PlaceState state = PlaceState::open,
                         Date opened = kBeforeRecords, Date closed = kNotEnded) {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100), kind, state, opened, closed);
    return world;
}

const std::string kSecondary =
    "to = [{ layer = \"schools\", kinds = [\"secondary\", \"all-through\"] }], from = \"boundary\"";
const std::string kInTown = "unless = { inside = [\"town-centres\"] }";

}  // namespace

TEST_CASE("a school that closed protects until the day before it closed") {
    SmallWorld world = near_a_school("secondary", PlaceState::open, day(1965, 9, 1), day(2019, 7, 31));
    world.propose(point(500, 50), day(2019, 7, 1));
    world.propose(point(500, 50), day(2019, 7, 31));
    world.propose(point(500, 50));
    world.rule("<= 400 m");
    CHECK(world.verdict(0) == "breach");
    CHECK(world.verdict(1) == "clear");
    CHECK(world.verdict(2) == "clear");
}

TEST_CASE("--on assesses every proposal as at that day") {
    SmallWorld world = near_a_school("secondary", PlaceState::open, day(1965, 9, 1), day(2019, 7, 31));
    world.propose(point(500, 50));
    world.rule("<= 400 m");
    AssessOptions options;
    options.on = day(2019, 7, 1);
    CHECK(world.assess(options).verdicts[0].result == Result::breach);
}

TEST_CASE("a policy is in force from its first day to the day before its last") {
    SmallWorld world = near_a_school();
    for (const Date decided : {day(2012, 3, 31), day(2012, 4, 1), day(2019, 12, 31), day(2020, 1, 1)})
        world.propose(point(500, 50), decided);
    world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ndistance = { to = [\"schools\"] }\nbreach = \"<= 400 m\"\noutcome = "
        "\"refuse\"\n",
        "in-force = { from = 2012-04-01, until = 2020-01-01 }\n");
    CHECK(world.verdict(0) == "not-applicable");
    CHECK(world.verdict(1) == "breach");
    CHECK(world.verdict(2) == "breach");
    CHECK(world.verdict(3) == "not-applicable");
    CHECK(has(world.finding(0).notes, Note::not_in_force));
}

TEST_CASE("a date of decision that cannot be read leaves the verdict unknown, whatever the day of the run says") {
    SmallWorld world = near_a_school("secondary", PlaceState::open, day(1965, 9, 1), day(2015, 8, 31));
    world.propose(point(500, 50));
    world.propose(point(500, 50));
    world.propose(point(500, 50));
    world.batch().decided_unread = {"", "2014-02-29", "soon"};
    world.batch().use[2] = Use::shop;
    const std::string rule =
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ndistance = { to = [\"schools\"] }\nbreach = \"<= 400 m\"\noutcome = "
        "\"refuse\"\n";
    world.policy(rule, "in-force = { from = 2012-04-01 }\napplies-to = [\"hot-food-takeaway\"]\n");
    CHECK(world.verdict(0) == "clear");  // undated: as at the study's day, by when the school has closed
    CHECK(world.verdict(1) == "unknown");
    CHECK(has(world.finding(1).notes, Note::date_unread));
    CHECK_FALSE(world.finding(1).measured_something);  // of the places of which day?
    CHECK(world.verdict(2) == "not-applicable");       // a shop on any day
    AssessOptions options;
    options.on = day(2014, 3, 1);
    CHECK(world.assess(options).verdicts[1].result == Result::breach);
    // Whether a policy that has ended was in force is not known either.
    SmallWorld ended = near_a_school();
    ended.propose(point(500, 50));
    ended.propose(point(500, 50));
    ended.batch().decided_unread = {"", "2014-02-29"};
    ended.policy(rule, "in-force = { from = 2012-04-01, until = 2020-01-01 }\n");
    CHECK(ended.verdict(0) == "not-applicable");
    CHECK(ended.verdict(1) == "unknown");
}

TEST_CASE("which schools a policy protects is the policy's business") {
    SmallWorld world = near_a_school("primary");
    world.place("schools", "1002", point(5000, 0), "secondary");
    world.propose(point(500, 50));
    world.rule("<= 400 m", "", kSecondary);
    CHECK(world.verdict() == "clear");
}

TEST_CASE("a school of unknown kind is tested and flagged: not a sure breach, never dropped") {
    SmallWorld world = near_a_school("");
    world.propose(point(500, 50));
    world.rule("<= 400 m", "", kSecondary);
    CHECK(world.verdict() == "borderline");
    CHECK(has(world.finding().notes, Note::kind_unknown));
    CHECK(world.finding().plain);
}

TEST_CASE("a proposed school counts only where the rule says so") {
    SmallWorld open_only = near_a_school("secondary", PlaceState::proposed);
    open_only.place("schools", "1002", point(9000, 0));
    open_only.propose(point(500, 50));
    open_only.rule("<= 400 m");
    CHECK(open_only.verdict() == "clear");

    SmallWorld proposed_too = near_a_school("secondary", PlaceState::proposed);
    proposed_too.propose(point(500, 50));
    proposed_too.rule("<= 400 m", "",
                      "to = [{ layer = \"schools\", states = [\"open\", \"proposed\"] }], from = \"boundary\"");
    CHECK(proposed_too.verdict() == "breach");
}

TEST_CASE("a school whose state is unclear gives no sure breach") {
    SmallWorld world = near_a_school("secondary", PlaceState::unclear);
    world.propose(point(500, 50));
    world.rule("<= 400 m");
    CHECK(world.verdict() == "borderline");
    CHECK(has(world.finding().notes, Note::state_unclear));
}

TEST_CASE("inside a town centre exempts: on its edge counts as inside: outside does not") {
    const auto verdict = [](double x, double accuracy) {
        SmallWorld world = near_a_school();
        world.area("town-centres", "T1", rectangle(450, 0, 550, 100));
        world.proposals().accuracy = Metres{accuracy};
        world.propose(point(x, 50));
        world.rule("<= 400 m", kInTown);
        return world.verdict();
    };
    CHECK(verdict(500, 0) == "exempt");
    CHECK(verdict(450, 0) == "exempt");
    CHECK(verdict(449, 0) == "breach");
    CHECK(verdict(500, 10) == "exempt");
    CHECK(verdict(455, 10) == "borderline");
    CHECK(verdict(445, 10) == "borderline");
    CHECK(verdict(440, 10) == "breach");
}

TEST_CASE("which centre exempts is in the finding") {
    SmallWorld world = near_a_school();
    world.area("town-centres", "T1", rectangle(9000, 0, 9100, 100));
    world.area("town-centres", "T2", rectangle(450, 0, 550, 100));
    world.propose(point(500, 50));
    world.rule("<= 400 m", kInTown);
    world.assess();
    CHECK(world.finding().exempt_layer == 0);
    CHECK(world.finding().exempt_area == 1);
    CHECK(world.finding().plain);
}

TEST_CASE("a site partly in the centre is borderline, unless the policy says any or all") {
    const auto verdict = [](const std::string& extent) {
        SmallWorld world = near_a_school();
        world.area("town-centres", "T1", rectangle(500, 0, 600, 100));
        world.propose(rectangle(450, 40, 550, 60));
        world.rule("<= 400 m", "unless = { inside = [\"town-centres\"]" + extent + " }");
        return world.verdict();
    };
    CHECK(verdict("") == "borderline");
    CHECK(verdict(", extent = \"any\"") == "exempt");
    CHECK(verdict(", extent = \"all\"") == "breach");
}

TEST_CASE("an exemption that cannot be tested makes a breach unknown, and leaves clear alone") {
    SmallWorld world = near_a_school();
    world.propose(point(500, 50));
    world.propose(point(900, 50));
    world.rule("<= 400 m", kInTown);
    CHECK(world.verdict(0) == "unknown");
    CHECK(world.verdict(1) == "clear");
    CHECK(has(world.finding(0).notes, Note::exemption_untested));
}

TEST_CASE("a layer that the study has not is unknown, never clear: another layer may still breach") {
    SmallWorld world = near_a_school();
    world.propose(point(500, 50));
    world.propose(point(900, 50));
    world.rule("<= 400 m", "", "to = [\"schools\", \"parks\"], from = \"boundary\"");
    CHECK(world.verdict(0) == "breach");
    CHECK(world.verdict(1) == "unknown");
    REQUIRE(world.assessment().remarks().size() == 1);
    CHECK(world.assessment().remarks()[0] == "test R1 not tested for parks: the study has no such layer");
}

TEST_CASE("a layer without a place of the kinds asked is not tested, never clear") {
    SmallWorld world = near_a_school("nursery");
    world.propose(point(500, 50));
    world.rule("<= 400 m", "", kSecondary);
    CHECK(world.verdict() == "unknown");
    CHECK(world.assessment().remarks().size() == 1);
}

TEST_CASE("another use, the same use before and after, hours only: not applicable") {
    SmallWorld world = near_a_school();
    world.propose(point(500, 50), kBeforeRecords, Use::betting_shop);
    world.propose(point(500, 50), kBeforeRecords, Use::hot_food_takeaway, Use::hot_food_takeaway);
    world.propose(point(500, 50));
    world.batch().nothing_changes[2] = 1;
    world.propose(point(500, 50), kBeforeRecords, Use::hot_food_takeaway, Use::shop);
    world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ndistance = { to = [\"schools\"] }\nbreach = \"<= 400 m\"\noutcome = "
        "\"refuse\"\n",
        "applies-to = [\"hot-food-takeaway\"]\n");
    CHECK(world.verdict(0) == "not-applicable");
    CHECK(world.verdict(1) == "not-applicable");
    CHECK(world.verdict(2) == "not-applicable");
    CHECK(world.verdict(3) == "breach");
}

TEST_CASE("a use that is not stated is unknown with the figure, also where the distance is clear") {
    SmallWorld world = near_a_school();
    world.propose(point(500, 50), kBeforeRecords, Use::unstated);
    world.propose(point(9000, 50), kBeforeRecords, Use::unstated);
    world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ndistance = { to = [\"schools\"] }\nbreach = \"<= 400 m\"\noutcome = "
        "\"refuse\"\n",
        "applies-to = [\"hot-food-takeaway\"]\n");
    CHECK(world.verdict(0) == "unknown");
    CHECK(world.finding(0).measured == 300.0);
    CHECK(world.verdict(1) == "unknown");
    world.batch().use_given = false;  // a bare list of points: taken as what the policy is about
    CHECK(world.verdict(0) == "breach");
}

TEST_CASE("no location is unknown") {
    SmallWorld world = near_a_school();
    world.propose(Shapes{});
    world.rule("<= 400 m");
    CHECK(world.verdict() == "unknown");
    CHECK(has(world.finding().notes, Note::no_location));
}

TEST_CASE("a policy applies in its area only") {
    SmallWorld world = near_a_school();
    world.area("boroughs", "E07999001", rectangle(0, 0, 510, 1000));
    world.propose(point(500, 50));
    world.propose(point(520, 50));
    world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ndistance = { to = [\"schools\"] }\nbreach = \"<= 400 m\"\noutcome = "
        "\"refuse\"\n",
        "applies-in = \"E07999001\"\n");
    CHECK(world.verdict(0) == "breach");
    CHECK(world.verdict(1) == "not-applicable");
    CHECK(has(world.finding(1).notes, Note::elsewhere));
    world.proposals().accuracy = Metres{15};
    CHECK(world.verdict(0) == "borderline");
}

TEST_CASE("an area that no layer holds is said, and the policy is applied") {
    SmallWorld world = near_a_school();
    world.propose(point(500, 50));
    world.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ndistance = { to = [\"schools\"] }\nbreach = \"<= 400 m\"\noutcome = "
        "\"refuse\"\n",
        "applies-in = \"E09000031\"\n");
    CHECK(world.verdict() == "breach");
    CHECK(has(world.finding().notes, Note::applies_in_untested));
}

TEST_CASE("`when` narrows a rule by day and by area") {
    SmallWorld world = near_a_school();
    world.area("wards", "W1", rectangle(400, 0, 600, 100));
    world.propose(point(500, 50), day(2015, 1, 1));
    world.propose(point(500, 50), day(2017, 1, 1));
    world.propose(point(300, 50), day(2017, 1, 1));
    world.rule("<= 400 m", "when = { from = 2016-01-01, inside = [\"wards\"] }");
    CHECK(world.verdict(0) == "not-applicable");
    CHECK(world.verdict(1) == "breach");
    CHECK(world.verdict(2) == "not-applicable");
}

TEST_CASE("an outcome that is no refusal is triggered beside a clear verdict") {
    SmallWorld world = near_a_school();
    world.propose(point(500, 50));
    world.rule("<= 400 m", "outcome = \"consult\"");
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().result == Result::triggered);
    CHECK(world.assess().verdicts[0].triggered);
}

TEST_CASE("an emerging policy is assessed and does not count") {
    SmallWorld world = near_a_school();
    world.propose(point(500, 50));
    world.rule("<= 100 m");
    std::vector<Policy> both(world.assessment_policies());
    SUBCASE("emerging") {
        both.push_back(both[0]);
        both[1].status = Policy::Status::emerging;
        both[1].rules[0].breach.limit = 400;
        world.set_policies(both);
        CHECK(world.verdict() == "clear");
        CHECK(world.finding(0, 1).result == Result::breach);
    }
}

TEST_CASE("several sites are one proposal: the worst counts") {
    SmallWorld world = near_a_school();
    world.propose(point(900, 50));
    world.propose(point(500, 50));
    world.batch().site_of[1] = 0;
    world.rule("<= 400 m");
    CHECK(world.verdict(0) == "breach");
    CHECK(world.assess().verdicts[0].site == 1);
}

TEST_CASE("near the edge of what a layer covers, clear becomes borderline") {
    SmallWorld world = near_a_school();
    world.area("borough", "B", rectangle(-1000, -1000, 1000, 1000));
    world.places("schools").facts.covers = 0;
    world.propose(point(-590, 0));
    world.propose(point(-700, 0));
    world.rule("<= 400 m");
    CHECK(world.verdict(0) == "clear");
    CHECK(world.verdict(1) == "borderline");
    CHECK(has(world.finding(1).notes, Note::beyond_cover));
}

TEST_CASE("a covering layer of several areas has no border between them") {
    SmallWorld world = near_a_school();
    world.area("wards", "W1", rectangle(-2000, -2000, 0, 2000));
    world.area("wards", "W2", rectangle(0, -2000, 2000, 2000));
    world.places("schools").facts.covers = 0;
    world.propose(point(-600, 0));
    world.rule("<= 400 m");
    CHECK(world.verdict() == "clear");
}

TEST_CASE("a policy that gives no number is unknown, with the distance") {
    SmallWorld world = near_a_school();
    world.propose(point(500, 50));
    world.rule("judgement");
    CHECK(world.verdict() == "unknown");
    CHECK(world.finding().measured == 300.0);
}

TEST_CASE("walking needs a streets layer: unknown, with the straight line") {
    SmallWorld world = near_a_school();
    world.propose(point(500, 50));
    world.rule("<= 400 m", "", "to = [\"schools\"], from = \"boundary\", by = \"walking\"");
    CHECK(world.verdict() == "unknown");
    CHECK(has(world.finding().notes, Note::walking_untested));
}

TEST_CASE("which 400 m: every place within the limit and a quarter more, nearest first, by each way") {
    SmallWorld world = near_a_school();
    world.place("schools", "1002", point(980, 50));
    world.place("schools", "1003", point(1100, 50));
    world.entrances("schools", {{{0, 50}}, {}, {}});
    world.propose(point(500, 50));
    world.rule("<= 400 m");
    world.assess();
    const auto near = world.assessment().near_places(world.batch(), 0, day(2024, 6, 1));
    REQUIRE(near.size() == 2);
    CHECK(near[0].boundary == 300.0);
    CHECK(near[0].entrances == 500.0);
    CHECK(near[0].centroid == 400.0);
    CHECK(std::isnan(near[1].boundary));
    CHECK(near[1].centroid == 480.0);
}

TEST_CASE("nothing open that is on the map, and a place that is not: unknown, never clear") {
    SmallWorld world = near_a_school("secondary", PlaceState::open, day(1965, 9, 1), day(2019, 7, 31));
    world.propose(point(500, 50));
    world.rule("<= 400 m");
    CHECK(world.verdict() == "clear");
    world.places("schools").without_location = 1;
    CHECK(world.verdict() == "unknown");
}

TEST_CASE("layers of proposals may differ in accuracy: each is judged by its own") {
    SmallWorld world = near_a_school();
    world.propose(point(595, 50));
    world.rule("<= 400 m");
    LayerFacts coarse = world.proposals();
    coarse.accuracy = Metres{100};
    world.verdict();
    const std::vector<LayerFacts> both{world.proposals(), coarse};
    AssessOptions options;
    options.study_as_at = day(2024, 6, 1);
    const Assessment assessment(world.assessment_policies(), world.layers(), both, options);
    CHECK(assessment.assess(world.batch()).verdicts[0].result == Result::breach);
    world.batch().layer = 1;
    CHECK(assessment.assess(world.batch()).verdicts[0].result == Result::borderline);
}
