// SPDX-License-Identifier: Apache-2.0
// A school of 200 by 100 m at the origin; proposals to its east, so that distances can be read off.
#include <doctest/doctest.h>

#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

/// The school, and a proposal `distance` metres east of its boundary.
SmallWorld school_and_proposal(double distance) {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    world.propose(point(200 + distance, 50));
    return world;
}

std::string verdict_at(double distance, const std::string& breach, double accuracy = 0) {
    SmallWorld world = school_and_proposal(distance);
    world.proposals().accuracy = Metres{accuracy};
    world.rule(breach);
    return world.verdict();
}

}  // namespace

TEST_CASE("within 400 m breaches, beyond is clear, exactly 400 m breaches `<= 400 m` and is clear of `< 400 m`") {
    CHECK(verdict_at(312, "<= 400 m") == "breach");
    CHECK(verdict_at(500, "<= 400 m") == "clear");
    CHECK(verdict_at(400, "<= 400 m") == "breach");
    CHECK(verdict_at(400, "< 400 m") == "clear");
}

TEST_CASE("the tie is 1 mm: `<= 400 m` holds to 400.001, `< 400 m` below 399.999") {
    CHECK(verdict_at(400.0009, "<= 400 m") == "breach");
    CHECK(verdict_at(400.0011, "<= 400 m") == "clear");
    CHECK(verdict_at(399.9991, "< 400 m") == "clear");
    CHECK(verdict_at(399.9989, "< 400 m") == "breach");
}

TEST_CASE("whoever is inside the tie is marked") {
    SmallWorld world = school_and_proposal(400.0005);
    world.rule("<= 400 m");
    world.assess();
    CHECK(has(world.finding().notes, Note::on_the_tie));
}

TEST_CASE("--tie 0 takes the limit as it stands") {
    SmallWorld world = school_and_proposal(400.0005);
    world.rule("<= 400 m");
    AssessOptions options;
    options.tie_m = 0;
    CHECK(world.assess(options).verdicts[0].result == Result::clear);
}

TEST_CASE("within the tolerance of both ends together it is borderline, with the plain comparison beside it") {
    CHECK(verdict_at(391, "<= 400 m", 10) == "borderline");
    CHECK(verdict_at(390, "<= 400 m", 10) == "breach");
    CHECK(verdict_at(409, "<= 400 m", 10) == "borderline");
    CHECK(verdict_at(410, "<= 400 m", 10) == "clear");

    SmallWorld world = school_and_proposal(391);
    world.proposals().accuracy = Metres{5};
    world.places("schools").facts.accuracy = Metres{5};
    world.rule("<= 400 m");
    world.assess();
    CHECK(world.finding().result == Result::borderline);
    CHECK(world.finding().plain);
    CHECK(world.finding().tolerance_site == 5.0F);
    CHECK(world.finding().tolerance_place == 5.0F);
}

TEST_CASE("395 m with a postcode's 110 m is borderline, with a UPRN's 1 m a breach") {
    CHECK(verdict_at(395, "<= 400 m", 110) == "borderline");
    CHECK(verdict_at(395, "<= 400 m", 1) == "breach");
}

TEST_CASE("the missing grid's loss counts once, and only between layers that came in differently") {
    SmallWorld world = school_and_proposal(398);
    world.proposals().operation.identity = false;
    world.proposals().operation.name = "Helmert";
    world.proposals().operation.loss_m = 5;
    world.rule("<= 400 m");
    CHECK(world.verdict() == "borderline");
    CHECK(world.finding().tolerance_crs == 5.0F);

    world.places("schools").facts.operation = world.proposals().operation;
    CHECK(world.verdict() == "breach");
    CHECK(world.finding().tolerance_crs == 0.0F);
}

TEST_CASE("a measured distance and its two ends are in the finding, also when clear") {
    SmallWorld world = school_and_proposal(500);
    world.rule("<= 400 m");
    world.assess();
    CHECK(world.finding().result == Result::clear);
    CHECK(world.finding().measured == 500.0);
    CHECK(world.finding().site == Point{700, 50});
    CHECK(world.finding().place_point == Point{200, 50});
    CHECK(world.finding().margin() == -100.0);
}

