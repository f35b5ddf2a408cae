// SPDX-License-Identifier: Apache-2.0
//
// Distance rules by walking: where walks begin, what is added up, what follows where no walk is known.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

const char* const kFromBoundary = "to = [\"schools\"], from = \"boundary\", by = \"walking\"";
const char* const kFromEntrances = "to = [\"schools\"], from = \"entrances\", by = \"walking\"";

/// One street eastwards at y = 50, out of the middle of the school (0, 0)–(200, 100), to x = 2000.
Shapes one_street() {
    Shapes lines;
    add_line(lines, {{100, 50}, {1000, 50}});
    add_line(lines, {{1000, 50}, {2000, 50}});
    return lines;
}

/// The same, and a river at x = 300: its east bank is reached over a bridge at y = 500 only.
Shapes across_a_river() {
    Shapes lines;
    add_line(lines, {{200, 50}, {290, 50}});
    add_line(lines, {{290, 50}, {290, 500}});
    add_line(lines, {{290, 500}, {310, 500}});
    add_line(lines, {{310, 500}, {310, 50}});
    add_line(lines, {{310, 50}, {600, 50}});
    return lines;
}

SmallWorld school_on(const Shapes& streets, std::optional<double> band = 0.0, bool has_paths = true) {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    world.streets(streets, band, has_paths);
    return world;
}

bool noted(const SmallWorld& world, Note note) { return has(world.finding().notes, note); }

}  // namespace

TEST_CASE("400 m on foot from where the street leaves the school: a breach of at most, clear of less") {
    SmallWorld world = school_on(one_street());
    world.propose(point(600, 50));
    world.rule("<= 400 m", "", kFromBoundary);
    CHECK(world.verdict() == "breach");
    CHECK(world.finding().measured == 400.0);
    CHECK(noted(world, Note::start_from_boundary));

    SmallWorld less = school_on(one_street());
    less.propose(point(600, 50));
    less.rule("< 400 m", "", kFromBoundary);
    CHECK(less.verdict() == "clear");
}

TEST_CASE("the way from the site to the street counts: 390 m along it and 10 m beside it") {
    SmallWorld world = school_on(one_street());
    world.propose(point(590, 60));
    world.propose(point(590, 60.01));
    world.rule("<= 400 m", "", kFromBoundary);
    CHECK(world.verdict(0) == "breach");
    CHECK(world.finding(0).measured == 400.0);
    CHECK(world.finding(0).access_site == 10'000);
    CHECK(world.finding(0).access_place == 0);
    CHECK(world.finding(1).measured == 400.01);
    CHECK(world.verdict(1) == "clear");
}

TEST_CASE("a walk is as sure as both ends and 10 m, at 800 m 20 m") {
    SmallWorld world = school_on(one_street(), std::nullopt);
    for (const double x : {589.0, 591.0, 609.0, 611.0}) world.propose(point(x, 50));
    world.rule("<= 400 m", "", kFromBoundary);
    CHECK(world.verdict(0) == "breach");
    CHECK(world.verdict(1) == "borderline");
    CHECK(world.verdict(2) == "borderline");
    CHECK(world.verdict(3) == "clear");
    CHECK(world.finding(0).tolerance_walk == 10.0F);

    SmallWorld farther = school_on(one_street(), std::nullopt);
    for (const double x : {979.0, 981.0, 1019.0, 1021.0}) farther.propose(point(x, 50));
    farther.rule("<= 10 min", "", kFromBoundary);
    CHECK(farther.verdict(0) == "breach");
    CHECK(farther.verdict(1) == "borderline");
    CHECK(farther.verdict(2) == "borderline");
    CHECK(farther.verdict(3) == "clear");
    CHECK(farther.finding(0).limit == 800.0);
}

TEST_CASE("ten minutes at 60 m a minute are 600 m") {
    SmallWorld world = school_on(one_street());
    world.propose(point(800, 50));
    world.propose(point(800.1, 50));
    world.rule("<= 10 min", "", "to = [\"schools\"], from = \"boundary\", by = \"walking\", speed = \"3.6 km/h\"");
    CHECK(world.verdict(0) == "breach");
    CHECK(world.verdict(1) == "clear");
}

TEST_CASE("a river between: 210 m as the crow flies, 1,100 m over the bridge") {
    SmallWorld world = school_on(across_a_river());
    world.propose(point(410, 50));
    world.rule("<= 400 m", "", kFromBoundary);
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().measured == 90 + 450 + 20 + 450 + 100);
    CHECK(world.finding().straight == 210.0);
    CHECK(world.finding().straight_place == 0);
}

