// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/presets.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "libgeo/base/text.h"
#include "libgeo/sources/table.h"

using geo::find_column;
using geo::find_preset;
using geo::preset_by_id;

namespace {

using Names = std::vector<std::string>;

std::string found(const Names& columns, const std::string& kind = "") {
    const auto match = find_preset(columns, "CSV", kind);
    return match.preset == nullptr ? "none" : match.preset->id;
}

/// The column of the file that one of our names becomes; empty: none.
std::string column(const std::string& preset, const std::string& ours, const Names& columns) {
    const auto& names = preset_by_id(preset)->columns;
    const auto candidates = names.find(ours);
    if (candidates == names.end()) return "";
    for (const std::string& name : candidates->second) {
        if (const auto at = find_column(columns, name)) return columns[*at];
    }
    return "";
}

/// Folded values of the file's kind, state and use columns that the preset has no meaning for.
Names words_without_meaning(geo::Table& table, const geo::Preset& preset) {
    std::set<std::string> known, unknown;
    for (const auto& [value, meaning] : preset.kinds) known.insert("kind " + geo::folded(value));
    for (const auto& [value, meaning] : preset.states) known.insert("state " + geo::folded(value));
    for (const auto& [value, meaning] : preset.uses) known.insert("use " + geo::folded(value));
    Names words;
    std::vector<std::size_t> cells;
    for (const char* ours : {"kind", "state", "use"}) {
        const std::string name = column(preset.id, ours, table.columns());
        if (name.empty()) continue;
        words.emplace_back(ours);
        cells.push_back(*find_column(table.columns(), name));
    }
    REQUIRE_FALSE(cells.empty());
    table.select(cells, false);
    while (const auto batch = table.next_batch()) {
        for (std::size_t c = 0; c < cells.size(); ++c) {
            for (const std::string_view cell : batch->cells[c]) {
                const std::string word = words[c] + " " + geo::folded(geo::trimmed(cell));
                if (!geo::trimmed(cell).empty() && !known.contains(word)) unknown.insert(word);
            }
        }
    }
    return {unknown.begin(), unknown.end()};
}

const Names kGiasBulk = {"URN",
                         "LA (code)",
                         "LA (name)",
                         "EstablishmentNumber",
                         "EstablishmentName",
                         "TypeOfEstablishment (code)",
                         "TypeOfEstablishment (name)",
                         "EstablishmentTypeGroup (code)",
                         "EstablishmentTypeGroup (name)",
                         "EstablishmentStatus (code)",
                         "EstablishmentStatus (name)",
                         "ReasonEstablishmentOpened (code)",
                         "OpenDate",
                         "CloseDate",
                         "PhaseOfEducation (code)",
                         "PhaseOfEducation (name)",
                         "StatutoryLowAge",
                         "StatutoryHighAge",
                         "Boarders (code)",
                         "OfficialSixthForm (name)",
                         "Street",
                         "Locality",
                         "Town",
                         "Postcode",
                         "GSSLACode (name)",
                         "Easting",
                         "Northing",
                         "MSOA (name)",
                         "LSOA (name)",
                         "UPRN",
                         "SiteName"};
const Names kGreenspaceGpkg = {
    "id", "function", "distinctive_name_1", "distinctive_name_2", "distinctive_name_3", "distinctive_name_4"};
const Names kImd2019 = {"LSOA code (2011)",
                        "LSOA name (2011)",
                        "Local Authority District code (2019)",
                        "Local Authority District name (2019)",
                        "Index of Multiple Deprivation (IMD) Score",
                        "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
                        "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
                        "Income Score (rate)"};

Names with_years(Names names, const std::string& from, const std::string& to) {
    for (std::string& name : names) {
        const std::size_t at = name.find(from);
        if (at != std::string::npos) name.replace(at, from.size(), to);
    }
    return names;
}

}  // namespace

