// SPDX-License-Identifier: Apache-2.0
//
// Walking in what the commands write: one street of round numbers beside one school, read from files.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "libgeo/report/map_page.h"
#include "libgeo/sources/table.h"
#include "tests/commands/run_command.h"

using namespace cordon_test;

namespace {

// A program that was built without Node has no page.
#ifdef CORDON_HAS_WEBMAP
constexpr bool kNoPage = false;
#else
constexpr bool kNoPage = true;
#endif

/// A school (655000, 250000)-(655200, 250100) with a gate in the middle of its east side, 12 m from a street that goes 95 m north and then east. Applications: 5 m from
/// the street (12 + 395 + 5 = 412 m on foot, 316 m from the boundary in a straight line); too far from any street; 900 m on foot.
void write_street_study(const Folder& folder, const std::string& more_streets = "") {
    folder.write("study.toml", R"([study]
title = "One street"
crs = "EPSG:27700"
as-at = 2026-04-01
policies = ["policy.toml"]

[layers.schools]
kind = "places"
file = "schools.csv"
crs = "EPSG:27700"
columns = { id = "id", name = "name", wkt = "boundary" }
entrances = { file = "gates.csv", place = "school", crs = "EPSG:27700", columns = { x = "x", y = "y" } }
accuracy = "0 m"

[layers.roads]
kind = "streets"
file = "roads.csv"
crs = "EPSG:27700"
columns = { name = "name", wkt = "line" }
topology = "endpoints"
date = 2026-01-15
)" + more_streets + R"(
[layers.applications]
kind = "proposals"
file = "applications.csv"
crs = "EPSG:27700"
columns = { reference = "reference", name = "address", x = "easting", y = "northing", use = "use" }
accuracy = "0 m"
)");
    folder.write("policy.toml", R"([policy]
id = "small"
title = "Small policy"
authority = "Small Council"
kind = "spd"
status = "adopted"
in-force = { from = 2020-01-01 }
applies-to = ["hot-food-takeaway"]
source = "SPD"

[[rule]]
id = "S1"
cite = "S1"
distance = { to = ["schools"], from = "boundary" }
breach = "<= 300 m"
outcome = "refuse"

[[rule]]
id = "S2"
cite = "S2"
distance = { to = ["schools"], from = "entrances", by = "walking" }
breach = "<= 500 m"
outcome = "refuse"
)");
    folder.write("schools.csv",
                 "id,name,boundary\n1001,Ash School,\"POLYGON((655000 250000, 655200 250000, 655200 250100, 655000 "
                 "250100, 655000 250000))\"\n");
    folder.write("gates.csv", "school,x,y\n1001,655200,250050\n");
    folder.write("roads.csv", "name,line\nLong Road,\"LINESTRING(655212 249800, 655212 250145, 656212 250145)\"\n");
    folder.write("applications.csv",
                 "reference,address,easting,northing,use\n"
                 "26/1,5 Long Road,655512,250150,Sui Generis (hot food takeaway)\n"
                 "26/2,Far Field,655400,250300,Sui Generis (hot food takeaway)\n"
                 "26/3,90 Long Road,656000,250150,Sui Generis (hot food takeaway)\n");
}

const Row& row_of(const std::vector<Row>& rows, const std::string& reference, const std::string& rule) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) {
        return row.at("reference") == reference && row.at("rule") == rule;
    });
    REQUIRE(found != rows.end());
    return *found;
}

}  // namespace

TEST_CASE("walking: an entrance that is lost, of nobody or elsewhere leaves the run incomplete where a rule reads it") {
    const Folder folder;
    write_street_study(folder);
    const auto status = [&](const std::string& gate, const std::string& rule) {
        folder.write("gates.csv", "school,x,y\n1001,655200,250050\n" + gate);
        const std::string policy = read_text(folder / "policy.toml");
        folder.write("one.toml", policy.substr(0, policy.find("[[rule]]")) + rule);
        return cordon({"check", "study.toml", "--policy", "one.toml"}, folder.path());
    };
    const std::string walked =
        "[[rule]]\nid = \"W\"\ncite = \"W\"\ndistance = { to = [\"schools\"], from = "
        "\"entrances\", by = \"walking\" }\nbreach = \"<= 500 m\"\noutcome = \"refuse\"\n";
    const std::string straight =
        "[[rule]]\nid = \"D\"\ncite = \"D\"\ndistance = { to = [\"schools\"] }\nbreach = "
        "\"<= 300 m\"\noutcome = \"refuse\"\n";
    CHECK(status("1001,655210,250050\n", walked).status == 0);  // 10 m from the boundary
    for (const char* gate : {"1001,,\n", "11,655300,250050\n", "1001,655680,250050\n"}) {
        const Ran ran = status(gate, walked);
        CHECK(ran.status == 4);
        CHECK(holds(ran.out + ran.err, "schools.entrances"));
        CHECK(status(gate, straight).status == 0);
    }
}

