// SPDX-License-Identifier: Apache-2.0
//
// A figure over time as a drawing: one line a series, the interval of each point as a band behind it.
#pragma once

#include <string>
#include <vector>

#include "libgeo/base/dates.h"

namespace geo {

/// One figure on each day of the chart; NaN where it is not known, and the line is broken there. `lower`, `upper`: its interval; both empty, or NaN where
/// there is none.
struct TrendSeries {
    std::string name;
    std::vector<double> value, lower, upper;
};

struct TrendChart {
    std::string title, axis;  ///< what the upright axis measures: `Outlets per 1,000 residents`
    std::string note;         ///< a line under the chart: what the bands are, where the figures are from; empty: none
    std::vector<Date> days;   ///< ascending
    std::vector<TrendSeries> series;
};

/// One SVG element of `width` by `height` px: no scripts, no outside files, <title> and <desc> for those who cannot see it. The upright axis begins at 0 (below
/// it where there are negative figures). The same chart gives the same bytes.
std::string trend_svg(const TrendChart& chart, unsigned width = 840, unsigned height = 440);

}  // namespace geo
