// SPDX-License-Identifier: Apache-2.0
//
// Silent wrong answers of this field, each with its numbers, through the whole program. A wrong answer that was seen elsewhere is named beside the right one.
//
//  where things are                                     how far, and inside what
//   1 axis order                 here; layers/places     10 buffer polygons               here
//   2 Helmert for OSTN15         here; geometry/crs      11 buffering in degrees          here
//   3 no datum shift             here; geometry/crs      12 metres of EPSG:3857           here
//   4 OSGB36 degrees             here; geometry/crs      13 haversine on a sphere         here
//   5 WGS 84 against ETRS89      here; geometry/crs      14 grid and ground               here
//   6 rounded degrees            here; layers/places     15 the tie after reprojection    here
//   7 postcode centroids         here                    16 NaN                           here; policy/policy_faults
//   8 (0, 0)                     here; layers/places     17 centroid for boundary         here
//   9 single precision           here                    18 centroid outside its shape    here; geometry/distance
//                                                        19 inside is 0                   here; geometry/distance
//                                                        20 holes                         here; geometry/distance
//                                                        21 bow-tie and buffer(0)         here; geometry/geos (areas)
//                                                        22 schools on many sites         here; geometry/distance
//                                                        23 curves                        here
//                                                        24 Z in the distance             here
//                                                        25 simplified boundaries         here
//                                                        26 slivers between areas         not of `check`: it joins no areas
//
//  The table of datum and scale by place: here, and to the millimetre in geometry/crs ("the places of the table").
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "libgeo/geometry/crs.h"
#include "tests/commands/run_command.h"

using namespace cordon_test;

namespace {

/// One layer of schools, one of outlets (the proposals), one rule. Every number that is not told is exact: no accuracy, no radius around points.
struct Trap {
    std::string schools = "id,wkt\nS,POINT (430000 300000)\n";
    std::string schools_file = "schools.csv";
    std::string schools_keys = "crs = \"EPSG:27700\"\ncolumns = { id = \"id\", wkt = \"wkt\" }\n";
    std::string outlets;
    std::string outlets_file = "outlets.csv";
    std::string outlets_keys = "crs = \"EPSG:27700\"\ncolumns = { reference = \"id\", wkt = \"wkt\" }\n";
    std::string crs = "EPSG:27700";
    std::string distance = "from = \"boundary\"";
    std::string breach = "<= 400 m";
    std::vector<std::string> options;

    Folder folder;
    Ran ran;

    /// A row an outlet: O-1, O-2, … at these places (WKT).
    Trap& with(const std::vector<std::string>& places) {
        outlets = "id,wkt\n";
        for (std::size_t i = 0; i < places.size(); ++i) outlets += fmt::format("O-{},\"{}\"\n", i + 1, places[i]);
        return *this;
    }
    Trap& school(const std::string& wkt) {
        schools = "id,wkt\nS,\"" + wkt + "\"\n";
        return *this;
    }

    Ran run() {
        folder.write(schools_file, schools);
        folder.write(outlets_file, outlets);
        folder.write("policy.toml",
                     "[policy]\nid = \"p\"\ntitle = \"P\"\nauthority = \"A\"\nkind = \"spd\"\nstatus = "
                     "\"adopted\"\nsource = \"s\"\n[[rule]]\n"
                     "id = \"R\"\ncite = \"R\"\noutcome = \"refuse\"\nbreach = \"" +
                         breach + "\"\ndistance = { to = [\"schools\"], " + distance + " }\n");
        folder.write("study.toml",
                     "[study]\ntitle = \"T\"\ncrs = \"" + crs +
                         "\"\nas-at = 2024-06-01\npolicies = [\"policy.toml\"]\n"
                         "[layers.schools]\nkind = \"places\"\nfile = \"" +
                         schools_file + "\"\naccuracy = \"0 m\"\nsite-radius = \"0 m\"\n" + schools_keys +
                         "[layers.outlets]\nkind = \"proposals\"\nfile = \"" + outlets_file +
                         "\"\nuse = \"hot-food-takeaway\"\n" +
                         (outlets_keys.find("accuracy") == std::string::npos ? "accuracy = \"0 m\"\n" : "") +
                         outlets_keys);
        std::vector<std::string> words = {"check",
                                          (folder / "study.toml").string(),
                                          "--force",
                                          "--out",
                                          (folder / "v.csv").string(),
                                          "--out",
                                          (folder / "v.json").string(),
                                          "--findings",
                                          (folder / "f.csv").string()};
        words.insert(words.end(), options.begin(), options.end());
        return ran = cordon(words, folder.path());
    }
    /// The finding of an outlet; the run must have finished (0), or be incomplete (4).
    Row finding(const std::string& reference = "O-1") {
        if (ran.status < 0) run();
        REQUIRE_MESSAGE((ran.status == 0 || ran.status == 4), ran.err);
        for (auto& row : read_csv(folder / "f.csv"))
            if (row.at("reference") == reference) return row;
        FAIL("no finding of ", reference);
        return {};
    }
    double metres(const std::string& reference = "O-1") { return std::stod(finding(reference).at("measured")); }
    std::string result(const std::string& reference = "O-1") { return finding(reference).at("result"); }
    std::string report() { return read_text(folder / "v.json"); }
    bool says(const std::string& words) { return report().find(words) != std::string::npos; }
};

/// As a CSV prints it: three decimals.
void check_metres(double got, double right, double tolerance = 0.0005) {
    CHECK_MESSAGE(std::fabs(got - right) <= tolerance + 1e-9, got, " is not ", right);
}

std::string circle(double x, double y, double radius, int corners) {
    std::string ring;
    for (int k = 0; k <= corners; ++k) {
        const double angle = 2 * std::numbers::pi * (k % corners) / corners;
        ring += fmt::format("{}{:.6f} {:.6f}", k == 0 ? "" : ", ", x + radius * std::cos(angle),
                            y + radius * std::sin(angle));
    }
    return "POLYGON ((" + ring + "))";
}

/// National Grid to another CRS, by the grid.
std::pair<double, double> moved(const std::string& to, double x, double y) {
    const auto operation =
        geo::Transformation::between(geo::Crs::from_text("EPSG:27700"), geo::Crs::from_text(to), {{CORDON_GRID_DIR}});
    operation.apply({&x, 1}, {&y, 1});
    return {x, y};
}

const std::string kLonLat = "crs = \"EPSG:4326\"\ncolumns = { id = \"id\", x = \"lon\", y = \"lat\" }\n";

std::string geojson_school(const std::string& position) {
    return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"S"},"geometry":{"type":"Point","coordinates":[)" +
           position + "]}}]}";
}

}  // namespace