TEST_CASE("walking: findings and places have the walk, its parts and the straight line") {
    const Folder folder;
    write_street_study(folder);
    const Ran ran =
        cordon({"check", "study.toml", "--out", "v.csv", "--findings", "f.csv", "--places", "p.csv"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const std::vector<Row> findings = read_csv(folder / "f.csv");
    const Row& walked = row_of(findings, "26/1", "S2");
    CHECK(walked.at("result") == "breach");
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{{"by", "walking"},
                                                                                      {"start_kind", "entrance"},
                                                                                      {"measured", "412.000"},
                                                                                      {"access_place_m", "12.000"},
                                                                                      {"network_m", "395.000"},
                                                                                      {"access_site_m", "5.000"},
                                                                                      {"straight_m", "327.634"},
                                                                                      {"straight_place_id", "1001"},
                                                                                      {"tolerance", "12.500"},
                                                                                      {"tolerance_walk", "12.500"}})
        CHECK_MESSAGE(walked.at(name) == value, name, " ", walked.at(name));
    CHECK(row_of(findings, "26/1", "S1").at("straight_m").empty());
    CHECK(row_of(findings, "26/2", "S2").at("result") == "unknown");
    CHECK(row_of(findings, "26/2", "S2").at("straight_m") == "320.156");
    CHECK(row_of(findings, "26/3", "S2").at("result") == "clear");
    CHECK(row_of(findings, "26/3", "S2").at("measured") == "900.000");

    const std::vector<Row> places = read_csv(folder / "p.csv");
    const Row& place = row_of(places, "26/1", "S2");
    CHECK(place.at("walk_entrances_m") == "412.000");
    CHECK(place.at("walking_m") == "412.000");
    CHECK(row_of(places, "26/1", "S1").at("walking_m") == row_of(places, "26/1", "S1").at("walk_boundary_m"));
    CHECK(holds(read_text(folder / "v.provenance.json"), "roads.csv"));
}

TEST_CASE("walking: the lines of findings in a GeoPackage follow the streets") {
    const Folder folder;
    write_street_study(folder);
    REQUIRE(cordon({"check", "study.toml", "--out", "v.gpkg"}, folder.path()).status == 0);
    const auto table = geo::open_table({folder / "v.gpkg", "v.gpkg", "findings", "findings"});
    const auto batch = table->next_batch();
    REQUIRE(batch);
    REQUIRE(batch->size() == 6);
    // By rows: 26/1 S1, 26/1 S2, …
    CHECK(batch->shapes.box(0).max_y == 250150.0);
    const geo::Shapes& shapes = batch->shapes;
    const auto vertices = [&](std::size_t i) {
        std::size_t n = 0;
        for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) n += shapes.xs(part).size();
        return n;
    };
    CHECK(vertices(0) == 2);
    CHECK(vertices(1) == 5);
}