TEST_CASE("over roads without footpaths a longer walk is no clear, while a straight line is under the limit") {
    SmallWorld world = school_on(across_a_river(), 0.0, false);
    world.propose(point(410, 50));
    world.propose(point(220, 50));
    world.rule("<= 400 m", "", kFromBoundary);
    CHECK(world.verdict(0) == "borderline");
    CHECK(noted(world, Note::no_footpaths));
    CHECK(world.verdict(1) == "breach");  // the true walk can only be shorter

    SmallWorld far = school_on(one_street(), 0.0, false);
    far.propose(point(601, 50));
    far.rule("<= 400 m", "", kFromBoundary);
    CHECK(far.verdict() == "clear");
    CHECK_FALSE(noted(far, Note::no_footpaths));
}

TEST_CASE("from the entrance on the school's other side, and with both ends off the street") {
    SmallWorld world = school_on(one_street());
    world.entrances("schools", {{{150, 54}}});
    world.propose(point(500, 47));
    world.rule("<= 357 m", "", kFromEntrances);
    CHECK(world.verdict() == "breach");
    CHECK(world.finding().measured == 4 + 350 + 3);
    CHECK(world.finding().access_place == 4'000);
    CHECK(world.finding().access_site == 3'000);
    CHECK(world.finding().place_point.x == 150.0);
    CHECK(world.finding().place_point.y == 54.0);
    CHECK_FALSE(noted(world, Note::start_from_boundary));
}

TEST_CASE("entrances asked, none known: from the boundary, a breach may be farther, a clear stands") {
    SmallWorld world = school_on(one_street());
    world.propose(point(500, 50));
    world.propose(point(700, 50));
    world.rule("<= 400 m", "", kFromEntrances);
    CHECK(world.verdict(0) == "borderline");
    CHECK(noted(world, Note::entrances_from_boundary));
    CHECK(noted(world, Note::start_from_boundary));
    CHECK(world.verdict(1) == "clear");
}

TEST_CASE("entrances asked, a bare point known: unknown within reach, clear where a straight line is too long") {
    SmallWorld world;
    world.place("schools", "1001", point(100, 60));
    world.streets(one_street(), 0.0);
    for (const double x : {300.0, 590.0, 610.0}) world.propose(point(x, 50));
    world.rule("<= 400 m", "", kFromEntrances);
    CHECK(world.verdict(0) == "unknown");
    CHECK(world.finding(0).measured == 210.0);
    CHECK(noted(world, Note::start_from_point));
    CHECK(world.verdict(1) == "unknown");
    CHECK(world.verdict(2) == "clear");  // 510 m, less a site radius of 100 m
}

TEST_CASE("too far from every street: unknown, but clear where even a straight line is too long") {
    SmallWorld world = school_on(one_street());
    world.propose(point(400, 151));
    world.propose(point(700, 200));
    world.rule("<= 400 m", "", kFromBoundary);
    CHECK(world.verdict(0) == "unknown");
    CHECK(noted(world, Note::site_far_from_street));
    CHECK_FALSE(world.finding(0).measured_something);
    CHECK(world.finding(0).straight == doctest::Approx(std::hypot(200, 51)));
    CHECK(world.verdict(1) == "clear");
    CHECK(has(world.finding(1).notes, Note::clear_in_straight_line));
}

TEST_CASE("a school that no way leads to leaves its neighbourhood unknown, though another can be reached") {
    Shapes streets = one_street();
    add_line(streets, {{300, 300}, {900, 300}});  // an island of streets, with a school on it
    SmallWorld world = school_on(streets);
    world.place("schools", "1002", rectangle(600, 300, 700, 400));
    world.propose(point(650, 50));
    world.propose(point(1200, 50));
    world.rule("<= 400 m", "", kFromBoundary);
    CHECK(world.verdict(0) == "unknown");
    CHECK(noted(world, Note::no_way));
    CHECK(world.finding(0).measured == 450.0);
    CHECK(world.verdict(1) == "clear");
}

TEST_CASE("a school far from every street leaves its neighbourhood unknown") {
    SmallWorld world = school_on(one_street());
    world.place("schools", "1002", rectangle(700, 200, 800, 300));
    world.propose(point(750, 50));
    world.rule("<= 400 m", "", kFromBoundary);
    CHECK(world.verdict() == "unknown");
    CHECK(noted(world, Note::place_far_from_street));
}

TEST_CASE("the nearest on foot is one that was open on the day") {
    SmallWorld world = school_on(one_street());
    world.place("schools", "1002", rectangle(700, 0, 720, 100), "secondary", PlaceState::open, day(2020, 9, 1));
    world.propose(point(650, 50), day(2019, 1, 1));
    world.propose(point(650, 50), day(2021, 1, 1));
    world.rule("<= 400 m", "", kFromBoundary);
    CHECK(world.verdict(0) == "clear");
    CHECK(world.finding(0).measured == 450.0);
    CHECK(world.finding(0).place == 0);
    CHECK(world.verdict(1) == "breach");
    CHECK(world.finding(1).measured == 50.0);
    CHECK(world.finding(1).place == 1);
}

TEST_CASE("equal walks go to the least school") {
    SmallWorld world = school_on(one_street());
    world.place("schools", "1002", rectangle(800, 0, 900, 100));
    world.propose(point(500, 50));
    world.rule("<= 400 m", "", kFromBoundary);
    CHECK(world.verdict() == "breach");
    CHECK(world.finding().measured == 300.0);
    CHECK(world.finding().place == 0);
}

TEST_CASE("on the school's own ground the walk is nothing, though no street is near") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 1000, 1000));
    Shapes streets;
    add_line(streets, {{0, -10}, {1000, -10}});
    world.streets(streets, 0.0);
    world.propose(point(500, 500));
    world.rule("<= 400 m", "", kFromBoundary);
    CHECK(world.verdict() == "breach");
    CHECK(world.finding().measured == 0.0);
}

