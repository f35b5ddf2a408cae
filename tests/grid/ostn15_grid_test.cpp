// SPDX-License-Identifier: Apache-2.0
//
// The grid that ostn15-grid builds, as PROJ uses it, against Ordnance Survey's published test points.

#include <doctest/doctest.h>
#include <proj.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace {

struct TestPoint {
    std::string_view name;
    double latitude;   ///< ETRS89, degrees
    double longitude;  ///< ETRS89, degrees
    double easting;    ///< British National Grid, metres
    double northing;   ///< British National Grid, metres
};

/// OSTN15_OSGM15_TestInput_ETRStoOSGB and its output, from Ordnance Survey's developer pack.
constexpr std::array os_test_points = {
    TestPoint{"TP01", 49.92226393730, -6.29977752014, 91492.146, 11318.804},
    TestPoint{"TP02", 49.96006137820, -5.20304609998, 170370.718, 11572.405},
    TestPoint{"TP03", 50.43885825610, -4.10864563561, 250359.811, 62016.569},
    TestPoint{"TP04", 50.57563665000, -1.29782277240, 449816.371, 75335.861},
    TestPoint{"TP05", 50.93127937910, -1.45051433700, 438710.920, 114792.250},
    TestPoint{"TP06", 51.40078220140, -3.55128349240, 292184.870, 168003.465},
    TestPoint{"TP07", 51.37447025550, 1.44454730409, 639821.835, 169565.858},
    TestPoint{"TP08", 51.42754743020, -2.54407618349, 362269.991, 169978.690},
    TestPoint{"TP09", 51.48936564950, -0.11992557180, 530624.974, 178388.464},
    TestPoint{"TP10", 51.85890896400, -4.30852476960, 241124.584, 220332.641},
    TestPoint{"TP11", 51.89436637350, 0.89724327012, 599445.590, 225722.826},
    TestPoint{"TP12", 52.25529381630, -2.15458614387, 389544.190, 261912.153},
    TestPoint{"TP13", 52.25160951230, -0.91248956970, 474335.969, 262047.755},
    TestPoint{"TP14", 52.75136687170, 0.40153547065, 562180.547, 319784.995},
    TestPoint{"TP15", 52.96219109410, -1.19747655922, 454002.834, 340834.943},
    TestPoint{"TP16", 53.34480280190, -2.64049320810, 357455.843, 383290.436},
    TestPoint{"TP17", 53.41628516040, -4.28918069756, 247958.971, 393492.909},
    TestPoint{"TP18", 53.41630925420, -4.28917792869, 247959.241, 393495.583},
    TestPoint{"TP19", 53.77911025760, -3.04045490691, 331534.564, 431920.794},
    TestPoint{"TP20", 53.80021519630, -1.66379168242, 422242.186, 433818.701},
    TestPoint{"TP21", 54.08666318080, -4.63452168212, 227778.330, 468847.388},
    TestPoint{"TP22", 54.11685144290, -0.07773133187, 525745.670, 470703.214},
    TestPoint{"TP23", 54.32919541010, -4.38849118133, 244780.636, 495254.887},
    TestPoint{"TP24", 54.89542340420, -2.93827741149, 339921.145, 556034.761},
    TestPoint{"TP25", 54.97912273660, -1.61657685184, 424639.355, 565012.703},
    TestPoint{"TP26", 55.85399952950, -4.29649016251, 256340.925, 664697.269},
    TestPoint{"TP27", 55.92478265510, -3.29479219337, 319188.434, 670947.534},
    TestPoint{"TP28", 57.00606696050, -5.82836691850, 167634.202, 797067.144},
    TestPoint{"TP29", 57.13902518960, -2.04856030746, 397160.491, 805349.736},
    TestPoint{"TP30", 57.48625000720, -4.21926398555, 267056.768, 846176.972},
    TestPoint{"TP31", 57.81351838410, -8.57854456076, 9587.909, 899448.996},
    TestPoint{"TP32", 58.21262247180, -7.59255560556, 71713.132, 938516.404},
    TestPoint{"TP33", 58.51560361300, -6.26091455533, 151968.652, 966483.780},
    TestPoint{"TP34", 58.58120461280, -3.72631022121, 299721.891, 967202.992},
    TestPoint{"TP35", 59.03743871190, -3.21454001115, 330398.323, 1017347.016},
    TestPoint{"TP36", 59.09335035320, -4.41757674598, 261596.778, 1025447.602},
    TestPoint{"TP37", 59.09671617400, -5.82799339844, 180862.461, 1029604.114},
    TestPoint{"TP38", 59.53470794490, -1.62516966058, 421300.525, 1072147.239},
    TestPoint{"TP39", 59.85409913890, -1.27486910356, 440725.073, 1107878.448},
    TestPoint{"TP40", 60.13308091660, -2.07382822798, 395999.668, 1138728.951},
};