TEST_CASE("trap 1, axis order: GeoJSON is longitude, latitude, the other way round is refused, not put at 52.6 E") {
    if (!grid_is_there()) return;
    Trap right;
    right.schools_file = "schools.geojson", right.schools_keys = "columns = { id = \"id\" }\n";
    right.schools = geojson_school("-1.558525262,52.596988421");
    right.with({"POINT (430300 300000)"});
    check_metres(right.metres(), 300.0, 0.001);
    Trap wrong;
    wrong.schools_file = "schools.geojson", wrong.schools_keys = "columns = { id = \"id\" }\n";
    wrong.schools = geojson_school("52.596988421,-1.558525262");
    wrong.with({"POINT (430300 300000)"});
    CHECK(wrong.run().status == 3);
    CHECK_MESSAGE(wrong.ran.err.find("latitude") != std::string::npos, wrong.ran.err);
}

TEST_CASE("trap 1, axis order: degrees in two columns are longitude and latitude whichever comes first in the file") {
    if (!grid_is_there()) return;
    for (const char* rows :
         {"id,lon,lat\nS,-1.558525262,52.596988421\n", "id,lat,lon\nS,52.596988421,-1.558525262\n"}) {
        Trap trap;
        trap.schools = rows, trap.schools_keys = kLonLat;
        trap.with({"POINT (430300 300000)"});
        check_metres(trap.metres(), 300.0, 0.001);
    }
}

TEST_CASE(
    "trap 1, axis order: easting and northing swapped lie in the grid's bounds too, only the study area shows them") {
    Trap trap;
    trap.with({"POINT (430300 300000)"});
    trap.schools = "id,x,y\nS,300000,430000\n",
    trap.schools_keys = "crs = \"EPSG:27700\"\ncolumns = { id = \"id\", x = \"x\", y = \"y\" }\n";
    trap.outlets_keys +=
        "[layers.borough]\nkind = \"areas\"\nfile = \"borough.csv\"\ncrs = \"EPSG:27700\"\ncolumns = { code = "
        "\"code\", wkt = \"wkt\" }\n";
    trap.crs = "EPSG:27700\"\narea = { layer = \"borough\" } # \"";
    trap.folder.write(
        "borough.csv",
        "code,wkt\nB,\"POLYGON ((425000 295000, 435000 295000, 435000 305000, 425000 305000, 425000 295000))\"\n");
    CHECK(trap.run().status == 3);
    CHECK_MESSAGE(trap.ran.err.find("swapped") != std::string::npos, trap.ran.err);
}