TEST_CASE("a site that joins the street within a park's boundary has only its own way to the street") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 1000, 20));
    Shapes streets;
    add_line(streets, {{-500, 10}, {1500, 10}});  // through the whole of it
    world.streets(streets, 0.0);
    world.propose(point(500, 40));
    world.rule("<= 30 m", "", kFromBoundary);
    CHECK(world.verdict() == "breach");
    CHECK(world.finding().measured == 30.0);
    CHECK(world.finding().access_site == 30'000);
}

TEST_CASE("a street beside a park begins a walk where it leaves the park's side, not at one place of it") {
    SmallWorld world;  // the street runs along 200 m of frontage, 12 m off
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    Shapes streets;
    add_line(streets, {{-1000, -12}, {2000, -12}});
    world.streets(streets, 0.0);
    world.propose(point(558, -12));   // 342 m from (216, -12), which is 20 m from the corner
    world.propose(point(-358, -12));  // the same westwards
    world.rule("<= 362 m", "", kFromBoundary);
    for (const std::size_t row : {0U, 1U}) {
        CHECK(world.verdict(row) == "breach");
        CHECK(world.finding(row).measured == 362.0);
        CHECK(world.finding(row).access_place == 20'000);
        CHECK(world.finding(row).access_site == 0);
        CHECK(world.finding(row).place_point == (row == 0 ? Point{200, 0} : Point{0, 0}));
    }
    const auto near = world.assessment().near_places(world.batch(), 0, day(2024, 6, 1));
    REQUIRE(near.size() == 1);
    CHECK(near[0].walk_boundary == 362.0);
}

TEST_CASE("opposite the middle of a long frontage: straight out of the park, and the site's own way") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 2000, 100));
    Shapes streets;
    add_line(streets, {{-100, -12}, {2100, -12}});
    world.streets(streets, 0.0);
    world.propose(point(1030, -30));
    world.propose(point(1030, -12));
    world.rule("<= 30 m", "", kFromBoundary);
    CHECK(world.verdict() == "breach");
    CHECK(world.finding().measured == 30.0);
    CHECK(world.finding().access_place == 12'000);
    CHECK(world.finding().access_site == 18'000);
    CHECK(world.finding().place_point == Point{1030, 0});
    CHECK(world.finding(1).measured == 12.0);
    CHECK(world.finding(1).access_site == 0);
    const auto route = world.assessment().route(world.batch(), 0, 0, world.finding());
    REQUIRE(route);
    CHECK(route->place == Point{1030, 0});
    CHECK(route->from == Point{1030, -12});
    CHECK(route->to == Point{1030, -12});
    CHECK(route->site == Point{1030, -30});
    CHECK(route->along == 0.0);
    CHECK(route->way.size() == 0);
    const auto near = world.assessment().near_places(world.batch(), 0, day(2024, 6, 1));
    REQUIRE(near.size() == 1);
    CHECK(near[0].walk_boundary == 30.0);
}

TEST_CASE("beyond 20 m no walk leaves a park straight to the street") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    Shapes streets;
    add_line(streets, {{100, 90}, {100, 300}});  // out of the north
    add_line(streets, {{100, 300}, {400, 300}, {400, -21}, {0, -21}});
    world.streets(streets, 0.0);
    world.propose(point(100, -21));
    world.rule("<= 400 m", "", kFromBoundary);
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().measured == 200 + 300 + 321 + 300);
    CHECK(world.finding().access_place == 0);
}

