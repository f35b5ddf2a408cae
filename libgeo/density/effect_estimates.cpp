// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/effect_estimates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/base/errors.h"
#include "libgeo/density/difference.h"
#include "libgeo/density/time_series.h"

namespace geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kDaysOfYear = 365.25;

const std::vector<EffectCounts::Tally>& of(const EffectCounts& counts, Zone zone) {
    return counts.by_area[static_cast<std::size_t>(zone)];
}

/// A row for each area that ever had an outlet in the zone, and one for each that had one in the comparison.
std::vector<BeforeAfter> rows_of(const EffectCounts& counts, Zone zone, Zone comparison) {
    std::vector<BeforeAfter> rows;
    for (const bool treated : {true, false}) {
        const auto& areas = of(counts, treated ? zone : comparison);
        for (std::uint32_t area = 0; area < areas.size(); ++area)
            if (areas[area].any())
                rows.push_back({area, treated, static_cast<double>(areas[area].opened_before),
                                static_cast<double>(areas[area].opened_after)});
    }
    return rows;
}

EffectEstimate compared(EffectEstimate::What what, Zone zone, const EffectCounts& counts, const EffectWindow& window,
                        double confidence) {
    const std::vector<BeforeAfter> rows = rows_of(counts, zone, Zone::beyond);
    const bool ratio = what == EffectEstimate::What::openings_ratio;
    const Difference difference = ratio ? ratio_of_ratios(rows, confidence)
                                        : difference_of_means(rows, window.years(-1), window.years(1), confidence);
    EffectEstimate estimate;
    estimate.what = what;
    estimate.zone = zone;
    estimate.comparison = Zone::beyond;
    estimate.estimate = difference.estimate;
    estimate.error = difference.error;
    estimate.degrees = difference.degrees;
    estimate.areas = difference.areas;
    estimate.refusal = difference.refusal;
    estimate.method = ratio ? "Poisson, two by two; errors clustered by area (leave one out), t"
                            : "least squares; errors clustered by area, t";
    return estimate;
}

struct ZoneSeries {
    TimeSeries series;
    std::vector<std::size_t> periods;  // of the window, by entry
    std::size_t before = 0, after = 0;
    double counted_before = 0, counted_after = 0;
};
ZoneSeries series_of(const EffectCounts& counts, const EffectWindow& window, Zone zone) {
    ZoneSeries s;
    const auto& opened = counts.opened[static_cast<std::size_t>(zone)];
    for (std::size_t k = 0; k < window.periods(); ++k) {
        const int side = window.side(k);
        if (side == 0) continue;
        const auto length = static_cast<double>((window.cuts[k + 1] - window.cuts[k]).count());
        const double middle = static_cast<double>((window.cuts[k] - window.policy).count()) + length / 2;
        const auto count = static_cast<double>(opened[k]);
        s.series.counts.push_back(count);
        s.series.exposure.push_back(length / kDaysOfYear);
        s.series.time.push_back(middle / kDaysOfYear);
        s.series.after.push_back(side > 0 ? 1 : 0);
        // Which part of the year counted from the policy's day: seasons need no calendar, only a period of a year.
        if (window.periods_a_year > 1)
            s.series.season.push_back(s.series.time.back() - std::floor(s.series.time.back()));
        s.periods.push_back(k);
        ++(side > 0 ? s.after : s.before);
        (side > 0 ? s.counted_after : s.counted_before) += count;
    }
    return s;
}

std::string too_little(const ZoneSeries& s, bool snapshots) {
    if (std::min(s.before, s.after) < kLeastPeriods)
        return fmt::format("{} periods before and {} after; at least {} on each side are needed: {}", s.before, s.after,
                           kLeastPeriods,
                           snapshots ? "more snapshots" : "shorter periods (--months), or a longer record");
    if (std::min(s.counted_before, s.counted_after) < kLeastEvents)
        return fmt::format(
            "{:.0f} openings before the policy and {:.0f} after; at least {:.0f} on each side are needed: a longer "
            "record, or several authorities together",
            s.counted_before, s.counted_after, kLeastEvents);
    return {};
}

EffectEstimate one_coefficient(EffectEstimate::What what, Zone zone, const InterruptedTimeSeries& its, std::size_t term,
                               double confidence) {
    EffectEstimate estimate;
    estimate.what = what;
    estimate.zone = zone;
    estimate.error = its.fit.error(term);
    estimate.degrees = static_cast<double>(its.fit.degrees);
    estimate.dispersion = its.fit.dispersion;
    estimate.estimate = ratio_around(its.fit.coefficients[term], estimate.error, confidence, estimate.degrees);
    estimate.method =
        fmt::format("interrupted time series, quasi-Poisson, {}, t", its.harmonics == 0   ? "no seasonal terms"
                                                                     : its.harmonics == 1 ? "one pair of harmonics"
                                                                                          : "two pairs of harmonics");
    return estimate;
}

void refuse(EffectEstimates& estimates, Zone zone, std::string why) {
    EffectEstimate estimate;
    estimate.what = EffectEstimate::What::step;
    estimate.zone = zone;
    estimate.refusal = std::move(why);
    estimate.method = "interrupted time series, quasi-Poisson";
    estimates.all.push_back(std::move(estimate));
}

void add_time_series(EffectEstimates& estimates, const EffectCounts& counts, const EffectWindow& window, Zone zone,
                     double confidence) {
    const ZoneSeries s = series_of(counts, window, zone);
    if (std::string why = too_little(s, window.snapshots); !why.empty()) return refuse(estimates, zone, std::move(why));
    TimeSeriesModel model;
    model.slope_change = std::min(s.before, s.after) >= kLeastPeriodsForSlope;
    model.harmonics = harmonics_for(window.periods_a_year, 2);
    try {
        const InterruptedTimeSeries its = interrupted_time_series(s.series, model);
        estimates.harmonics = its.harmonics;
        using What = EffectEstimate::What;
        estimates.all.push_back(one_coefficient(What::step, zone, its, its.step, confidence));
        estimates.all.push_back(one_coefficient(What::trend, zone, its, its.trend, confidence));
        if (its.slope != 0)
            estimates.all.push_back(one_coefficient(What::slope_change, zone, its, its.slope, confidence));
        auto& fitted = estimates.fitted[static_cast<std::size_t>(zone)];
        fitted.assign(window.periods(), kNaN);
        for (std::size_t i = 0; i < s.periods.size(); ++i) fitted[s.periods[i]] = its.fit.fitted[i];
    } catch (const DataError& error) {
        refuse(estimates, zone, error.what());
    }
}

}  // namespace

std::string_view word(EffectEstimate::What what) {
    constexpr std::array<std::string_view, 5> kWords = {"openings-ratio", "openings-difference", "step", "trend",
                                                        "slope-change"};
    return kWords[static_cast<std::size_t>(what)];
}

EffectEstimates effect_estimates(const EffectCounts& counts, const EffectWindow& window, double confidence) {
    using What = EffectEstimate::What;
    EffectEstimates estimates;
    for (const Zone zone : {Zone::inside, Zone::ring, Zone::exempt})
        estimates.all.push_back(compared(What::openings_ratio, zone, counts, window, confidence));
    estimates.all.push_back(compared(What::openings_difference, Zone::inside, counts, window, confidence));
    for (const Zone zone : {Zone::inside, Zone::beyond}) add_time_series(estimates, counts, window, zone, confidence);
    return estimates;
}

}  // namespace geo
