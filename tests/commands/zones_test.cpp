// SPDX-License-Identifier: Apache-2.0
// `cordon zones` from a study to its files.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/commands/run_command.h"
#include "tests/support/shared_data.h"

using namespace cordon_test;

namespace {

const Row& row_of(const std::vector<Row>& rows, const std::string& policy, const std::string& rule) {
    for (const Row& row : rows)
        if (row.at("policy") == policy && row.at("rule") == rule) return row;
    throw std::runtime_error("no row " + policy + " " + rule);
}

double number(const Row& row, const std::string& column) { return std::stod(row.at(column)); }

/// A borough of 2 km by 1 km, a school of 200 m by 100 m in its middle, a centre that exempts its eastern half.
void write_borough(const Folder& folder) {
    folder.write("schools.csv",
                 "id,name,wkt\nS1,School,\"POLYGON((655900 250450,656100 250450,656100 250550,655900 250550,655900 "
                 "250450))\"\n");
    folder.write("borough.csv",
                 "code,name,wkt\nB1,Borough,\"POLYGON((655000 250000,657000 250000,657000 251000,655000 251000,655000 "
                 "250000))\"\n");
    folder.write("centres.csv",
                 "code,name,wkt\nC1,=Centre,\"POLYGON((656000 250000,657000 250000,657000 251000,656000 251000,656000 "
                 "250000))\"\n");
    folder.write("outlets.csv",
                 "id,name,x,y,opened,closed\nO1,A,655800,250500,,\nO2,B,656200,250500,,\nO3,C,655100,250500,,\n"
                 "O4,D,655800,250500,,2020-01-01\nO5,E,659000,250500,,\n");
    folder.write(
        "uprns.csv",
        "UPRN,X_COORDINATE,Y_COORDINATE,LATITUDE,LONGITUDE\n1,655800,250500,52.1,1.7\n2,655100,250500,52.1,1.7\n"
        "3,656200,250500,52.1,1.7\n4,659000,250500,52.1,1.7\n");
    folder.write(
        "policy.toml",
        "[policy]\nid = \"p\"\ntitle = \"Plan\"\nauthority = \"B\"\nkind = \"spd\"\nstatus = \"adopted\"\n"
        "in-force = { from = 2015-04-01, until = 2030-01-01 }\napplies-to = [\"hot-food-takeaway\"]\nsource = "
        "\"none\"\n"
        "[[rule]]\nid = \"R1\"\ntitle = \"=Near a school\"\ncite = \"R1\"\ndistance = { to = [\"schools\"], from = "
        "\"boundary\" }\nbreach = \"<= 400 m\"\nunless = { inside = [\"centres\"] }\noutcome = \"refuse\"\n");
    std::string study =
        "[study]\ntitle = \"Borough <script>\"\ncrs = \"EPSG:27700\"\narea = { layer = \"borough\" }\nas-at = "
        "2024-06-01\n"
        "policies = [\"policy.toml\"]\nlookup = { uprns = \"uprns.csv\" }\n";
    for (const char* name : {"borough", "centres"})
        study += std::string("[layers.") + name + "]\nkind = \"areas\"\nfile = \"" + name +
                 ".csv\"\ncrs = \"EPSG:27700\"\npreset = \"none\"\ncolumns = { code = \"code\", name = \"name\", wkt = "
                 "\"wkt\" }\naccuracy = \"0 m\"\n";
    study +=
        "[layers.schools]\nkind = \"places\"\nfile = \"schools.csv\"\ncrs = \"EPSG:27700\"\npreset = \"none\"\ncolumns "
        "= { "
        "id = \"id\", name = \"name\", wkt = \"wkt\" }\naccuracy = \"0 m\"\n"
        "[layers.takeaways]\nkind = \"outlets\"\nuse = \"hot-food-takeaway\"\nfile = \"outlets.csv\"\ncrs = "
        "\"EPSG:27700\"\npreset = \"none\"\ncolumns = { id = \"id\", name = \"name\", x = \"x\", y = \"y\", opened = "
        "\"opened\", closed = \"closed\" }\naccuracy = \"0 m\"\n";
    folder.write("study.toml", study);
}

}  // namespace

