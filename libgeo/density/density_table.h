// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "libgeo/density/area_counts.h"
#include "libgeo/density/rates.h"

namespace geo {

struct DensityOptions {
    double per = 1000.0;       ///< residents that a rate is of
    double confidence = 0.95;  ///< of its interval
    bool interpolate = false;  ///< population between two years
};

/// An area (or all of them together), use and day. The period is the time since the day before; what is not known is kNotKnown or NaN.
struct DensityRow {
    static constexpr std::int64_t kNotKnown = INT64_MIN;
    static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    std::uint32_t area = kNoArea;  ///< kNoArea: the total
    std::uint32_t use = 0, day = 0;
    std::int64_t outlets = kNotKnown, opened = kNotKnown, closed = kNotKnown;
    double population = kNone, km2 = kNone;
    Estimate rate;
    double per_km2 = kNone;
    std::int64_t change = kNotKnown;  ///< outlets less those of the day before
    double change_percent = kNone;
    std::uint32_t covered = 0;  ///< of a total: areas that are covered on the day
    bool few_residents = false;
};

/// Fewer residents than this for each outlet: those who eat or shop there mostly live elsewhere (a city centre, an airport), so the rate says little about
/// the people of the area. (England has about one takeaway for each 1,000 residents.)
inline constexpr double kFewResidentsPerOutlet = 100.0;

/// Rows by use, then day, then area in the order of the file, the total last. A total is of the areas that are covered: its rate is total outlets by total
/// residents, never a mean of rates, and there is none unless the residents of all of those areas are known; its change is over areas covered on both days.
/// A population of 0 gives no rate, and stays in the total.
std::vector<DensityRow> density_rows(const AreaCounts& counts, const AreaLayer& areas, const DensityOptions& options);

}  // namespace geo