TEST_CASE("walking: which 400 m, with three walks beside three straight lines") {
    const Folder folder;
    write_street_study(folder);
    const Ran ran = cordon({"check", "study.toml", "--at", "655512,250150"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const std::string words = std::regex_replace(ran.out, std::regex("\\s+"), " ");
    CHECK(holds(words, "Metres in a straight line and on foot to each place that a rule names"));
    CHECK(holds(ran.out, "on foot: boundary"));
    CHECK(holds(ran.out, "412.0 *"));
    CHECK(holds(ran.out, "316.0 *"));
    CHECK(holds(words,
                "walked from 655512.000 250150.000 to 655200.000 250050.000, tolerance 12.50 m, ± 12.50 m of it of "
                "walking"));
    CHECK(holds(words, "Walks follow the streets of the layer roads (15 January 2026)"));
}

TEST_CASE("walking: a study whose rules are straight says nothing of walking") {
    const Folder folder;
    write_small_study(folder);
    const Ran ran = cordon({"check", "study.toml", "--at", "655512,250150"}, folder.path());
    CHECK_MESSAGE(!holds(ran.out, "on foot"), ran.out);
    CHECK_MESSAGE(!holds(ran.out, "alking"), ran.out);
}

TEST_CASE("walking: the evidence sheet has both ways, the walk's parts and the way on its map") {
    const Folder folder;
    write_street_study(folder);
    const Ran ran = cordon({"report", "study.toml", "--proposal", "26/1", "--out", "sheet.html"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const std::string html = read_text(folder / "sheet.html");
    for (const char* words :
         {"The site is 412.0 m (± 12.5 m of walking) on foot from the entrance of Ash School (schools 1001), 12.0 m to "
          "the "
          "street, 395.0 m along it, 5.0 m to the site",
          "It is 327.6 m in a straight line. Walked along the streets of the layer roads (15 January 2026).",
          "Walks in their three parts", "How walks were measured", "roads.csv"})
        CHECK_MESSAGE(holds(html, words), words);
    CHECK_FALSE(holds(html, "Walking distance was not measured"));
    const Ran text = cordon({"report", "study.toml", "--proposal", "26/2"}, folder.path());
    CHECK(holds(std::regex_replace(text.out, std::regex("\\s+"), " "),
                "Add the street or path that the site is reached by. It stands more than 100 m from every street that "
                "a walk may begin or end on."));
}

TEST_CASE("walking: a school without entrances that another hides is said on the sheet, in its words and by --at") {
    const Folder folder;
    write_street_study(folder);
    // Nearer than Ash School, whose gate decides: 492 m on foot, too close to 500 m to call. Without a boundary and without a gate.
    folder.write(
        "applications.csv",
        "reference,address,easting,northing,use\n26/4,80 Long Road,655592,250150,Sui Generis (hot food takeaway)\n");
    folder.write("schools.csv", read_text(folder / "schools.csv") + "1002,Point School,POINT(655652 250155)\n");
    const std::string said =
        "Point School (schools 1002) could not be tested by this rule, because its entrances are not known. As "
        "plotted, "
        "by its point, it is 75.0 m away on foot (60.2 m in a straight line).";
    REQUIRE(cordon({"report", "study.toml", "--proposal", "26/4", "--out", "sheet.html"}, folder.path()).status == 0);
    const std::string html = read_text(folder / "sheet.html");
    CHECK(holds(html, "S2: " + said));
    CHECK(holds(html,
                "S2: Find out the entrances of what could not be tested: Point School (schools 1002), 75.0 m away"));
    const auto words = [](const Ran& ran) { return std::regex_replace(ran.out, std::regex("\\s+"), " "); };
    CHECK(holds(words(cordon({"report", "study.toml", "--proposal", "26/4"}, folder.path())), "S2: " + said));
    CHECK(holds(words(cordon({"check", "study.toml", "--at", "655592,250150"}, folder.path())), said));
}

TEST_CASE("walking: the map's page has the ways of its findings" * doctest::skip(kNoPage)) {
    if (!geo::map_page_built()) return;
    const Folder folder;
    write_street_study(folder);
    REQUIRE(cordon({"map", "study.toml", "--out", "map.html"}, folder.path()).status == 0);
    const std::string html = read_text(folder / "map.html");
    const std::string begin = "<script type=\"application/json\" id=\"data\">";
    REQUIRE(holds(html, begin));
    const std::size_t from = html.find(begin) + begin.size();
    const auto data = nlohmann::json::parse(html.substr(from, html.find("</script>", from) - from));
    const auto& findings = data["findings"];
    REQUIRE(findings["walked"].size() == findings["ways"].size());
    std::size_t ways = 0;
    for (std::size_t f = 0; f < findings["ways"].size(); ++f) {
        if (findings["ways"][f].is_number()) continue;
        ++ways;
        CHECK(findings["walked"][f] == 1);
        CHECK(findings["ways"][f]["l"].size() == 3);
    }
    CHECK(ways >= 1);
    CHECK(holds(html, "412.0 m on foot"));
}

TEST_CASE("walking: the pack says how walks were measured") {
    const Folder folder;
    write_street_study(folder);
    const Ran ran = cordon({"report", "study.toml", "--out", "pack.html"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const std::string html = read_text(folder / "pack.html");
    CHECK(holds(html, "Walking distances"));
    CHECK(holds(html, "Walks follow the streets of the layer roads (15 January 2026)"));
    CHECK(holds(html, "412.0 m on foot"));
}

TEST_CASE("walking: streets without footpaths are said to have none wherever they decide") {
    const Folder folder;
    write_street_study(folder, "paths = false\n");
    const Ran ran = cordon({"report", "study.toml", "--proposal", "26/1", "--out", "sheet.html"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    CHECK(holds(read_text(folder / "sheet.html"), "which have no footpaths"));
}
