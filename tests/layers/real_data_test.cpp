// SPDX-License-Identifier: Apache-2.0
//
// Files as councils and national registers have them. Skipped, saying so, where the shared data are not there.
#include <doctest/doctest.h>

#include "libgeo/layers/places.h"
#include "libgeo/layers/proposals.h"
#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::SmallStudy;

namespace {

/// Path of a shared data file as text; empty where the data are not there.
std::string data(const std::string& file) {
    const auto shared = test::shared_data();
    if (!shared) {
        MESSAGE("skipped: the shared data are not here");
        return {};
    }
    return (*shared / "data" / file).string();
}

std::uint64_t count(const TextColumn& column, std::string_view value) {
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < column.size(); ++i) n += column[i] == value;
    return n;
}

std::string layer(const std::string& name, const std::string& kind, const std::string& file,
                  const std::string& more = "") {
    return "[layers." + name + "]\nkind = \"" + kind + "\"\nfile = \"" + file + "\"\n" + more;
}

}  // namespace

TEST_CASE("GIAS, north London") {
    const std::string file = data("schools/gias_north_london_2025-05.csv");
    if (file.empty()) return;
    SmallStudy s;
    const PlaceLayer schools = s.load(layer("schools", "places", file)).places.at(0);
    CHECK(s.account("schools").read == 658);
    CHECK(s.of("no-location").size() == 1);  // one row stands at (0, 0)
    CHECK(schools.size() == 657);
    CHECK(schools.facts.files.at(0).preset == "gias");
    CHECK(has(s.of("preset").at(0).message, "Get Information about Schools"));
    CHECK(count(schools.kind, "primary") > 200);
    CHECK(count(schools.kind, "") == 18);  // universities and two others: neither phase nor ages
    CHECK(has(s.of("no-kind").at(0).message, "18 of 658 rows"));
    CHECK(s.issues.may_hide_breach() == 1);
    s.issues.verify_accounts();
}

TEST_CASE("schools of Lambeth's map service and of Waltham Forest's list") {
    const std::string lambeth = data("schools/lambeth_schools.geojson");
    if (lambeth.empty()) return;
    SmallStudy s;
    const PlaceLayer schools = s.load(layer("schools", "places", lambeth)).places.at(0);
    CHECK(schools.size() == 100);
    CHECK(schools.facts.files.at(0).preset == "council-schools");
    CHECK(schools.facts.crs_code == "EPSG:4326");
    CHECK(count(schools.kind, "16-plus") >= 1);
    SmallStudy w;
    const PlaceLayer list = w.load(layer("schools", "places", data("schools/waltham_forest_schools.csv"))).places.at(0);
    CHECK(list.size() == 84);
    CHECK(w.issues.may_hide_breach() == 0);
}

TEST_CASE("OS Open Greenspace, and registered parks on the grid") {
    const std::string file = data("parks/london_public_parks_os_open_greenspace.gpkg");
    if (file.empty()) return;
    SmallStudy s;
    const PlaceLayer parks =
        s.load(layer("parks", "places", file, "where = { function = [\"Public Park Or Garden\"] }\n")).places.at(0);
    CHECK(s.account("parks").read == 989);
    CHECK(parks.size() == 989);
    CHECK(parks.facts.files.at(0).preset == "os-open-greenspace");
    SmallStudy r;
    const PlaceLayer registered =
        r.load(layer("parks", "places", data("parks/london_registered_parks_gardens.geojson"))).places.at(0);
    CHECK(registered.size() == 132);
    CHECK(registered.facts.crs_code == "EPSG:27700");
}

TEST_CASE("the hygiene register: XML, JSON of two kinds, and an extract") {
    if (data("fhrs").empty()) return;
    const auto load = [](SmallStudy& s, const std::string& file) {
        return s.load(layer("takeaways", "outlets", data("fhrs/" + file), "where = { BusinessTypeID = [\"7844\"] }\n"))
            .outlets.at(0);
    };
    SmallStudy xml;
    CHECK(load(xml, "raw/FHRS414en-GB_liverpool_2020-11-14.xml.gz").size() == 674);
    CHECK(xml.account("takeaways").read == 3927);
    SmallStudy old_json;
    load(old_json, "raw/fhrs522_lambeth_2020-07-21.json");
    CHECK(old_json.account("takeaways").read == 2404);
    CHECK(old_json.account("takeaways").used == 299);
    SmallStudy api;
    const OutletLayer lambeth = load(api, "raw/fhrs_api_lambeth_2021-08.json.gz");
    CHECK(api.account("takeaways").read == 2679);
    CHECK(lambeth.size() == 401);
    CHECK(lambeth.use[0] == Use::hot_food_takeaway);
    CHECK(lambeth.facts.accuracy_stated);
    std::size_t located = 0;
    for (std::size_t i = 0; i < lambeth.size(); ++i) located += lambeth.shapes.has_location(i);
    CHECK(located == 385);
}

