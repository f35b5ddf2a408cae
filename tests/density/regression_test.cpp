// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/regression.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "libgeo/base/errors.h"

using namespace geo;
using doctest::Approx;

namespace {

Term ones(std::size_t n) { return {"intercept", std::vector<double>(n, 1)}; }

/// The message of the DataError that `run` throws.
template <typename Run>
std::string refusal(Run&& run) {
    try {
        run();
    } catch (const DataError& error) {
        return error.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("A straight line through points that lie on it") {
    const std::vector<Term> terms = {ones(4), {"x", {0, 1, 2, 3}}};
    const std::vector<double> y = {5, 7, 9, 11};
    const Fit fit = weighted_least_squares(terms, y);
    CHECK(fit.coefficients[0] == Approx(5).epsilon(1e-12));
    CHECK(fit.coefficients[1] == Approx(2).epsilon(1e-12));
    CHECK(fit.deviance == Approx(0));
    CHECK(fit.degrees == 2);
}

TEST_CASE(
    "A weight of 3 counts as three rows: the coefficients are the same, the errors know how many rows there were") {
    const std::vector<Term> twice = {ones(4), {"x", {0, 1, 1, 1}}};
    const std::vector<Term> once = {ones(3), {"x", {0, 1, 2}}};
    const std::vector<double> y4 = {1, 4, 4, 4}, y3 = {1, 4, 9}, weights = {1, 3, 1};
    CHECK(weighted_least_squares(twice, y4).coefficients[1] == Approx(3).epsilon(1e-12));
    const Fit fit = weighted_least_squares(once, y3, weights);
    // By hand: means x 1, y 22/5; Sxy = 1·1·(22/5 - 1) + 1·(9 - 22/5) = 8, Sxx = 2.
    CHECK(fit.coefficients[1] == Approx(4).epsilon(1e-12));
    CHECK(fit.coefficients[0] == Approx(0.4).epsilon(1e-12));
    // Residuals 0.6, -0.4, 0.6: 0.36 + 3·0.16 + 0.36 = 1.2 over one degree; variance of the slope 1.2 / 2.
    CHECK(fit.deviance == Approx(1.2).epsilon(1e-12));
    CHECK(fit.error(1) == Approx(std::sqrt(0.6)).epsilon(1e-12));
}

TEST_CASE("Poisson: two groups give the log of the ratio of their rates, and 1/a + 1/b as its variance") {
    const std::vector<Term> terms = {ones(2), {"group", {0, 1}}};
    const std::vector<double> counts = {20, 60}, offset = {std::log(100.0), std::log(200.0)};
    const Fit fit = poisson_regression(terms, counts, offset, Spread::poisson);
    CHECK(std::exp(fit.coefficients[0]) == Approx(0.2).epsilon(1e-12));
    CHECK(std::exp(fit.coefficients[1]) == Approx(1.5).epsilon(1e-12));
    CHECK(fit.error(1) == Approx(std::sqrt(1.0 / 20 + 1.0 / 60)).epsilon(1e-12));
    CHECK(std::isnan(fit.dispersion));  // as many rows as terms
}

TEST_CASE("Quasi-Poisson: same coefficients, variance multiplied by Pearson's chi-squared over its degrees") {
    const std::vector<Term> terms = {ones(4)};
    const std::vector<double> counts = {2, 4, 6, 8};
    const Fit plain = poisson_regression(terms, counts, {}, Spread::poisson);
    const Fit quasi = poisson_regression(terms, counts, {}, Spread::quasi_poisson);
    CHECK(quasi.coefficients[0] == Approx(std::log(5.0)).epsilon(1e-12));
    CHECK(quasi.dispersion == Approx((9 + 1 + 1 + 9) / 5.0 / 3.0).epsilon(1e-12));
    CHECK(quasi.error(0) == Approx(plain.error(0) * std::sqrt(4.0 / 3.0)).epsilon(1e-12));
}

TEST_CASE("Clustered errors of a mean: rows that only repeat each other do not make it surer") {
    std::vector<double> y;
    std::vector<std::uint32_t> clusters;
    for (std::uint32_t cluster = 0; cluster < 4; ++cluster)
        for (int copy = 0; copy < 25; ++copy) {
            y.push_back(cluster);
            clusters.push_back(cluster);
        }
    const std::vector<Term> terms = {ones(y.size())};
    const Fit fit = weighted_least_squares(terms, y);
    const double clustered = std::sqrt(clustered_covariance(fit, terms, clusters, true)[0]);
    // The four means 0, 1, 2, 3: standard error sqrt((5/3) / 4).
    CHECK(clustered == Approx(std::sqrt(5.0 / 3 / 4)).epsilon(1e-9));
    CHECK(clustered > 4 * fit.error(0));
    const Fit poisson = poisson_regression(terms, y, {}, Spread::poisson);
    CHECK(std::sqrt(clustered_covariance(poisson, terms, clusters, false)[0]) ==
          Approx(std::sqrt(5.0 / 3 / 4) / 1.5).epsilon(1e-9));
}

TEST_CASE("What cannot be fitted is refused with what to do") {
    const std::vector<double> counts = {3, 5, 8};
    const std::vector<Term> doubled = {ones(3), {"policy", {0, 1, 1}}, {"zone", {1, 0, 0}}};
    CHECK(refusal([&] {
              poisson_regression(doubled, counts, {}, Spread::poisson);
          }).find("can be put together from the others") != std::string::npos);
    CHECK(refusal([&] { weighted_least_squares(doubled, counts); }).find("3 rows for 3 terms; at least 4") !=
          std::string::npos);
    const std::vector<Term> two = {ones(3), {"policy", {0, 1, 1}}};
    const std::vector<double> none = {4, 0, 0}, negative = {4, -1, 0}, missing = {4, std::nan(""), 0};
    CHECK(refusal([&] { poisson_regression(two, none, {}, Spread::poisson); }).find("does not converge") !=
          std::string::npos);
    CHECK(refusal([&] { poisson_regression(two, negative, {}, Spread::poisson); }).find("negative") !=
          std::string::npos);
    CHECK(refusal([&] { poisson_regression(two, missing, {}, Spread::poisson); }).find("not a number") !=
          std::string::npos);
    const Fit fit = poisson_regression(two, counts, {}, Spread::poisson);
    const std::vector<std::uint32_t> one_area = {7, 7, 7};
    CHECK(refusal([&] { clustered_covariance(fit, two, one_area, false); }).find("smaller areas") != std::string::npos);
}

TEST_CASE("Intervals: normal, Student's t, and ratios") {
    CHECK(interval_around(1, 2, 0.95, kNormal).lower == Approx(1 - 2 * 1.959963984540054).epsilon(1e-12));
    CHECK(interval_around(1, 2, 0.95, 10).upper == Approx(1 + 2 * 2.228138851964939).epsilon(1e-9));
    const Interval ratio = ratio_around(std::log(2.0), 0.5, 0.90, kNormal);
    CHECK(ratio.value == Approx(2));
    CHECK(ratio.lower * ratio.upper == Approx(4));
}

TEST_CASE("Poisson fits, at random: what was fitted sums to what was counted, overall and along every term") {
    rc::check([] {
        const auto n = *rc::gen::inRange<std::size_t>(6, 40);
        std::vector<Term> terms = {ones(n), {"x", {}}, {"z", {}}};
        std::vector<double> counts, offset;
        for (std::size_t i = 0; i < n; ++i) {
            terms[1].values.push_back(static_cast<double>(i) / 10);
            terms[2].values.push_back(i % 3 == 0 ? 1 : 0);
            counts.push_back(*rc::gen::inRange(1, 50));
            offset.push_back(*rc::gen::inRange(-20, 20) / 10.0);
        }
        const Fit fit = poisson_regression(terms, counts, offset, Spread::quasi_poisson);
        for (const Term& term : terms) {
            double counted = 0, fitted = 0;
            for (std::size_t i = 0; i < n; ++i) {
                counted += term.values[i] * counts[i];
                fitted += term.values[i] * fit.fitted[i];
            }
            RC_ASSERT(std::fabs(counted - fitted) < 1e-6 * (1 + counted));
        }
    });
}
