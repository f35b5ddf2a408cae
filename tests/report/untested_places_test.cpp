// SPDX-License-Identifier: Apache-2.0
//
// Places that a finding does not name, and that its rule could not be tested on. A site at (0, 0); Gate School to its east, its gate 405 m away on foot; Point School, of
// which a point is known and nothing else, 60 m away.
#include "libgeo/report/untested_places.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "libgeo/report/evidence_words.h"
#include "libgeo/report/rows.h"
#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

const char* const kFromEntrances = "to = [\"schools\"], from = \"entrances\", by = \"walking\"";
const char* const kStraightFromEntrances = "to = [\"schools\"], from = \"entrances\"";

struct Story : SmallWorld {
    explicit Story(double gate = 400) {
        place("schools", "Gate", rectangle(gate - 50, -100, gate + 50, -10));
        propose(point(0, 0));
        Shapes lines;
        add_line(lines, {{-500, 0}, {1000, 0}});
        streets(lines, std::nullopt);
    }
    EvidenceSubject subject() { return subject_of_proposal(batch(), assess(), 0); }
    std::vector<std::string> lines() {
        const EvidenceSubject one = subject();
        return untested_lines(one, assessment());
    }
    std::vector<std::string> steps() {
        const EvidenceSubject one = subject();
        return settle_words(one, entries_of(one, assessment())[0], assessment());
    }
};

bool any_holds(const std::vector<std::string>& list, const std::string& what) {
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& one) { return one.find(what) != std::string::npos; });
}

}  // namespace

TEST_CASE("a nearer place without entrances is said, and measuring the one that decides settles that one alone") {
    Story story;
    story.place("schools", "Point", point(-50, 10));
    story.entrances("schools", {{{400, -5}}, {}});
    story.rule("<= 400 m", "", kFromEntrances);
    CHECK(story.lines() == std::vector<std::string>{
                               "R1: Point School (schools Point) could not be tested by this rule, because its "
                               "entrances are not known. As plotted, by its point, it is 60.0 m away on foot (51.0 m "
                               "in a straight line)."});
    REQUIRE(story.finding().place == 0);
    REQUIRE(story.finding().result == Result::borderline);
    const auto steps = story.steps();
    CHECK(any_holds(steps, "better than ± 5 m settles it for this place."));
    CHECK(any_holds(steps,
                    "Find out the entrances of what could not be tested: Point School (schools Point), 60.0 m away on "
                    "foot (as plotted). Until then only a breach by another place settles it."));
}

TEST_CASE("a boundary serves where no entrances are known, and the place is said to be untested by them") {
    Story story(300);
    story.place("schools", "Walled", rectangle(-100, 10, -50, 60));
    story.entrances("schools", {{{300, -5}}, {}});
    story.rule("<= 400 m", "", kFromEntrances);
    CHECK(any_holds(story.lines(),
                    "Walled School (schools Walled) could not be tested by this rule, because its entrances are not "
                    "known. As plotted, by its boundary, it is "));
    CHECK(story.finding().result == Result::breach);
    CHECK(story.steps().empty());  // another place has settled it
}

TEST_CASE("in a straight line as on foot, and every place of the kind, nearest first") {
    Story story(400);
    story.places("schools").facts.accuracy = Metres{2};
    story.place("schools", "Far", point(300, 0));
    story.place("schools", "Near", point(0, 100));
    story.entrances("schools", {{{401, 0}}, {}, {}});
    story.rule("<= 400 m", "", kStraightFromEntrances);
    const auto lines = story.lines();
    // Of those without entrances one is unknown itself, and worse stands: Gate School is too close to call.
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].find("Near School") != std::string::npos);
    CHECK(lines[0].find("it is 100.0 m away in a straight line.") != std::string::npos);
    CHECK(lines[1].find("Far School") != std::string::npos);
}

TEST_CASE("a bare point beside a borderline boundary: its own boundary may be nearer") {
    Story story;
    story.places("schools").facts.accuracy = Metres{20};
    story.place("schools", "Point", point(0, 420));
    story.rule("<= 360 m");
    CHECK(any_holds(story.lines(), "because its boundary is not known. As plotted, by its point, it is 420.0 m away"));
    CHECK(any_holds(story.steps(), "Find out the boundary of what could not be tested: Point School"));
}

TEST_CASE("nothing is untested: closed on the day, out of reach, the deciding place itself, a clear finding") {
    Story story;
    SUBCASE("closed on the day") {
        story.place("schools", "Point", point(-50, 10), "secondary", PlaceState::open, kBeforeRecords, day(2010, 1, 1));
        story.entrances("schools", {{{400, -5}}, {}});
        story.rule("<= 400 m", "", kFromEntrances);
    }
    SUBCASE("beyond the limit, its extent and the tolerance") {
        story.places("schools").facts.site_radius = Metres{20};
        story.place("schools", "Point", point(-440, 10));
        story.entrances("schools", {{{400, -5}}, {}});
        story.rule("<= 400 m", "", kFromEntrances);
    }
    SUBCASE("the deciding place itself") {
        story.place("schools", "Point", point(-50, 10));
        story.entrances("schools", {{{900, -5}}, {}});
        story.rule("<= 400 m", "", kFromEntrances);
    }
    SUBCASE("another thing is asked: the middle") {
        story.place("schools", "Point", point(-50, 10));
        story.rule("<= 400 m", "", "to = [\"schools\"], from = \"centroid\", by = \"walking\"");
    }
    CHECK(story.lines().empty());
    CHECK_FALSE(any_holds(story.steps(), "could not be tested"));
    CHECK_FALSE(any_holds(story.steps(), "for this place"));
}

TEST_CASE("a row's nearest place is the nearest, though a farther one decides by its unknown boundary") {
    SmallWorld world;
    world.place("schools", "Polygon", rectangle(0, 0, 100, 100));
    world.place("schools", "Point", point(995, 50));
    world.propose(point(510, 50));
    world.rule("<= 400 m");
    const Assessed& assessed = world.assess();
    CHECK(world.finding().result == Result::borderline);
    CHECK(world.finding().place == 1);
    const VerdictRows rows(world.assessment());
    VerdictRow row;
    rows.make(world.batch(), assessed, 0, row);
    CHECK(row.nearest_id == "Polygon");
    CHECK(row.nearest_m == 410.0);
    rows.make_for_policy(world.batch(), assessed, 0, 0, row);
    CHECK(row.nearest_id == "Polygon");
    CHECK(row.nearest_m == 410.0);
}

TEST_CASE("a row's nearest place on foot, where a farther one decides") {
    Story story;
    story.place("schools", "Point", point(-50, 10));
    story.entrances("schools", {{{400, -5}}, {}});
    story.rule("<= 400 m", "", kFromEntrances);
    const Assessed& assessed = story.assess();
    const VerdictRows rows(story.assessment());
    VerdictRow row;
    rows.make(story.batch(), assessed, 0, row);
    CHECK(row.nearest_id == "Point");
    CHECK(row.nearest_m == 60.0);
    CHECK(row.nearest_walked);
}
