// SPDX-License-Identifier: Apache-2.0
//
// Tables of areas whose columns a preset knows: residents and deprivation ranks, as they are published and as they are handed on.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "libgeo/layers/places.h"
#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::message_of;
using geo::test::SmallStudy;

namespace {

const std::string kAreas = "[layers.lsoas]\nkind = \"areas\"\nfile = \"lsoas.csv\"\ncrs = \"EPSG:27700\"\n";

void write_areas(const test::Folder& folder) {
    folder.write(
        "lsoas.csv",
        "code,name,wkt\nE01000001,A,\"POLYGON ((430000 300000, 431000 300000, 431000 301000, 430000 "
        "300000))\"\nE01000002,B,\"POLYGON ((431000 300000, 432000 300000, 432000 301000, 431000 300000))\"\n");
}

double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0,
                           [](double all, double one) { return std::isnan(one) ? all : all + one; });
}

std::uint64_t known(const std::vector<double>& values) {
    return static_cast<std::uint64_t>(
        std::count_if(values.begin(), values.end(), [](double value) { return !std::isnan(value); }));
}

}  // namespace

TEST_CASE("a deprivation file of a known preset needs no columns, and keeps what it ranks elsewhere") {
    SmallStudy s;
    write_areas(s.folder);
    s.folder.write("imd.csv",
                   "lsoa11_code,IMD_decile,Income_decile,Employment_decile,Education_decile,Health_decile,IMD_rank\n"
                   "E01000001,9,9,9,9,9,4\nE01000002,1,1,1,1,1,1\nE01000003,1,1,1,1,1,2\nE01000004,1,1,1,1,1,3\n");
    const AreaLayer areas = s.load(kAreas + "deprivation = { file = \"imd.csv\" }\n").areas.at(0);
    CHECK(areas.deprivation_rank == std::vector<double>{4, 1});
    CHECK(areas.deprivation_rows == 4);
    CHECK(areas.deprivation_greatest == 4);
    CHECK(areas.deprivation_of == 0);
    CHECK(areas.facts.files.back().preset == "imd-2019");
    CHECK(s.load(kAreas + "deprivation = { file = \"imd.csv\", of = 32844 }\n").areas.at(0).deprivation_of == 32844);
    CHECK_THROWS_AS(s.load(kAreas + "deprivation = { file = \"imd.csv\", of = 0 }\n"), UsageError);
}

TEST_CASE("residents of a known preset: the year is in the column's name, or the study's") {
    SmallStudy s;
    write_areas(s.folder);
    s.folder.write("pop.csv", "lsoa11_code,lsoa11_name,pop2011\nE01000001,A,1500\nE01000002,B,1400\n");
    s.folder.write("mid.csv", "lsoa11cd,popcount\nE01000001,1600\nE01000002,1700\n");
    const AreaLayer areas =
        s.load(kAreas + "population = [{ file = \"pop.csv\" }, { file = \"mid.csv\", year = 2019 }]\n").areas.at(0);
    CHECK(areas.population.at(2011) == std::vector<double>{1500, 1400});
    CHECK(areas.population.at(2019) == std::vector<double>{1600, 1700});
    const std::string message = message_of([&] { s.load(kAreas + "population = [{ file = \"mid.csv\" }]\n"); });
    CHECK(has(message, "`year` is missing"));
    CHECK(has(message, "study.toml:"));
}

TEST_CASE("a column that is named brings its year, and a table of no preset is asked for its columns") {
    SmallStudy s;
    write_areas(s.folder);
    s.folder.write("own.csv", "area,POP2019,ID20190\nE01000001,1500,1\n");
    const AreaLayer areas =
        s.load(kAreas + "population = [{ file = \"own.csv\", code = \"area\", value = \"pop2019\" }]\n").areas.at(0);
    CHECK(areas.population.at(2019)[0] == 1500);
    CHECK(has(message_of([&] {
                  s.load(kAreas + "population = [{ file = \"own.csv\", code = \"area\", value = \"ID20190\" }]\n");
              }),
              "`year` is missing"));
    const std::string message = message_of([&] { s.load(kAreas + "deprivation = { file = \"own.csv\" }\n"); });
    CHECK(has(message, "deprivation: `code` is missing"));
    CHECK(has(message, "columns found: area, POP2019, ID20190"));
}

TEST_CASE("real tables: IMD 2015, 2019 and 2025, and residents of LSOAs and wards, by their presets") {
    const auto shared = test::shared_data();
    if (!shared) {
        MESSAGE("skipped: the shared data are not here");
        return;
    }
    const std::string data = (*shared / "data").string() + "/";
    const auto layer = [&](const std::string& name, const std::string& file, const std::string& more) {
        return "[layers." + name + "]\nkind = \"areas\"\nfile = \"" + data + "boundaries/" + file + "\"\n" + more;
    };
    const auto of = [&](const std::string& file) { return "{ file = \"" + data + file + "\""; };
    SmallStudy s;
    const Layers layers = s.load(
        layer("old", "london_lsoa_2011.shp",
              "population = [" + of("population/england_wales_lsoa11_mid2019.csv") + ", year = 2019 }, " +
                  of("population/london_lsoa11_census2011.csv") +
                  " }]\ndeprivation = " + of("imd/imd2019_england_lsoa11.csv") + " }\n") +
        layer("older", "london_lsoa_2011.shp", "deprivation = " + of("imd/imd2015_england_lsoa11.csv") + " }\n") +
        layer("new", "london_lsoa_2021.gpkg",
              "population = " + of("population/london_lsoa21_census2021.csv") +
                  " }\ndeprivation = " + of("imd/imd2025_england_lsoa21.csv") + " }\n") +
        layer("wards", "london_ward_pop_2019.zip",
              "population = " + of("boundaries/london_ward_pop_2019.zip") + " }\n"));
    const AreaLayer &old = *layers.area_layer("old"), &older = *layers.area_layer("older"),
                    &latest = *layers.area_layer("new"), &wards = *layers.area_layer("wards");
    CHECK(old.deprivation_rows == 32'844);
    CHECK(old.deprivation_greatest == 32'844);
    CHECK(older.deprivation_rows == 32'844);
    CHECK(latest.deprivation_rows == 33'755);
    CHECK(latest.deprivation_greatest == 33'755);
    CHECK(known(old.deprivation_rank) == known(older.deprivation_rank));
    CHECK(known(latest.deprivation_rank) == 4994);
    CHECK(sum(latest.population.at(2021)) == 8'799'631);
    CHECK(known(old.population.at(2011)) > 4800);
    CHECK(known(old.population.at(2019)) > 4900);
    CHECK(known(wards.population.at(2019)) == 639);  // the file leaves 18 of 657 blank
    s.issues.verify_accounts();
}