TEST_CASE(
    "trap 2, OSTN15: Ordnance Survey's published points, to the centimetre, without the grid up to 4 m off, and "
    "borderline") {
    if (!grid_is_there()) return;
    struct Published {
        const char *lat, *lon;
        double x, y;
    };
    for (const Published& p : {Published{"49.92226393730", "-6.29977752014", 91492.146, 11318.804},
                               Published{"50.43885825610", "-4.10864563561", 250359.811, 62016.569}}) {
        Trap trap;
        trap.schools = fmt::format("id,lat,lon\nS,{},{}\n", p.lat, p.lon), trap.schools_keys = kLonLat;
        trap.with({fmt::format("POINT ({:.3f} {:.3f})", p.x + 398.0, p.y)});
        check_metres(trap.metres(), 398.0, 0.01);
        CHECK(trap.result() == "breach");
        trap.options = {"--grids", "none"};
        trap.run();
        CHECK(trap.result() == "borderline");
        CHECK(std::fabs(trap.metres() - 398.0) < 5.0);
        CHECK(trap.says("OSTN15"));
    }
}

namespace {

/// A point of the National Grid, its degrees by OSTN15, and how far from it other ways put those degrees.
struct Place {
    const char* name;
    double easting, northing;
    const char *lon, *lat;
    double by_helmert, by_nothing, mercator_factor, ground_of_400;
};
constexpr Place kPlaces[] = {
    {"Penzance", 147000, 30000, "-5.540431895", "50.116035068", 4.045, 97.2, 1.5558, 399.839},
    {"Plymouth", 248000, 54000, "-4.138607939", "50.366206019", 2.611, 103.2, 1.5647, 400.032},
    {"Cardiff", 318000, 176000, "-3.182129061", "51.476993906", 0.617, 102.2, 1.6027, 400.113},
    {"London", 530000, 180000, "-0.128328889", "51.503992162", 1.746, 123.7, 1.6035, 400.071},
    {"Norwich", 623000, 308000, "1.293299265", "52.623956615", 3.151, 130.7, 1.6435, 399.924},
    {"Birmingham", 407000, 287000, "-1.898353037", "52.480895294", 1.651, 106.5, 1.6391, 400.143},
    {"Leeds", 430000, 433000, "-1.546090678", "53.792469780", 1.796, 104.9, 1.6898, 400.148},
    {"Newcastle", 425000, 564000, "-1.611029422", "54.970004735", 1.130, 102.5, 1.7388, 400.140},
    {"Edinburgh", 325000, 673000, "-3.202387297", "55.944162675", 0.492, 89.2, 1.7821, 400.111},
    {"Inverness", 266000, 845000, "-4.236230434", "57.475374509", 1.809, 86.5, 1.8557, 400.058},
    {"Lerwick", 447500, 1141500, "-1.146215494", "60.155236606", 1.144, 122.2, 2.0051, 400.142},
};

/// A school at the degrees of each place, an outlet at its easting and northing `east` of it: O-1 is at the first place.
void put_places(Trap& trap, const std::string& crs, double east) {
    trap.schools = "id,lon,lat\n";
    std::vector<std::string> outlets;
    for (const Place& p : kPlaces) {
        trap.schools += fmt::format("{},{},{}\n", p.name, p.lon, p.lat);
        outlets.push_back(fmt::format("POINT ({:.3f} {:.3f})", p.easting + east, p.northing));
    }
    trap.schools_keys = "crs = \"" + crs + "\"\ncolumns = { id = \"id\", x = \"lon\", y = \"lat\" }\n";
    trap.with(outlets);
}

}  // namespace

TEST_CASE(
    "traps 2 and 4 by place: nothing off by OSTN15, 0.5 to 4.0 m by the seven parameters, and that is said, 86 to 131 "
    "m as OSGB36's own degrees") {
    if (!grid_is_there()) return;
    Trap by_grid, by_helmert, by_nothing;
    put_places(by_grid, "EPSG:4326", 0);
    put_places(by_helmert, "EPSG:4326", 0);
    put_places(by_nothing, "EPSG:4277", 0);
    by_helmert.options = {"--grids", "none"};
    for (std::size_t i = 0; i < std::size(kPlaces); ++i) {
        CAPTURE(std::string(kPlaces[i].name));
        const std::string reference = fmt::format("O-{}", i + 1);
        CHECK(by_grid.finding(reference).at("place_id") == kPlaces[i].name);
        check_metres(by_grid.metres(reference), 0.0, 0.01);
        check_metres(by_helmert.metres(reference), kPlaces[i].by_helmert, 0.002);
        check_metres(by_nothing.metres(reference), kPlaces[i].by_nothing, 0.06);  // the table has one decimal
    }
    CHECK(by_helmert.says("the OSTN15 grid (uk_os_OSTN15_NTv2_OSGBtoETRS.tif) is missing"));
    CHECK_FALSE(by_grid.says("is missing"));
}

