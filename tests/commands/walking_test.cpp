// SPDX-License-Identifier: Apache-2.0
//
// Whole commands over streets: the worked example of Edinburgh, where it is there, and walking policies of the catalogue in a small town.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <map>

#include "tests/commands/run_command.h"
#include "tests/support/shared_data.h"

using namespace cordon_test;

namespace {

namespace fs = std::filesystem;

std::string layer(const std::string& name, const std::string& kind, const std::string& file, const std::string& columns,
                  const std::string& more = "accuracy = \"0 m\"\n") {
    return "[layers." + name + "]\nkind = \"" + kind + "\"\nfile = \"" + file +
           "\"\ncrs = \"EPSG:27700\"\ncolumns = { " + columns + " }\n" + more;
}

std::string study(const std::string& policies, const std::string& layers) {
    return "[study]\ntitle = \"On foot\"\ncrs = \"EPSG:27700\"\nas-at = 2026-01-01\npolicies = [" + policies + "]\n" +
           layers;
}

const char* const kWalking =
    "[policy]\nid = \"on-foot\"\ntitle = \"On foot\"\nauthority = \"Nowhere\"\nkind = \"spd\"\nstatus = "
    "\"adopted\"\nsource = "
    "\"none\"\n[[rule]]\nid = \"W\"\ncite = \"W\"\ndistance = { to = [\"schools\"], from = \"point\", by = \"walking\" "
    "}\n"
    "breach = \"<= 400 m\"\noutcome = \"refuse\"\n";

/// A school (0, 0)–(200, 100) from (425000, 565000) with a gate in the east, a street out of it, 90 m to a railway that only a bridge 450 m to the north crosses.
void write_small_town(const Folder& folder, const std::string& policies) {
    folder.write("schools.csv",
                 "id,name,kind,wkt\n"
                 "S1,Hill School,secondary,\"POLYGON((425000 565000,425200 565000,425200 565100,425000 565100,425000 "
                 "565000))\"\n");
    folder.write("gates.csv", "school,x,y\nS1,425200,565050\n");
    folder.write(
        "streets.csv",
        "id,wkt\n1,\"LINESTRING(425200 565050,425290 565050)\"\n2,\"LINESTRING(425290 565050,425290 565500)\"\n"
        "3,\"LINESTRING(425290 565500,425310 565500)\"\n4,\"LINESTRING(425310 565500,425310 565050)\"\n"
        "5,\"LINESTRING(425310 565050,426500 565050)\"\n");
    folder.write(
        "applications.csv",
        "reference,x,y,use\nnear,425280,565050,hot-food-takeaway\nover the railway,425410,565050,hot-food-takeaway\n"
        "far,426000,565050,hot-food-takeaway\n");
    folder.write("centres.csv",
                 "id,class,wkt\nC1,Retail core,\"POLYGON((420000 560000,420100 560000,420100 560100,420000 "
                 "560100,420000 560000))\"\n");
    folder.write(
        "study.toml",
        study(
            policies,
            layer("town-centres", "areas", "centres.csv", "code = \"id\", wkt = \"wkt\"") +
                layer(
                    "schools", "places", "schools.csv", "id = \"id\", name = \"name\", kind = \"kind\", wkt = \"wkt\"",
                    "accuracy = \"1 m\"\nentrances = { file = \"gates.csv\", place = \"school\", crs = \"EPSG:27700\", "
                    "columns = { x = \"x\", y = \"y\" } }\n") +
                layer("applications", "proposals", "applications.csv",
                      "reference = \"reference\", x = \"x\", y = \"y\", use = \"use\"", "accuracy = \"1 m\"\n") +
                layer("streets", "streets", "streets.csv", "id = \"id\", wkt = \"wkt\"",
                      "topology = \"endpoints\"\nwalkable = \"all\"\n")));
}

/// Findings of one rule against the schools, by reference.
std::map<std::string, Row> findings_of(const fs::path& path, const std::string& rule) {
    std::map<std::string, Row> found;
    for (const Row& row : read_csv(path))
        if (row.at("rule") == rule && row.at("layer") == "schools") found[row.at("reference")] = row;
    return found;
}

}  // namespace

