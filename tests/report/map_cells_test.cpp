// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/map_cells.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace geo;

TEST_CASE("what lies in the same hundred metres is counted together, below 0 too") {
    MapCells cells(2);
    cells.add_proposal({10, 10}, Result::breach);
    cells.add_proposal({99.9, 0}, Result::clear);
    cells.add_proposal({100, 0}, Result::clear);
    cells.add_proposal({-1, -1}, Result::unknown);
    cells.add_outlet({50, 50}, 1);
    cells.add_place({50, 50});
    const MapGrid grid = cells.grid();
    CHECK(grid.size_m == 100);
    REQUIRE(grid.cells.size() == 3);
    CHECK(grid.cells[0].row == -1);
    CHECK(grid.cells[0].column == -1);
    const MapCell& first = grid.cells[1];
    CHECK(first.verdicts[static_cast<std::size_t>(Result::breach)] == 1);
    CHECK(first.verdicts[static_cast<std::size_t>(Result::clear)] == 1);
    CHECK(first.outlets == std::vector<std::uint32_t>{0, 1});
    CHECK(first.places == 1);
    CHECK(grid.cells[2].column == 1);
}

TEST_CASE("without a location nothing is counted") {
    MapCells cells(0);
    cells.add_proposal({std::numeric_limits<double>::quiet_NaN(), 0}, Result::breach);
    CHECK(cells.empty());
}

TEST_CASE("more cells than asked become larger ones that hold the same, in whatever order they came") {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> spot(-5000, 5000);
    std::vector<Point> points(3000);
    for (Point& point : points) point = {spot(random), spot(random)};
    MapCells one(0), other(0);
    for (const Point& point : points) one.add_proposal(point, Result::clear);
    for (auto at = points.rbegin(); at != points.rend(); ++at) other.add_proposal(*at, Result::clear);
    const MapGrid a = one.grid(200), b = other.grid(200);
    CHECK(a.cells.size() <= 200);
    CHECK(a.size_m == 800);
    std::uint64_t sum = 0;
    for (const MapCell& cell : a.cells) sum += cell.verdicts[static_cast<std::size_t>(Result::clear)];
    CHECK(sum == 3000);
    REQUIRE(a.cells.size() == b.cells.size());
    for (std::size_t k = 0; k < a.cells.size(); ++k) {
        CHECK(a.cells[k].row == b.cells[k].row);
        CHECK(a.cells[k].column == b.cells[k].column);
        CHECK(a.cells[k].verdicts == b.cells[k].verdicts);
    }
    // Each point lies in the cell that counts it.
    for (const Point& point : points) {
        const auto row = static_cast<std::int64_t>(std::floor(point.y / a.size_m));
        const auto column = static_cast<std::int64_t>(std::floor(point.x / a.size_m));
        CHECK(std::any_of(a.cells.begin(), a.cells.end(),
                          [&](const MapCell& cell) { return cell.row == row && cell.column == column; }));
    }
}