TEST_CASE(
    "traps 12 and 14 by place: 400 m of the grid are 400.000 m, though 399.839 to 400.148 m on the ground and up to "
    "802 units of EPSG:3857") {
    if (!grid_is_there()) return;
    Trap trap;
    put_places(trap, "EPSG:4326", 400);
    for (std::size_t i = 0; i < std::size(kPlaces); ++i) {
        const Place& p = kPlaces[i];
        CAPTURE(std::string(p.name));
        const std::string reference = fmt::format("O-{}", i + 1);
        check_metres(trap.metres(reference), 400.0, 0.01);
        const auto [x0, y0] = moved("EPSG:3857", p.easting, p.northing);
        const auto [x1, y1] = moved("EPSG:3857", p.easting + 400, p.northing);
        check_metres(std::hypot(x1 - x0, y1 - y0) / p.ground_of_400, p.mercator_factor, 0.001);
    }
}

TEST_CASE(
    "trap 2: where both layers are in degrees the shift cancels: without the grid too 399 m are a breach and 401 m "
    "clear, not borderline") {
    if (!grid_is_there()) return;
    Trap trap;
    trap.schools = "id,lon,lat\nS,-1.558525262,52.596988421\n", trap.schools_keys = kLonLat;
    trap.outlets = "id,lon,lat\n";
    int row = 0;
    for (const double east : {399.0, 401.0}) {
        const auto [lon, lat] = moved("EPSG:4326", 430000 + east, 300000);
        trap.outlets += fmt::format("O-{},{:.9f},{:.9f}\n", ++row, lon, lat);
    }
    trap.outlets_keys = "crs = \"EPSG:4326\"\ncolumns = { reference = \"id\", x = \"lon\", y = \"lat\" }\n";
    trap.options = {"--grids", "none"};
    check_metres(trap.metres("O-1"), 399.0, 0.01);
    CHECK(trap.result("O-1") == "breach");
    check_metres(trap.metres("O-2"), 401.0, 0.01);
    CHECK(trap.result("O-2") == "clear");
}

TEST_CASE(
    "trap 3: where nothing is known but a guess (\"ballpark\") the layer is refused; 86 to 131 m are not passed over") {
    Trap trap;
    trap.schools = "id,lon,lat\nS,-1.558525262,52.596988421\n";
    trap.schools_keys = "crs = \"EPSG:4267\"\ncolumns = { id = \"id\", x = \"lon\", y = \"lat\" }\n";  // North American
    trap.with({"POINT (430300 300000)"});
    CHECK(trap.run().status == 3);
    CHECK_MESSAGE(trap.ran.err.find("schools.csv (layer schools): its coordinate system: ") != std::string::npos,
                  trap.ran.err);
    CHECK_FALSE(std::filesystem::exists(trap.folder / "v.csv"));
}

TEST_CASE("trap 5: WGS 84 is taken as ETRS89, and that is said, nothing is moved by 0.95 m") {
    if (!grid_is_there()) return;
    Trap trap;
    trap.schools = "id,lon,lat\nS,-1.558525262,52.596988421\n", trap.schools_keys = kLonLat;
    trap.outlets = "id,lon,lat\nO-1,-1.558525262,52.596988421\n";
    trap.outlets_keys = "crs = \"EPSG:4258\"\ncolumns = { reference = \"id\", x = \"lon\", y = \"lat\" }\n";
    check_metres(trap.metres(), 0.0);
    CHECK(trap.says("WGS 84 taken as ETRS89"));
    trap.schools_keys = "crs = \"EPSG:4258\"\ncolumns = { id = \"id\", x = \"lon\", y = \"lat\" }\n";
    trap.run();
    CHECK_FALSE(trap.says("WGS 84 taken as ETRS89"));
}

TEST_CASE("trap 4: degrees of OSGB36 are not degrees of WGS 84: 130.7 m apart at Norwich") {
    if (!grid_is_there()) return;
    for (const auto& [crs, right, tolerance] :
         {std::tuple("EPSG:4326", 0.0, 0.001), std::tuple("EPSG:4277", 130.7, 0.3)}) {
        Trap trap;
        trap.schools = "id,lon,lat\nS,1.293299265,52.623956615\n";
        trap.schools_keys = fmt::format("crs = \"{}\"\ncolumns = {{ id = \"id\", x = \"lon\", y = \"lat\" }}\n", crs);
        trap.with({"POINT (623000 308000)"});
        check_metres(trap.metres(), right, tolerance);
    }
}

TEST_CASE("trap 6, rounded degrees: fewer than six decimals are said, and what they move") {
    if (!grid_is_there()) return;
    struct Rounded {
        int decimals;
        double moves;
        bool said;
    };
    for (const Rounded& r : {Rounded{7, 0.006, false}, Rounded{6, 0.056, false}, Rounded{5, 0.58, true},
                             Rounded{4, 6.3, true}, Rounded{3, 61.0, true}}) {
        Trap trap;
        trap.schools =
            fmt::format("id,lon,lat\nS,{:.{}f},{:.{}f}\n", -1.558525262, r.decimals, 52.596988421, r.decimals),
        trap.schools_keys = kLonLat;
        trap.with({"POINT (430000 300000)"});
        CHECK_MESSAGE(trap.metres() <= r.moves * 1.2 + 0.0005, r.decimals, " decimals: ", trap.metres());
        CHECK_MESSAGE(trap.says("coarse-coordinates") == r.said, r.decimals, " decimals");
    }
}

