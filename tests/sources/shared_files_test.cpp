// SPDX-License-Identifier: Apache-2.0
// Real open data and the corpus of bad inputs, where they are: folder CORDON_SHARED, or `shared` beside the repository.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/sources/scratch.h"

using namespace geo;

namespace {

std::filesystem::path shared_folder() {
    const char* named = std::getenv("CORDON_SHARED");
    const std::filesystem::path folder = named != nullptr ? named : CORDON_SOURCE_DIR "/../shared";
    return std::filesystem::is_directory(folder / "data") ? folder : std::filesystem::path();
}

SourceFile shared_file(const std::string& name, const std::string& layer = {}) {
    return {shared_folder() / name, name, layer, "things"};
}

struct Expected {
    const char* file;
    std::size_t rows;
    const char* crs;
    const char* layer = "";
};

/// As the folder's README counts them.
constexpr Expected kExpected[] = {
    {"fhrs/fhrs_london_2020-07-21.csv.gz", 68836, ""},
    {"fhrs/fhrs_london_2020-11-14.csv.gz", 66761, ""},
    {"fhrs/fhrs_london_2021-08.csv.gz", 71659, ""},
    {"fhrs/raw/fhrs531_waltham_forest_2020-07-21.json", 1771, ""},
    {"fhrs/raw/fhrs522_lambeth_2020-07-21.json", 2404, ""},
    {"fhrs/raw/FHRS531en-GB_waltham_forest_2020-11-14.xml", 1764, ""},
    {"fhrs/raw/FHRS522en-GB_lambeth_2020-11-14.xml", 2555, ""},
    {"fhrs/raw/FHRS414en-GB_liverpool_2020-11-14.xml.gz", 3927, ""},
    {"fhrs/raw/FHRS876en-GB_portsmouth_2020-11-14.xml.gz", 1883, ""},
    {"fhrs/raw/fhrs_api_waltham_forest_2021-08.json", 1863, ""},
    {"fhrs/raw/fhrs_api_lambeth_2021-08.json.gz", 2679, ""},
    {"schools/lambeth_schools.geojson", 100, "EPSG:4326"},
    {"schools/gias_north_london_2025-05.csv", 658, ""},
    {"schools/barnet_schools.geojson", 161, "EPSG:4326"},
    {"schools/wandsworth_schools.geojson", 81, "EPSG:4326"},
    {"schools/kingston_schools_2016.geojson", 60, "EPSG:4326"},
    {"schools/waltham_forest_schools.csv", 84, ""},
    {"schools/london_school_postcodes_2017.csv", 3151, ""},
    {"schools/liverpool_school_postcodes_2017.csv", 184, ""},
    {"schools/portsmouth_school_postcodes_2017.csv", 68, ""},
    {"parks/london_public_parks_os_open_greenspace.gpkg", 989, "EPSG:27700"},
    {"parks/london_registered_parks_gardens.geojson", 132, "EPSG:27700"},
    {"boundaries/london_boroughs.gpkg", 33, "EPSG:27700"},
    {"boundaries/london_lsoa_2021.gpkg", 4994, "EPSG:27700"},
    {"boundaries/london_lsoa_2011.shp", 4968, "EPSG:27700"},
    {"boundaries/london_wards_2025.geojson", 704, "EPSG:4326"},
    {"boundaries/london_ward_pop_2011.zip", 649, "EPSG:27700"},
    {"boundaries/london_ward_pop_2015.zip", 654, "EPSG:27700"},
    {"boundaries/london_ward_pop_2019.zip", 657, "EPSG:27700"},
    {"boundaries/liverpool_boundary.shp", 1, "EPSG:27700"},
    {"boundaries/liverpool_wards_2015.shp", 30, "EPSG:27700"},
    {"boundaries/liverpool_lsoa_2021.geojson", 302, "EPSG:4326"},
    {"boundaries/portsmouth_lsoa.geojson", 125, "EPSG:4326"},
    {"boundaries/portsmouth_lsoa11.geojson", 125, "EPSG:4326"},
    {"boundaries/portsmouth_ward.geojson", 14, "EPSG:4326"},
    {"boundaries/greater_manchester_local_authorities_2023.geojson", 10, "EPSG:4326"},
    {"boundaries/lsoa_2011_to_2021_lookup_england_wales.csv", 35796, ""},
    {"population/london_lsoa21_census2021.csv", 4994, ""},
    {"population/london_lsoa11_census2011.csv", 4835, ""},
    {"population/london_lsoa21_age_groups_census2021.csv", 24970, ""},
    {"population/england_wales_lsoa11_mid2019.csv", 34753, ""},
    {"imd/imd2015_england_lsoa11.csv", 32844, ""},
    {"imd/imd2019_england_lsoa11.csv", 32844, ""},
    {"imd/imd2025_england_lsoa21.csv", 33755, ""},
    {"imd/liverpool_lsoa11_imd2019.shp", 298, "EPSG:27700"},
    {"town_centres/london_town_centres.geojson", 234, "EPSG:4326"},
    {"network/central_london_streets_osm.gpkg", 20972, "EPSG:4326"},
    {"network/portsmouth_osm.gpkg", 5818, "EPSG:4326", "roads"},
    {"network/portsmouth_osm.gpkg", 904, "EPSG:4326", "schools"},
    {"network/portsmouth_osm.gpkg", 319, "EPSG:4326", "fast_food"},
    {"osm_poi/merseyside_osm_poi_polygons.shp", 3660, "EPSG:4326"},
    {"osm_poi/london_fast_food_osm_2016-12.geojson", 1871, "EPSG:4326"},
    {"osm_poi/merseyside_fast_food_osm_2016-12.geojson", 362, "EPSG:4326"},
    {"gambling/greater_manchester_gambling_premises_2018-09.csv", 568, ""},
    {"gambling/greater_manchester_gambling_premises_2023-08-04.csv", 388, ""},
    {"planning/isle_of_man_food_gambling_decisions_2011_2023.csv", 60, ""},
    {"postcodes/london_code_point_open_2025-11.csv.gz", 180792, ""},
};

std::size_t column_of(const Table& table, const std::string& name) {
    const auto& columns = table.columns();
    const auto found = std::find(columns.begin(), columns.end(), name);
    REQUIRE_MESSAGE(found != columns.end(), name);
    return static_cast<std::size_t>(found - columns.begin());
}

std::size_t takeaways_in(const std::string& name, const std::string& authority) {
    const auto table = open_table(shared_file(name));
    table->select({column_of(*table, "BusinessTypeID"), column_of(*table, "LocalAuthorityName")}, false);
    std::size_t n = 0;
    for (const auto& row : rows_of(*table).cells)
        n += row[0] == "7844" && (authority.empty() || row[1] == authority) ? 1 : 0;
    return n;
}

}  // namespace

