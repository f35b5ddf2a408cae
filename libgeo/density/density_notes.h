// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libgeo/density/density_table.h"
#include "libgeo/density/register_counts.h"

namespace geo {

/// What a table of density rests on.
struct DensityBasis {
    const AreaCounts& counts;
    const AreaLayer& areas;
    std::span<const Premises> premises;
    std::span<const DensityRow> rows;
    std::span<const RegisterRow> registers;
    const Issues& issues;  ///< of loading: how many rows of a population table met no area
    const DensityOptions& options;
};

/// Plain words that go with the figures: how rates and their intervals are made, which residents they are of, where residents are missing or too few for a
/// rate to mean much, what no snapshot covers, how many outlets are on record and in no area.
std::vector<std::string> density_notes(const DensityBasis& basis);

}  // namespace geo