TEST_CASE(
    "trap 7: a postcode's centroid is no shop: within its uncertainty of the line it is neither breach nor clear") {
    Trap trap;
    trap.outlets_keys += "accuracy = \"110 m\"\n";
    trap.with({"POINT (430350 300000)", "POINT (430450 300000)", "POINT (430280 300000)", "POINT (430520 300000)"});
    CHECK(trap.result("O-1") == "borderline");
    CHECK(trap.result("O-2") == "borderline");
    CHECK(trap.result("O-3") == "breach");
    CHECK(trap.result("O-4") == "clear");
}

TEST_CASE("trap 8: (0, 0) is no place: listed, and the run is incomplete") {
    Trap trap;
    trap.schools = "id,x,y\nS,430000,300000\nT,0,0\n",
    trap.schools_keys = "crs = \"EPSG:27700\"\ncolumns = { id = \"id\", x = \"x\", y = \"y\" }\n";
    trap.outlets = "id,x,y\nO-1,430300,300000\nO-2,0,0\n",
    trap.outlets_keys = "crs = \"EPSG:27700\"\ncolumns = { reference = \"id\", x = \"x\", y = \"y\" }\n";
    CHECK(trap.run().status == 4);
    CHECK(trap.result("O-1") == "breach");
    CHECK(trap.result("O-2") == "unknown");
    CHECK(trap.says("(0, 0), which is no place"));
}

TEST_CASE("trap 9: ids and coordinates keep every digit") {
    Trap trap;
    trap.schools = "id,x,y\n100023336956,447500,1141500.07\n",
    trap.schools_keys = "crs = \"EPSG:27700\"\ncolumns = { id = \"id\", x = \"x\", y = \"y\" }\n";
    trap.outlets =
        "id,x,y\n100023336957,447500,1141800.07\n00123,447800.3,1141500.07\n0123,447500,1141500.07\n123,447501,1141500."
        "07\n";
    trap.outlets_keys = "crs = \"EPSG:27700\"\ncolumns = { reference = \"id\", x = \"x\", y = \"y\" }\n";
    check_metres(trap.metres("100023336957"), 300.0);
    CHECK(trap.finding("100023336957").at("place_id") == "100023336956");
    CHECK(trap.finding("100023336957").at("site_y") == "1141800.070");
    check_metres(trap.metres("00123"), 300.3);
    check_metres(trap.metres("0123"), 0.0);
    check_metres(trap.metres("123"), 1.0);

    Trap numbers;  // numbers of JSON, which some read as doubles of single precision
    numbers.schools_file = "schools.geojson",
    numbers.schools_keys = "crs = \"EPSG:27700\"\ncolumns = { id = \"id\" }\n";
    numbers.schools =
        R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}},"features":[{"type":"Feature",)"
        R"("properties":{"id":100023336956},"geometry":{"type":"Point","coordinates":[430300.3,1141500.07]}}]})";
    numbers.with({"POINT (430300.3 1141500.07)"});
    CHECK(numbers.finding().at("place_id") == "100023336956");
    check_metres(numbers.metres(), 0.0);
}

TEST_CASE(
    "trap 10: a buffer is a polygon, not a circle: 399.000 m is a breach, where 8 segments a quarter reach 398.074") {
    Trap trap;
    trap.with({"POINT (430397.0787 300039.1088)"});
    check_metres(trap.metres(), 399.0);
    CHECK(trap.result() == "breach");
    // At the middle of every chord of 8, 16, 32 and 64 segments, just beyond the polygon and within the circle.
    Trap chords;
    std::vector<std::string> places;
    for (const int segments : {8, 16, 32, 64, 128})
        for (int k = 0; k < 4 * segments; ++k) {
            const double angle = (k + 0.5) * std::numbers::pi / (2 * segments),
                         reach = 400.0 * std::cos(std::numbers::pi / (4 * segments)) + 0.004;
            places.push_back(fmt::format("POINT ({:.6f} {:.6f})", 430000 + reach * std::cos(angle),
                                         300000 + reach * std::sin(angle)));
        }
    chords.with(places);
    REQUIRE(chords.run().status == 0);
    int breaches = 0;
    for (const auto& row : read_csv(chords.folder / "f.csv")) breaches += row.at("result") == "breach";
    CHECK(breaches == 4 * (8 + 16 + 32 + 64 + 128));
}