TEST_CASE(
    "a rule that says boundary, where only a point is known: breach stands, from the limit to 100 m more is "
    "borderline") {
    const auto verdict = [](double distance) {
        SmallWorld world;
        world.place("schools", "1001", point(0, 0));
        world.propose(point(distance, 0));
        world.rule("<= 400 m");
        return world.verdict();
    };
    CHECK(verdict(390) == "breach");
    CHECK(verdict(401) == "borderline");
    CHECK(verdict(500) == "borderline");
    CHECK(verdict(501) == "clear");
}

TEST_CASE("a school known by a point that may be nearer is not hidden behind a nearer school that is clear") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    world.place("schools", "1002", point(1070, 50));
    world.propose(point(620, 50));
    world.rule("<= 400 m");
    CHECK(world.verdict() == "borderline");
    CHECK(world.finding().measured == 450.0);
    CHECK(world.finding().place == 1);
    CHECK(has(world.finding().notes, Note::boundary_from_point));
}

TEST_CASE("a rule that says entrances measures to the nearest entrance") {
    SmallWorld world = school_and_proposal(390);
    world.entrances("schools", {{{0, 50}, {100, 0}}});
    world.rule("<= 400 m", "", "to = [\"schools\"], from = \"entrances\"");
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().measured == doctest::Approx(std::hypot(490.0, 50.0)));
    CHECK(world.finding().place_point == Point{100, 0});
}

TEST_CASE("entrances asked, none known: from the boundary: clear stands, a breach becomes borderline") {
    SmallWorld near = school_and_proposal(390);
    near.rule("<= 400 m", "", "to = [\"schools\"], from = \"entrances\"");
    CHECK(near.verdict() == "borderline");
    CHECK(has(near.finding().notes, Note::entrances_from_boundary));

    SmallWorld far = school_and_proposal(410);
    far.rule("<= 400 m", "", "to = [\"schools\"], from = \"entrances\"");
    CHECK(far.verdict() == "clear");
}

TEST_CASE("entrances asked, a bare point known: unknown with the figure shown, where the limit is in reach") {
    const auto finding = [](double distance) {
        SmallWorld world;
        world.place("schools", "1001", point(0, 0));
        world.propose(point(distance, 0));
        world.rule("<= 400 m", "", "to = [\"schools\"], from = \"entrances\"");
        world.assess();
        return world.finding();
    };
    CHECK(finding(390).result == Result::unknown);
    CHECK(finding(390).measured == 390.0);
    CHECK(finding(480).result == Result::unknown);
    CHECK(finding(600).result == Result::clear);
}

TEST_CASE("from the centroid") {
    SmallWorld world = school_and_proposal(390);
    world.rule("<= 400 m", "", "to = [\"schools\"], from = \"centroid\"");
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().measured == 490.0);
}

TEST_CASE(
    "a site polygon is measured as given: `site = point` takes its middle: `site = boundary` of a point may be "
    "nearer") {
    SmallWorld polygon;
    polygon.place("schools", "1001", rectangle(0, 0, 200, 100));
    polygon.propose(rectangle(590, 0, 690, 100));
    polygon.rule("<= 400 m");
    CHECK(polygon.verdict() == "breach");
    CHECK(polygon.finding().measured == 390.0);

    SmallWorld middle;
    middle.place("schools", "1001", rectangle(0, 0, 200, 100));
    middle.propose(rectangle(590, 0, 690, 100));
    middle.rule("<= 400 m", "", "to = [\"schools\"], from = \"boundary\", site = \"point\"");
    CHECK(middle.verdict() == "clear");
    CHECK(middle.finding().measured == 440.0);

    SmallWorld point_only = school_and_proposal(450);
    point_only.rule("<= 400 m", "", "to = [\"schools\"], from = \"boundary\", site = \"boundary\"");
    CHECK(point_only.verdict() == "borderline");
    CHECK(has(point_only.finding().notes, Note::site_from_point));
}

TEST_CASE("inside the school is 0 m") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    world.propose(point(100, 50));
    world.rule("<= 400 m");
    CHECK(world.verdict() == "breach");
    CHECK(world.finding().measured == 0.0);
}

