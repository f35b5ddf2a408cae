// SPDX-License-Identifier: Apache-2.0
//
// What `cordon density` adds to its table when asked: town centres, and the zones of a policy on the terminal.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libgeo/density/density_table.h"
#include "libgeo/density/zone_counts.h"
#include "libgeo/report/table.h"

namespace geo {

/// Table `centres`: centre_code, centre_name, use, period, outlets, opened, closed, change, change_percent, hectares, per_hectare. `rows` and `counts` are those
/// of a layer of centres, in place of areas; a total has the code `total`. Hectares are of the polygon in the study's CRS, even-odd, so without its holes.
AnswerTable centres_answer(std::span<const DensityRow> rows, const AreaCounts& counts, const AreaLayer& centres);

/// For the terminal: the centres of each use on the last day that covers any, most outlets per hectare first.
std::string centres_text(std::span<const DensityRow> rows, const AreaCounts& counts, const AreaLayer& centres,
                         unsigned width);

/// Plain words: what is counted in a centre, centres without a surface, outlets in more than one.
std::vector<std::string> centre_notes(std::span<const DensityRow> rows, const AreaCounts& counts,
                                      const AreaLayer& centres);

/// For the terminal: inside, exempt and outside over the days, with the change of each.
std::string zones_text(const ZoneCounts& zones, const AreaCounts& counts, unsigned width);

}  // namespace geo
