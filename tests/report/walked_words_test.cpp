// SPDX-License-Identifier: Apache-2.0
//
// Walks in words, tables and drawings. A school (0, 0)-(200, 100) with a gate at (200, 50), 12 m from a street that goes north at x = 212 to y = 145 and then east: a
// site at (512, 150) is 12 + 395 + 5 = 412 m from the gate on foot, 327.6 m in a straight line.
#include "libgeo/report/walked_words.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <regex>

#include "libgeo/report/evidence_tables.h"
#include "libgeo/report/evidence_words.h"
#include "libgeo/report/inspect.h"
#include "libgeo/report/policy_words.h"
#include "libgeo/report/rows.h"
#include "libgeo/report/sheet_map.h"
#include "libgeo/report/words.h"
#include "tests/support/small_world.h"

using namespace geo;
using namespace geo::test;

namespace {

const char* const kFromEntrances = "to = [\"schools\"], from = \"entrances\", by = \"walking\"";
const char* const kFromBoundary = "to = [\"schools\"], from = \"boundary\", by = \"walking\"";

struct Story : SmallWorld {
    explicit Story(std::optional<double> band = std::nullopt, bool has_paths = true) {
        place("schools", "Ash", rectangle(0, 0, 200, 100));
        entrances("schools", {{{200, 50}}});
        Shapes lines;
        add_line(lines, {{212, -200}, {212, 145}, {1212, 145}});
        streets(lines, band, has_paths);
    }
    std::string why(std::uint32_t row = 0) {
        assess();
        return reason(finding(row), assessment().slots()[0], assessment());
    }
    EvidenceSubject subject(std::uint32_t row = 0) { return subject_of_proposal(batch(), assess(), row); }
    std::string paragraph() {
        const EvidenceSubject one = subject();
        return rule_paragraph(one, entries_of(one, assessment())[0], assessment());
    }
    std::vector<std::string> steps() {
        const EvidenceSubject one = subject();
        return settle_words(one, entries_of(one, assessment())[0], assessment());
    }
    FindingRow row() {
        assess();
        FindingRow out;
        make_finding_row(batch(), 0, finding(), assessment().slots()[0], label_, assessment(), out);
        return out;
    }

  private:
    std::string label_ = "R1";  // a row is of views, this among them
};

bool holds(const std::string& text, const std::string& what) { return text.find(what) != std::string::npos; }
bool any_holds(const std::vector<std::string>& list, const std::string& what) {
    return std::any_of(list.begin(), list.end(), [&](const std::string& one) { return holds(one, what); });
}

std::size_t count_of(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
    return count;
}

/// The cells of a row as a CSV has them, by name.
std::map<std::string, std::string> cells_of(const FindingRow& row) {
    TextCells texts;
    NamedCells names;
    finding_row_cells(row, texts);
    finding_row_cells(row, names);
    std::map<std::string, std::string> out;
    const auto views = texts.views();
    const auto called = names.names();
    for (std::size_t k = 0; k < views.size(); ++k) out[called[k]] = views[k];
    return out;
}

}  // namespace

TEST_CASE("a walk in one line: its three parts, the straight line beside it, where it began") {
    Story story;
    story.propose(point(512, 150));
    story.rule("<= 400 m", "", kFromEntrances);
    CHECK(
        story.why() ==
        "412.0 m on foot (12.0 m to the street, 395.0 m along it, 5.0 m to the site; 327.6 m in a straight line) from "
        "the entrance of Ash School (schools Ash), limit 400 m: clear of R1");
    const WalkParts parts = walk_parts(story.finding());
    CHECK(parts.access_place == 12.0);
    CHECK(parts.along == 395.0);
    CHECK(parts.access_site == 5.0);
}

