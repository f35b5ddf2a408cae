// SPDX-License-Identifier: Apache-2.0
//
// What `inspect` says of a study's streets, and what an answer that rests on them has on record.
#include <doctest/doctest.h>

#include "tests/commands/run_command.h"

using namespace cordon_test;

namespace {

/// A cross of two streets, a private drive, a motorway, and a footway that nothing joins.
const char* const kOsm =
    "<osm version=\"0.6\">"
    "<node id=\"1\" lat=\"52.00\" lon=\"1.00\"/><node id=\"2\" lat=\"52.00\" lon=\"1.01\"/>"
    "<node id=\"3\" lat=\"52.00\" lon=\"1.02\"/><node id=\"4\" lat=\"51.99\" lon=\"1.01\"/>"
    "<node id=\"5\" lat=\"52.01\" lon=\"1.01\"/><node id=\"6\" lat=\"52.02\" lon=\"1.01\"/>"
    "<node id=\"7\" lat=\"52.005\" lon=\"1.005\"/><node id=\"8\" lat=\"52.006\" lon=\"1.005\"/>"
    "<way id=\"10\"><nd ref=\"1\"/><nd ref=\"2\"/><nd ref=\"3\"/><tag k=\"highway\" v=\"residential\"/></way>"
    "<way id=\"11\"><nd ref=\"4\"/><nd ref=\"2\"/><nd ref=\"5\"/><tag k=\"highway\" v=\"tertiary\"/></way>"
    "<way id=\"12\"><nd ref=\"5\"/><nd ref=\"6\"/><tag k=\"highway\" v=\"service\"/><tag k=\"access\" "
    "v=\"private\"/></way>"
    "<way id=\"13\"><nd ref=\"3\"/><nd ref=\"6\"/><tag k=\"highway\" v=\"motorway\"/></way>"
    "<way id=\"14\"><nd ref=\"7\"/><nd ref=\"8\"/><tag k=\"highway\" v=\"footway\"/></way>"
    "</osm>";

const char* const kStreets = "[layers.streets]\nkind = \"streets\"\nfile = \"town.osm\"\ndate = 2026-01-31\n";

}  // namespace

TEST_CASE("inspect: the network of an OpenStreetMap file, and what was left out by which rule") {
    const Folder folder;
    folder.write("town.osm", kOsm);
    folder.write("study.toml", std::string("[study]\ncrs = \"EPSG:27700\"\n") + kStreets + "band = \"12 m\"\n");
    const Ran ran = cordon({"inspect", "study.toml"}, folder.path());
    CHECK_MESSAGE(ran.status == 0, ran.err);
    CHECK(holds(ran.out, "town.osm: 5 rows read, 3 used, 2 ruled out, preset osm-streets, data of 2026-01-31"));
    CHECK(holds(ran.out, "what can be walked: table osm-2026-11"));
    CHECK(holds(ran.out, "3 lines that can be walked: street-or-path 3"));
    CHECK(holds(ran.out, "2 lines left out: motorway 1, access-private 1"));
    CHECK(holds(ran.out, "3 lines joined by shared-vertices (within 0.01 m): 5 links, 7 junctions"));
    CHECK(holds(ran.out, "2 parts, the largest with 71.4 % of the junctions; in 1 under 500 m (0.1 km)"));
    CHECK(holds(ran.out, "footpaths are among the lines"));
    CHECK(holds(ran.out, "good to 12 m; up to 100 m"));
    CHECK(holds(ran.out, "1 line: a motorway: closed to people on foot by law; not walked"));
}

TEST_CASE("init: a file of OpenStreetMap becomes a layer of streets of which nothing more has to be said") {
    const Folder folder;
    folder.write("town.osm", kOsm);
    const Ran init = cordon({"init", "."}, folder.path());
    REQUIRE_MESSAGE(init.status == 0, init.err);
    CHECK(holds(read_text(folder / "study.toml"),
                "streets = { kind = \"streets\", file = \"town.osm\" }  # OpenStreetMap ways"));
    const Ran inspect = cordon({"inspect", "study.toml"}, folder.path());
    CHECK_MESSAGE(inspect.status == 0, inspect.err);
    CHECK(holds(inspect.out, "Walking network (streets)"));
}

TEST_CASE("inspect: streets that make no network are said to, and nothing else fails") {
    const Folder folder;
    folder.write("streets.csv", "id,wkt\n1,\"LINESTRING(655000 250000,655900 250000)\"\n");
    const std::string study =
        "[study]\ncrs = \"EPSG:27700\"\n[layers.streets]\nkind = \"streets\"\nfile = \"streets.csv\"\ncrs = "
        "\"EPSG:27700\"\n";
    folder.write("study.toml", study);
    const Ran ran = cordon({"inspect", "study.toml"}, folder.path());
    CHECK_MESSAGE(ran.status == 0, ran.err);
    CHECK(holds(ran.out, "no network for walking: why is said below"));
    CHECK(holds(ran.out, "none, so that no walk can be measured: study.toml:3: topology: is missing for the streets"));
}

TEST_CASE("an answer on foot names the file of its streets and the table of what can be walked") {
    const Folder folder;
    write_small_study(folder);
    folder.write("streets.csv", "id,highway,foot,wkt\n1,residential,,\"LINESTRING(655000 249990,656500 249990)\"\n");
    folder.write(
        "on-foot.toml",
        "[policy]\nid = \"on-foot\"\ntitle = \"On foot\"\nauthority = \"Here\"\nstatus = \"adopted\"\n"
        "applies-to = [\"hot-food-takeaway\"]\n[[rule]]\nid = \"A\"\ntitle = \"Not within a walk of 400 m\"\n"
        "cite = \"A\"\ndistance = { to = [\"schools\"], from = \"boundary\", by = \"walking\" }\nbreach = \"<= 400 "
        "m\"\noutcome = \"refuse\"\n");
    const std::string before = read_text(folder / "study.toml");
    const std::string streets =
        "\n[layers.roads]\nkind = \"streets\"\nfile = \"streets.csv\"\ncrs = \"EPSG:27700\"\nwalkable = "
        "\"osm-streets\"\n";
    folder.write("study.toml", before + streets);
    const Ran without = cordon({"check", "study.toml", "--policy", "on-foot.toml"}, folder.path());
    CHECK(without.status == 2);
    CHECK(holds(without.err, "topology: is missing for the streets of roads"));
    folder.write("study.toml", before + streets + "topology = \"shared-vertices\"\n");
    const Ran ran = cordon({"check", "study.toml", "--policy", "on-foot.toml", "--out", "answer.json"}, folder.path());
    CHECK_MESSAGE((ran.status == 0 || ran.status == 4), ran.err);
    const std::string json = read_text(folder / "answer.json");
    CHECK(holds(json, "\"streets.csv\""));
    CHECK(holds(json, "\"walkable:osm-2026-11\""));
}
