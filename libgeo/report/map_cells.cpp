// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/map_cells.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace geo {
namespace {

constexpr double kSmallest = 100;  // metres

void add_to(MapCell& sum, const MapCell& cell) {
    for (std::size_t k = 0; k < sum.verdicts.size(); ++k) sum.verdicts[k] += cell.verdicts[k];
    for (std::size_t day = 0; day < sum.outlets.size(); ++day) sum.outlets[day] += cell.outlets[day];
    sum.places += cell.places;
}

/// Rounds down, below 0 too.
std::int64_t half(std::int64_t index) { return index >= 0 ? index / 2 : (index - 1) / 2; }

}  // namespace

MapCell* MapCells::cell(Point at) {
    if (!std::isfinite(at.x) || !std::isfinite(at.y)) return nullptr;
    const Key key{static_cast<std::int64_t>(std::floor(at.y / kSmallest)),
                  static_cast<std::int64_t>(std::floor(at.x / kSmallest))};
    const auto [found, fresh] = cells_.try_emplace(key);
    if (fresh) {
        found->second.row = key.row;
        found->second.column = key.column;
        found->second.outlets.resize(days_);
    }
    return &found->second;
}

void MapCells::add_proposal(Point at, Result verdict) {
    if (MapCell* of = cell(at)) ++of->verdicts[static_cast<std::size_t>(verdict)];
}

void MapCells::add_place(Point at) {
    if (MapCell* of = cell(at)) ++of->places;
}

void MapCells::add_outlet(Point at, std::size_t day) {
    if (MapCell* of = cell(at)) ++of->outlets[day];
}

MapGrid MapCells::grid(std::size_t most) const {
    MapGrid grid;
    grid.size_m = kSmallest;
    for (const auto& [key, of] : cells_) grid.cells.push_back(of);
    const auto by_place = [](const MapCell& a, const MapCell& b) {
        return std::tie(a.row, a.column) < std::tie(b.row, b.column);
    };
    std::sort(grid.cells.begin(), grid.cells.end(), by_place);
    while (grid.cells.size() > most) {
        grid.size_m *= 2;
        for (MapCell& of : grid.cells) {
            of.row = half(of.row);
            of.column = half(of.column);
        }
        std::sort(grid.cells.begin(), grid.cells.end(), by_place);
        std::vector<MapCell> larger;
        for (MapCell& of : grid.cells) {
            if (!larger.empty() && larger.back().row == of.row && larger.back().column == of.column)
                add_to(larger.back(), of);
            else
                larger.push_back(std::move(of));
        }
        grid.cells = std::move(larger);
    }
    return grid;
}

}  // namespace geo
