// SPDX-License-Identifier: Apache-2.0
//
// `cordon zones` and `cordon sweep` over streets: a school whose gate is on Station Road, and New Road across the railway, 100 m away and 1.3 km on foot.
#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/commands/run_command.h"

using namespace cordon_test;

namespace {

std::string layer(const std::string& name, const std::string& kind, const std::string& columns,
                  const std::string& more = "accuracy = \"0 m\"\n") {
    return "[layers." + name + "]\nkind = \"" + kind + "\"\nfile = \"" + name +
           ".csv\"\ncrs = \"EPSG:27700\"\npreset = \"none\"\ncolumns = { " + columns + " }\n" + more;
}

std::string policy(const std::string& by) {
    return "[policy]\nid = \"p\"\ntitle = \"Plan\"\nauthority = \"B\"\nkind = \"spd\"\nstatus = \"adopted\"\n"
           "applies-to = [\"hot-food-takeaway\"]\nsource = \"none\"\n"
           "[[rule]]\nid = \"R1\"\ntitle = \"Near a school\"\ncite = \"R1\"\ndistance = { to = [\"schools\"], from = "
           "\"entrances\", by = \"" +
           by + "\" }\nbreach = \"<= 400 m\"\nunless = { inside = [\"centres\"] }\noutcome = \"refuse\"\n";
}

const char* const kStreets = "topology = \"endpoints\"\nwalkable = \"all\"\nband = \"0 m\"\n";

/// A borough of 2 km by 1 km, (655000, 250000) to (657000, 251000); the gate at its middle, (656000, 250500).
void write_borough(const Folder& folder, const std::string& by, const std::string& streets = kStreets) {
    folder.write("schools.csv",
                 "id,name,wkt\nS1,School,\"POLYGON((655950 250400,656050 250400,656050 250490,655950 250490,655950 "
                 "250400))\"\n");
    folder.write("gates.csv", "school,x,y\nS1,656000,250500\n");
    folder.write("borough.csv",
                 "code,name,wkt\nB1,Borough,\"POLYGON((655000 250000,657000 250000,657000 251000,655000 251000,655000 "
                 "250000))\"\n");
    folder.write("centres.csv",
                 "code,name,wkt\nC1,Centre,\"POLYGON((656300 250450,656900 250450,656900 250550,656300 250550,656300 "
                 "250450))\"\n");
    folder.write("roads.csv",
                 "id,wkt\n1,\"LINESTRING(655400 250500,656600 250500)\"\n2,\"LINESTRING(655400 250500,655400 "
                 "250600)\"\n3,\"LINESTRING(655400 250600,656600 250600)\"\n");
    // 300 m along Station Road; 340 m to a shop set back 40 m; 350 m, in the centre; across the railway; nobody knows.
    folder.write("outlets.csv",
                 "id,name,x,y\nO1,A,655700,250500\nO2,B,655700,250460\nO3,C,656350,250500\nO4,D,656000,250600\n"
                 "O5,E,656000,250250\n");
    folder.write("applications.csv",
                 "reference,x,y,use,decision\nA1,655700,250500,hot-food-takeaway,Granted\nA2,656000,250600,"
                 "hot-food-takeaway,Refused\nA3,655900,250600,hot-food-takeaway,Granted\nA4,655500,250500,"
                 "hot-food-takeaway,Granted\n");
    folder.write("policy.toml", policy(by));
    std::string study =
        "[study]\ntitle = \"Beside a railway\"\ncrs = \"EPSG:27700\"\narea = { layer = \"borough\" }\nas-at = "
        "2024-06-01\npolicies = [\"policy.toml\"]\n";
    study += layer("borough", "areas", "code = \"code\", name = \"name\", wkt = \"wkt\"");
    study += layer("centres", "areas", "code = \"code\", name = \"name\", wkt = \"wkt\"");
    study += layer("schools", "places", "id = \"id\", name = \"name\", wkt = \"wkt\"",
                   "accuracy = \"0 m\"\nentrances = { file = \"gates.csv\", place = \"school\", crs = \"EPSG:27700\", "
                   "columns = { x = \"x\", y = \"y\" } }\n");
    study += layer("outlets", "outlets", "id = \"id\", name = \"name\", x = \"x\", y = \"y\"",
                   "accuracy = \"0 m\"\nuse = \"hot-food-takeaway\"\n");
    study += layer("applications", "proposals",
                   "reference = \"reference\", x = \"x\", y = \"y\", use = \"use\", decision = \"decision\"");
    if (!streets.empty()) study += layer("roads", "streets", "id = \"id\", wkt = \"wkt\"", streets);
    folder.write("study.toml", study);
}

double number(const Row& row, const std::string& column) { return std::stod(row.at(column)); }

}  // namespace

