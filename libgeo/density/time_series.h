// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "libgeo/density/regression.h"

namespace geo {

/// Counts of one place over time, cut by an event. One entry a period; equal lengths.
struct TimeSeries {
    std::vector<double> counts;
    std::vector<double> exposure;     ///< what a count stands to: residents, days; > 0
    std::vector<double> time;         ///< of each period, ascending: its number, or years
    std::vector<std::uint8_t> after;  ///< 1: after the event
    double event = 0;                 ///< on the scale of `time`: where the slopes part
    /// Part of the year, 0 to 1, of each period; empty: no seasonal terms.
    std::vector<double> season;
};

/// Interrupted time series (Lopez Bernal et al. 2017, Int J Epidemiol 46:348):
/// E[count] = exposure × exp(b0 + step × after + trend × time [+ slope × (time - event) × after] [+ Σ sin(2πk season), cos(2πk season)]).
struct TimeSeriesModel {
    bool slope_change = true;
    unsigned harmonics = 2;  ///< pairs; those that a season of so few different parts cannot carry are left out
    Spread spread = Spread::quasi_poisson;
};

struct InterruptedTimeSeries {
    Fit fit;
    std::size_t step = 0, trend = 0, slope = 0;  ///< which coefficients; slope 0: not in the model
    unsigned harmonics = 0;                      ///< pairs that were fitted
};

/// How many pairs of harmonics a year of so many periods can carry, at most `wanted`: 2 for months, 1 for quarters, 0 for half years and years.
unsigned harmonics_for(unsigned periods_a_year, unsigned wanted);

/// Terms: `intercept`, `step`, `trend`, `slope`, then sin and cos pairs. Throws DataError as poisson_regression does.
InterruptedTimeSeries interrupted_time_series(const TimeSeries& series, const TimeSeriesModel& model);

}  // namespace geo
