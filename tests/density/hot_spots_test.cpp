// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/hot_spots.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "libgeo/base/errors.h"

using namespace geo;
using doctest::Approx;

namespace {

// The worked example of the literature: six places, a threshold of 15.
const std::vector<Point> kSix = {{10, 10}, {20, 10}, {40, 10}, {15, 20}, {30, 20}, {30, 30}};
const std::vector<double> kValues = {2, 3, 3.2, 5, 8, 7};

void check_all(const std::vector<double>& z, const std::vector<double>& expected, double within) {
    REQUIRE(z.size() == expected.size());
    for (std::size_t i = 0; i < z.size(); ++i)
        CHECK_MESSAGE(std::fabs(z[i] - expected[i]) < within, "place ", i, ": ", z[i]);
}

}  // namespace

TEST_CASE("Neighbours: exactly the threshold apart is near") {
    const Neighbours neighbours = neighbours_within(kSix, 15);
    REQUIRE(neighbours.size() == 6);
    const auto fourth = neighbours.of(3);  // (15, 20): (30, 20) is 15.000 away
    CHECK(std::vector<std::uint32_t>(fourth.begin(), fourth.end()) == std::vector<std::uint32_t>{0, 1, 4});
    CHECK(neighbours_within(kSix, 14.999).of(3).size() == 2);
    CHECK(neighbours_within({}, 15).size() == 0);
}

TEST_CASE("Getis-Ord G and G*, binary weights, as published") {
    const Neighbours neighbours = neighbours_within(kSix, 15);
    check_all(getis_ord(kValues, neighbours, WeightForm::binary, false),
              {-1.0136728985502574, -0.04361589420169382, 1.315587028960544, -0.3141267582045626, 1.1537398581067728,
               1.7783394086210969},
              1e-9);
    check_all(getis_ord(kValues, neighbours, WeightForm::binary, true),
              {-1.3972762620115446, -0.2891776156271283, 0.6506496351610377, -0.2891776156271283, 1.2345208835198738,
               2.024243309389896},
              1e-9);
}

TEST_CASE("Getis-Ord G, row-standardised weights, as published") {
    check_all(getis_ord(kValues, neighbours_within(kSix, 15), WeightForm::row_standardised, false),
              {-0.62074534, -0.01780611, 1.31558703, -0.12824171, 0.28843496, 1.77833941}, 5e-9);
}

TEST_CASE("Getis-Ord where it says nothing: no neighbour, all alike, a value that is missing") {
    const std::vector<Point> points = {{0, 0}, {10, 0}, {20, 0}, {1000, 0}};
    const Neighbours neighbours = neighbours_within(points, 10);
    const std::vector<double> some = {1, 5, 2, 9}, alike = {0.1, 0.1, 0.1, 0.1}, missing = {1, 5, std::nan(""), 9};
    CHECK(std::isnan(getis_ord(some, neighbours, WeightForm::binary, false)[3]));
    CHECK_FALSE(std::isnan(getis_ord(some, neighbours, WeightForm::binary, true)[3]));
    for (const double z : getis_ord(alike, neighbours, WeightForm::binary, true)) CHECK(std::isnan(z));
    const std::vector<double> z = getis_ord(missing, neighbours, WeightForm::binary, true);
    CHECK(std::isnan(z[2]));
    // Without the third the first two are neighbours of each other only: mean 5, variance 32/3.
    CHECK(z[0] == Approx((6 - 10) / std::sqrt(32.0 / 3 * (3 * 2 - 4) / 2)).epsilon(1e-12));
}

TEST_CASE("The least distance at which nobody is alone") {
    CHECK(least_common_distance(kSix) == Approx(std::sqrt(200.0)).epsilon(1e-12));
    const double metres = least_common_distance(kSix);
    for (std::size_t i = 0; i < kSix.size(); ++i) CHECK(neighbours_within(kSix, metres).of(i).size() >= 1);
    CHECK(least_common_distance(std::vector<Point>{{1, 1}}) == 0);
}

TEST_CASE("Kernel density: one outlet, 400 m, peaks at 5.96831 a square kilometre") {
    const PointGrid grid{0, 0, 100, 11, 11};
    const std::vector<Point> one = {{500, 500}};
    const std::vector<double> density = kernel_density(one, {}, grid, 400, 1);
    CHECK(std::fabs(density[5 * 11 + 5] - 5.96831) < 5e-6);
    CHECK(density[5 * 11 + 9] == 0);                                                // at 400 m
    CHECK(density[5 * 11 + 7] == Approx(5.968310366 * 0.75 * 0.75).epsilon(1e-9));  // half way: (1 - 1/4)²
    CHECK(kernel_density({}, {}, grid, 400, 1)[0] == 0);
}

TEST_CASE("Kernel density adds up to the number of outlets, and to their weights") {
    const PointGrid grid{0, 0, 20, 101, 101};
    const std::vector<Point> points = {{800, 900}, {1010, 1100}, {1200, 1003}};
    const std::vector<double> weights = {1, 2, 4};
    const double square_km = 20.0 * 20 / 1e6;
    double sum = 0, weighted = 0;
    for (const double value : kernel_density(points, {}, grid, 400, 1)) sum += value * square_km;
    for (const double value : kernel_density(points, weights, grid, 400, 1)) weighted += value * square_km;
    CHECK(sum == Approx(3).epsilon(1e-4));
    CHECK(weighted == Approx(7).epsilon(1e-4));
}

TEST_CASE("Kernel density is the same to the last bit for any number of threads") {
    std::vector<Point> points;
    for (int k = 0; k < 400; ++k) points.push_back({k * 7919 % 2000 * 1.0, k * 104729 % 2000 * 1.0});
    const PointGrid grid = grid_over({0, 0, 2000, 2000}, 50);
    CHECK(kernel_density(points, {}, grid, 400, 1) == kernel_density(points, {}, grid, 400, 4));
}

TEST_CASE("A grid stands on whole multiples of its step and covers the box") {
    const PointGrid grid = grid_over({655030, 250010, 655470, 250200}, 100);
    CHECK(grid.x0 == 655000);
    CHECK(grid.y0 == 250000);
    CHECK(grid.columns == 6);
    CHECK(grid.rows == 3);
    CHECK(grid_over(Box::empty(), 100).columns == 0);
    CHECK_THROWS_AS(grid_over({0, 0, 1e6, 1e6}, 1), UsageError);
}