TEST_CASE("a street that goes in from the north does not hide the street along the south") {
    SmallWorld world;
    world.place("schools", "1001", rectangle(0, 0, 200, 100));
    Shapes streets;
    add_line(streets, {{100, 90}, {100, 300}});
    add_line(streets, {{100, 300}, {600, 300}, {600, -12}});
    add_line(streets, {{600, -12}, {0, -12}});
    world.streets(streets, 0.0);
    world.propose(point(516, -12));
    world.propose(point(100, 250));
    world.rule("<= 320 m", "", kFromBoundary);
    CHECK(world.verdict(0) == "breach");
    CHECK(world.finding(0).measured == 20 + 300);
    CHECK(world.finding(0).access_place == 20'000);
    CHECK(world.finding(1).measured == 150.0);
    CHECK(world.finding(1).access_place == 0);
}

TEST_CASE("out of a park straight to the street, of the parks open on the day") {
    SmallWorld world = school_on(one_street());
    world.place("schools", "1002", rectangle(500, 60, 600, 100), "secondary", PlaceState::open, day(2020, 9, 1));
    world.propose(point(550, 50), day(2019, 1, 1));
    world.propose(point(550, 50), day(2021, 1, 1));
    world.rule("<= 400 m", "", kFromBoundary);
    world.assess();
    CHECK(world.finding(0).measured == 350.0);
    CHECK(world.finding(0).place == 0);
    CHECK(world.finding(1).measured == 10.0);
    CHECK(world.finding(1).place == 1);
}

TEST_CASE("the route of a finding has its three parts") {
    SmallWorld world = school_on(across_a_river());
    world.entrances("schools", {{{200, 45}}});
    world.propose(point(410, 57));
    world.rule("<= 400 m", "", kFromEntrances);
    world.assess();
    const auto route = world.assessment().route(world.batch(), 0, 0, world.finding());
    REQUIRE(route);
    CHECK(route->access_place == 5.0);
    CHECK(route->along == 90 + 450 + 20 + 450 + 100);
    CHECK(route->access_site == 7.0);
    CHECK(route->from.x == 200.0);
    CHECK(route->to.x == 410.0);
    REQUIRE(route->way.size() == 1);
    CHECK(route->way.vertices() == 6);
    CHECK(world.assessment().walk_starts(0, day(2024, 6, 1)).size() == 1);
}

TEST_CASE("a rule in a straight line has no route") {
    SmallWorld world = school_on(one_street());
    world.propose(point(500, 50));
    world.rule("<= 400 m");
    world.assess();
    CHECK_FALSE(world.assessment().route(world.batch(), 0, 0, world.finding()));
    CHECK(std::isnan(world.finding().straight));
}

TEST_CASE("which 400 m: walks stand beside the straight lines, from each anchor") {
    SmallWorld world = school_on(across_a_river());
    world.entrances("schools", {{{200, 45}}});
    world.propose(point(410, 50));
    world.rule("<= 400 m");
    world.assess();
    const auto near = world.assessment().near_places(world.batch(), 0, day(2024, 6, 1));
    REQUIRE(near.size() == 1);
    CHECK(near[0].boundary == 210.0);
    CHECK(near[0].walk_boundary == 1110.0);
    CHECK(near[0].walk_entrances == 1115.0);
    CHECK(near[0].walk_centroid == 1210.0);  // 100 m from the middle to the street's end
}

TEST_CASE("a reading of a walking rule at another limit is what a rule of that limit says") {
    SmallWorld world = school_on(across_a_river());
    world.propose(point(410, 50));
    world.rule("<= 400 m", "", kFromBoundary);
    world.assess();
    const std::vector<std::vector<Reading>> readings{{{1109.0, true}, {1110.0, true}}};
    const Assessed read = world.assessment().assess(world.batch(), readings);
    CHECK(read.readings[0][0][0] == Result::clear);
    CHECK(read.readings[0][1][0] == Result::breach);
}

TEST_CASE("outlets within a walk are counted on foot, those that no way leads to may count") {
    const std::string count =
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\ncount = { of = \"hot-food-takeaway\", within = \"400 m\", by = "
        "\"walking\", "
        "proposal = \"excluded\" }\nbreach = \">= 2\"\noutcome = \"refuse\"\n";
    Shapes streets = across_a_river();
    SmallWorld world = school_on(streets);
    world.outlet(590, 50);  // 180 m along the street
    world.outlet(280, 60);  // 130 m away, over the river and the bridge
    world.propose(point(410, 50));
    world.policy(count);
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().numerator == 1.0);

    SmallWorld second = school_on(streets);
    second.outlet(590, 50);
    second.outlet(410, 45);
    second.propose(point(410, 50));
    second.policy(count);
    CHECK(second.verdict() == "breach");

    SmallWorld unreached = school_on(streets);
    unreached.outlet(590, 50);
    unreached.outlet(500, 160);  // 110 m from the nearest street
    unreached.propose(point(410, 50));
    unreached.policy(count);
    CHECK(unreached.verdict() == "borderline");
    CHECK(noted(unreached, Note::place_far_from_street));
}

TEST_CASE("no walk known to any of several schools: the nearest in a straight line is named, whatever is known of it") {
    SmallWorld world = school_on(one_street());
    world.entrances("schools", {{{150, 50}}});
    world.place("schools", "1002", point(3000, 50));  // a bare point, farther away
    world.propose(point(900, 200));
    world.rule("<= 400 m", "", kFromEntrances);
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().straight_place == 0);
    CHECK(world.finding().straight == doctest::Approx(std::hypot(750, 150)));
}

