// SPDX-License-Identifier: Apache-2.0
//
// The answer of `cordon effect` as tables, a chart and words.
#pragma once

#include <string>
#include <vector>

#include "libgeo/density/effect_counts.h"
#include "libgeo/density/effect_estimates.h"
#include "libgeo/layers/places.h"
#include "libgeo/report/table.h"
#include "libgeo/report/trend_chart.h"

namespace geo {

/// All that the answer tells of.
struct EffectFigures {
    ZonePolicy policy;
    std::vector<Use> uses;
    EffectWindow window;
    EffectCounts counts;
    EffectEstimates estimates;
    std::vector<std::string> remarks;         ///< what could not be tested
    std::vector<std::string> other_policies;  ///< of the study, with why they are not looked at
    const AreaLayer* areas = nullptr;
    double ring_m = 100;
    double confidence = 0.95;
};

/// Table `effect`, a row a zone: zone, outlets_first, outlets_policy, outlets_last, opened_before, opened_after, closed_before, closed_after, years_before,
/// years_after, opened_a_year_before, opened_a_year_after, compared_with, ratio, ratio_lower, ratio_upper, confidence, areas, note.
/// Table `effect_estimates`, a row an estimate: estimate, zone, compared_with, value, lower, upper, confidence, standard_error, degrees, areas,
/// dispersion, method, note.
/// Table `effect_periods`, a row a zone and period: zone, from, until, side, days, opened, closed, outlets, opened_fitted.
/// Table `effect_areas`, a row a zone and area that ever had an outlet there: area_code, area_name, zone and the counts of `effect`; shapes are the areas'.
std::vector<AnswerTable> effect_tables(const EffectFigures& figures);

/// Openings a year inside and beyond, as counted and as the time series has them; by calendar-like years counted from the policy's day.
TrendChart effect_chart(const EffectFigures& figures, const std::string& title);

/// Plain sentences: what was found; what figures like these can and cannot show; what they rest on.
std::vector<std::string> effect_findings(const EffectFigures& figures);
std::vector<std::string> effect_limits(const EffectFigures& figures);
std::vector<std::string> effect_basis(const EffectFigures& figures);
/// `INCOMPLETE: …`; empty where nothing that could change a figure was left out.
std::string effect_incomplete(const EffectCounts& counts);

/// For the terminal: the zones with their counts.
std::string effect_text(const EffectFigures& figures, unsigned width);

}  // namespace geo