TEST_CASE("every preset is read, says what it is, and means its own columns") {
    std::set<std::string> ids;
    const std::set<std::string> kinds = {"places", "outlets", "proposals", "areas", "frontages", "streets"};
    CHECK(geo::presets().size() >= 20);
    for (const geo::Preset& preset : geo::presets()) {
        CAPTURE(preset.id);
        CHECK(ids.insert(preset.id).second);
        CHECK_FALSE(preset.title.empty());
        CHECK_FALSE(preset.signatures.empty());
        CHECK(preset.accuracy.has_value() == !preset.accuracy_cite.empty());
        for (const std::string& kind : preset.kinds_of_layer) CHECK(kinds.contains(kind));
        for (const auto& signature : preset.signatures) {
            std::set<std::string> folded;
            for (const std::string& name : signature) CHECK(folded.insert(geo::folded(name)).second);
            // A file with just these columns is this preset's, and has an id, a reference, a code or a name.
            Names columns = signature;
            for (std::string& name : columns) {
                for (std::size_t at = 0; (at = name.find('#')) != std::string::npos;) name[at] = '2';
            }
            CHECK(found(columns) == preset.id);
            bool named = false;
            for (const char* ours : {"id", "reference", "code", "name"})
                named = named || !column(preset.id, ours, columns).empty();
            CHECK(named);
        }
    }
    CHECK(preset_by_id("gias") != nullptr);
    CHECK(preset_by_id("no-such") == nullptr);
}

TEST_CASE("published headers that no shared file has") {
    CHECK(found(kGiasBulk) == "gias");
    CHECK(column("gias", "id", kGiasBulk) == "URN");
    CHECK(column("gias", "kind", kGiasBulk) == "PhaseOfEducation (name)");
    CHECK(column("gias", "state", kGiasBulk) == "EstablishmentStatus (name)");
    CHECK(found(kGreenspaceGpkg) == "os-open-greenspace");
    CHECK(preset_by_id("os-open-greenspace")->entrances_place == "ref_to_greenspace_site");
    CHECK(found({"id", "access_type", "ref_to_greenspace_site"}) == "none");

    CHECK(found(kImd2019) == "imd-2019");
    CHECK(found(with_years(kImd2019, "(2019)", "(2013)")) == "imd-2015");
    CHECK(found(with_years(with_years(kImd2019, "(2019)", "(2024)"), "(2011)", "(2021)")) == "imd-2025");
    CHECK(column("imd-2019", "rank", kImd2019) ==
          "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)");

    CHECK(found({"UPRN", "X_COORDINATE", "Y_COORDINATE", "LATITUDE", "LONGITUDE"}) == "open-uprn");
    CHECK(found({"UPRN", "OS_ADDRESS_TOID", "CLASS", "X_COORDINATE", "Y_COORDINATE", "LATITUDE", "LONGITUDE",
                 "LOCAL_CUSTODIAN_CODE", "ORGANISATION", "POST_TOWN", "POSTCODE"}) == "addressbase");
    CHECK(found({"KEYVAL", "REFVAL", "F_PROPOSAL", "F_ADDRESS", "APPNAME"}) == "uniform");
    CHECK(found({"keyval", "refval", "f_proposal", "f_address", "geom_area"}) == "uniform");
    CHECK(found({"reference", "authority", "address", "description", "appType", "appState", "startDate", "dateReceived",
                 "decidedDate", "lat", "lng"}) == "planit");
    const Names article4 = {"dataset", "end-date", "entity",    "entry-date", "geometry", "name", "organisation-entity",
                            "point",   "prefix",   "reference", "start-date"};
    CHECK(found(article4) == "planning-data");
    CHECK(found(with_years(article4, "-", "_")) == "planning-data");  // hyphens, underscores and blanks are one
    CHECK(column("planning-data", "wkt", article4) == "geometry");
    CHECK(column("planning-data", "code", article4).empty());
    CHECK(column("planning-data", "id", article4) == "reference");
}

TEST_CASE("names are compared without case, blanks, hyphens and brackets: # is a digit") {
    const Names columns = {"Positional_Quality", "WD25CD", "wd25nm", "LAD25CD"};
    CHECK(find_column(columns, "positional quality") == 0);
    CHECK(find_column(columns, "WD##CD") == 1);
    CHECK(find_column(columns, "WD##NM") == 2);
    CHECK(find_column(columns, "LAD##CD") == 3);
    CHECK_FALSE(find_column(columns, "WD#CD"));
    CHECK_FALSE(find_column(columns, "WD"));
    CHECK_FALSE(find_column({"WDxxCD"}, "WD##CD"));
}

TEST_CASE("four columns of five are enough, three are not: the richer signature wins: the kind of layer must suit") {
    CHECK(found({"KEYVAL", "REFVAL", "F_PROPOSAL", "F_ADDRESS"}) == "uniform");
    CHECK(found({"KEYVAL", "REFVAL", "F_PROPOSAL"}) == "none");
    CHECK(find_preset({"KEYVAL", "REFVAL", "F_PROPOSAL", "F_ADDRESS"}, "CSV", "proposals").share ==
          doctest::Approx(0.8));
    CHECK(found(kGiasBulk, "places") == "gias");
    CHECK(found(kGiasBulk, "areas") == "none");
    CHECK(found({"id", "name", "easting", "northing"}) == "none");
    CHECK(found({}) == "none");
    // Look-ups are of no kind of layer.
    CHECK(found({"PC", "PQ", "EA", "NO", "CY", "RH", "LH", "CC", "DC", "WC"}) == "code-point-open");
    CHECK(found({"PC", "PQ", "EA", "NO", "CY", "RH", "LH", "CC", "DC", "WC"}, "places") == "none");
}