TEST_CASE("a site drawn as a plot is walked to by the street that is nearest on foot, not by the one that touches it") {
    // Two streets, 100 m apart; the school's gate opens onto the southern one, the northern one leads a long way round.
    Shapes streets;
    add_line(streets, {{0, 0}, {500, 0}});
    add_line(streets, {{500, 0}, {2000, 0}});
    add_line(streets, {{2000, 0}, {2000, 100}});
    add_line(streets, {{2000, 100}, {0, 100}});
    SmallWorld world = school_on(streets);
    world.entrances("schools", {{{0, 0}}});
    world.propose(rectangle(300, 10, 320, 100));  // on the northern street, 10 m off the southern one
    world.propose(rectangle(300, -60, 420, -5));  // 120 m along the southern street: its near end counts
    world.propose(rectangle(300, 30, 320, 100));  // 30 m off the southern street: only the northern one is near
    world.rule("<= 400 m", "", kFromEntrances);
    world.assess();
    CHECK(world.verdict(0) == "breach");
    CHECK(world.finding(0).measured == doctest::Approx(300).epsilon(0.03));
    CHECK(world.verdict(1) == "breach");
    CHECK(world.finding(1).measured <= 305.0);
    CHECK(world.finding(1).measured >= 300.0);
    CHECK(world.verdict(2) == "clear");
    CHECK(world.finding(2).measured == doctest::Approx(2000 + 100 + 1680));
}