TEST_CASE("trap 11: 400 m are 400 m all round, not 0.003593 degrees: 300 m to the east is a breach") {
    if (!grid_is_there()) return;
    Trap trap;
    trap.schools = "id,lon,lat\nS,-1.558525262,52.596988421\n", trap.schools_keys = kLonLat;
    trap.with({"POINT (430300 300000)", "POINT (430000 300300)", "POINT (430399 300000)", "POINT (430000 300401)",
               "POINT (429700 300000)"});
    for (const char* reference : {"O-1", "O-2", "O-5"}) {
        check_metres(trap.metres(reference), 300.0, 0.001);
        CHECK(trap.result(reference) == "breach");
    }
    CHECK(trap.result("O-3") == "breach");
    CHECK(trap.result("O-4") == "clear");
}

TEST_CASE("trap 12: metres of EPSG:3857 are not metres: a study in them is refused, a layer is brought over") {
    if (!grid_is_there()) return;
    const auto [school_x, school_y] = moved("EPSG:3857", 430000, 300000);
    const auto [outlet_x, outlet_y] = moved("EPSG:3857", 430300, 300000);
    check_metres(std::hypot(outlet_x - school_x, outlet_y - school_y), 493.0, 0.5);
    Trap trap;
    trap.schools = fmt::format("id,wkt\nS,POINT ({:.6f} {:.6f})\n", school_x, school_y);
    trap.schools_keys = "crs = \"EPSG:3857\"\ncolumns = { id = \"id\", wkt = \"wkt\" }\n";
    trap.outlets_keys = "crs = \"EPSG:3857\"\ncolumns = { reference = \"id\", wkt = \"wkt\" }\n";
    trap.with({fmt::format("POINT ({:.6f} {:.6f})", outlet_x, outlet_y)});
    check_metres(trap.metres(), 300.0, 0.001);
    CHECK(trap.result() == "breach");
    trap.crs = "EPSG:3857";
    CHECK(trap.run().status == 2);
    CHECK_MESSAGE(trap.ran.err.find("does not keep distances") != std::string::npos, trap.ran.err);
}

TEST_CASE(
    "trap 13: the same 400.000 m of ground to the north and to the east are the same distance, which a sphere makes "
    "399.699 and 398.708 m") {
    if (!grid_is_there()) return;
    // Radii of curvature of GRS80 at the school: along the meridian, and across it.
    constexpr double kLon = -1.558525262, kLat = 52.596988421, kA = 6378137.0, kE2 = 0.00669438002290;
    const double latitude = kLat * std::numbers::pi / 180, w = 1 - kE2 * std::sin(latitude) * std::sin(latitude);
    const double north = 400 / (kA * (1 - kE2) / (w * std::sqrt(w))),
                 east = 400 / (kA / std::sqrt(w) * std::cos(latitude));
    for (const auto& [radius, to_north, to_east] :
         {std::tuple(6371000.0, 399.699, 398.708), std::tuple(6378137.0, 400.147, 399.154)}) {
        check_metres(radius * north, to_north, 0.001);
        check_metres(radius * std::cos(latitude) * east, to_east, 0.001);
    }
    Trap trap;
    trap.schools = fmt::format("id,lon,lat\nS,{:.9f},{:.9f}\n", kLon, kLat), trap.schools_keys = kLonLat;
    trap.outlets = fmt::format("id,lon,lat\nN,{:.9f},{:.9f}\nE,{:.9f},{:.9f}\n", kLon,
                               kLat + north * 180 / std::numbers::pi, kLon + east * 180 / std::numbers::pi, kLat);
    trap.outlets_keys = "crs = \"EPSG:4326\"\ncolumns = { reference = \"id\", x = \"lon\", y = \"lat\" }\n";
    check_metres(trap.metres("N"), trap.metres("E"), 0.002);
    check_metres(trap.metres("N"), 399.855, 0.005);  // of the grid: its scale here is 0.99964
}

TEST_CASE("trap 14: distances are those of the grid, as on policy maps, and that is said") {
    Trap trap;  // Leeds: 400 m of the grid are 400.148 m on the ground; Penzance: 399.839
    trap.schools = "id,wkt\nL,POINT (430000 433000)\nP,POINT (147000 30000)\n";
    trap.with({"POINT (430400 433000)", "POINT (147400 30000)"});
    for (const char* reference : {"O-1", "O-2"}) {
        check_metres(trap.metres(reference), 400.0);
        CHECK(trap.result(reference) == "breach");
    }
    CHECK(trap.says("\"crs\": \"EPSG:27700\""));
}

