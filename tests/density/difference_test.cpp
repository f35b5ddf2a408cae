// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/difference.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "libgeo/density/regression.h"

using namespace geo;
using doctest::Approx;

namespace {

/// Ten areas, each with an inside and an outside. Inside 2 openings before and 6 after, outside 3 before and 18 after.
std::vector<BeforeAfter> ten_alike() {
    std::vector<BeforeAfter> rows;
    for (std::uint32_t area = 0; area < 10; ++area) {
        rows.push_back({area, true, 2, 6});
        rows.push_back({area, false, 3, 18});
    }
    return rows;
}

/// The same totals, openings before standing where they like.
std::vector<BeforeAfter> ten_unlike() {
    std::vector<BeforeAfter> rows = ten_alike();
    for (std::size_t area = 0; area < 10; ++area) {
        rows[2 * area].before = area % 2 == 0 ? 4 : 0;
        rows[2 * area + 1].after = area < 5 ? 30 : 6;
    }
    return rows;
}

bool refuses(const Difference& difference, const std::string& words) {
    return !difference.estimate && difference.refusal.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("Openings grew threefold inside and sixfold outside: a ratio of one half") {
    const Difference difference = ratio_of_ratios(ten_unlike(), 0.95);
    REQUIRE(difference.estimate);
    CHECK(difference.estimate->value == Approx(0.5).epsilon(1e-12));
    CHECK(difference.areas == 10);
    CHECK(difference.degrees == 9);
    CHECK(difference.estimate->lower < 0.5);
    // On the log scale as far down as up.
    CHECK(difference.estimate->lower * difference.estimate->upper == Approx(0.25).epsilon(1e-9));
}

TEST_CASE("Areas that are all alike leave no doubt, whatever each count is") {
    const Difference difference = ratio_of_ratios(ten_alike(), 0.95);
    REQUIRE(difference.estimate);
    CHECK(difference.error == Approx(0).epsilon(1e-9));
}

TEST_CASE("The ratio is the Poisson regression with an effect for every area and side") {
    const std::vector<BeforeAfter> rows = ten_unlike();
    std::vector<Term> terms = {{"after", {}}, {"treated and after", {}}};
    for (std::size_t k = 0; k < rows.size(); ++k) terms.push_back({"side " + std::to_string(k), {}});
    std::vector<double> counts;
    for (std::size_t k = 0; k < rows.size(); ++k)
        for (const double after : {0.0, 1.0}) {
            counts.push_back(after > 0 ? rows[k].after : rows[k].before);
            terms[0].values.push_back(after);
            terms[1].values.push_back(rows[k].treated ? after : 0);
            for (std::size_t j = 0; j < rows.size(); ++j) terms[2 + j].values.push_back(j == k ? 1 : 0);
        }
    const Fit fit = poisson_regression(terms, counts, {}, Spread::poisson);
    CHECK(fit.coefficients[1] == Approx(std::log(0.5)).epsilon(1e-9));
}

TEST_CASE("The error is what leaving out one area after another makes of it") {
    std::vector<BeforeAfter> rows;
    for (std::uint32_t area = 0; area < 5; ++area) rows.push_back({area, true, 10, 10});
    for (std::uint32_t area = 5; area < 10; ++area) rows.push_back({area, false, 10, area == 5 ? 20.0 : 10.0});
    // log θ = log(50/50) - log(60/50); without area 5 it is 0, without another of 6 to 9 log(40/50), else unchanged.
    const double value = std::log(50.0 / 60);
    const double others = std::log(40.0 / 50) - value;
    const double expected = std::sqrt(0.9 * (value * value + 4 * others * others));
    const Difference difference = ratio_of_ratios(rows, 0.95);
    REQUIRE(difference.estimate);
    CHECK(difference.error == Approx(expected).epsilon(1e-9));
}

TEST_CASE("Difference of means, in openings a year") {
    // Inside: 1 a year before, 1 after (2 in 2 years, 3 in 3); outside 1.5 and 4: 0 - 2.5.
    std::vector<BeforeAfter> rows;
    for (std::uint32_t area = 0; area < 10; ++area) {
        rows.push_back({area, true, 2, area % 2 == 0 ? 2.0 : 4.0});
        rows.push_back({area, false, 3, 12});
    }
    const Difference difference = difference_of_means(rows, 2, 3, 0.95);
    REQUIRE(difference.estimate);
    CHECK(difference.estimate->value == Approx(-2.5).epsilon(1e-12));
    // Only "after" inside varies, by 1/3 either way over 10 areas; 40 rows, 4 terms, 10 clusters: 10 × (1/30)² × 10/9 × 39/36.
    CHECK(difference.error == Approx(std::sqrt(10.0 / 900 * 10 / 9 * 39 / 36)).epsilon(1e-9));
    CHECK(difference.degrees == 9);
}

TEST_CASE("Too little to go by is refused, with what would help") {
    std::vector<BeforeAfter> few = ten_unlike();
    for (BeforeAfter& row : few)
        if (row.treated) row.before = row.area < 4 ? 1 : 0;
    CHECK(refuses(ratio_of_ratios(few, 0.95), "4 openings in the zone before; at least 5"));

    std::vector<BeforeAfter> no_comparison;
    for (const BeforeAfter& row : ten_unlike())
        if (row.treated) no_comparison.push_back(row);
    CHECK(refuses(ratio_of_ratios(no_comparison, 0.95), "0 openings in the comparison before"));
    CHECK(refuses(difference_of_means(no_comparison, 1, 1, 0.95), "nothing to compare with"));

    const std::vector<BeforeAfter> two_areas = {
        {0, true, 10, 10}, {0, false, 10, 10}, {1, true, 10, 10}, {1, false, 10, 10}};
    CHECK(refuses(ratio_of_ratios(two_areas, 0.95), "2 areas have openings; at least 5"));
    CHECK(refuses(difference_of_means(two_areas, 1, 1, 0.95), "--by"));

    std::vector<BeforeAfter> in_one = ten_unlike();
    for (BeforeAfter& row : in_one)
        if (row.treated) row.before = row.area == 3 ? 20 : 0;
    CHECK(refuses(ratio_of_ratios(in_one, 0.95), "a single area"));
}

TEST_CASE("The order of the rows changes nothing") {
    std::vector<BeforeAfter> rows = ten_unlike();
    const Difference forwards = ratio_of_ratios(rows, 0.95);
    const std::vector<BeforeAfter> backwards(rows.rbegin(), rows.rend());
    const Difference again = ratio_of_ratios(backwards, 0.95);
    CHECK(forwards.estimate->lower == again.estimate->lower);
    CHECK(forwards.error == again.error);
}
