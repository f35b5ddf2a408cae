// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/time_series.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace geo {
namespace {

std::vector<double> wave(const std::vector<double>& season, unsigned k, double (*of)(double)) {
    std::vector<double> values(season.size());
    std::transform(season.begin(), season.end(), values.begin(),
                   [&](double part) { return of(2 * std::numbers::pi * k * part); });
    return values;
}

std::vector<Term> terms_of(const TimeSeries& series, const TimeSeriesModel& model) {
    const std::size_t n = series.counts.size();
    std::vector<double> after(series.after.begin(), series.after.end());
    std::vector<Term> terms = {{"intercept", std::vector<double>(n, 1)}, {"step", after}, {"trend", series.time}};
    if (model.slope_change) {
        for (std::size_t i = 0; i < n; ++i) after[i] *= series.time[i] - series.event;
        terms.push_back({"slope", std::move(after)});
    }
    for (unsigned k = 1; k <= model.harmonics && !series.season.empty(); ++k) {
        terms.push_back({"sin" + std::to_string(k), wave(series.season, k, std::sin)});
        terms.push_back({"cos" + std::to_string(k), wave(series.season, k, std::cos)});
    }
    return terms;
}

}  // namespace

unsigned harmonics_for(unsigned periods_a_year, unsigned wanted) {
    return std::min(wanted, periods_a_year > 0 ? (periods_a_year - 1) / 2 : 0);
}

InterruptedTimeSeries interrupted_time_series(const TimeSeries& series, const TimeSeriesModel& model) {
    const std::vector<Term> terms = terms_of(series, model);
    std::vector<double> offset(series.exposure.size());
    std::transform(series.exposure.begin(), series.exposure.end(), offset.begin(),
                   [](double exposure) { return std::log(exposure); });
    InterruptedTimeSeries result;
    result.fit = poisson_regression(terms, series.counts, offset, model.spread);
    result.step = 1;
    result.trend = 2;
    result.slope = model.slope_change ? 3 : 0;
    result.harmonics = series.season.empty() ? 0 : model.harmonics;
    return result;
}

}  // namespace geo