TEST_CASE(
    "traps 13 and 15: 360 outlets at exactly 400 m, written in degrees with 9 decimals, all breach, --tie 0 shows how "
    "many would not") {
    if (!grid_is_there()) return;
    Trap trap;
    trap.outlets = "id,lon,lat\n";
    for (int k = 0; k < 360; ++k) {
        const double angle = k * std::numbers::pi / 180;
        const auto [lon, lat] = moved("EPSG:4326", 430000 + 400 * std::cos(angle), 300000 + 400 * std::sin(angle));
        trap.outlets += fmt::format("O-{},{:.9f},{:.9f}\n", k, lon, lat);
    }
    trap.outlets_keys = "crs = \"EPSG:4326\"\ncolumns = { reference = \"id\", x = \"lon\", y = \"lat\" }\n";
    const auto count = [&](const std::string& result) {
        REQUIRE_MESSAGE(trap.run().status == 0, trap.ran.err);
        int found = 0;
        for (const auto& row : read_csv(trap.folder / "f.csv")) {
            check_metres(std::stod(row.at("measured")), 400.0, 0.001);  // a sphere of 6371 km: 398.708 to the east
            found += row.at("result") == result;
        }
        return found;
    };
    CHECK(count("breach") == 360);
    CHECK(trap.says("\"on_the_tie\": 360"));
    trap.options = {"--tie", "0"};
    const int clear = count("clear");
    CHECK_MESSAGE((clear > 120 && clear < 240), clear, " of 360 are clear with a tie of 0; 180 were seen elsewhere");
}

TEST_CASE("trap 16: NaN is no distance and no coordinate: never clear") {
    for (const char* nan : {"nan", "NaN", "-nan", "inf", "1e400", "#N/A"}) {
        Trap trap;
        trap.schools_keys = "crs = \"EPSG:27700\"\ncolumns = { id = \"id\", x = \"x\", y = \"y\" }\n";
        trap.outlets_keys = "crs = \"EPSG:27700\"\ncolumns = { reference = \"id\", x = \"x\", y = \"y\" }\n";
        trap.schools = "id,x,y\nS,430000,300000\n";
        trap.outlets =
            std::string("id,x,y\nO-1,") + nan + ",300000\nO-2,430300,300000\nO-3,430300,300010\nO-4,430300,300020\n";
        CHECK(trap.result("O-1") == "unknown");
        CHECK(trap.result("O-2") == "breach");
        trap.breach = std::string("<= ") + nan + " m";
        CHECK(trap.run().status == 2);
    }
}

TEST_CASE(
    "trap 17: from the site's boundary 390.000 m, a breach, from its centroid 490.000, clear, and it is stated which") {
    Trap trap;
    trap.school("POLYGON ((430000 300000, 430200 300000, 430200 300100, 430000 300100, 430000 300000))");
    trap.with({"POINT (430590 300050)"});
    check_metres(trap.metres(), 390.0);
    CHECK(trap.result() == "breach");
    CHECK(trap.finding().at("from") == "boundary");
    trap.distance = "from = \"centroid\"";
    trap.run();
    check_metres(trap.metres(), 490.0);
    CHECK(trap.result() == "clear");
    CHECK(trap.finding().at("from") == "centroid");
    trap.schools_keys +=
        "entrances = { file = \"gates.csv\", place = \"school\", crs = \"EPSG:27700\", columns = { x = \"x\", y = "
        "\"y\" } }\n";
    trap.folder.write("gates.csv", "school,x,y\nS,430000,300050\n");
    trap.distance = "from = \"entrances\"";
    trap.run();
    check_metres(trap.metres(), 590.0);  // the gate at the west end
    CHECK(trap.result() == "clear");
    CHECK(trap.finding().at("from") == "entrance");
}

TEST_CASE("trap 18: the point that stands for an L-shaped site is on it, though its centroid is not") {
    Trap trap;
    trap.with(
        {"POLYGON ((430000 300000, 430300 300000, 430300 300020, 430020 300020, 430020 300300, 430000 300300, 430000 "
         "300000))"});
    REQUIRE(trap.run().status == 0);
    const auto row = read_csv(trap.folder / "v.csv").at(0);
    const double x = std::stod(row.at("x")) - 430000, y = std::stod(row.at("y")) - 300000;
    CHECK_MESSAGE((x >= 0 && y >= 0 && x <= 300 && y <= 300 && (x <= 20 || y <= 20)), x, " ", y);
}

TEST_CASE("traps 19 and 20: inside is 0, not 50 m to the boundary, a hole is outside, 100 m away") {
    Trap trap;
    trap.school(
        "POLYGON ((430000 300000, 430400 300000, 430400 300400, 430000 300400, 430000 300000), (430100 300100, 430300 "
        "300100, 430300 300300, 430100 300300, 430100 300100))");
    trap.breach = "<= 40 m";
    trap.with({"POINT (430050 300050)", "POINT (430200 300200)", "POINT (430100 300200)"});
    check_metres(trap.metres("O-1"), 0.0);
    CHECK(trap.result("O-1") == "breach");
    check_metres(trap.metres("O-2"), 100.0);
    CHECK(trap.result("O-2") == "clear");
    check_metres(trap.metres("O-3"), 0.0);  // on the hole's edge
}