/// Ordnance Survey's own NTv2 grid is 7.8 mm off at the worst of them: its nodes are not the table's.
constexpr double tolerance_metres = 0.010;

/// CORDON_GRIDS where it is set, else the folder the build knows.
std::string grid_folder() {
    const char* const folder = std::getenv("CORDON_GRIDS");
    return folder != nullptr ? folder : CORDON_GRID_DIR;
}

/// Owns a PROJ context that looks into the grid's folder first and never into the network.
class Transformation {
  public:
    /// From a geographic CRS, in latitude and longitude order, to the National Grid.
    explicit Transformation(const char* from)
        : context_(proj_context_create(), proj_context_destroy), pj_(nullptr, proj_destroy) {
        const std::string grids = grid_folder();
        const std::string defaults =
            std::filesystem::path(proj_context_get_database_path(context_.get())).parent_path();
        const std::array paths{grids.c_str(), defaults.c_str()};
        proj_context_set_search_paths(context_.get(), static_cast<int>(paths.size()), paths.data());
        proj_context_set_enable_network(context_.get(), 0);
        pj_.reset(proj_create_crs_to_crs(context_.get(), from, "EPSG:27700", nullptr));
        REQUIRE(pj_ != nullptr);
    }

    [[nodiscard]] PJ_XY forward(double latitude, double longitude) const {
        return proj_trans(pj_.get(), PJ_FWD, proj_coord(latitude, longitude, 0, 0)).xy;
    }

    /// x is the latitude, y the longitude.
    [[nodiscard]] PJ_XY inverse(PJ_XY at) const {
        return proj_trans(pj_.get(), PJ_INV, proj_coord(at.x, at.y, 0, 0)).xy;
    }

    /// The file of the grid that the last transformation went through; empty where it went through none.
    [[nodiscard]] std::string grid_used() const {
        const std::unique_ptr<PJ, decltype(&proj_destroy)> operation(proj_trans_get_last_used_operation(pj_.get()),
                                                                     proj_destroy);
        const char* path = nullptr;
        int available = 0;
        const int found = proj_coordoperation_get_grid_used(context_.get(), operation.get(), 0, nullptr, &path, nullptr,
                                                            nullptr, nullptr, nullptr, &available);
        return found != 0 && available != 0 ? path : "";
    }

  private:
    std::unique_ptr<PJ_CONTEXT, decltype(&proj_context_destroy)> context_;
    std::unique_ptr<PJ, decltype(&proj_destroy)> pj_;
};

double worst_error(const Transformation& to_grid) {
    double worst = 0;
    for (const TestPoint& point : os_test_points) {
        const PJ_XY found = to_grid.forward(point.latitude, point.longitude);
        const double error = std::hypot(found.x - point.easting, found.y - point.northing);
        CAPTURE(point.name);
        CHECK(error < tolerance_metres);
        worst = std::max(worst, error);
    }
    return worst;
}

}  // namespace

TEST_CASE("ETRS89 degrees meet Ordnance Survey's test points within a centimetre") {
    const double worst = worst_error(Transformation("EPSG:4258"));
    MESSAGE("worst of " << os_test_points.size() << " points: " << worst * 1000 << " mm");
}

TEST_CASE("WGS 84 degrees are taken as ETRS89 and meet the same points") { worst_error(Transformation("EPSG:4326")); }

TEST_CASE("the grid used is the one that was built, not another of the same name") {
    const Transformation to_grid("EPSG:4258");
    REQUIRE(to_grid.forward(51.5, -0.1).x < 700000);
    const std::string used = to_grid.grid_used();
    REQUIRE_FALSE(used.empty());
    CHECK(std::filesystem::equivalent(std::filesystem::path(used).parent_path(), grid_folder()));
}

TEST_CASE("there and back again is the same point to a tenth of a millimetre") {
    const Transformation to_grid("EPSG:4258");
    for (const TestPoint& point : os_test_points) {
        const PJ_XY back = to_grid.inverse(to_grid.forward(point.latitude, point.longitude));
        CAPTURE(point.name);
        CHECK(std::abs(back.x - point.latitude) < 1e-9);   // 0.1 mm is 9e-10 degrees of latitude
        CHECK(std::abs(back.y - point.longitude) < 1e-9);  // and more of longitude
    }
}