TEST_CASE("zones by walking: hectares of a drawing along the street, outlets walked one by one") {
    const Folder folder;
    write_borough(folder, "walking");
    const Ran ran = cordon({"zones", "study.toml", "--out", "z.csv", "--out", "z.json", "--out", "z.gpkg", "--out",
                            "z.geojson", "--planning-data", "p.csv"},
                           folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const auto rows = read_csv(folder / "z.csv");
    REQUIRE(rows.size() == 1);
    const Row& zone = rows.front();
    CHECK(zone.at("limit") == "<= 400 m on foot");
    CHECK(holds(zone.at("drawing"), "along streets that are within the limit on foot, up to 25 m beside them"));
    CHECK(holds(zone.at("drawing"), "a verdict is measured, not read off"));
    CHECK(number(zone, "zone_ha") == doctest::Approx((750 * 50 + 3.14159265 * 625) / 1e4).epsilon(0.002));
    CHECK(number(zone, "breach_ha") < number(zone, "zone_ha") - 0.3);
    CHECK(zone.at("outlets") == "5");
    CHECK(zone.at("outlets_breach") == "2");  // one of them stands outside the drawing
    const auto json = nlohmann::json::parse(read_text(folder / "z.json"));
    double length = 0;
    for (const auto& street : json["streets"]) {
        CHECK(std::fabs(street["end_m"].get<double>() - street["begin_m"].get<double>()) ==
              doctest::Approx(street["length_m"].get<double>()));
        CHECK(street["begin_m"].get<double>() <= 400);
        length += street["length_m"].get<double>();
    }
    CHECK(length == doctest::Approx(800));
    REQUIRE(json["covered"].size() == 1);
    CHECK(json["covered"][0]["breach"] == 2);
    CHECK(json["covered"][0]["exempt"] == 1);
    CHECK(json["covered"][0]["unknown"] == 1);
    CHECK(json["covered"][0]["left"] == 2);
    const auto geojson = nlohmann::json::parse(read_text(folder / "z.geojson"));
    std::size_t streets = 0;
    for (const auto& feature : geojson["features"]) {
        if (feature["properties"]["table"] != "streets") continue;
        ++streets;
        CHECK(feature["geometry"]["type"] == "LineString");
    }
    CHECK(streets == json["streets"].size());
    CHECK(read_csv(folder / "p.csv").empty());  // no outline of where a proposal would breach
    CHECK(holds(read_text(folder / "z.json"), "planning.data.gov.uk leaves out rules by walking"));
}

TEST_CASE("zones by walking on the terminal: what is drawn, what is not known") {
    const Folder folder;
    write_borough(folder, "walking");
    const Ran ran = cordon({"zones", "study.toml"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    std::string text = ran.out;
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at)) {
        const std::size_t next = text.find_first_not_of(" \n", at);
        text.replace(at, next == std::string::npos ? std::string::npos : next - at, " ");
    }
    for (const std::string words :
         {"<= 400 m on foot", "p R1 is drawn along streets that are within 400 m on foot (0.8 km of them), up to 25 m",
          "a verdict is measured, not read off",
          "1 of outlets (outlets) is neither in nor left: no walk there is known",
          "2 of 5 outlets of outlets in trade on 1 June 2024"})
        CHECK_MESSAGE(holds(text, words), words << "\n" << text);
}

TEST_CASE("sweep by walking: how many are only as the crow flies within the limit, and flips of the adopted rule") {
    const Folder folder;
    write_borough(folder, "straight-line");
    const Ran ran = cordon(
        {"sweep", "study.toml", "--limit", "400", "--by", "adopted,walking", "--out", "s.csv", "--out", "s.json"},
        folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const auto rows = read_csv(folder / "s.csv");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].at("by") == "straight-line");
    CHECK(rows[0].at("as_adopted") == "yes");
    CHECK(rows[0].at("breach") == "3");
    CHECK(rows[0].at("straight_breach").empty());
    CHECK_FALSE(rows[0].at("zone_ha").empty());
    const Row& walked = rows[1];
    CHECK(walked.at("by") == "walking");
    CHECK(walked.at("breach") == "1");
    CHECK(walked.at("straight_breach") == "3");
    CHECK(walked.at("clear_on_foot") == "2");
    CHECK(walked.at("unknown_on_foot") == "0");
    CHECK(walked.at("zone_ha").empty());
    CHECK(walked.at("refused_to_clear") == "1");
    const auto json = nlohmann::json::parse(read_text(folder / "s.json"));
    CHECK(json["flips"].size() == 2);
    for (const auto& flip : json["flips"]) CHECK(flip["nearest_distance_m"].get<double>() >= 1200);
    CHECK(holds(read_text(folder / "s.json"),
                "2 of 3 that breach the rule in a straight line are only within 400 m as the crow flies"));
    const Ran text = cordon({"sweep", "study.toml", "--limit", "400", "--by", "adopted,walking"}, folder.path());
    CHECK(holds(text.out, "R1 of p, from the entrances, on foot"));
    CHECK(holds(text.out, "Of readings by walking no hectares are given"));
}

