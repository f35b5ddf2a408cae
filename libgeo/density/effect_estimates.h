// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/density/effect_counts.h"
#include "libgeo/density/regression.h"

namespace geo {

/// One figure of what changed, or why there is none.
struct EffectEstimate {
    enum class What : std::uint8_t {
        openings_ratio,       ///< (openings after / before, in the zone) / (the same, in the comparison)
        openings_difference,  ///< openings a year and area: (after - before, in the zone) - (the same, in the comparison)
        step,                 ///< openings just after the policy's first day against what the trend before led to
        trend,  ///< openings from one year to the next before the policy (both sides, where no change of slope is fitted)
        slope_change,  ///< that trend after it against before
    };
    What what = What::openings_ratio;
    Zone zone = Zone::inside;
    std::optional<Zone> comparison;                                ///< none: the zone by itself over time
    std::optional<Interval> estimate;                              ///< a ratio, but for openings_difference
    double error = 0;                                              ///< of its logarithm, for ratios
    double degrees = 0;                                            ///< of Student's t
    std::size_t areas = 0;                                         ///< clusters
    double dispersion = std::numeric_limits<double>::quiet_NaN();  ///< of a time series
    std::string method;                                            ///< `2 x 2 Poisson, errors by area (leave one out)`
    std::string refusal;                                           ///< why there is no estimate, and what would help
};
std::string_view word(
    EffectEstimate::What what);  ///< `openings-ratio`, `openings-difference`, `step`, `trend`, `slope-change`

struct EffectEstimates {
    std::vector<EffectEstimate>
        all;  ///< openings_ratio of inside, ring and exempt; openings_difference; the time series inside and beyond
    std::array<std::vector<double>, kZones>
        fitted;  ///< [zone][period] openings as the time series has them; NaN where it is not looked at; empty: none
    unsigned harmonics = 0;
    const EffectEstimate& main() const { return all.front(); }
};

/// Periods on each side without which a step is not told from noise (EPOC of Cochrane: three points), and without which slopes are not told apart (Penfold and
/// Zhang 2013, Acad Pediatr 13:S38: eight).
inline constexpr std::size_t kLeastPeriods = 3, kLeastPeriodsForSlope = 8;

EffectEstimates effect_estimates(const EffectCounts& counts, const EffectWindow& window, double confidence);

}  // namespace geo
