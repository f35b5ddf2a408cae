// SPDX-License-Identifier: Apache-2.0
//
// Inequality over quantiles of deprivation, from the most to the least deprived.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "libgeo/density/rates.h"

namespace geo {

/// On which scale the sampling error of a value is taken as normal, and a transformed slope is fitted: rates log, proportions logit.
enum class ValueScale : std::uint8_t { plain, log, logit };

/// A value for each quantile, most deprived first. All three of the same length.
struct QuantileValues {
    std::span<const double> population;      ///< above 0
    std::span<const double> value;           ///< rates above 0, proportions in (0, 1) where their scale is log or logit
    std::span<const double> standard_error;  ///< on the scale
    ValueScale scale = ValueScale::plain;
};

/// Standard errors on a scale from intervals: (upper - lower) / 2z of the transformed limits, as OHID does. NaN where a limit has no transform (a rate of 0).
std::vector<double> standard_errors(std::span<const double> lower, std::span<const double> upper, ValueScale scale,
                                    double confidence);

struct SlopeOptions {
    bool transform =
        false;  ///< fit on the scale of the values and bring both ends back (OHID recommends it for rates and proportions)
    double confidence = 0.95;  ///< 0.90 to 0.9999
    double multiplier = 1;     ///< of the SII; a negative one turns RII upside down: most against least deprived
};

struct Slope {
    Estimate
        sii;  ///< slope index of inequality: value at the least deprived end - value at the most deprived end, times the multiplier
    Estimate rii{};        ///< relative index of inequality: least / most deprived end; NaN where an end is not above 0
    double intercept = 0;  ///< value at the most deprived end, without multiplier
};

/// SII and RII of Low & Low (J Public Health 2004;26:390) as OHID has them (PHEindicatormethods 2.1, phe_sii): least squares weighted by population share
/// on the middle of each quantile's range of population. Intervals by the delta method (of RII on the log scale): no draws, so the same everywhere. All NaN where a value has no transform. Throws UsageError for fewer than 5 or more than 100 quantiles or a confidence out of range, DataError for a
/// population that is not above 0.
Slope slope_of_inequality(const QuantileValues& values, const SlopeOptions& options = {});

/// The same with OHID's simulated intervals: 100,000 draws of the values, each refitted; order statistics. The generator is seeded from the inputs: the same inputs
/// give the same interval.
Slope simulated_slope(const QuantileValues& values, const SlopeOptions& options = {});

/// The weights of the SII, plain: SII = sum of weight[i] * value[i]. Populations above 0.
std::vector<double> slope_weights(std::span<const double> population);

/// One independent count that a figure is a sum of: figure = sum of weight * count.
struct WeightedCount {
    double weight, count;
};
/// A sum of independent counts with its interval: the distances to each count's own limits (Byar, exact below 10), squared, summed and rooted
/// (MOVER: Zou & Donner, Stat Med 2008;27:1693). Never empty where a count is 0.
Estimate sum_of_counts(std::span<const WeightedCount> counts, double confidence = 0.95);

struct CountOf {
    double count, population;
};
/// Rate of `most` less rate of `least`, per `per`; interval as sum_of_counts. NaN without population.
Estimate rate_gap(const CountOf& most, const CountOf& least, double per, double confidence = 0.95);
/// Rate of `most` over rate of `least`; exact interval, given the sum of both counts (binomial, Clopper & Pearson). A count of 0 at `least`: value NaN, no upper limit (infinite).
Estimate rate_ratio(const CountOf& most, const CountOf& least, double confidence = 0.95);

/// Concentration index of grouped data (O'Donnell et al., World Bank 2008, ch. 8): below 0 where the counts lie among the most deprived. Interval by the delta method
/// with Poisson counts; none where fewer than two quantiles have any.
Estimate concentration_index(std::span<const double> population, std::span<const double> count,
                             double confidence = 0.95);

}  // namespace geo