TEST_CASE("what is too close to call says how much of it is the walk's") {
    Story story;
    story.places("schools").facts.accuracy = Metres{2};
    story.proposals().accuracy = Metres{1};
    story.propose(point(512, 150));
    story.rule("<= 400 m", "", kFromEntrances);
    CHECK(holds(
        story.why(),
        "too close to call under R1 (known to 13 m only (± 10 m of it of walking); as plotted beyond the limit)"));
    CHECK(
        story.paragraph() ==
        "The site is 412.0 m (± 13 m, of which ± 10 m of walking) on foot from the entrance of Ash School (schools "
        "Ash), 12.0 m to the street, 395.0 m along it, 5.0 m to the site, measured from the point given for the site; "
        "the limit is 400 m, so it lies 12.0 m beyond it. It is 327.6 m in a straight line. Walked along the streets "
        "of "
        "the layer streets (not dated). This is too close to call under R1: the distance is known to ± 13 m only. As "
        "plotted it "
        "is beyond the limit.");
    const auto steps = story.steps();
    REQUIRE(steps.size() == 1);
    CHECK(steps[0] ==
          "Walk the way with a measuring wheel, from (512.000, 150.000) at the site to (200.000, 50.000), the entrance "
          "of "
          "Ash School (schools Ash). It is known to ± 13 m; better than ± 12 m settles it.");
}

TEST_CASE("a straight line is told as before, with a network or without") {
    Story story;
    story.propose(point(512, 150));
    story.rule("<= 400 m");
    CHECK(story.why() == "316.0 m from the boundary of Ash School (schools Ash), limit 400 m: contrary to R1");
    CHECK_FALSE(is_walked(story.finding(), story.assessment().rule(story.assessment().slots()[0])));
}

TEST_CASE("parts are rounded so that they add up to the distance as it is printed") {
    Finding finding;
    finding.measured = 412.149;
    finding.limit = 300;
    finding.access_place = 12'049;
    finding.access_site = 5'049;
    CHECK(walk_parts_words(finding) == "12.0 m to the street, 395.1 m along it, 5.0 m to the site");
    finding.limit = 412.15;
    CHECK(walk_parts_words(finding) == "12.049 m to the street, 395.051 m along it, 5.049 m to the site");
}

TEST_CASE("entrances asked and none known: from the boundary, and said so") {
    SmallWorld world;
    world.place("schools", "Ash", rectangle(0, 0, 200, 100));
    Shapes lines;
    add_line(lines, {{190, 50}, {590, 50}});
    world.streets(lines, 0.0);
    world.propose(point(500, 50));
    world.rule("<= 400 m", "", kFromEntrances);
    world.assess();
    CHECK(
        reason(world.finding(), world.assessment().slots()[0], world.assessment()) ==
        "300.0 m on foot (0.0 m to the street, 300.0 m along it, 0.0 m to the site; 300.0 m in a straight line) from "
        "the boundary of Ash School (schools Ash), limit 400 m: too close to call under R1 (no entrances are known, so "
        "walked from the boundary, the shortest way from any point of it: the walk from the entrance can only be "
        "longer; as plotted within the limit)");
    const EvidenceSubject subject = subject_of_proposal(world.batch(), world.assess(), 0);
    CHECK(any_holds(settle_words(subject, entries_of(subject, world.assessment())[0], world.assessment()),
                    "Survey the gates of Ash School (schools Ash): none are known."));
}

TEST_CASE("no walk is known of a site too far from every street: unknown, or clear where a straight line settles it") {
    Story story;
    story.propose(point(400, 300));
    story.propose(point(512, 400));
    story.rule("<= 400 m", "", kFromEntrances);
    CHECK(story.why(0) ==
          "R1 not tested: the site stands more than 100 m from every street that a walk may begin or end on");
    CHECK(any_holds(
        story.steps(),
        "Add the street or path that the site is reached by. It stands more than 100 m from every street that a "
        "walk may begin or end on. It is 320.2 m in a straight line."));
    CHECK(
        story.why(1) ==
        "clear of R1: the site stands more than 100 m from every street that a walk may begin or end on and no walk is "
        "known, but none can be shorter than a straight line, which is longer than the limit (468.9 m in a straight "
        "line)");
}

TEST_CASE("beside a street of a part that nothing joins: not far from every street, and that part is to be joined") {
    Story story;
    Shapes lines;
    add_line(lines, {{212, -200}, {212, 145}, {1212, 145}});
    add_line(lines, {{350, 300}, {450, 300}});
    story.streets(lines);
    WalkingNetwork alone = *story.layers().walking;
    const std::uint32_t isle = alone.network.lines().nearest({400, 300}, 1.0, {}).value();
    alone.usable[isle] = 0;  // as load_walking_network marks it
    alone.small_parts = 1;
    story.layers().walking = std::make_shared<const WalkingNetwork>(std::move(alone));
    story.propose(point(400, 305));
    story.rule("<= 400 m", "", kFromEntrances);
    CHECK(story.why() ==
          "R1 not tested: the site stands more than 100 m from every street that a walk may begin or end on");
    CHECK(any_holds(story.steps(),
                    "Add the street or path that the site is reached by, or join the part of the streets that stands "
                    "alone (the `small-part` issues say where such parts are). It stands more than 100 m from every "
                    "street that a walk may begin or end on."));
}