TEST_CASE("trap 21: a bow-tie keeps both lobes, and the repair is said, buffer(0) loses the left one: 80 m") {
    Trap trap;
    trap.school("POLYGON ((430000 300000, 430200 300200, 430200 300000, 430000 300200, 430000 300000))");
    trap.breach = "<= 40 m";
    trap.with({"POINT (430020 300100)", "POINT (430180 300100)", "POINT (430100 300150)"});
    check_metres(trap.metres("O-1"), 0.0);
    check_metres(trap.metres("O-2"), 0.0);
    CHECK(trap.metres("O-3") > 0.0);  // between the lobes
    CHECK(trap.says("invalid-geometry"));
    Trap uneven;  // its lobes meet at (66.667, 66.667)
    uneven.school("POLYGON ((430000 300000, 430200 300200, 430200 300000, 430000 300100, 430000 300000))");
    uneven.with(
        {"POINT (430020 300060)", "POINT (430150 300060)", "POINT (430066.667 300066.667)", "POINT (430010 300150)"});
    for (const char* reference : {"O-1", "O-2", "O-3"}) check_metres(uneven.metres(reference), 0.0, 0.001);
    check_metres(uneven.metres("O-4"), 50.990);  // to the corner (0, 100)
}

TEST_CASE(
    "trap 22: a school on two sites is near by the nearer: 390.000 m, by its first part 975.807, by its centroid "
    "640.800") {
    Trap trap;
    trap.school("MULTIPOINT ((430000 300000), (430690 300300))");
    trap.with({"POINT (430690 300690)"});
    check_metres(trap.metres(), 390.0);
    CHECK(trap.result() == "breach");
}

TEST_CASE(
    "trap 23: a circle is a circle: 149.980 m, a breach of 150 m, with GDAL's steps of 4 degrees 150.041, clear") {
    // Between two of GDAL's corners: at 2 degrees from where the first arc begins.
    Trap trap;
    trap.schools_file = "schools.gml";
    trap.schools_keys = "columns = { id = \"id\" }\n";
    trap.schools =
        "<ogr:FeatureCollection xmlns:ogr=\"http://ogr.maptools.org/\" "
        "xmlns:gml=\"http://www.opengis.net/gml/3.2\"><ogr:member><ogr:school gml:id=\"s\"><ogr:geom>"
        "<gml:Polygon "
        "srsName=\"EPSG:27700\"><gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:ArcString><gml:"
        "posList>"
        "430100 300000 430000 300100 429900 300000 430000 299900 430100 "
        "300000</gml:posList></gml:ArcString></gml:segments></gml:Curve></gml:curveMember></gml:Ring>"
        "</gml:exterior></gml:Polygon></ogr:geom><ogr:id>S</ogr:id></ogr:school></ogr:member></ogr:FeatureCollection>";
    trap.breach = "<= 150 m";
    std::vector<std::string> places;
    for (int k = 0; k < 180; ++k) {
        const double angle = (2 * k + 0.1) * std::numbers::pi / 180;
        places.push_back(
            fmt::format("POINT ({:.6f} {:.6f})", 430000 + 249.98 * std::cos(angle), 300000 + 249.98 * std::sin(angle)));
    }
    trap.with(places);
    REQUIRE_MESSAGE(trap.run().status == 0, trap.ran.err);
    for (const auto& row : read_csv(trap.folder / "f.csv")) {
        check_metres(std::stod(row.at("measured")), 149.980, 0.0015);
        CHECK(row.at("result") == "breach");
    }
}

TEST_CASE("trap 24: heights are no part of a distance on a map: 300.000 m, not 5008.992") {
    for (const char* school :
         {"POINT Z (430000 300000 5000)", "POINT ZM (430000 300000 5000 7)", "POINT (430000 300000 5000)"}) {
        Trap trap;
        trap.school(school);
        trap.with({"POINT Z (430300 300000 0)"});
        check_metres(trap.metres(), 300.0);
    }
}

TEST_CASE(
    "trap 25: boundaries are not simplified: a circle of 5 km keeps its edge, which moves 100 m when it is simplified "
    "at 200") {
    Trap trap;
    trap.school(circle(430000, 300000, 5000, 3600));
    std::vector<std::string> places;
    for (int k = 0; k < 36; ++k) {
        const double angle = (10 * k + 5.05) * std::numbers::pi / 180;
        places.push_back(
            fmt::format("POINT ({:.6f} {:.6f})", 430000 + 5399.9 * std::cos(angle), 300000 + 5399.9 * std::sin(angle)));
    }
    trap.with(places);
    REQUIRE(trap.run().status == 0);
    for (const auto& row : read_csv(trap.folder / "f.csv")) check_metres(std::stod(row.at("measured")), 399.9, 0.003);
}
