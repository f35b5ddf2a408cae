// SPDX-License-Identifier: Apache-2.0
//
// `cordon effect` and `cordon concentrations` as they are run: on the demo study, and where there is too little to go by.
#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/commands/run_command.h"

using namespace cordon_test;

namespace {

const Row& row_of(const std::vector<Row>& rows, const std::string& column, const std::string& value) {
    for (const Row& row : rows)
        if (row.at(column) == value) return row;
    throw std::out_of_range(value);
}

/// A study with one school, (0, 0)-(200, 100) from (655000, 250000), a borough of 2 x 3 wards of 2 km, and the outlets told.
std::string small_study(const Folder& folder, const std::string& outlets, const std::string& policy_from = "2015-04-01",
                        const std::string& status = "adopted") {
    folder.write("schools.csv",
                 "id,name,wkt\n1,Hill School,\"POLYGON ((655000 250000,655200 250000,655200 250100,655000 "
                 "250100,655000 250000))\"\n");
    std::string wards = "code,name,wkt\n";
    for (int k = 0; k < 6; ++k) {
        const int x = 652000 + 2000 * (k % 3), y = 248000 + 2000 * (k / 3);
        const auto corner = [&](int dx, int dy) { return std::to_string(x + dx) + " " + std::to_string(y + dy); };
        wards += "W" + std::to_string(k + 1) + ",Ward " + std::to_string(k + 1) + ",\"POLYGON ((" + corner(0, 0) + "," +
                 corner(2000, 0) + "," + corner(2000, 2000) + "," + corner(0, 2000) + "," + corner(0, 0) + "))\"\n";
    }
    folder.write("wards.csv", wards);
    folder.write("outlets.csv", outlets);
    folder.write("policy.toml",
                 "[policy]\nid = \"p1\"\ntitle = \"P\"\nauthority = \"A\"\nkind = \"spd\"\nstatus = \"" + status +
                     "\"\nsource = \"none\"\napplies-to = [\"hot-food-takeaway\"]\nin-force = { from = " + policy_from +
                     " }\n[[rule]]\nid = \"R1\"\ncite = \"R1\"\ndistance = { to = [\"schools\"], from = \"boundary\" "
                     "}\nbreach = \"<= 400 m\"\noutcome = \"refuse\"\n");
    folder.write(
        "study.toml",
        "[study]\ntitle = \"Small\"\ncrs = \"EPSG:27700\"\narea = { layer = \"wards\" }\npolicies = [\"policy.toml\"]\n"
        "[layers.schools]\nkind = \"places\"\nfile = \"schools.csv\"\ncrs = \"EPSG:27700\"\ncolumns = { id = \"id\", "
        "name = \"name\", wkt = \"wkt\" }\n"
        "[layers.wards]\nkind = \"areas\"\nfile = \"wards.csv\"\ncrs = \"EPSG:27700\"\ncolumns = { code = \"code\", "
        "name = \"name\", wkt = \"wkt\" }\n"
        "[layers.takeaways]\nkind = \"outlets\"\nuse = \"hot-food-takeaway\"\nfile = \"outlets.csv\"\ncrs = "
        "\"EPSG:27700\"\naccuracy = \"1 m\"\n"
        "columns = { id = \"id\", name = \"name\", opened = \"opened\", closed = \"closed\", x = \"x\", y = \"y\" }\n");
    return (folder / "study.toml").string();
}

std::string outlet(int id, const std::string& opened, int x, int y) {
    return std::to_string(id) + ",Shop " + std::to_string(id) + "," + opened + ",," + std::to_string(x) + "," +
           std::to_string(y) + "\n";
}
const std::string kHead = "id,name,opened,closed,x,y\n";

}  // namespace

TEST_CASE("Fernhill: the effect that was planted is in the interval, and the words are the stored ones") {
    const Ran ran = cordon({"effect", fernhill_study(), "--by", "lsoas"});
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK(ran.out.find("health") != std::string::npos);  // that nothing is said of it
    if (grid_is_there()) CHECK(as_expected("fernhill-effect.txt", ran.out));
}

TEST_CASE("Fernhill: effect as CSV, JSON, GeoPackage and a chart") {
    const Folder folder;
    const Ran ran = cordon({"effect", fernhill_study(), "--by", "lsoas", "--out", (folder / "e.csv").string(), "--out",
                            (folder / "e.json").string(), "--out", (folder / "e.gpkg").string(), "--out",
                            (folder / "e.svg").string()});
    REQUIRE(ran.status == 0);
    CHECK(ran.out.empty());
    const auto rows = read_csv(folder / "e.csv");
    REQUIRE(rows.size() == 4);
    const auto& inside = row_of(rows, "zone", "inside");
    CHECK(std::stod(inside.at("ratio_lower")) < 0.5);
    CHECK(std::stod(inside.at("ratio_upper")) > 0.5);
    CHECK(row_of(rows, "zone", "exempt").at("ratio").empty());
    CHECK(row_of(rows, "zone", "exempt").at("note").find("at least 5 are needed") != std::string::npos);
    // Every opening of the record stands in one zone: as the file has them, but for the outlet that trades outside all.
    long opened = 0;
    for (const auto& row : rows) opened += std::stol(row.at("opened_before")) + std::stol(row.at("opened_after"));
    long dated = 0;
    for (const auto& row : read_csv(fernhill() / "outlets.csv"))
        dated += row.at("use") == "hot-food-takeaway" && !row.at("opened").empty();
    CHECK(opened == dated);
    const nlohmann::json json = nlohmann::json::parse(read_text(folder / "e.json"));
    CHECK(json["effect"].size() == 4);
    CHECK(json["effect_estimates"].size() >= 6);
    CHECK(json["effect_periods"].size() == 4 * 60);
    CHECK(json["effect_areas"].size() > 140);
    CHECK(json["notes"].size() >= 10);
    CHECK(read_text(folder / "e.svg").find("</svg>") != std::string::npos);
}