TEST_CASE("zones: hectares, shares, outlets and addresses of a borough that can be worked out by hand") {
    const Folder folder;
    write_borough(folder);
    const Ran ran = cordon({"zones", "study.toml", "--out", "zones.csv"}, folder.path());
    CHECK_MESSAGE(ran.status == 0, ran.err);
    CHECK(ran.out.empty());
    const std::vector<Row> rows = read_csv(folder / "zones.csv");
    REQUIRE(rows.size() == 1);  // one rule is all of them
    const Row& zone = rows.front();
    CHECK(zone.at("rule") == "R1");
    CHECK(zone.at("title") == "'=Near a school");
    CHECK(zone.at("limit") == "<= 400 m");
    CHECK(zone.at("as_at") == "2024-06-01");
    CHECK(zone.at("places") == "1");
    const double exact = (200 * 100 + 2 * 400 * 300 + 3.14159265358979 * 400 * 400) / 1e4;
    CHECK(number(zone, "zone_ha") > exact);
    CHECK(number(zone, "zone_ha") < exact + 0.02);
    CHECK(number(zone, "breach_ha") == doctest::Approx(exact / 2).epsilon(0.0005));
    CHECK(number(zone, "breach_percent") == doctest::Approx(100 * number(zone, "breach_ha") / 200).epsilon(0.0001));
    CHECK(number(zone, "left_ha") == doctest::Approx(200 - number(zone, "breach_area_ha")).epsilon(0.0001));
    CHECK(zone.at("units").empty());
    CHECK(zone.at("outlets") == "3");         // one has closed, one stands outside the borough
    CHECK(zone.at("outlets_breach") == "1");  // one stands in the centre
    CHECK(zone.at("addresses") == "3");
    CHECK(zone.at("addresses_breach") == "1");
    CHECK(zone.at("drawing") == "drawing, within 10 cm outside the true line; verdicts are measured");
    CHECK(folder.names() == std::vector<std::string>{"borough.csv", "centres.csv", "outlets.csv", "policy.toml",
                                                     "schools.csv", "study.toml", "uprns.csv", "zones.csv",
                                                     "zones.provenance.json"});
    const auto record = nlohmann::json::parse(read_text(folder / "zones.provenance.json"));
    CHECK(record["provenance"]["as_at"] == "2024-06-01 (study)");
    CHECK(read_text(folder / "zones.provenance.json").find("uprns.csv") != std::string::npos);
}

TEST_CASE("zones: the terminal says what is covered, what is left and what is only drawn") {
    const Folder folder;
    write_borough(folder);
    const Ran ran = cordon({"zones", "study.toml"}, folder.path());
    CHECK_MESSAGE(ran.status == 0, ran.err);
    for (const std::string words :
         {"Borough <script>", "Exclusion zones as at 1 June 2024", "Of the study area's 200.0 ha",
          "1 of 3 outlets of takeaways in trade on 1 June 2024", "1 of 3 addresses (33.3 %)", "Zones are drawings",
          "Not counted of takeaways (outlets): 1 outside the study area"})
        CHECK_MESSAGE(ran.out.find(words) != std::string::npos, words << "\n" << ran.out);
}

