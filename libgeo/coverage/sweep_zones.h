// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/coverage/sweep.h"
#include "libgeo/layers/places.h"

namespace geo {

/// Where a proposal would breach under one variant, in square metres of the study area (of all that is drawn, where the study states none). NaN: not drawn.
struct SweepZone {
    double policy_m2 = kNotMeasured;  ///< with every rule of the policy
    double rule_m2 = kNotMeasured;    ///< the rule alone
};
struct SweepZones {
    Date as_at{};
    double study_area_m2 = kNotMeasured;  ///< NaN where the study states none
    std::vector<SweepZone> zones;         ///< by variant
    std::vector<std::string> remarks;     ///< what was not drawn, with why
};

/// Draws the zones of each variant (coverage/zones.h) as at `day`, those of a draft as though it were adopted. The rules that no variant touches are drawn once. Not by
/// walking: a walking zone is a drawing along streets, and no area to compare with others.
SweepZones sweep_zones(const SweepPlan& plan, const Layers& layers, Date day, unsigned threads);

}  // namespace geo
