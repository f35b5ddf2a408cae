// SPDX-License-Identifier: Apache-2.0
//
// Outlets by deprivation quantile, use and day; how unequal they are, and how that changed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "libgeo/density/area_counts.h"
#include "libgeo/density/rates.h"
#include "libgeo/layers/premises.h"

namespace geo {

struct EquityInput {
    const AreaCounts* counts = nullptr;
    std::span<const Premises> premises;           ///< those that were counted, for what stayed between two days
    std::vector<std::vector<double>> population;  ///< [day][area]; NaN: none
    std::vector<std::uint32_t> quantile;          ///< [area]; 1 = most deprived; 0: none
    std::vector<std::uint8_t> aside;              ///< [area]; 1: not looked at; empty: all are
    unsigned quantiles = 5;
    double per = 1000;
    double confidence = 0.95;
    bool simulated = false;  ///< intervals of SII and RII by OHID's simulation
};

/// One use, day and quantile. Areas: those that count. A day without figures has no outlets (-1), and NaN.
struct EquityRow {
    std::uint32_t use = 0, day = 0, quantile = 0;
    std::uint64_t areas = 0;
    std::int64_t outlets = -1;
    double population = 0;
    Estimate rate{};
};

/// One use and day. All but `concentration` say: more than 0 (1 for ratios) where the most deprived have more, so SII and RII have OHID's multiplier -1.
/// NaN where a quantile without areas, or for the logarithm one without outlets, leaves a figure undefined.
struct EquityMeasures {
    std::uint32_t use = 0, day = 0;
    Estimate gap{}, ratio{}, sii{}, rii{}, sii_log{}, rii_log{};
    Estimate concentration{};  ///< below 0: among the most deprived
};

/// The first to the last day that has figures. An outlet that traded on both days is one: only what was opened and closed between them is chance.
struct EquityChange {
    std::uint32_t use = 0, first_day = 0, last_day = 0;
    Estimate gap{}, sii{};
    std::int64_t stayed = 0, opened = 0, closed = 0;
};

/// What became of the areas, by use: each in one of these. The same areas count on every day that has figures.
struct EquityAreas {
    std::uint64_t counted = 0, aside = 0, without_rank = 0, without_population = 0, not_covered = 0;
};

struct EquityTable {
    std::vector<EquityRow> rows;            ///< by use, day, quantile
    std::vector<EquityMeasures> measures;   ///< by use, day
    std::vector<EquityChange> changes;      ///< by use; none for a use with fewer than two days
    std::vector<EquityAreas> areas;         ///< by use
    std::vector<std::uint8_t> has_figures;  ///< [use][day]: some area has rank, population and cover
};

/// A day has figures where some area has a rank, residents and is covered. An area counts where it has a rank, and on every such day residents and cover: so that
/// the same areas are compared over time.
EquityTable equity_table(const EquityInput& input);

}  // namespace geo
