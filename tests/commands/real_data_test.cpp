// SPDX-License-Identifier: Apache-2.0
// Real takeaways of August 2021 against real schools and parks, where the open data is at hand (CORDON_SHARED, else ../shared). The counts were worked out
// with GEOS and PROJ apart from this project.
#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "libgeo/geo.h"
#include "tests/support/shared_data.h"

using namespace geo;
namespace fs = std::filesystem;

namespace {

GridFolders grids() {
    const char* folder = std::getenv("CORDON_GRIDS");
    return {{folder != nullptr ? folder : CORDON_GRID_DIR}};
}

/// A borough's study in a folder of its own, removed at the end.
class Borough {
  public:
    Borough(const fs::path& data, const std::string& authority, const std::string& schools,
            const std::string& more_for_takeaways = "", const std::string& more_for_parks = "")
        : folder_(fs::temp_directory_path() / ("cordon-real-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
        std::ofstream(folder_ / "policy.toml") << R"([policy]
id = "near"
title = "Near schools and parks"
kind = "spd"
status = "adopted"
authority = "Test"
source = "Test"
applies-to = ["hot-food-takeaway"]
[[rule]]
id = "S"
cite = "S"
distance = { to = ["schools"], from = "boundary" }
breach = "<= 400 m"
outcome = "refuse"
[[rule]]
id = "P"
cite = "P"
distance = { to = ["parks"], from = "boundary" }
breach = "<= 400 m"
outcome = "refuse"
)";
        std::ofstream(folder_ / "study.toml")
            << "[study]\ntitle = \"Real\"\ncrs = \"EPSG:27700\"\nas-at = 2021-08-20\npolicies = [\"policy.toml\"]\n"
            << "[layers.schools]\nkind = \"places\"\nfile = \"" << (data / "schools" / schools).string() << "\"\n"
            << "[layers.parks]\nkind = \"places\"\nfile = \""
            << (data / "parks" / "london_public_parks_os_open_greenspace.gpkg").string() << "\"\n"
            << more_for_parks << "[layers.takeaways]\nkind = \"proposals\"\nfile = \""
            << (data / "fhrs" / "fhrs_london_2021-08.csv.gz").string() << "\"\n"
            << "where = { LocalAuthorityName = [\"" << authority << "\"], BusinessTypeID = [\"7844\"] }\n"
            << more_for_takeaways;
    }
    ~Borough() { fs::remove_all(folder_); }

    CheckAnswer check(const GridFolders& with_grids) const {
        CheckRequest request;
        request.study = folder_ / "study.toml";
        request.grids = with_grids;
        return geo::check(request);
    }

  private:
    fs::path folder_;
};

std::uint64_t count(const CheckAnswer& answer, std::size_t slot, Result result) {
    return answer.tally.by_slot[slot][static_cast<std::size_t>(result)];
}

std::uint64_t verdicts(const CheckAnswer& answer, Result result) {
    return answer.tally.by_result[static_cast<std::size_t>(result)];
}

constexpr std::size_t kSchools = 0, kParks = 1;
const char* const kWalthamSchools = "london_school_postcodes_2017.csv";
const char* const kLambethSchools = "lambeth_schools.geojson";
const char* const kExact = "accuracy = \"0 m\"\n";

}  // namespace

TEST_CASE("Waltham Forest: 169 takeaways near a school, 127 near a park, 205 near either, of 226 with a place") {
    const auto data = cordon_test::shared_data("data");
    if (!data) return;
    const CheckAnswer answer = Borough(*data, "Waltham Forest", kWalthamSchools).check(grids());
    CHECK(answer.tally.proposals == 228);
    CHECK(count(answer, kSchools, Result::unknown) == 2);
    CHECK(answer.tally.plain_by_slot[kSchools] == 169);
    CHECK(answer.tally.plain_by_slot[kParks] == 127);
    CHECK(answer.tally.plain_breaches == 205);
}

TEST_CASE("Lambeth: 312 near a school, 305 near a park, 349 near either, of 385 with a place") {
    const auto data = cordon_test::shared_data("data");
    if (!data) return;
    const CheckAnswer answer = Borough(*data, "Lambeth", kLambethSchools).check(grids());
    CHECK(answer.tally.proposals == 401);
    CHECK(count(answer, kSchools, Result::unknown) == 16);
    CHECK(answer.tally.plain_by_slot[kSchools] == 312);
    CHECK(answer.tally.plain_by_slot[kParks] == 305);
    CHECK(answer.tally.plain_breaches == 349);
}

TEST_CASE(
    "without the OSTN15 grid five Lambeth takeaways 401.35 m from a park read as within, and are borderline, with it "
    "they are clear") {
    const auto data = cordon_test::shared_data("data");
    if (!data) return;
    const Borough exact(*data, "Lambeth", kLambethSchools, kExact, kExact);
    const CheckAnswer with = exact.check(grids());
    CHECK(with.tally.plain_by_slot[kParks] == 305);
    CHECK(count(with, kParks, Result::breach) == 305);
    CHECK(count(with, kParks, Result::borderline) == 0);
    CHECK(count(with, kParks, Result::clear) == 80);

    const CheckAnswer without = exact.check(GridFolders{});
    CHECK(without.tally.plain_by_slot[kSchools] == 312);
    CHECK(without.tally.plain_by_slot[kParks] == 310);
    CHECK(without.tally.plain_breaches == 353);
    CHECK(count(without, kParks, Result::borderline) >= 5);
    CHECK(count(without, kParks, Result::breach) <= 305);
}

TEST_CASE("with the accuracies that the presets state, hygiene-register points are too coarse for 400 m") {
    const auto data = cordon_test::shared_data("data");
    if (!data) return;
    const CheckAnswer lambeth = Borough(*data, "Lambeth", kLambethSchools).check(grids());
    CHECK(verdicts(lambeth, Result::breach) == 0);
    CHECK(verdicts(lambeth, Result::borderline) == 385);
    CHECK(verdicts(lambeth, Result::clear) == 0);
    CHECK(verdicts(lambeth, Result::unknown) == 16);

    const CheckAnswer waltham = Borough(*data, "Waltham Forest", kWalthamSchools).check(grids());
    CHECK(verdicts(waltham, Result::breach) == 0);
    CHECK(verdicts(waltham, Result::borderline) == 226);
    CHECK(count(waltham, kParks, Result::clear) == 6);
}