TEST_CASE("a hygiene register's takeaways as proposals") {
    const std::string file = data("fhrs/fhrs_london_2021-08.csv.gz");
    if (file.empty()) return;
    SmallStudy s;
    s.study = s.read(layer("applications", "proposals", file,
                           "where = { BusinessTypeID = [\"7844\"], LocalAuthorityName = [\"Waltham Forest\"] "
                           "}\ncolumns = { reference = \"FHRSID\" }\n"));
    ProposalReader reader(s.study, test::options(), s.issues);
    std::size_t rows = 0, located = 0;
    while (auto raw = reader.next()) {
        const ProposalBatch batch = reader.decode(std::move(raw));
        rows += batch.size();
        for (std::size_t i = 0; i < batch.size(); ++i) {
            located += batch.shapes.has_location(i);
            CHECK(batch.use[i] == Use::hot_food_takeaway);
        }
    }
    const auto records = reader.finish(s.issues);
    CHECK(rows == 228);
    CHECK(located == 226);
    CHECK(records.at(0).rows_read == 71'659);
    s.issues.verify_accounts();
}

TEST_CASE("wards, small areas with population and deprivation, town centres") {
    const std::string lsoas = data("boundaries/london_lsoa_2021.gpkg");
    if (lsoas.empty()) return;
    SmallStudy s;
    const std::string joins = "population = [{ file = \"" + data("population/london_lsoa21_census2021.csv") +
                              "\", code = \"lsoa21_code\", value = \"pop2021\", year = 2021 }]\n" +
                              "deprivation = { file = \"" + data("imd/imd2025_england_lsoa21.csv") +
                              "\", code = \"lsoa21_code\", rank = \"IMD_rank\" }\n";
    const Layers layers = s.load(layer("lsoas", "areas", lsoas, joins) +
                                 layer("wards", "areas", data("boundaries/london_wards_2025.geojson")) +
                                 layer("town-centres", "areas", data("town_centres/london_town_centres.geojson"),
                                       "attributes = [\"classification\"]\n"));
    const AreaLayer& areas = *layers.area_layer("lsoas");
    CHECK(areas.size() == 4994);
    double sum = 0;
    for (const double value : areas.population.at(2021)) sum += value;
    CHECK(sum == 8'799'631);
    CHECK(areas.deprivation_rank.size() == 4994);
    CHECK(s.account("lsoas.deprivation").read == 33'755);
    CHECK(layers.area_layer("wards")->size() == 704);
    CHECK(layers.area_layer("town-centres")->size() == 234);
    CHECK(count(layers.area_layer("town-centres")->attributes.at("classification"), "District") > 50);
    s.issues.verify_accounts();
}

TEST_CASE("sixty real decisions, their use read from their words") {
    const std::string file = data("planning/isle_of_man_food_gambling_decisions_2011_2023.csv");
    if (file.empty()) return;
    SmallStudy s;
    s.study =
        s.read(layer("applications", "proposals", file,
                     "crs = \"EPSG:4326\"\ncolumns = { description = \"proposal\", decided = \"decision_issued\" }\n"));
    ProposalReader reader(s.study, test::options(), s.issues);
    const ProposalBatch batch = reader.decode(reader.next());
    CHECK(batch.size() == 60);
    std::size_t located = 0, stated = 0, dated = 0;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        located += batch.shapes.has_location(i);
        stated += batch.use[i] != Use::unstated;
        dated += batch.decided[i] != kBeforeRecords;
        if (batch.use[i] != Use::unstated) CHECK(has(batch.use_note[i], "description: \""));
    }
    CHECK(located == 48);
    CHECK(stated >= 45);
    CHECK(dated == 60);
}

TEST_CASE("the demo study loads without an issue that hides anything") {
    SmallStudy s;
    const auto path = std::filesystem::path(CORDON_SOURCE_DIR) / "datasets/fernhill/study.toml";
    if (!std::filesystem::exists(path)) {
        MESSAGE("skipped: the demo study is not there");
        return;
    }
    const Study study = read_study(path);
    LoadOptions options = test::options();
    options.attributes = {"class"};
    const Layers layers = load_layers(study, options, s.issues);
    CHECK(s.issues.may_hide_breach() == 0);
    CHECK(layers.place_layer("schools")->size() == 61);
    CHECK(layers.place_layer("schools")->entrances_given);
    CHECK(layers.area_layer("wards")->size() == 14);
    ProposalReader reader(study, options, s.issues);
    std::size_t rows = 0, sites = 0, unstated = 0;
    while (auto raw = reader.next()) {
        const ProposalBatch batch = reader.decode(std::move(raw));
        rows += batch.size();
        for (std::uint32_t i = 0; i < batch.size(); ++i) {
            sites += batch.site_of[i] != i;
            unstated += batch.use[i] == Use::unstated;
        }
    }
    reader.finish(s.issues);
    CHECK(rows == 208);
    CHECK(sites == 1);
    CHECK(unstated <= 4);
    s.issues.verify_accounts();
}