TEST_CASE("shared: every file of real data has the rows that its README counts, and no issues") {
    if (shared_folder().empty()) {
        MESSAGE("skipped: no shared data; set CORDON_SHARED");
        return;
    }
    for (const Expected& expected : kExpected) {
        CAPTURE(expected.file);
        const auto table = open_table(shared_file(std::string("data/") + expected.file, expected.layer));
        CHECK(table->crs() == expected.crs);
        const Rows rows = rows_of(*table);
        CHECK(rows.cells.size() == expected.rows);
        CHECK(rows.issues.empty());
        CHECK(rows.shapes.size() == (table->has_geometry() ? expected.rows : 0));
    }
}

TEST_CASE("shared: takeaways in each form of the hygiene register") {
    if (shared_folder().empty()) {
        MESSAGE("skipped: no shared data; set CORDON_SHARED");
        return;
    }
    CHECK(takeaways_in("data/fhrs/fhrs_london_2020-07-21.csv.gz", "") == 7596);
    CHECK(takeaways_in("data/fhrs/fhrs_london_2020-11-14.csv.gz", "") == 7867);
    CHECK(takeaways_in("data/fhrs/fhrs_london_2021-08.csv.gz", "Lambeth") == 401);
    CHECK(takeaways_in("data/fhrs/raw/FHRS414en-GB_liverpool_2020-11-14.xml.gz", "") == 674);
    CHECK(takeaways_in("data/fhrs/raw/FHRS876en-GB_portsmouth_2020-11-14.xml.gz", "") == 246);
    CHECK(takeaways_in("data/fhrs/raw/FHRS531en-GB_waltham_forest_2020-11-14.xml", "") == 211);
    CHECK(takeaways_in("data/fhrs/raw/fhrs522_lambeth_2020-07-21.json", "") == 299);
    CHECK(takeaways_in("data/fhrs/raw/fhrs_api_lambeth_2021-08.json.gz", "") == 401);
    CHECK(takeaways_in("data/fhrs/raw/fhrs_api_waltham_forest_2021-08.json", "") == 228);
}

