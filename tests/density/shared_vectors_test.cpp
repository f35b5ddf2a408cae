// SPDX-License-Identifier: Apache-2.0
// Every published vector of rates, proportions, SII and RII, and the concentration index, where the file of them is at hand (CORDON_SHARED, else ../shared).
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/density/inequality.h"
#include "libgeo/density/rates.h"

using namespace geo;

namespace {

std::optional<nlohmann::json> vectors() {
    const char* shared = std::getenv("CORDON_SHARED");
    const std::filesystem::path folder =
        shared != nullptr ? std::filesystem::path(shared) : std::filesystem::path(CORDON_SOURCE_DIR) / ".." / "shared";
    std::ifstream file(folder / "policy_vectors.json");
    if (!file) return std::nullopt;
    return nlohmann::json::parse(file);
}

#define NEEDS_VECTORS(all)                                                                        \
    const auto read = vectors();                                                                  \
    if (!read) {                                                                                  \
        MESSAGE("skipped: no policy_vectors.json (set CORDON_SHARED to the folder that has it)"); \
        return;                                                                                   \
    }                                                                                             \
    const nlohmann::json& all = *read

/// A limit that is null is none.
void check(double found, const nlohmann::json& expected, double relative = 1e-12) {
    CAPTURE(found);
    CAPTURE(expected.dump());
    if (expected.is_null())
        CHECK(std::isnan(found));
    else
        CHECK(std::abs(found - expected.get<double>()) <= relative * std::abs(expected.get<double>()));
}

ValueScale scale_of(const std::string& type) {
    return type == "rate" ? ValueScale::log : type == "proportion" ? ValueScale::logit : ValueScale::plain;
}

}  // namespace

TEST_CASE("vectors: crude rates at 95 and 99.8 per cent") {
    NEEDS_VECTORS(all);
    REQUIRE(all.at("rate").size() > 5);
    for (const auto& one : all.at("rate")) {
        CAPTURE(one.dump());
        const double x = one.at("x"), n = one.at("n"), per = one.at("multiplier");
        const Estimate usual = crude_rate(x, n, per), wide = crude_rate(x, n, per, 0.998);
        check(usual.value, one.at("value"));
        check(usual.lower, one.at("l95"));
        check(usual.upper, one.at("u95"));
        check(wide.lower, one.at("l998"));
        check(wide.upper, one.at("u998"));
    }
}

TEST_CASE("vectors: proportions at 95 and 99.8 per cent") {
    NEEDS_VECTORS(all);
    REQUIRE(all.at("proportion").size() > 5);
    for (const auto& one : all.at("proportion")) {
        CAPTURE(one.dump());
        const double x = one.at("x"), n = one.at("n"), times = one.at("multiplier");
        const Estimate usual = proportion(x, n), wide = proportion(x, n, 0.998);
        check(usual.value * times, one.at("value"));
        check(usual.lower * times, one.at("l95"));
        check(usual.upper * times, one.at("u95"));
        check(wide.lower * times, one.at("l998"));
        check(wide.upper * times, one.at("u998"));
    }
}

TEST_CASE("vectors: SII, RII and intercept at full precision, intervals to 5 per cent") {
    NEEDS_VECTORS(all);
    REQUIRE(all.at("sii").size() > 10);
    for (const auto& one : all.at("sii")) {
        CAPTURE(one.at("name").get<std::string>());
        const std::vector<double> people = one.at("population"), value = one.at("value"), lower = one.at("lower_cl"),
                                  upper = one.at("upper_cl"), published = one.at("se");
        const ValueScale scale = scale_of(one.at("value_type"));
        const std::vector<double> errors = standard_errors(lower, upper, scale, 0.95);
        const QuantileValues values{people, value, published, scale};
        const SlopeOptions options{.transform = one.at("transform").get<bool>()};
        const auto& expected = one.at("expect");
        for (const Slope& slope : {slope_of_inequality(values, options), simulated_slope(values, options)}) {
            check(slope.sii.value, expected.at("sii"));
            check(slope.rii.value, expected.at("rii"));
            if (!expected.at("intercept").is_null()) check(slope.intercept, expected.at("intercept"));
            if (expected.at("sii_l").is_null()) continue;
            check(slope.sii.lower, expected.at("sii_l"), 0.05);
            check(slope.sii.upper, expected.at("sii_u"), 0.05);
            check(slope.rii.lower, expected.at("rii_l"), 0.05);
            check(slope.rii.upper, expected.at("rii_u"), 0.05);
        }
    }
}

TEST_CASE("vectors: the concentration index") {
    NEEDS_VECTORS(all);
    const auto& one = all.at("concentration_index");
    const std::vector<double> births = one.at("births"), per_1000 = one.at("u5mr_per_1000");
    std::vector<double> deaths;
    for (std::size_t i = 0; i < births.size(); ++i) deaths.push_back(births[i] * per_1000[i] / 1000);
    check(concentration_index(births, deaths).value, one.at("CI"));
}
