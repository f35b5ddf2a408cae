// SPDX-License-Identifier: Apache-2.0
//
// The answer of `cordon density` as tables, a chart and words.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libgeo/density/density_table.h"
#include "libgeo/density/register_counts.h"
#include "libgeo/density/zone_counts.h"
#include "libgeo/report/table.h"
#include "libgeo/report/trend_chart.h"

namespace geo {

/// Table `density`: area_code, area_name, use, period, outlets, opened, closed, population, rate, per, rate_lower, rate_upper, interval_method, per_km2,
/// change, change_percent. `period` is the day (ISO) that the figures are of. A total has the code `total`; after it come those of `zones`, where there are
/// some: `inside`, `exempt`, `outside`, without population, rate and per_km2. Shapes are the areas', in the study's CRS.
AnswerTable density_answer(std::span<const DensityRow> rows, const AreaCounts& counts, const AreaLayer& areas,
                           const DensityOptions& options, const ZoneCounts* zones = nullptr);

/// Table `registers`: layer, authority, use, period, covered, then the figures of RegisterRow by their names; empty where not covered.
AnswerTable registers_answer(std::span<const RegisterRow> registers, std::span<const Premises> premises);

/// Rates over the days, counts where no total has a rate: the total of each use; of one use in a few areas, each area.
TrendChart density_chart(std::span<const DensityRow> rows, const AreaCounts& counts, const AreaLayer& areas,
                         const DensityOptions& options, const std::string& title);

/// For the terminal: the totals over the days, then the areas on the last day that covers any, by rate (else by count).
std::string density_text(std::span<const DensityRow> rows, const AreaCounts& counts, const AreaLayer& areas,
                         const DensityOptions& options, unsigned width);

}  // namespace geo