TEST_CASE("zones: the same figures in every form, and drawings that other programs read") {
    const Folder folder;
    write_borough(folder);
    REQUIRE(
        cordon({"zones", "study.toml", "--out", "z.csv", "--out", "z.json", "--out", "z.geojson", "--out", "z.gpkg"},
               folder.path())
            .status == 0);
    const Row zone = read_csv(folder / "z.csv").front();
    const auto json = nlohmann::json::parse(read_text(folder / "z.json"));
    CHECK(json["zones"][0]["zone_ha"] == doctest::Approx(number(zone, "zone_ha")));
    CHECK(json["breach"][0]["breach_ha"] == doctest::Approx(number(zone, "breach_ha")));
    REQUIRE(json["covered"].size() == 2);
    CHECK(json["covered"][0]["of"] == "outlets");
    CHECK(json["covered"][0]["exempt"] == 1);
    CHECK(json["covered"][0]["left"] == 2);
    const auto geojson = nlohmann::json::parse(read_text(folder / "z.geojson"));
    REQUIRE(geojson["features"].size() == 2);
    CHECK(geojson["features"][0]["properties"]["table"] == "zones");
    CHECK(geojson["features"][1]["properties"]["table"] == "breach");
    CHECK(geojson["features"][1]["geometry"]["type"] == "Polygon");
    CHECK(std::filesystem::file_size(folder / "z.gpkg") > 10'000);
}

TEST_CASE("zones: the form of planning.data.gov.uk can be read back as areas") {
    const Folder folder;
    write_borough(folder);
    REQUIRE(cordon({"zones", "study.toml", "--planning-data", "ff.csv"}, folder.path()).status == 0);
    const std::string text = read_text(folder / "ff.csv");
    const std::string begin =
        "reference,name,entry-date,start-date,end-date,documentation-url,geometry\n"
        "p-R1,\"'=Near a school\",2024-06-01,2015-04-01,2030-01-01,,\"MULTIPOLYGON (((1.7";
    CHECK(text.substr(0, begin.size()) == begin);
    folder.write(
        "back.toml",
        "[study]\ntitle = \"Back\"\ncrs = \"EPSG:27700\"\narea = { layer = \"ff\" }\nas-at = 2024-06-01\n"
        "policies = [\"back-policy.toml\"]\n"
        "[layers.ff]\nkind = \"areas\"\nfile = \"ff.csv\"\npreset = \"none\"\ncrs = \"EPSG:4326\"\ncolumns = { code = "
        "\"reference\", name = \"name\", wkt = \"geometry\" }\n");
    folder.write(
        "back-policy.toml",
        "[policy]\nid = \"back\"\ntitle = \"Back\"\nauthority = \"B\"\nkind = \"spd\"\nstatus = \"adopted\"\nsource = "
        "\"none\"\n[[rule]]\nid = \"IN\"\ncite = \"IN\"\ninside = { of = [\"ff\"] }\nbreach = \"inside\"\noutcome = "
        "\"refuse\"\n");
    REQUIRE(cordon({"zones", "study.toml", "--out", "z.csv"}, folder.path()).status == 0);
    const Ran back = cordon({"zones", "back.toml", "--out", "back.csv"}, folder.path());
    REQUIRE_MESSAGE(back.status == 0, back.err);
    const Row was = read_csv(folder / "z.csv").front(), is = read_csv(folder / "back.csv").front();
    CHECK(number(is, "zone_ha") == doctest::Approx(number(was, "breach_ha")).epsilon(1e-4));
}

TEST_CASE("zones: as at a day before the policy there are none, and that is said") {
    const Folder folder;
    write_borough(folder);
    const Ran ran = cordon({"zones", "study.toml", "--on", "2012-01-01"}, folder.path());
    CHECK_MESSAGE(ran.status == 0, ran.err);
    CHECK(ran.out.find("p is not in force on 1 January 2012: no zone") != std::string::npos);
    CHECK(ran.out.find("0.0 ha (0.0 %)") != std::string::npos);
}

TEST_CASE("zones: a place without a location may have one: incomplete") {
    const Folder folder;
    write_borough(folder);
    folder.write("schools.csv", read_text(folder / "schools.csv") + "S2,Lost,\n");
    const Ran ran = cordon({"zones", "study.toml"}, folder.path());
    CHECK(ran.status == 4);
    CHECK(ran.out.find("INCOMPLETE") != std::string::npos);
    const Ran quiet = cordon({"zones", "study.toml", "--out", "z.csv"}, folder.path());
    CHECK(quiet.status == 4);
    CHECK(quiet.err.find("INCOMPLETE") != std::string::npos);
}

TEST_CASE("zones: files are checked before anything is read, and nothing is left behind") {
    const Folder folder;
    write_borough(folder);
    const auto refused = [&](const std::vector<std::string>& more, const std::string& words) {
        std::vector<std::string> arguments = {"zones", "study.toml"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const Ran ran = cordon(arguments, folder.path());
        CHECK(ran.status == 2);
        CHECK_MESSAGE(ran.err.find(words) != std::string::npos, ran.err);
    };
    refused({"--out", "zones.pdf"}, "unknown ending .pdf");
    refused({"--planning-data", "ff.json"}, "expected a file that ends in .csv");
    refused({"--planning-data", "z.csv", "--out", "z.csv"}, "z.csv");
    refused({"--out", "schools.csv", "--force"}, "schools.csv");
    refused({"--on", "yesterday"}, "--on");
    folder.write("there.csv", "mine\n");
    refused({"--out", "there.csv"}, "--force");
    refused({"--planning-data", "there.csv", "--out", "new.json"}, "--force");
    CHECK(read_text(folder / "there.csv") == "mine\n");
    CHECK_FALSE(std::filesystem::exists(folder / "new.json"));
    CHECK(cordon({"zones", "study.toml", "--out", "there.csv", "--force"}, folder.path()).status == 0);
}

TEST_CASE("zones: Fernhill, the same bytes for one thread and four, and drafts apart from what is adopted") {
    const Folder folder;
    const std::string study = fernhill_study();
    for (const std::string threads : {"1", "4"})
        REQUIRE(cordon({"zones", study, "--threads", threads, "--out", threads + ".json", "--out", threads + ".geojson",
                        "--out", threads + ".csv", "--planning-data", threads + ".ff.csv"},
                       folder.path())
                    .status == 0);
    for (const std::string ending : {".json", ".geojson", ".csv", ".ff.csv"})
        CHECK(read_text(folder / ("1" + ending)) == read_text(folder / ("4" + ending)));
    const std::vector<Row> rows = read_csv(folder / "1.csv");
    REQUIRE(rows.size() == 5);
    const Row& all = row_of(rows, "all", "");
    const Row &one = row_of(rows, "fernhill-2012", "FH1"), &two = row_of(rows, "fernhill-2012", "FH2");
    const Row &on_foot = row_of(rows, "fernhill-2026-on-foot", "YP1"),
              &draft = row_of(rows, "fernhill-2026-draft", "TC7A");
    const double sum = number(one, "breach_ha") + number(two, "breach_ha") + number(on_foot, "breach_ha");
    CHECK(number(all, "breach_ha") < sum);
    CHECK(number(all, "breach_ha") > std::max(number(one, "breach_ha"), number(two, "breach_ha")));
    // 400 m on foot is less than 400 m in a straight line, though it is about leisure centres, too; 800 m on foot is more.
    CHECK(number(on_foot, "zone_ha") < number(one, "zone_ha"));
    CHECK(number(draft, "zone_ha") > number(on_foot, "zone_ha"));
    CHECK(number(all, "units_breach") + number(all, "units_left") == number(all, "units"));
    CHECK(read_text(folder / "1.ff.csv").find("TC7A") == std::string::npos);
}

TEST_CASE("zones: Waltham Forest's takeaways stand in the zones as often as check says, where the open data are") {
    const auto shared = shared_data("data");
    if (!shared) return;
    const std::filesystem::path &data = *shared, takeaways = data / "fhrs" / "fhrs_london_2021-08.csv.gz";
    const Folder folder;
    std::string rules;
    for (const char* layer : {"schools", "parks"})
        rules += std::string("[[rule]]\nid = \"") + layer + "\"\ncite = \"x\"\ndistance = { to = [\"" + layer +
                 "\"], from = \"boundary\" }\nbreach = \"<= 400 m\"\noutcome = \"refuse\"\n";
    folder.write("policy.toml",
                 "[policy]\nid = \"near\"\ntitle = \"Near\"\nkind = \"spd\"\nstatus = \"adopted\"\nauthority = "
                 "\"Test\"\nsource = \"Test\"\napplies-to = [\"hot-food-takeaway\"]\n" +
                     rules);
    folder.write(
        "study.toml",
        "[study]\ntitle = \"Real\"\ncrs = \"EPSG:27700\"\nas-at = 2021-08-20\npolicies = [\"policy.toml\"]\n"
        "[layers.schools]\nkind = \"places\"\nfile = \"" +
            (data / "schools" / "london_school_postcodes_2017.csv").string() +
            "\"\n[layers.parks]\nkind = \"places\"\nfile = \"" +
            (data / "parks" / "london_public_parks_os_open_greenspace.gpkg").string() +
            "\"\n[layers.takeaways]\nkind = \"outlets\"\nuse = \"hot-food-takeaway\"\nsnapshots = [{ file = \"" +
            takeaways.string() +
            "\", date = 2021-08-20, where = { LocalAuthorityName = [\"Waltham Forest\"], BusinessTypeID = "
            "[\"7844\"] } }]\n");
    const Ran ran = cordon({"zones", "study.toml", "--out", "z.csv"}, folder.path());
    REQUIRE_MESSAGE((ran.status == 0 || ran.status == 4), ran.err);
    const std::vector<Row> rows = read_csv(folder / "z.csv");
    CHECK(row_of(rows, "near", "schools").at("outlets_breach") == "169");
    CHECK(row_of(rows, "near", "parks").at("outlets_breach") == "127");
    CHECK(row_of(rows, "all", "").at("outlets_breach") == "205");
}