TEST_CASE("streets without footpaths: too close to call, and what would settle it") {
    Story story(0.0, false);
    story.propose(point(512, 150));
    story.rule("<= 400 m", "", kFromEntrances);
    CHECK(holds(story.why(),
                "too close to call under R1 (the streets have no footpaths, so the walk may be shorter; as "
                "plotted beyond the limit)"));
    CHECK(any_holds(story.steps(), "Look for a footpath or a cut-through on the ground"));
    CHECK(any_holds(walking_method(story.assessment()), "These streets have no footpaths"));
}

TEST_CASE("a site that may lie nearer to another street: too close to call, and what would settle it") {
    Story story(0.0);
    Shapes lines;
    add_line(lines, {{212, -200}, {212, 145}, {1212, 145}});
    add_line(lines, {{700, 161}, {512, 161}, {512, 261}, {1300, 261}, {1212, 145}});  // the long way round
    story.streets(lines, 0.0);
    story.proposals().accuracy = Metres{5};
    story.propose(point(512, 152));  // 7 m from the one street, 9 m from the other
    story.rule("<= 500 m", "", kFromEntrances);
    CHECK(holds(story.why(),
                "too close to call under R1 (an end of the walk may truly lie where the walk, perhaps by another "
                "street, is on the other side of the limit; as plotted within the limit)"));
    CHECK(any_holds(story.steps(),
                    "Plot the site more exactly: within ± 5 m it may lie where the walk, perhaps by another street, is "
                    "on the other side of the limit."));
}

TEST_CASE("outlets on foot that may stand nearer to another street: what would settle it") {
    Story story(0.0);
    story.outlet(204, 0, 5);  // 8 m from the street; beside another that no way leads to
    Shapes lines;
    add_line(lines, {{212, -200}, {212, 145}, {1212, 145}});
    add_line(lines, {{195, -50}, {195, 50}});
    story.streets(lines, 0.0);
    story.propose(point(212, 100));
    story.policy(
        "[[rule]]\nid = \"R1\"\ncite = \"R1\"\noutcome = \"refuse\"\nbreach = \">= 1\"\ncount = { of = "
        "\"hot-food-takeaway\", within = \"400 m\", by = \"walking\", proposal = \"excluded\" }\n");
    CHECK(holds(story.why(),
                "some ends may truly lie where a walk, perhaps by another street, is on the other side of the radius"));
    CHECK(any_holds(story.steps(),
                    "Plot the site and the outlets more exactly: some may lie where a walk, perhaps by another street, "
                    "is on the other side of the radius."));
}

TEST_CASE("minutes are told with their metres and their speed, and where the speed is taken so") {
    CHECK(
        limit_words(read_policy("[policy]\nid = \"P\"\ntitle = \"P\"\n[[rule]]\nid = \"R1\"\ncite = \"R1\"\noutcome = "
                                "\"refuse\"\ndistance = { to = \"schools\", by = \"walking\", speed = \"3.6 km/h\" }\n"
                                "breach = \"<= 10 min\"\n",
                                "p.toml", std::vector<std::string>{"schools"})
                        .rules[0]
                        .breach) == "10 minutes on foot (600 m at 60 m a minute)");
    Story story;
    story.propose(point(512, 150));
    story.rule("<= 10 min", "", kFromEntrances);
    CHECK(holds(story.why(), "limit 10 minutes on foot (800 m at 80 m a minute): contrary to R1"));
    const std::string words = policy_words(story.assessment_policies()[0], 2000);
    CHECK(holds(
        words,
        "holds at 10 minutes on foot (800 m at 80 m a minute) or less (exactly 800 m included); the policy states "
        "no speed: 80 m a minute (4.8 km/h) is taken"));
    CHECK(reach_words(story.assessment_policies()[0].rules[0]) == "10 minutes on foot (800 m at 80 m a minute)");
}

TEST_CASE("a label says that a reach is on foot") {
    Story story;
    story.rule("<= 400 m", "", kFromBoundary);
    story.rule("<= 400 m");
    CHECK(reach_words(story.assessment_policies()[0].rules[0]) == "400 m on foot");
    CHECK(reach_words(story.assessment_policies()[1].rules[0]) == "400 m");
}