TEST_CASE("the hygiene register's accuracy is the 95 % point of the log-normal with the published figures") {
    const geo::Preset& fhrs = *preset_by_id("fhrs");
    REQUIRE(fhrs.accuracy);
    // P(d < 100 m) = 0.77 and mean 110 m: s² / 2 - z s = ln(100 / 110), m = ln 110 - s² / 2.
    const double z77 = 0.738847, z95 = 1.644854;
    const double s = z77 + std::sqrt(z77 * z77 + 2 * std::log(110.0 / 100.0)), m = std::log(110.0) - s * s / 2;
    CHECK(std::exp(m + s * s / 2) == doctest::Approx(110.0));
    CHECK(0.5 * std::erfc(-(std::log(100.0) - m) / s / std::sqrt(2.0)) == doctest::Approx(0.77).epsilon(1e-4));
    const double d95 = std::exp(m + z95 * s);
    CHECK(d95 == doctest::Approx(425.0).epsilon(0.002));
    CHECK(fhrs.accuracy->value >= d95);
    CHECK(fhrs.accuracy->value < d95 + 10);
    CHECK(fhrs.uses.at("7844") == std::vector{geo::Use::hot_food_takeaway});
    CHECK(preset_by_id("gambling-commission")->uses.at("Betting Shop") == std::vector{geo::Use::betting_shop});
}