TEST_CASE("a plot beside the gate is walked to from the gate, straight") {
    SmallWorld world = school_on(one_street());
    world.entrances("schools", {{{300, 55}}});
    world.propose(rectangle(200, 60, 600, 90));  // the gate's street runs 10 m south of all of it
    world.rule("<= 400 m", "", kFromEntrances);
    CHECK(world.verdict() == "breach");
    CHECK(world.finding().measured == 15.0);  // 5 m to the street, 10 m to the plot
    const auto route = world.assessment().route(world.batch(), 0, 0, world.finding());
    REQUIRE(route);
    CHECK(route->access_place + route->along + route->access_site == 15.0);
    CHECK(route->from == Point{300, 50});
}

TEST_CASE("a site of several points is as near as the nearest of them on foot") {
    SmallWorld world = school_on(one_street());
    Shapes two;
    two.add_vertex(1900, 50);
    two.add_vertex(500, 60);
    two.end_part(PartKind::points);
    two.end_shape();
    world.propose(two);
    world.propose(point(500, 60));
    world.rule("<= 400 m", "", kFromBoundary);
    CHECK(world.verdict(0) == "breach");
    CHECK(world.finding(0).measured == world.finding(1).measured);
}

TEST_CASE("where what is far breaches, one school that is near enough will do, however it is known") {
    SmallWorld world;
    world.place("schools", "1001", point(100, 0));  // known by its point only
    world.place("schools", "1002", rectangle(500, 0, 600, 100));
    world.propose(point(0, 0));
    world.rule("> 400 m", "", "to = [\"schools\"], from = \"boundary\"");
    CHECK(world.verdict() == "clear");
    CHECK(world.finding().measured == 100.0);
}

TEST_CASE("a walk found too long over streets without footpaths is no sure breach of a rule against what is far") {
    SmallWorld over_roads = school_on(across_a_river(), 0.0, false), over_all = school_on(across_a_river());
    for (SmallWorld* world : {&over_roads, &over_all}) {
        world->propose(point(310, 50));  // 110 m away, and 1,010 m over the bridge
        world->rule("> 400 m", "", kFromBoundary);
    }
    CHECK(over_roads.verdict() == "borderline");
    CHECK(noted(over_roads, Note::no_footpaths));
    CHECK(over_all.verdict() == "breach");
}