TEST_CASE("a walking rule is swept in a straight line too, each reading as check has it with the policy edited") {
    const Folder folder;
    write_borough(folder, "walking");
    REQUIRE(cordon({"sweep", "study.toml", "--limit", "200,400,1400", "--by", "adopted,straight-line", "--no-zones",
                    "--out", "s.csv"},
                   folder.path())
                .status == 0);
    const auto rows = read_csv(folder / "s.csv");
    REQUIRE(rows.size() == 6);
    for (const Row& row : rows) {
        const std::string metres = row.at("limit_m").substr(0, row.at("limit_m").find('.'));
        std::string edited = policy(row.at("by"));
        edited.replace(edited.find("<= 400 m"), 8, "<= " + metres + " m");
        folder.write("edited.toml", edited);
        REQUIRE(cordon({"check", "study.toml", "--policy", "edited.toml", "--out", "c.csv", "--force"}, folder.path())
                    .status == 0);
        int breaches = 0;
        for (const Row& checked : read_csv(folder / "c.csv")) breaches += checked.at("verdict") == "breach" ? 1 : 0;
        CHECK_MESSAGE(row.at("breach") == std::to_string(breaches), row.at("by") << " " << metres);
    }
}

TEST_CASE("without streets --by walking says what to add, and a walking rule draws no zone") {
    const Folder folder;
    write_borough(folder, "straight-line", "");
    const Ran ran = cordon({"sweep", "study.toml", "--limit", "400", "--by", "walking"}, folder.path());
    CHECK(ran.status == 2);
    CHECK(holds(ran.err, "--by walking: the study has no streets to walk along"));
    CHECK(cordon({"sweep", "study.toml", "--limit", "400", "--by", "waking"}, folder.path()).status == 2);
    CHECK(holds(cordon({"sweep", "study.toml", "--limit", "400", "--by", "waking"}, folder.path()).err,
                "did you mean walking?"));
    write_borough(folder, "walking", "");
    const Ran zones = cordon({"zones", "study.toml"}, folder.path());
    CHECK(holds(zones.out, "measured along streets, and the study has no layer of streets"));
}

TEST_CASE("density looks at walking zones: outlets across the railway are beyond") {
    const Folder folder;
    write_borough(folder, "walking");
    std::string dated = policy("walking");
    dated.insert(dated.find("applies-to"), "in-force = { from = 2020-01-01 }\n");
    folder.write("policy.toml", dated);
    folder.write("outlets.csv",
                 "id,name,x,y,opened,closed\nO1,A,655700,250500,2018-01-01,\nO2,B,655700,250460,2022-01-01,\n"
                 "O4,D,656000,250600,2019-01-01,\nO6,F,655900,250600,2021-01-01,\nO7,G,655800,250600,2023-01-01,\n");
    std::string study = read_text(folder / "study.toml");
    const std::string columns = "x = \"x\", y = \"y\" }\naccuracy = \"0 m\"\nuse";
    study.replace(study.find(columns), columns.size(),
                  "x = \"x\", y = \"y\", opened = \"opened\", closed = \"closed\" }\naccuracy = \"0 m\"\nuse");
    folder.write("study.toml", study);
    const Ran ran =
        cordon({"density", "study.toml", "--by", "borough", "--zones", "--at-dates", "2024-01-01", "--out", "d.csv"},
               folder.path());
    REQUIRE_MESSAGE((ran.status == 0 || ran.status == 3), ran.err);
    std::string inside, outside;
    for (const Row& row : read_csv(folder / "d.csv")) {
        if (row.at("area_code") == "inside") inside = row.at("outlets");
        if (row.at("area_code") == "outside") outside = row.at("outlets");
    }
    CHECK(inside == "2");
    CHECK(outside == "3");
}
