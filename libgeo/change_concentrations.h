// SPDX-License-Identifier: Apache-2.0
//
// Where several uses pile up: `cordon concentrations`.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/change.h"
#include "libgeo/density/concentrations.h"
#include "libgeo/report/table.h"

namespace geo {

struct ConcentrationsRequest
    : ChangeRequest {  ///< `uses`: those that pile up; empty: takeaways, betting shops, payday lenders, off-licences
    std::optional<Date> on;    ///< `--on`: the day; the study's as-at, else the last day on record
    std::vector<Use> good;     ///< `--alternative`: the healthy alternatives; empty: credit unions
    double radius_m = 400;     ///< `--radius`: round each unit of a frontage
    double within_m = 0;       ///< `--within`: neighbours of Gi*; 0: the least distance at which every area has one
    double bandwidth_m = 400;  ///< `--bandwidth` of the kernel density
    double grid_m = 100;       ///< `--grid`: its points
};

/// The answer as tables, for whoever writes them. Tables point into `parades`, `grid` and the layers of the Change.
///   `parades`       rank, parade, name, units, kinds, all, total, a column a use (`of_…`), a column an alternative (`good_…`), all_and_good, nearest_good_m
///   `hot_spots`     area_code, area_name, use, outlets, population, per_1000 (or per_km2), neighbours, gi_star, p, class
///   `kernel_density`  x, y, per_km2: points of a grid where it is above 0; all the uses together, each shop once
struct ConcentrationTables {
    std::vector<AnswerTable> tables;
    std::vector<std::string> sentences;
    Shops shops;
    std::vector<Use> of, good;
    std::unique_ptr<Shapes> parades, grid;
    std::vector<ParadeCounts> ranked;
    AreaHeats heats;
    Date day{};
    bool incomplete = false;
};
/// Throws UsageError where no shop has any of the uses, or one that was asked for by name is nowhere in the data.
ConcentrationTables concentration_tables(const ConcentrationsRequest& request, const Change& change);

/// All stages: `cordon concentrations`.
ChangeAnswer concentrations(const ConcentrationsRequest& request);

}  // namespace geo