TEST_CASE("slack of a walk: decided as a walk is, with the band of each limit") {
    for (const double east : {512.0, 600.0, 703.3}) {
        Story story;
        story.propose(point(east, 150));
        story.rule("<= 900 m", "", kFromEntrances);
        story.assess();
        const auto slack = slack_of(story.finding(), story.assessment().slots()[0], story.assessment());
        REQUIRE(slack);
        REQUIRE(slack->settles_m);
        for (const double limit : {slack->still_m, *slack->settles_m}) {
            Story again;
            again.propose(point(east, 150));
            again.rule("<= " + std::to_string(static_cast<int>(limit)) + " m", "", kFromEntrances);
            again.assess();
            CHECK(again.finding().result == (limit == slack->still_m ? Result::breach : slack->settles));
        }
    }
    Story story;
    story.propose(point(512, 150));
    story.rule("<= 900 m", "", kFromEntrances);
    // At 430 m the walk is known to 10.75 m and lies 18 m within; at 420 m to 10.5 m, and 8 m.
    CHECK(
        holds(story.paragraph(), "It would still breach at a limit of 430 m; at 420 m it would be too close to call."));
}

TEST_CASE("columns of findings: how a walk is made up, and the straight line beside it") {
    Story story;
    story.propose(point(512, 150));
    story.rule("<= 400 m", "", kFromEntrances);
    const auto cells = cells_of(story.row());
    CHECK(cells.at("by") == "walking");
    CHECK(cells.at("from") == "entrance");
    CHECK(cells.at("start_kind") == "entrance");
    CHECK(cells.at("measured") == "412.000");
    CHECK(cells.at("access_place_m") == "12.000");
    CHECK(cells.at("network_m") == "395.000");
    CHECK(cells.at("access_site_m") == "5.000");
    CHECK(cells.at("straight_m") == "327.634");
    CHECK(cells.at("straight_place_id") == "Ash");
    CHECK(cells.at("tolerance_walk") == "10.000");
    CHECK(cells.at("tolerance") == "10.000");
}

TEST_CASE("columns of findings: empty for what was not walked, and the straight line where no walk is known") {
    Story straight;
    straight.propose(point(512, 150));
    straight.rule("<= 400 m");
    const auto cells = cells_of(straight.row());
    for (const char* name : {"start_kind", "access_place_m", "network_m", "access_site_m", "straight_m",
                             "straight_place_id", "tolerance_walk"})
        CHECK_MESSAGE(cells.at(name).empty(), name);
    CHECK(cells.at("by") == "straight-line");

    Story far;
    far.propose(point(400, 300));
    far.rule("<= 400 m", "", kFromEntrances);
    const auto unknown = cells_of(far.row());
    CHECK(unknown.at("measured").empty());
    CHECK(unknown.at("network_m").empty());
    CHECK(unknown.at("straight_m") == "320.156");
}

TEST_CASE("the tables of a sheet: straight line and walking, the walk's parts, which 400 m") {
    Story story;
    story.propose(point(512, 150));
    story.rule("<= 400 m");
    story.rule("<= 400 m", "", kFromEntrances);
    const EvidenceSubject subject = story.subject();
    const HtmlTable table = distance_table(subject, story.assessment());
    REQUIRE(table.rows.size() == 2);
    CHECK(table.columns[2].title == "Straight line");
    CHECK(table.columns[3].title == "Walking");
    CHECK(table.rows[0][2] == "316.0 m");
    CHECK(table.rows[1][2] == "327.6 m");
    CHECK(table.rows[1][3] == "412.0 m");
    CHECK(table.rows[1][4] == "site's point to place's entrance");

    const HtmlTable walks = walks_table(subject, story.assessment());
    REQUIRE(walks.rows.size() == 1);
    CHECK(walks.rows[0] == std::vector<std::string>{"R1", "the entrance of Ash School (schools Ash)", "12.000 m",
                                                    "395.000 m", "5.000 m", "412.000 m", "327.6 m in a straight line"});

    const HtmlTable near = near_table(subject, story.assessment());
    REQUIRE(near.rows.size() == 2);
    CHECK(near.columns.size() == 9);
    CHECK(near.rows[0][3] == "316.0 *");
    CHECK(near.rows[0][7] == "412.0");
    // Of a rule that measures in a straight line: the walk from where it measures from.
    CHECK(table.rows[0][3] == near.rows[0][6] + " m");
    CHECK(near.rows[1][3] == "316.0");
    CHECK(near.rows[1][7] == "412.0 *");

    const HtmlTable points = points_table(subject, story.assessment());
    CHECK(holds(points.rows[1][3], "coordinates 0 m, walking 10 m"));
    CHECK_FALSE(holds(points.rows[0][3], "walking"));
}