TEST_CASE("Fernhill: effect is the same for any number of threads") {
    const Ran one = cordon({"effect", fernhill_study(), "--threads", "1"}),
              four = cordon({"effect", fernhill_study(), "--threads", "4"});
    CHECK(one.out == four.out);
}

TEST_CASE("effect: a policy that is a draft, or is not there, is refused with what is needed") {
    const Folder folder;
    const std::string path =
        small_study(folder, kHead + outlet(1, "2014-01-01", 655100, 250050), "2015-04-01", "emerging");
    const Ran draft = cordon({"effect", path});
    CHECK(draft.status == 2);
    CHECK(draft.err.find("p1 is a draft") != std::string::npos);
    const Ran count_only = cordon(
        {"effect", fernhill_study(), "--policy", (fernhill() / "policies" / "fernhill-2026-draft.toml").string()});
    CHECK(count_only.status == 2);
    CHECK(count_only.err.find("names no policy whose effect could be looked for") != std::string::npos);
}

TEST_CASE("effect: nothing before the policy, no comparison, one date") {
    const Folder folder;
    const std::string late =
        small_study(folder, kHead + outlet(1, "2016-01-01", 655100, 250050) + outlet(2, "2017-01-01", 653000, 249000));
    const Ran no_before = cordon({"effect", late});
    CHECK(no_before.status == 3);
    CHECK(no_before.err.find("data that begin well before it") != std::string::npos);
    const std::string near =
        small_study(folder, kHead + outlet(1, "2012-01-01", 655100, 250050) + outlet(2, "2017-01-01", 655110, 250050));
    const Ran no_comparison = cordon({"effect", near});
    CHECK(no_comparison.status == 3);
    CHECK(no_comparison.err.find("there is no comparison area") != std::string::npos);
    const std::string undated = small_study(folder, kHead + outlet(1, "", 655100, 250050));
    const Ran no_dates = cordon({"effect", undated});
    CHECK(no_dates.status != 0);
    CHECK(no_dates.err.size() > 40);
}

TEST_CASE("effect: small numbers give counts, and no figure") {
    const Folder folder;
    std::string outlets = kHead;
    for (int k = 0; k < 4; ++k) outlets += outlet(k, "2012-0" + std::to_string(k + 1) + "-01", 655100, 250050 + k);
    for (int k = 10; k < 40; ++k)
        outlets += outlet(k, "201" + std::to_string(2 + k % 6) + "-06-01", 652100 + 190 * (k - 10), 248500);
    const Ran ran = cordon({"effect", small_study(folder, outlets)});
    CHECK(ran.status == 0);
    CHECK(ran.out.find("No difference in differences is given: 4 openings in the zone before; at least 5 are needed") !=
          std::string::npos);
    CHECK(ran.out.find("Set against the change beyond") == std::string::npos);
}

TEST_CASE("effect: options that are not understood say what was expected") {
    const std::vector<std::array<std::string, 3>> wrong = {
        {"--months", "0", "from 1 to 60"},   {"--months", "2.5", "whole number"}, {"--ring", "-5", "metres from 0"},
        {"--ring", "wide", "metres from 0"}, {"--from", "2012", "--from"},        {"--by", "schools", "of kind areas"},
        {"--out", "x.pdf", ".pdf"}};
    for (const auto& one : wrong) {
        const Ran ran = cordon({"effect", fernhill_study(), one[0], one[1]});
        CHECK_MESSAGE(ran.status == 2, one[0], " ", one[1]);
        CHECK_MESSAGE(ran.err.find(one[2]) != std::string::npos, ran.err);
    }
    const Ran help = cordon({"effect", "--help"});
    CHECK(help.status == 0);
    for (const char* word : {"inside", "ring", "openings-ratio", "Examples:", "--by", "Exit status"})
        CHECK_MESSAGE(help.out.find(word) != std::string::npos, word);
}

TEST_CASE("Fernhill: concentrations, from the units of frontages and the takeaways") {
    const Ran ran = cordon({"concentrations", fernhill_study(), "--by", "lsoas"});
    CHECK(ran.status == 0);
    if (grid_is_there()) CHECK(as_expected("fernhill-concentrations.txt", ran.out));
    const Folder folder;
    const Ran files = cordon({"concentrations", fernhill_study(), "--by", "lsoas", "--radius", "200", "--out",
                              (folder / "c.csv").string(), "--out", (folder / "c.json").string(), "--out",
                              (folder / "c.gpkg").string()});
    REQUIRE(files.status == 0);
    const auto rows = read_csv(folder / "c.csv");
    REQUIRE(rows.size() == 24);
    CHECK(rows.front().at("rank") == "1");
    const nlohmann::json json = nlohmann::json::parse(read_text(folder / "c.json"));
    CHECK(json["hot_spots"].size() % 140 == 0);
    CHECK(json["kernel_density"].size() > 1000);
    const Ran unknown = cordon({"concentrations", fernhill_study(), "--use", "pawnbroker"});
    CHECK(unknown.status == 2);
    CHECK(unknown.err.find("is pawnbroker") != std::string::npos);
    CHECK(cordon({"concentrations", "--help"}).out.find("kernel_density") != std::string::npos);
}