TEST_CASE(
    "one outlet near two schools is one proposal in breach, and the least id is named of two at the same distance") {
    SmallWorld world;
    world.place("schools", "1001", point(-300, 0));
    world.place("schools", "1002", point(300, 0));
    world.propose(point(0, 0));
    world.rule("<= 400 m");
    CHECK(world.verdict() == "breach");
    CHECK(world.finding().place == 0);
}

TEST_CASE("each layer of a rule has its own finding, the worst is the verdict") {
    SmallWorld world = school_and_proposal(500);
    world.place("parks", "P1", rectangle(700, 200, 800, 300));
    world.rule("<= 400 m", "", "to = [\"schools\", \"parks\"], from = \"boundary\"");
    CHECK(world.verdict() == "breach");
    CHECK(world.finding(0, 0).result == Result::clear);
    CHECK(world.finding(0, 1).result == Result::breach);
    CHECK(world.finding(0, 1).measured == 150.0);
}

TEST_CASE("at least 400 m away must be: the other comparisons") {
    CHECK(verdict_at(400, ">= 400 m") == "breach");
    CHECK(verdict_at(399, ">= 400 m") == "clear");
    CHECK(verdict_at(400, "> 400 m") == "clear");
    CHECK(verdict_at(401, "> 400 m") == "breach");
}

TEST_CASE("near two boroughs, the schools of both are looked at when the study gives both") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    world.place("schools-next-door", "2001", rectangle(1500, 0, 1600, 100));
    world.places("schools-next-door").facts.part_of = "schools";
    world.propose(point(1200, 50));  // 1,000 m from our school, 300 m from theirs
    world.propose(point(850, 50));
    world.rule("<= 400 m");
    world.assess();
    REQUIRE(world.assessment().slots().size() == 2);
    CHECK(world.finding(0, 0).result == Result::clear);
    CHECK(world.finding(0, 1).result == Result::breach);
    CHECK(world.verdict(0) == "breach");
    CHECK(world.verdict(1) == "clear");
}

TEST_CASE("what two layers cover together is covered: the border between them is no edge") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    world.place("schools-next-door", "2001", rectangle(4800, 0, 5000, 100));
    world.places("schools-next-door").facts.part_of = "schools";
    world.area("ours", "E1", rectangle(-1000, -1000, 2500, 1000));
    world.area("theirs", "E2", rectangle(2500, -1000, 6000, 1000));
    world.places("schools").facts.covers = 0;
    world.propose(point(2450, 50));
    world.rule("<= 400 m");
    CHECK(world.verdict() == "clear");  // theirs says nothing of what it covers, so nothing is beyond it
    world.places("schools-next-door").facts.covers = 1;
    CHECK(world.verdict() == "clear");
}

TEST_CASE("of the same street: a school whose street nobody stated does not hide one that stands in it") {
    SmallWorld world;
    world.place("schools", "1001", point(30, 0));
    world.place("schools", "1002", point(50, 0));
    world.place("schools", "1003", point(20, 0));
    for (const char* street : {"", "High Street", "Mill Lane"})
        world.places("schools").attributes["street"].add(street);
    for (int k = 0; k < 4; ++k) world.propose(point(0, 0));
    world.batch().street = {"HIGH STREET", "Back Lane", "", "Mill  Lane"};
    world.rule("<= 100 m", "when = { same-street = true }");
    world.assess();
    CHECK(world.verdict(0) == "breach");  // by the school in it, 50 m away; that of no known street is 30 m away
    CHECK(world.finding(0).place == 1);
    CHECK(world.verdict(1) == "unknown");  // none is in it, one may be
    CHECK(world.finding(1).place == 0);
    CHECK(world.verdict(2) == "unknown");  // it may be in any
    CHECK(world.finding(2).place == 2);
    CHECK(world.verdict(3) == "breach");
    CHECK(world.finding(3).place == 2);
}

TEST_CASE("of the same street, from the middle of the site: not from its nearest edge") {
    SmallWorld world;
    world.place("schools", "1001", point(150, 0));
    world.places("schools").attributes["street"].add("High Street");
    world.propose(rectangle(-100, -10, 100, 10));
    world.batch().street = {"High Street"};
    world.rule("<= 100 m", "when = { same-street = true }", "to = [\"schools\"], from = \"point\", site = \"point\"");
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().measured == 150.0);
}
