// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/crs.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "libgeo/base/errors.h"

using geo::Crs;
using geo::GridFolders;
using geo::Transformation;

namespace {

/// The folder with the OSTN15 grid: CORDON_GRIDS, else where scripts/run puts it. None: those tests say so and skip.
std::optional<GridFolders> grids() {
    const char* set = std::getenv("CORDON_GRIDS");
    const std::string folder = set != nullptr ? set : CORDON_GRID_DIR;
    if (!std::filesystem::exists(folder + "/uk_os_OSTN15_NTv2_OSGBtoETRS.tif")) {
        MESSAGE("skipped: no OSTN15 grid in ", folder, " (set CORDON_GRIDS, or run scripts/run once)");
        return std::nullopt;
    }
    return GridFolders{{folder}};
}

std::optional<std::filesystem::path> shared() {
    const char* set = std::getenv("CORDON_SHARED");
    std::filesystem::path folder = set != nullptr ? set : CORDON_SOURCE_DIR "/../shared";
    if (std::filesystem::is_directory(folder)) return folder;
    MESSAGE("skipped: no shared data in ", folder.string(), " (set CORDON_SHARED)");
    return std::nullopt;
}

Transformation between(const char* from, const char* to, const GridFolders& folders) {
    return Transformation::between(Crs::from_text(from), Crs::from_text(to), folders);
}

geo::Point moved(const Transformation& by, geo::Point p) {
    by.apply({&p.x, 1}, {&p.y, 1});
    return p;
}

double apart(geo::Point a, geo::Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

struct OsPoint {
    double latitude, longitude, easting, northing;
};
// Ordnance Survey's forty test points of OSTN15: ETRS89 and the National Grid.
constexpr OsPoint kOsPoints[] = {
    {49.92226393730, -6.29977752014, 91492.146, 11318.804},
    {49.96006137820, -5.20304609998, 170370.718, 11572.405},
    {50.43885825610, -4.10864563561, 250359.811, 62016.569},
    {50.57563665000, -1.29782277240, 449816.371, 75335.861},
    {50.93127937910, -1.45051433700, 438710.920, 114792.250},
    {51.40078220140, -3.55128349240, 292184.870, 168003.465},
    {51.37447025550, 1.44454730409, 639821.835, 169565.858},
    {51.42754743020, -2.54407618349, 362269.991, 169978.690},
    {51.48936564950, -0.11992557180, 530624.974, 178388.464},
    {51.85890896400, -4.30852476960, 241124.584, 220332.641},
    {51.89436637350, 0.89724327012, 599445.590, 225722.826},
    {52.25529381630, -2.15458614387, 389544.190, 261912.153},
    {52.25160951230, -0.91248956970, 474335.969, 262047.755},
    {52.75136687170, 0.40153547065, 562180.547, 319784.995},
    {52.96219109410, -1.19747655922, 454002.834, 340834.943},
    {53.34480280190, -2.64049320810, 357455.843, 383290.436},
    {53.41628516040, -4.28918069756, 247958.971, 393492.909},
    {53.41630925420, -4.28917792869, 247959.241, 393495.583},
    {53.77911025760, -3.04045490691, 331534.564, 431920.794},
    {53.80021519630, -1.66379168242, 422242.186, 433818.701},
    {54.08666318080, -4.63452168212, 227778.330, 468847.388},
    {54.11685144290, -0.07773133187, 525745.670, 470703.214},
    {54.32919541010, -4.38849118133, 244780.636, 495254.887},
    {54.89542340420, -2.93827741149, 339921.145, 556034.761},
    {54.97912273660, -1.61657685184, 424639.355, 565012.703},
    {55.85399952950, -4.29649016251, 256340.925, 664697.269},
    {55.92478265510, -3.29479219337, 319188.434, 670947.534},
    {57.00606696050, -5.82836691850, 167634.202, 797067.144},
    {57.13902518960, -2.04856030746, 397160.491, 805349.736},
    {57.48625000720, -4.21926398555, 267056.768, 846176.972},
    {57.81351838410, -8.57854456076, 9587.909, 899448.996},
    {58.21262247180, -7.59255560556, 71713.132, 938516.404},
    {58.51560361300, -6.26091455533, 151968.652, 966483.780},
    {58.58120461280, -3.72631022121, 299721.891, 967202.992},
    {59.03743871190, -3.21454001115, 330398.323, 1017347.016},
    {59.09335035320, -4.41757674598, 261596.778, 1025447.602},
    {59.09671617400, -5.82799339844, 180862.461, 1029604.114},
    {59.53470794490, -1.62516966058, 421300.525, 1072147.239},
    {59.85409913890, -1.27486910356, 440725.073, 1107878.448},
    {60.13308091660, -2.07382822798, 395999.668, 1138728.951},
};

// Where a point of the grid lies in degrees by OSTN15, and how far the seven-parameter shift puts it from there.
struct Place {
    const char* name;
    double easting, northing, longitude, latitude, east_error, north_error;
};
constexpr Place kPlaces[] = {
    {"Penzance", 147000, 30000, -5.540431895, 50.116035068, -3.942, -0.910},
    {"Plymouth", 248000, 54000, -4.138607939, 50.366206019, -2.123, -1.520},
    {"Cardiff", 318000, 176000, -3.182129061, 51.476993906, -0.614, +0.065},
    {"London", 530000, 180000, -0.128328889, 51.503992162, +1.736, +0.192},
    {"Norwich", 623000, 308000, 1.293299265, 52.623956615, +1.432, +2.807},
    {"Birmingham", 407000, 287000, -1.898353037, 52.480895294, +0.326, +1.619},
    {"Leeds", 430000, 433000, -1.546090678, 53.792469780, -0.308, +1.769},
    {"Newcastle", 425000, 564000, -1.611029422, 54.970004735, -0.842, +0.754},
    {"Edinburgh", 325000, 673000, -3.202387297, 55.944162675, -0.077, -0.485},
    {"Inverness", 266000, 845000, -4.236230434, 57.475374509, +0.048, -1.809},
    {"Lerwick", 447500, 1141500, -1.146215494, 60.155236606, -0.401, +1.071},
};

const char* const kEsriBritishGrid =
    "PROJCS[\"British_National_Grid\",GEOGCS[\"GCS_OSGB_1936\",DATUM[\"D_OSGB_1936\",SPHEROID[\"Airy_1830\",6377563."
    "396,299.3249646]],"
    "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],PARAMETER["
    "\"False_Easting\",400000.0],"
    "PARAMETER[\"False_Northing\",-100000.0],PARAMETER[\"Central_Meridian\",-2.0],PARAMETER[\"Scale_Factor\",0."
    "9996012717],"
    "PARAMETER[\"Latitude_Of_Origin\",49.0],UNIT[\"Meter\",1.0]]";

std::string with(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("the forty points that Ordnance Survey publishes come out within 10 mm, there and back") {
    const auto folders = grids();
    if (!folders) return;
    const Transformation there = between("EPSG:4258", "EPSG:27700", *folders),
                         back = between("EPSG:27700", "EPSG:4258", *folders);
    for (const OsPoint& p : kOsPoints) {
        const geo::Point grid = moved(there, {p.longitude, p.latitude});
        CHECK(apart(grid, {p.easting, p.northing}) < 0.010);
        const geo::Point degrees = moved(back, {p.easting, p.northing});
        CHECK(std::abs(degrees.y - p.latitude) < 0.010 / 111'000);
        CHECK(std::abs(degrees.x - p.longitude) < 0.010 / 54'000);
    }
}

// The table was worked out with the published grid; the one built here agrees with Ordnance Survey's points within 10 mm, as that does.
constexpr double kGridsAgree = 0.01;

TEST_CASE("with the grid: its operation, its accuracy and its file are known, and WGS 84 is ETRS89") {
    const auto folders = grids();
    if (!folders) return;
    const Transformation by = between("EPSG:4326", "EPSG:27700", *folders);
    CHECK(by.info().name == "Inverse of OSGB36 to ETRS89 (2) + British National Grid");
    CHECK(by.info().accuracy_m == doctest::Approx(0.03));
    CHECK(by.info().grid == "uk_os_OSTN15_NTv2_OSGBtoETRS.tif");
    CHECK(std::filesystem::equivalent(by.info().grid_path, folders->folders[0] + "/" + by.info().grid));
    CHECK(by.info().loss_m == 0.0);
    CHECK(by.info().note.find("WGS 84 taken as ETRS89") != std::string::npos);
    CHECK_FALSE(by.info().identity);
    // Longitude first, whatever EPSG:4326 itself says; the same from CRS84, and from a realization of WGS 84.
    for (const char* wgs84 :
         {"EPSG:4326", "OGC:CRS84", "EPSG:4258", "EPSG:9755", "EPSG:4979", "urn:ogc:def:crs:EPSG::4326"}) {
        CAPTURE(std::string(wgs84));
        CHECK(apart(moved(between(wgs84, "EPSG:27700", *folders), {-1.558525262, 52.596988421}), {430000, 300000}) <
              kGridsAgree);
    }
    const geo::Point back = moved(between("EPSG:27700", "EPSG:4326", *folders), {430000, 300000});
    CHECK(std::abs(back.x - -1.558525262) < 1e-7);
    CHECK(std::abs(back.y - 52.596988421) < 1e-7);
}

TEST_CASE("the places of the table, with the grid and without it") {
    const Transformation without = between("EPSG:4326", "EPSG:27700", {});
    const auto folders = grids();
    for (const Place& p : kPlaces) {
        CAPTURE(std::string(p.name));
        const geo::Point truth{p.easting, p.northing};
        if (without.info().loss_m > 0.0) {  // PROJ's own folder may hold the grid on this machine
            const geo::Point rough = moved(without, {p.longitude, p.latitude});
            CHECK(std::abs(rough.x - truth.x - p.east_error) < 0.002);
            CHECK(std::abs(rough.y - truth.y - p.north_error) < 0.002);
            CHECK(apart(rough, truth) < without.info().loss_m);
        }
        if (!folders) continue;
        CHECK(apart(moved(between("EPSG:4326", "EPSG:27700", *folders), {p.longitude, p.latitude}), truth) <
              kGridsAgree);
        // OSGB36's own degrees are somewhere else: 86 to 131 m.
        const double none = apart(moved(between("EPSG:4277", "EPSG:27700", {}), {p.longitude, p.latitude}), truth);
        CHECK(none > 85.0);
        CHECK(none < 132.0);
    }
}

TEST_CASE("without the grid the best shift is used, and what it loses is said") {
    const Transformation by = between("EPSG:4326", "EPSG:27700", {});
    if (by.info().loss_m == 0.0) {
        MESSAGE("skipped: PROJ's own folder holds the OSTN15 grid on this machine");
        return;
    }
    CHECK(by.info().name == "Inverse of OSGB36 to WGS 84 (6) + British National Grid");
    CHECK(by.info().accuracy_m == 2.0);
    CHECK(by.info().loss_m == 5.0);
    CHECK(by.info().grid.empty());
    CHECK(by.info().note.find("the OSTN15 grid (uk_os_OSTN15_NTv2_OSGBtoETRS.tif) is missing") != std::string::npos);
    for (const char* from : {"EPSG:4258", "EPSG:3857", "EPSG:32630", "EPSG:2157", "EPSG:29903"}) {
        CAPTURE(std::string(from));
        CHECK(between(from, "EPSG:27700", {}).info().loss_m == 5.0);
        CHECK(between("EPSG:27700", from, {}).info().loss_m == 5.0);
    }
    // A folder that holds a file of that name which is no grid: nothing is placed, nothing is guessed.
    const auto folder = std::filesystem::temp_directory_path() / "cordon-crs-test-no-grid";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "uk_os_OSTN15_NTv2_OSGBtoETRS.tif") << "no grid";
    geo::Point p{-1.5, 52.5};
    std::size_t lost = 1;
    try {
        lost = between("EPSG:4326", "EPSG:27700", {{folder.string()}}).apply({&p.x, 1}, {&p.y, 1});
    } catch (const geo::Error&) {
        p.x = std::numeric_limits<double>::quiet_NaN();
    }
    std::filesystem::remove_all(folder);
    CHECK(lost == 1);
    CHECK(std::isnan(p.x));
}

TEST_CASE("degrees of OSGB36 go to the grid by projection alone, exactly") {
    const Transformation by = between("EPSG:4277", "EPSG:27700", {});
    CHECK(by.info().name == "British National Grid");
    CHECK(by.info().accuracy_m == 0.0);
    CHECK(by.info().loss_m == 0.0);
    // The worked example of Ordnance Survey's guide to coordinate systems.
    const geo::Point p = moved(by, {1 + 43 / 60.0 + 4.5177 / 3600, 52 + 39 / 60.0 + 27.2531 / 3600});
    CHECK(apart(p, {651409.903, 313177.270}) < 0.001);
}

TEST_CASE("the true origin is (400000, -100000) and the same CRS moves nothing") {
    CHECK(apart(moved(between("EPSG:4277", "EPSG:27700", {}), {-2, 49}), {400000, -100000}) < 1e-6);
    const Transformation same = between("EPSG:27700", "epsg:27700", {});
    CHECK(same.info().identity);
    CHECK(same.info().name.empty());
    std::array xs = {430300.25, std::nan(""), HUGE_VAL}, ys = {300000.125, 1.0, 2.0};
    CHECK(same.apply(xs, ys) == 2);
    CHECK(xs[0] == 430300.25);
    CHECK(ys[0] == 300000.125);
    CHECK(std::isnan(ys[1]));
    CHECK(std::isnan(xs[2]));
    CHECK(between("EPSG:4326", "EPSG:4258", {}).info().identity);
}

TEST_CASE("web Mercator, UTM and the Irish grids come to the National Grid through the grid") {
    const auto folders = grids();
    if (!folders) return;
    const geo::Point degrees{-0.128328889, 51.503992162};
    for (const char* crs : {"EPSG:3857", "EPSG:32630", "EPSG:25830", "EPSG:3035"}) {
        CAPTURE(std::string(crs));
        const geo::Point there = moved(between(crs[5] == '3' ? "EPSG:4326" : "EPSG:4258", crs, *folders), degrees);
        const Transformation by = between(crs, "EPSG:27700", *folders);
        CHECK(by.info().grid == "uk_os_OSTN15_NTv2_OSGBtoETRS.tif");
        CHECK(apart(moved(by, there), {530000, 180000}) < 0.002);
    }
    // Donaghadee, the nearest of Ireland: by both Irish grids within their own accuracy of the way through ETRS89.
    const geo::Point donaghadee{-5.535, 54.64};
    const geo::Point direct = moved(between("EPSG:4258", "EPSG:27700", *folders), donaghadee);
    for (const char* crs : {"EPSG:2157", "EPSG:29903", "EPSG:29902"}) {
        CAPTURE(std::string(crs));
        const Transformation by = between(crs, "EPSG:27700", *folders);
        CHECK(by.info().grid == "uk_os_OSTN15_NTv2_OSGBtoETRS.tif");
        CHECK(apart(moved(by, moved(between("EPSG:4326", crs, *folders), donaghadee)), direct) < 1.5);
    }
}

TEST_CASE("a point outside the grid is no place, and its neighbours keep theirs") {
    const auto folders = grids();
    if (!folders) return;
    const Transformation by = between("EPSG:4326", "EPSG:27700", *folders);
    // London; mid-Atlantic; Paris; London; latitude and longitude swapped; metres called degrees; infinite; London.
    std::vector<double> xs = {-0.128328889, -20.0, 2.35, -0.128328889, 51.5, 430000, HUGE_VAL, -0.128328889};
    std::vector<double> ys = {51.503992162, 55.0, 48.85, 51.503992162, -0.1, 300000, 51.5, 51.503992162};
    CHECK(by.apply(xs, ys) == 5);
    for (const std::size_t i : {1U, 2U, 4U, 5U, 6U}) {
        CHECK(std::isnan(xs[i]));
        CHECK(std::isnan(ys[i]));
    }
    for (const std::size_t i : {0U, 3U, 7U}) CHECK(apart({xs[i], ys[i]}, {530000, 180000}) < 0.001);
    // Just past the grid's eastern edge (2° E): PROJ's own choice per point would fall back to another shift here.
    CHECK(std::isfinite(moved(by, {1.99, 52.5}).x));
    CHECK(std::isnan(moved(by, {2.05, 52.5}).x));
    // From the grid to degrees, far outside.
    CHECK(std::isnan(moved(between("EPSG:27700", "EPSG:4326", *folders), {5e6, 5e6}).x));
}

TEST_CASE("far outside is no place without the grid either") {
    const Transformation by = between("EPSG:4326", "EPSG:27700", {});
    CHECK(std::isnan(moved(by, {51.5, -0.1}).x));
    CHECK(std::isnan(moved(by, {430000, 300000}).x));
    CHECK(std::isfinite(moved(by, {-0.1, 51.5}).x));
}

TEST_CASE("a clone for each thread gives the same bits") {
    const auto folders = grids();
    const Transformation by = between("EPSG:4326", "EPSG:27700", folders.value_or(GridFolders{}));
    std::vector<double> xs, ys;
    for (int i = 0; i < 2000; ++i) {
        xs.push_back(-5.0 + 0.003 * i);
        ys.push_back(50.5 + 0.002 * i);
    }
    std::vector<double> want_x = xs, want_y = ys;
    by.apply(want_x, want_y);
    std::vector<std::vector<double>> got_x(4, xs), got_y(4, ys);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 4; ++t) {
        threads.emplace_back([&, t, own = by.clone()] { own.apply(got_x[t], got_y[t]); });
    }
    for (std::thread& thread : threads) thread.join();
    for (std::size_t t = 0; t < 4; ++t) {
        CHECK(got_x[t] == want_x);
        CHECK(got_y[t] == want_y);
    }
    CHECK(by.clone().info().name == by.info().name);
}

TEST_CASE("what a CRS says of itself") {
    const Crs grid = Crs::from_text(" EPSG:27700 ");
    CHECK(grid.code() == "EPSG:27700");
    CHECK(grid.name() == "OSGB36 / British National Grid");
    CHECK(grid.is_projected_in_metres());
    CHECK_FALSE(grid.is_geographic());
    CHECK_FALSE(grid.is_wgs84());
    REQUIRE(grid.bounds());
    CHECK(grid.bounds()->min_x > -150'000);
    CHECK(grid.bounds()->min_x < 0);
    CHECK(grid.bounds()->max_x > 660'000);
    CHECK(grid.bounds()->max_x < 750'000);
    CHECK(grid.bounds()->min_y < 0);
    CHECK(grid.bounds()->max_y > 1'230'000);
    CHECK(grid.bounds()->max_y < 1'300'000);

    const Crs wgs84 = Crs::from_text("EPSG:4326");
    CHECK(wgs84.is_geographic());
    CHECK(wgs84.is_wgs84());
    CHECK_FALSE(wgs84.is_projected_in_metres());
    REQUIRE(wgs84.bounds());
    CHECK(wgs84.bounds()->min_x == -180.0);
    CHECK(wgs84.bounds()->max_y == 90.0);
    CHECK(Crs::from_text("EPSG:3857").is_wgs84());
    CHECK_FALSE(Crs::from_text("EPSG:4258").is_wgs84());
    CHECK_FALSE(Crs::from_text("EPSG:2272").is_projected_in_metres());  // US feet
    CHECK(Crs::from_text("EPSG:7405").code() == "EPSG:27700");          // with heights: the horizontal part
    CHECK(grid == Crs::from_text("urn:ogc:def:crs:EPSG::27700"));
    CHECK_FALSE(grid == wgs84);
}

TEST_CASE("the British National Grid is known by its numbers, whatever a file calls its datum") {
    const std::string esri = kEsriBritishGrid;
    const std::string unnamed = with(with(esri, "D_OSGB_1936", "unknown"), "GCS_OSGB_1936", "unknown");
    const std::string shifted = with(with(unnamed, "DATUM[\"unknown\"", "DATUM[\"unnamed\""), "299.3249646]]",
                                     "299.3249646],TOWGS84[446.448,-125.157,542.06,0.15,0.247,0.842,-20.489]]");
    const std::string proj4 =
        "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy "
        "+towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs";
    for (const std::string& text : {esri, unnamed, shifted, proj4}) {
        CAPTURE(text);
        const Crs crs = Crs::from_text(text);
        CHECK(crs.code() == "EPSG:27700");
        const Transformation by = Transformation::between(crs, Crs::from_text("EPSG:27700"), {});
        CHECK(by.info().identity);
    }
    // One number off is another grid, and its code is not believed.
    const std::string other = with(with(esri, "400000.0", "400001.0"), "UNIT[\"Meter\",1.0]]",
                                   "UNIT[\"Meter\",1.0],AUTHORITY[\"EPSG\",\"27700\"]]");
    const Crs off = Crs::from_text(other);
    CHECK(off.code() != "EPSG:27700");
    const Transformation by = Transformation::between(off, Crs::from_text("EPSG:27700"), {});
    CHECK_FALSE(by.info().identity);
    CHECK(apart(moved(by, {430001, 300000}), {430000, 300000}) < 1e-6);
}

TEST_CASE("two files that both call their CRS unknown are not thereby in the same one") {
    const Crs a = Crs::from_text("+proj=tmerc +lat_0=52 +lon_0=-1 +x_0=1000 +y_0=2000 +ellps=GRS80");
    const Crs b = Crs::from_text("+proj=tmerc +lat_0=53 +lon_0=-1 +x_0=1000 +y_0=2000 +ellps=GRS80");
    CHECK(a.code() == b.code());
    CHECK_FALSE(a == b);
}

TEST_CASE("text that names no CRS is refused, and what would open a file is") {
    for (const char* text : {"",
                             " ",
                             "27700",
                             "EPSG:",
                             "EPSG:999999",
                             "EPSG:27700 ",
                             "British National Grid",
                             "/etc/passwd",
                             "file.prj",
                             "./EPSG:27700",
                             "http://example.org/crs",
                             "https://www.opengis.net/def/crs/EPSG/0/27700",
                             "+init=epsg:27700",
                             "+proj=longlat +ellps=airy +nadgrids=/tmp/x.gsb",
                             "+proj=longlat +datum=WGS84 +geoidgrids=x.gtx",
                             "+proj=pipeline +step +proj=hgridshift +grids=x",
                             "PROJCS[",
                             "GEOGCS[\"x\"",
                             "{}",
                             "{\"type\":\"GeographicCRS\"}",
                             "urn:ogc:def:crs:EPSG::1",
                             "EPSG:5701",
                             "EPSG:7019",
                             "EPSG:7709",
                             "+proj=longlat +nadgrids=@null,/tmp/x"}) {
        CAPTURE(std::string(text));
        if (std::string(text) == "EPSG:27700 ") {
            CHECK_NOTHROW(Crs::from_text(text));
            continue;
        }
        CHECK_THROWS_AS(Crs::from_text(text), geo::UsageError);
    }
    CHECK_THROWS_AS(Crs::from_text(std::string("EPSG:27700\0x", 12)), geo::UsageError);
    CHECK_THROWS_AS(Crs::from_text(std::string(1'000'000, '[')), geo::UsageError);
    CHECK_THROWS_WITH_AS(Crs::from_text("EPSG:999999"),
                         ("`EPSG:999999` names no coordinate reference system that " + geo::proj_version() +
                          " knows; expected a coordinate reference system like `EPSG:27700`")
                             .c_str(),
                         geo::UsageError);
}

TEST_CASE("a guess (\"ballpark\") is refused") {
    // North American degrees to the British grid: PROJ knows no shift, and would guess by none.
    CHECK_THROWS_AS(between("EPSG:4267", "EPSG:27700", {}), geo::UsageError);
    CHECK_THROWS_AS(between("EPSG:4301", "EPSG:27700", {}), geo::UsageError);
}

TEST_CASE("every .prj of the shared data is what it is") {
    const auto folder = shared();
    if (!folder) return;
    int seen = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder)) {
        if (entry.path().extension() != ".prj") continue;
        CAPTURE(entry.path().string());
        std::ifstream in(entry.path());
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        const Crs crs = Crs::from_text(text);
        const bool degrees = entry.path().filename() == "merseyside_osm_poi_polygons.prj";
        CHECK(crs.code() == (degrees ? "EPSG:4326" : "EPSG:27700"));
        CHECK(crs.is_wgs84() == degrees);
        CHECK(Transformation::between(crs, Crs::from_text("EPSG:27700"), {}).info().identity == !degrees);
        ++seen;
    }
    CHECK(seen >= 10);
}