TEST_CASE("shared: broken files stop with a clear message") {
    if (shared_folder().empty() || !std::filesystem::is_directory(shared_folder() / "bad")) {
        MESSAGE("skipped: no shared data; set CORDON_SHARED");
        return;
    }
    const auto fault = [](const std::string& name) { return fault_of(shared_file("bad/" + name)); };
    CHECK(mentions(fault("files/no_dbf/schools.shp"), ".dbf is missing"));
    CHECK(mentions(fault("files/cut_shp/schools.shp"), "cut short"));
    CHECK(mentions(fault("files/cut_gpkg.gpkg"), "malformed"));
    CHECK(mentions(fault("files/cut.geojson"), "files/cut.geojson: cannot be read: "));
    CHECK(mentions(fault("files/empty.geojson"), "is empty"));
    CHECK(mentions(fault("upstream/gdal/unbalanced_double_quotes.csv"), "a quote opened on line 2 is not closed"));
    CHECK(mentions(fault("files/sql_name.gpkg"), "holds 2 layers"));
}

TEST_CASE("shared: doubtful files are read whole, with an issue") {
    if (shared_folder().empty() || !std::filesystem::is_directory(shared_folder() / "bad")) {
        MESSAGE("skipped: no shared data; set CORDON_SHARED");
        return;
    }
    const auto read = [](const std::string& name) { return rows_of(shared_file("bad/" + name)); };
    const Rows no_index = read("files/no_shx/schools.shp");
    CHECK(no_index.cells.size() == 4);
    CHECK(count_of(no_index, "index-rebuilt") == 1);
    const Rows too_long = read("upstream/pyshp/corrupt_too_long.shp");
    CHECK(too_long.cells.size() == 10);
    CHECK(count_of(too_long, "index-rebuilt") == 1);
    CHECK(count_of(too_long, "stray-bytes") == 1);
    CHECK(read("upstream/pyshp/latin1.shp").cells[0][1] ==
          "\xC3\x91"
          "and\xC3\xBA");
    const Rows ragged = read("files/ragged.csv");
    CHECK(ragged.cells.size() == 6);
    REQUIRE(ragged.issues.size() == 2);
    CHECK(ragged.issues[0].row == 3);
    CHECK(ragged.issues[1].row == 5);
    CHECK(count_of(read("files/cp1252.csv"), "encoding-assumed") == 1);
    CHECK(count_of(read("files/unclosed.geojson"), "ring-not-closed") == 1);
    CHECK(read("upstream/gdal/header_with_line_break.csv").lines == std::vector<std::int64_t>{4, 5, 6});
    CHECK(read("upstream/geos/invalid_polygons.csv").cells.size() == 57);
    const Rows without_place = read("files/null_geom.geojson");
    CHECK(without_place.cells.size() == 4);
    CHECK_FALSE(without_place.shapes.has_location(1));
    CHECK_FALSE(without_place.shapes.has_location(3));
}
