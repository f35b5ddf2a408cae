// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/study.h"

#include <doctest/doctest.h>

#include <chrono>
#include <sstream>

#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::message_of;

namespace {

std::string example_text() {
    std::ifstream in(std::filesystem::path(CORDON_SOURCE_DIR) / "tests/data/example-study.toml");
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

/// The example's own files, empty: a study is read without opening them.
void write_example(const test::Folder& folder) {
    for (const char* name :
         {"codepo_fh.csv", "osopenuprn_fh.csv", "schools.shp", "parks.gpkg", "park_gates.gpkg", "fhrs_2020.csv",
          "fhrs_2021.csv", "applications.csv", "wards.geojson", "population.csv", "lsoa_2011.shp", "imd2019.csv"}) {
        folder.write(name, "");
    }
}

Date day(int y, unsigned m, unsigned d) {
    return std::chrono::sys_days(std::chrono::year(y) / static_cast<int>(m) / static_cast<int>(d));
}

/// The message for a study with these lines in place of, or after, a sound head.
std::string fault(const std::string& text) {
    test::Folder folder;
    folder.write("schools.csv", "id,x,y\n");
    folder.write("wards.csv", "code\n");
    const auto path = folder.write("study.toml", text);
    std::string message;
    try {
        read_study(path);
        return "no error";
    } catch (const UsageError& error) {
        message = error.what();
    }
    const std::string before = path.string();
    REQUIRE_MESSAGE(message.starts_with(before), message);
    return message.substr(before.size());
}

const std::string kHead = "[study]\ncrs = \"EPSG:27700\"\n";
const std::string kSchools = "[layers.schools]\nkind = \"places\"\nfile = \"schools.csv\"\n";

}  // namespace

TEST_CASE("the manual's example is a study") {
    test::Folder folder;
    write_example(folder);
    const Study study = read_study(folder.write("study.toml", example_text()));
    CHECK(study.title == "Hot food takeaways in Fernhill");
    CHECK(study.crs->code() == "EPSG:27700");
    CHECK(study.area_layer == "wards");
    CHECK(study.as_at == day(2026, 4, 1));
    REQUIRE(study.policies.size() == 2);
    CHECK(study.policies[1].written == "london-plan-2021-e9");
    CHECK(study.policies[0].line == 6);
    CHECK(study.postcodes->file == "codepo_fh.csv");
    CHECK(study.uprns->path == folder.path() / "osopenuprn_fh.csv");
    CHECK(study.layer_names() ==
          std::vector<std::string>{"schools", "parks", "takeaways", "applications", "wards", "lsoas"});
    CHECK(study.sha256.size() == 64);
}

TEST_CASE("the example's layers are read as they stand") {
    test::Folder folder;
    write_example(folder);
    const Study study = read_study(folder.write("study.toml", example_text()));
    const LayerSpec& schools = *study.layer("schools");
    CHECK(schools.kind == LayerKind::places);
    CHECK(schools.files.at(0).preset == "gias");
    CHECK(schools.files[0].columns.at("opened") == "OpenDate");
    CHECK(schools.accuracy->value == 5.0);
    CHECK(schools.date == day(2026, 3, 1));
    CHECK(schools.licence == "Open Government Licence v3.0");
    const LayerSpec& parks = *study.layer("parks");
    CHECK(parks.files[0].where.at("function") == std::vector<std::string>{"Public Park Or Garden"});
    CHECK(parks.entrances->keys.at("place") == "ref_to_greenspace_site");
    const LayerSpec& takeaways = *study.layer("takeaways");
    CHECK(takeaways.snapshots);
    REQUIRE(takeaways.files.size() == 2);
    CHECK(takeaways.files[1].date == day(2021, 8, 20));
    CHECK(takeaways.use == Use::hot_food_takeaway);
    CHECK(study.layer("applications")->keep == std::vector<std::string>{"ward", "case_officer"});
    CHECK(study.layer("wards")->population.at(0).year == 2022);
    CHECK(study.layer("lsoas")->deprivation.at(0).keys.at("rank") == "IMD_rank");
}

TEST_CASE("an unknown key names the nearest, with file and line") {
    const std::string message =
        fault(kHead + "[layers.schools]\nkind = \"places\"\nfile = \"schools.csv\"\nacuracy = \"5 m\"\n");
    CHECK(has(message, ":6:"));
    CHECK(has(message, "acuracy"));
    CHECK(has(message, "accuracy"));
}

TEST_CASE("faults of the head") {
    CHECK(has(fault("[study]\ntitle = \"x\"\n"), "crs"));
    CHECK(has(fault("[study]\ncrs = \"EPSG:4326\"\n"), "not projected in metres"));
    CHECK(has(fault("[study]\ncrs = \"EPSG:99999999\"\n"), ":2:"));
    CHECK(has(fault(kHead + "area = { layer = \"wards\" }\n"), "there is no areas layer \"wards\""));
    CHECK(has(fault(kHead + "areas = \"x\"\n"), "area"));
    CHECK(has(fault("[layers]\n"), "[study]"));
}

TEST_CASE("faults of a layer") {
    CHECK(has(fault(kHead + "[layers.schools]\nfile = \"schools.csv\"\n"), "kind"));
    CHECK(
        has(fault(kHead + "[layers.schools]\nkind = \"place\"\nfile = \"schools.csv\"\n"), "did you mean \"places\"?"));
    CHECK(has(fault(kHead + "[layers.schools]\nkind = \"places\"\n"), "file"));
    CHECK(has(fault(kHead + kSchools + "preset = \"gais\"\n"), "did you mean \"gias\"?"));
    CHECK(has(fault(kHead + kSchools + "accuracy = \"5 litres\"\n"), "no length"));
    CHECK(has(fault(kHead + kSchools + "columns = { ids = \"URN\" }\n"), "ids"));
    CHECK(has(fault(kHead + kSchools + "columns = { reference = \"URN\" }\n"), "reference"));
    CHECK(has(fault(kHead + kSchools + "date-format = \"d/m/y\"\n"), "dd/mm/yyyy"));
    CHECK(has(fault(kHead + kSchools + "covers = \"wardz\"\n[layers.wards]\nkind = \"areas\"\nfile = \"wards.csv\"\n"),
              "did you mean \"wards\"?"));
    CHECK(
        has(fault(kHead + "[layers.outlets]\nkind = \"outlets\"\nfile = \"schools.csv\"\nuse = \"hot-food-takeway\"\n"),
            "did you mean \"hot-food-takeaway\"?"));
    CHECK(has(fault(kHead + kSchools + "use = \"shop\"\n"), "use"));
    CHECK(
        has(fault(kHead + "[layers.outlets]\nkind = \"outlets\"\nsnapshots = [{ file = \"schools.csv\" }]\n"), "date"));
}

TEST_CASE("a file that is not there, or is no file, is a wrong study") {
    const std::string message = fault(kHead + "[layers.schools]\nkind = \"places\"\nfile = \"no/such/file.csv\"\n");
    CHECK(has(message, ":5:"));
    CHECK(has(message, "no/such/file.csv"));
    CHECK(has(fault(kHead + "[layers.schools]\nkind = \"places\"\nfile = \"school.csv\"\n"),
              "did you mean \"schools.csv\"?"));
    CHECK(
        has(fault(kHead + "[layers.schools]\nkind = \"places\"\nfile = \"/vsicurl/http://x\"\n"), "there is no file"));
    test::Folder folder;
    folder.write("dir.shp/inner.txt", "");
    const auto path = folder.write("study.toml", kHead + "[layers.schools]\nkind = \"places\"\nfile = \"dir.shp\"\n");
    CHECK(has(message_of([&] { read_study(path); }), "directory"));
}

TEST_CASE("frontages and streets are checked and not loaded") {
    test::Folder folder;
    folder.write("streets.gpkg", "");
    const Study study = read_study(
        folder.write("study.toml",
                     kHead + "[layers.streets]\nkind = \"streets\"\nfile = \"streets.gpkg\"\nlayer = \"road_link\"\n"));
    CHECK(study.layer("streets")->kind == LayerKind::streets);
    CHECK(has(fault(kHead + "[layers.streets]\nkind = \"streets\"\nfile = \"schools.csv\"\nwalkabel = true\n"),
              "walkable"));
}

TEST_CASE("accuracy and covers say nothing of streets, so they are refused there") {
    test::Folder folder;
    folder.write("schools.csv", "");
    const auto with = [&](const std::string& kind, const std::string& key) {
        const auto path =
            folder.write("study.toml",
                         kHead + "[layers.areas]\nkind = \"areas\"\nfile = \"schools.csv\"\n[layers.roads]\nkind = \"" +
                             kind + "\"\nfile = \"schools.csv\"\n" + key + "\n");
        return message_of([&] { read_study(path); });
    };
    CHECK(with("streets", "band = \"20 m\"").empty());
    CHECK(with("places", "accuracy = \"20 m\"").empty());
    CHECK(with("places", "covers = \"areas\"").empty());
    const std::string accuracy = with("streets", "accuracy = \"20 m\""), covers = with("streets", "covers = \"areas\"");
    CHECK(has(accuracy, "study.toml:"));
    CHECK(has(accuracy, "accuracy: a layer of kind streets has none"));
    CHECK(has(accuracy, "`band`"));
    CHECK(has(covers, "covers: a layer of kind streets has none"));
    CHECK(has(covers, "as far around it as the longest limit reaches"));
    CHECK(with("outlets", "covers = \"areas\"").empty());
    for (const char* kind : {"areas", "proposals", "frontages"})
        CHECK(has(with(kind, "covers = \"areas\""), "covers: a layer of kind " + std::string(kind) + " has none"));
}

TEST_CASE("a snapshot takes what it does not say from its layer") {
    test::Folder folder;
    folder.write("a.csv", "");
    folder.write("b.csv", "");
    const Study study = read_study(folder.write(
        "study.toml", kHead + "[layers.outlets]\nkind = \"outlets\"\ncrs = \"EPSG:4326\"\ncolumns = { id = \"n\" }\n"
                              "snapshots = [{ file = \"b.csv\", date = 2021-01-01 }, { file = \"a.csv\", date = "
                              "2020-01-01, crs = \"EPSG:27700\" }]\n"));
    const auto& files = study.layer("outlets")->files;
    CHECK(files.at(0).file == "a.csv");  // in order of their dates
    CHECK(files[0].crs == "EPSG:27700");
    CHECK(files[1].crs == "EPSG:4326");
    CHECK(files[1].columns.at("id") == "n");
}