TEST_CASE("without streets and without a rule that walks no table speaks of walking") {
    SmallWorld world;
    world.place("schools", "Ash", rectangle(0, 0, 200, 100));
    world.propose(point(512, 150));
    world.rule("<= 400 m");
    const EvidenceSubject subject = subject_of_proposal(world.batch(), world.assess(), 0);
    CHECK(distance_table(subject, world.assessment()).columns.size() == 8);
    CHECK(near_table(subject, world.assessment()).columns.size() == 6);
    CHECK(walking_method(world.assessment()).empty());
    CHECK_FALSE(shows_walking(world.assessment()));
}

TEST_CASE("the map of a sheet: the way along the streets, two broken lines to it, the straight line thin") {
    Story story;
    story.propose(point(512, 150));
    story.rule("<= 400 m", "", kFromEntrances);
    const EvidenceSubject subject = story.subject();
    const SheetMap map = sheet_map(subject, story.assessment());
    CHECK(count_of(map.svg, "class=\"way\"") == 1);
    CHECK(count_of(map.svg, "class=\"access\"") == 2);
    CHECK(count_of(map.svg, "class=\"straight\"") == 1);
    CHECK(holds(map.svg, "R1 412.0 m on foot"));
    CHECK(holds(map.alt, "412.0 m on foot to Ash School (R1)"));
    CHECK(holds(map.caption, "Of a walk the thick line is the way along the streets"));
    // The broken line at the school is as long on paper as its 12 m at the scale.
    std::smatch line;
    REQUIRE(std::regex_search(map.svg, line,
                              std::regex("<path d=\"M([0-9.]+) ([0-9.]+)L([0-9.]+) ([0-9.]+)\" fill=\"none\" "
                                         "stroke=\"[^\"]*\" class=\"access\"")));
    const double millimetres =
        std::hypot(std::stod(line[3]) - std::stod(line[1]), std::stod(line[4]) - std::stod(line[2]));
    CHECK(millimetres * map.scale / 1000.0 == doctest::Approx(12.0).epsilon(0.01));
}

TEST_CASE("a route as one line and as three") {
    Story story;
    story.propose(point(512, 150));
    story.rule("<= 400 m", "", kFromEntrances);
    story.assess();
    const auto route = story.assessment().route(story.batch(), 0, 0, story.finding());
    REQUIRE(route);
    const Shapes line = line_of(*route);
    REQUIRE(line.parts() == 1);
    CHECK(line.first_point(0) == Point{512, 150});
    CHECK(line.vertices() == 5);
    CHECK(Point{line.all_xs().back(), line.all_ys().back()} == Point{200, 50});
    Shapes parts;
    add_parts(*route, parts);
    REQUIRE(parts.parts() == 3);
    CHECK(parts.xs(0).size() == 2);
    CHECK(parts.xs(1).size() == 3);
    CHECK(parts.xs(1).back() == 512);
}

TEST_CASE("how walks were measured: the streets with their date, the tolerance, how far from a street") {
    WalkingNetwork network;
    network.name = "roads";
    network.filters = {"os-open-roads-1"};
    network.band = Metres{15};
    LayerFacts facts;
    FileRecord file, table;
    file.date = "2026-04-01";
    table.date = "2020-01-01";
    facts.files = {file, table};
    network.facts.push_back(facts);
    const auto said = walking_method(network);
    CHECK(name_of_network(network) == "streets of the layer roads (1 April 2026)");
    CHECK(any_holds(said, "What cannot be walked is left out by the table os-open-roads-1."));
    CHECK(any_holds(said, "walks add ± 15 m, as the study says"));
    CHECK(any_holds(said,
                    "No walk is known of what stands more than 100 m from every street that a walk may begin or end "
                    "on. On a private way, in a tunnel or in a part under 500 m that nothing joins, none does."));
    CHECK_FALSE(any_holds(said, "no footpaths"));
}
