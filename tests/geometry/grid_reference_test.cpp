// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "libgeo/geometry/positions.h"

using namespace geo;

TEST_CASE("the grid reference of a point is that of the metre square that holds it") {
    CHECK(grid_reference_of({530123.9, 175456.2}) == "TQ 30123 75456");
    CHECK(grid_reference_of({657100, 256350}) == "TM 57100 56350");
    CHECK(grid_reference_of({0, 0}) == "SV 00000 00000");
    CHECK(grid_reference_of({439668, 1175316}) == "HU 39668 75316");
    CHECK_FALSE(grid_reference_of({-1, 0}));
    CHECK_FALSE(grid_reference_of({700'000, 0}));
    CHECK_FALSE(grid_reference_of({0, 1'300'000}));
    CHECK_FALSE(grid_reference_of({std::nan(""), 0}));
}

TEST_CASE("a grid reference reads back as the middle of its square") {
    std::mt19937_64 random(6);
    std::uniform_real_distribution<double> east(0, 700'000), north(0, 1'300'000);
    for (int i = 0; i < 2'000; ++i) {
        const Point point{east(random), north(random)};
        const auto text = grid_reference_of(point);
        REQUIRE(text);
        const auto back = parse_grid_reference(*text);
        REQUIRE(back);
        CHECK(back->point.x == std::floor(point.x) + 0.5);
        CHECK(back->point.y == std::floor(point.y) + 0.5);
    }
}
