// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/time_series.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "libgeo/base/errors.h"

using namespace geo;
using doctest::Approx;

namespace {

std::optional<nlohmann::json> vectors() {
    const char* set = std::getenv("CORDON_SHARED");
    const std::filesystem::path shared =
        set != nullptr ? std::filesystem::path(set) : std::filesystem::path(CORDON_SOURCE_DIR) / ".." / "shared";
    std::ifstream file(shared / "policy_vectors.json");
    if (!file) {
        MESSAGE("skipped: no shared test vectors here (set CORDON_SHARED)");
        return std::nullopt;
    }
    return nlohmann::json::parse(file);
}

/// Hospital admissions of Sicily, months 1 to 59, ban from month 37 (the paper's example).
TimeSeries sicily(const nlohmann::json& data) {
    TimeSeries series;
    series.counts = data["aces"].get<std::vector<double>>();
    series.exposure = data["stdpop"].get<std::vector<double>>();
    series.time = data["time"].get<std::vector<double>>();
    series.after = data["smokban"].get<std::vector<std::uint8_t>>();
    series.event = 36;
    for (const int month : data["month"]) series.season.push_back(month / 12.0);
    return series;
}

/// 40 quarters of 100 openings, and 50 from the twentieth.
TimeSeries halved() {
    TimeSeries series;
    for (int k = 0; k < 40; ++k) {
        series.counts.push_back(k < 20 ? 100 : 50);
        series.exposure.push_back(91);
        series.time.push_back(k / 4.0);
        series.after.push_back(k < 20 ? 0 : 1);
        series.season.push_back(k % 4 / 4.0);
    }
    series.event = 5;
    return series;
}

}  // namespace

TEST_CASE("Published series: step and trend") {
    const auto all = vectors();
    if (!all) return;
    const nlohmann::json& expected = (*all)["its_sicily"]["expected"]["m1_step_trend"];
    const auto series = sicily((*all)["its_sicily"]);
    const auto quasi = interrupted_time_series(series, {false, 0, Spread::quasi_poisson});
    const auto poisson = interrupted_time_series(series, {false, 0, Spread::poisson});
    CHECK(std::fabs(quasi.fit.coefficients[0] - expected["b"]["int"].get<double>()) < 1e-9);
    CHECK(std::fabs(quasi.fit.coefficients[quasi.step] - expected["b"]["smokban"].get<double>()) < 1e-9);
    CHECK(std::fabs(quasi.fit.coefficients[quasi.trend] - expected["b"]["time"].get<double>()) < 1e-9);
    CHECK(std::fabs(poisson.fit.error(poisson.step) - expected["se_poisson"]["smokban"].get<double>()) < 1e-9);
    CHECK(std::fabs(poisson.fit.error(poisson.trend) - expected["se_poisson"]["time"].get<double>()) < 1e-8);
    CHECK(std::fabs(quasi.fit.dispersion - expected["phi_pearson"].get<double>()) < 1e-7);
    CHECK(std::fabs(quasi.fit.deviance - expected["deviance"].get<double>()) < 1e-5);
    const Interval narrow = ratio_around(poisson.fit.coefficients[1], poisson.fit.error(1), 0.95, kNormal);
    CHECK(std::fabs(narrow.lower - 0.8647) < 5e-5);
    CHECK(std::fabs(narrow.upper - 0.9251) < 5e-5);
    const Interval wide = ratio_around(quasi.fit.coefficients[1], quasi.fit.error(1), 0.95, kNormal);
    CHECK(std::fabs(wide.lower - expected["ci_quasi"][0].get<double>()) < 5e-5);
    CHECK(std::fabs(wide.upper - expected["ci_quasi"][1].get<double>()) < 5e-5);
}

TEST_CASE("Published series: with two pairs of harmonics") {
    const auto all = vectors();
    if (!all) return;
    const nlohmann::json& expected = (*all)["its_sicily"]["expected"]["m3_harmonic_2_12"];
    const auto its = interrupted_time_series(sicily((*all)["its_sicily"]), {false, 2, Spread::quasi_poisson});
    CHECK(std::fabs(its.fit.coefficients[its.step] - expected["b"]["smokban"].get<double>()) < 1e-9);
    for (std::size_t k = 0; k < its.fit.names.size(); ++k) {
        const std::string& name = its.fit.names[k];
        if (expected["b"].contains(name))
            CHECK_MESSAGE(std::fabs(its.fit.coefficients[k] - expected["b"][name].get<double>()) < 1e-9, name);
    }
    CHECK(std::fabs(its.fit.dispersion - expected["phi_pearson"].get<double>()) < 1e-7);
    CHECK(std::fabs(its.fit.deviance - expected["deviance"].get<double>()) < 1e-5);
    const Interval wide = ratio_around(its.fit.coefficients[its.step], its.fit.error(its.step), 0.95, kNormal);
    CHECK(std::fabs(wide.lower - 0.8394) < 5e-5);
    CHECK(std::fabs(wide.upper - 0.9332) < 5e-5);
}

TEST_CASE("Published series: with a change of slope") {
    const auto all = vectors();
    if (!all) return;
    const nlohmann::json& expected = (*all)["its_sicily"]["expected"]["m4_slope"];
    const auto its = interrupted_time_series(sicily((*all)["its_sicily"]), {true, 2, Spread::quasi_poisson});
    CHECK(std::fabs(its.fit.coefficients[its.slope] - expected["b"]["slope"].get<double>()) < 1e-9);
    CHECK(std::fabs(its.fit.coefficients[its.step] - expected["b"]["smokban"].get<double>()) < 1e-9);
    CHECK(std::fabs(its.fit.coefficients[its.trend] - expected["b"]["time"].get<double>()) < 1e-9);
    CHECK(std::fabs(its.fit.dispersion - expected["phi_pearson"].get<double>()) < 1e-7);
    CHECK(std::fabs(std::exp(its.fit.coefficients[its.slope]) - expected["rr_slope"].get<double>()) < 5e-7);
}

TEST_CASE("A series that halves at once has a step of one half and no change of slope") {
    const auto its = interrupted_time_series(halved(), {true, 1, Spread::quasi_poisson});
    CHECK(std::exp(its.fit.coefficients[its.step]) == Approx(0.5).epsilon(1e-9));
    CHECK(its.fit.coefficients[its.slope] == Approx(0).epsilon(1e-9));
    CHECK(std::exp(its.fit.coefficients[0]) == Approx(100.0 / 91).epsilon(1e-9));
}

TEST_CASE("Harmonics that the periods of a year cannot carry are not asked for") {
    CHECK(harmonics_for(12, 2) == 2);
    CHECK(harmonics_for(4, 2) == 1);
    CHECK(harmonics_for(2, 2) == 0);
    CHECK(harmonics_for(1, 2) == 0);
    CHECK(harmonics_for(0, 2) == 0);
    // Quarters with two pairs: the second sine is 0 in every quarter.
    CHECK_THROWS_AS(interrupted_time_series(halved(), {true, 2, Spread::quasi_poisson}), DataError);
}

TEST_CASE("Without a period before the event there is nothing to compare") {
    TimeSeries series = halved();
    std::fill(series.after.begin(), series.after.end(), std::uint8_t{1});
    CHECK_THROWS_AS(interrupted_time_series(series, {false, 1, Spread::quasi_poisson}), DataError);
}