TEST_CASE("every real file is taken for what it is, and none for another") {
    const char* set = std::getenv("CORDON_SHARED");
    const std::filesystem::path data =
        std::filesystem::path(set != nullptr ? set : CORDON_SOURCE_DIR "/../shared") / "data";
    if (!std::filesystem::is_directory(data)) {
        MESSAGE("skipped: no shared data in ", data.string(), " (set CORDON_SHARED)");
        return;
    }
    struct Case {
        const char* file;
        const char* layer;
        const char* kind;
        const char* preset;
    };
    const Case cases[] = {
        {"schools/gias_north_london_2025-05.csv", "", "places", "gias"},
        {"schools/waltham_forest_schools.csv", "", "places", "school-list"},
        {"schools/london_school_postcodes_2017.csv", "", "places", "edubase-postcodes"},
        {"schools/liverpool_school_postcodes_2017.csv", "", "places", "edubase-postcodes"},
        {"schools/portsmouth_school_postcodes_2017.csv", "", "places", "edubase-postcodes"},
        {"schools/lambeth_schools.geojson", "", "places", "council-schools"},
        {"schools/barnet_schools.geojson", "", "places", "council-schools"},
        {"schools/kingston_schools_2016.geojson", "", "places", "council-schools"},
        {"schools/wandsworth_schools.geojson", "", "places", "council-schools"},
        {"fhrs/fhrs_london_2020-07-21.csv.gz", "", "outlets", "fhrs"},
        {"fhrs/fhrs_london_2021-08.csv.gz", "", "proposals", "fhrs"},
        {"fhrs/raw/FHRS522en-GB_lambeth_2020-11-14.xml", "", "outlets", "fhrs"},
        {"fhrs/raw/FHRS876en-GB_portsmouth_2020-11-14.xml.gz", "", "outlets", "fhrs"},
        {"fhrs/raw/fhrs522_lambeth_2020-07-21.json", "", "outlets", "fhrs"},
        {"fhrs/raw/fhrs531_waltham_forest_2020-07-21.json", "", "outlets", "fhrs"},
        {"fhrs/raw/fhrs_api_waltham_forest_2021-08.json", "", "outlets", "fhrs"},
        {"fhrs/raw/fhrs_api_lambeth_2021-08.json.gz", "", "outlets", "fhrs"},
        {"parks/london_public_parks_os_open_greenspace.gpkg", "", "places", "os-open-greenspace"},
        {"parks/london_registered_parks_gardens.geojson", "", "places", "none"},
        {"network/os_open_roads/NT_RoadLink.shp", "", "streets", "os-open-roads"},
        {"network/os_open_roads/NT_RoadNode.shp", "", "streets", "none"},
        {"network/portsmouth_osm.gpkg", "roads", "streets", "none"},
        {"network/central_london_streets_osm.gpkg", "", "streets", "none"},
        {"boundaries/london_wards_2025.geojson", "", "areas", "ons-boundaries"},
        {"boundaries/liverpool_wards_2015.shp", "", "areas", "ons-boundaries"},
        {"boundaries/portsmouth_ward.geojson", "", "areas", "ons-boundaries"},
        {"boundaries/london_lsoa_2011.shp", "", "areas", "ons-boundaries"},
        {"boundaries/london_lsoa_2021.gpkg", "", "areas", "ons-boundaries"},
        {"boundaries/liverpool_lsoa_2021.geojson", "", "areas", "ons-boundaries"},
        {"boundaries/london_boroughs.gpkg", "", "areas", "ons-boundaries"},
        {"boundaries/liverpool_boundary.shp", "", "areas", "none"},
        {"imd/imd2015_england_lsoa11.csv", "", "areas", "imd-2015"},
        {"imd/imd2019_england_lsoa11.csv", "", "areas", "imd-2019"},
        {"imd/imd2025_england_lsoa21.csv", "", "areas", "imd-2025"},
        {"population/london_lsoa21_census2021.csv", "", "areas", "ons-population"},
        {"population/london_lsoa11_census2011.csv", "", "areas", "ons-population"},
        {"population/england_wales_lsoa11_mid2019.csv", "", "areas", "ons-population"},
        {"population/london_lsoa21_age_groups_census2021.csv", "", "areas", "none"},
        {"boundaries/london_ward_pop_2011.zip", "", "areas", "ons-population"},
        {"boundaries/london_ward_pop_2019.zip", "", "areas", "ons-population"},
        {"postcodes/london_code_point_open_2025-11.csv.gz", "", "", "code-point-open"},
        {"gambling/greater_manchester_gambling_premises_2018-09.csv", "", "outlets", "gambling-commission"},
        {"gambling/greater_manchester_gambling_premises_2023-08-04.csv", "", "outlets", "gambling-commission"},
        {"town_centres/london_town_centres.geojson", "", "areas", "london-town-centres"},
        {"osm_poi/merseyside_osm_poi_polygons.shp", "", "places", "osm-geofabrik"},
        {"osm_poi/london_fast_food_osm_2016-12.geojson", "", "outlets", "osm-geofabrik"},
        {"planning/isle_of_man_food_gambling_decisions_2011_2023.csv", "", "proposals", "none"},
    };
    for (const Case& one : cases) {
        CAPTURE(std::string(one.file));
        const auto table = geo::open_table({data / one.file, one.file, one.layer, "test"});
        CHECK(found(table->columns(), one.kind) == one.preset);
        CHECK(found(table->columns()) == one.preset);  // of any kind
        if (std::string(one.preset) == "none") continue;
        // What the preset says of the place is there, where the file has no geometry.
        const std::string preset = one.preset;
        if (table->has_geometry() || preset.starts_with("imd-") || preset == "ons-population") continue;
        CHECK_FALSE(column(one.preset, "x", table->columns()).empty());
        CHECK_FALSE(column(one.preset, "y", table->columns()).empty());
    }
}

TEST_CASE("every phase, status and type of the real files has its meaning") {
    const char* set = std::getenv("CORDON_SHARED");
    const std::filesystem::path data =
        std::filesystem::path(set != nullptr ? set : CORDON_SOURCE_DIR "/../shared") / "data";
    if (!std::filesystem::is_directory(data)) {
        MESSAGE("skipped: no shared data in ", data.string(), " (set CORDON_SHARED)");
        return;
    }
    for (const char* file : {"schools/gias_north_london_2025-05.csv", "schools/waltham_forest_schools.csv",
                             "schools/london_school_postcodes_2017.csv", "schools/lambeth_schools.geojson",
                             "schools/barnet_schools.geojson", "parks/london_public_parks_os_open_greenspace.gpkg",
                             "fhrs/fhrs_london_2021-08.csv.gz", "fhrs/raw/FHRS522en-GB_lambeth_2020-11-14.xml",
                             "gambling/greater_manchester_gambling_premises_2018-09.csv"}) {
        CAPTURE(std::string(file));
        const auto table = geo::open_table({data / file, file, "", "test"});
        const geo::Preset* preset = find_preset(table->columns(), table->format(), "").preset;
        REQUIRE(preset != nullptr);
        CHECK(geo::join_words(words_without_meaning(*table, *preset)) == "");
    }
}