TEST_CASE("Edinburgh: 205 outlets and 15 gates, as worked out on an explicitly split graph") {
    const auto example = shared_data("data/network/vectors_edinburgh_centre");
    if (!example) return;
    const fs::path vectors = *example;
    Folder folder;
    for (const char* file : {"gates.csv", "outlets.csv", "edges.csv"}) fs::copy_file(vectors / file, folder / file);
    folder.write("policy.toml", kWalking);
    folder.write("study.toml", study("\"policy.toml\"",
                                     layer("schools", "places", "gates.csv", "id = \"gate_id\", x = \"x\", y = \"y\"") +
                                         layer("applications", "proposals", "outlets.csv",
                                               "reference = \"outlet_id\", x = \"x\", y = \"y\"") +
                                         layer("streets", "streets", "edges.csv", "id = \"edge_id\", wkt = \"wkt\"",
                                               "topology = \"endpoints\"\nwalkable = \"all\"\nband = \"0 m\"\n")));
    REQUIRE(cordon({"check", "study.toml", "--findings", "findings.csv"}, folder.path()).status == 0);
    std::map<std::string, Row> found = findings_of(folder / "findings.csv", "W");
    REQUIRE(found.size() == 205);
    int compared = 0;
    for (const Row& expected : read_csv(vectors / "nearest.csv")) {
        if (expected.at("walk_total_m").empty()) continue;  // no gate within 1,600 m in the example
        const Row& row = found.at(expected.at("outlet_id"));
        CHECK(std::fabs(std::stod(row.at("measured")) - std::stod(expected.at("walk_total_m"))) < 0.02);
        CHECK(row.at("place_id") == expected.at("nearest_gate_by_walk"));
        CHECK((row.at("result") == "breach") == (expected.at("walk_within_400") == "1"));
        CHECK(std::fabs(std::stod(row.at("straight_m")) - std::stod(expected.at("straight_m"))) < 0.02);
        ++compared;
    }
    CHECK(compared == 203);
}

TEST_CASE("the London Plan's E9 from the catalogue: 400 m on foot from the gate, and the railway counts") {
    Folder folder;
    write_small_town(folder, "\"london-plan-2021-e9\"");
    REQUIRE(cordon({"check", "study.toml", "--findings", "findings.csv"}, folder.path()).status == 0);
    std::map<std::string, Row> found = findings_of(folder / "findings.csv", "E9-D");
    CHECK(found["near"].at("result") == "breach");
    CHECK(found["near"].at("measured") == "80.000");
    CHECK(found["near"].at("tolerance") == "12.000");  // 1 m, 1 m and 10 m of walking
    CHECK(found["over the railway"].at("result") == "clear");
    CHECK(found["over the railway"].at("measured") == "1110.000");
    CHECK(found["over the railway"].at("straight_m") == "210.000");
    CHECK(found["far"].at("result") == "clear");
}

TEST_CASE("Newcastle from the catalogue: ten minutes on foot are 800 m at the usual speed, and it is said") {
    Folder folder;
    write_small_town(folder, "\"newcastle-hft-2024\"");
    REQUIRE(cordon({"check", "study.toml", "--findings", "findings.csv"}, folder.path()).status == 0);
    std::map<std::string, Row> found = findings_of(folder / "findings.csv", "N-10-minutes");
    CHECK(found["near"].at("result") == "breach");
    CHECK(found["near"].at("limit") == "800");
    CHECK(found["over the railway"].at("result") == "clear");
    CHECK(findings_of(folder / "findings.csv", "N-400m")["over the railway"].at("result") == "breach");
    const std::string text = cordon({"check", "study.toml"}, folder.path()).out;
    CHECK(holds(text, "80 m/min"));
}
