// SPDX-License-Identifier: Apache-2.0
//
// Exclusion zones as drawings. No verdict is ever taken from them (assess/assess.h measures); they show where a verdict would fall.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "libgeo/assess/finding.h"
#include "libgeo/base/dates.h"
#include "libgeo/coverage/walking_zones.h"
#include "libgeo/geometry/shapes.h"
#include "libgeo/layers/places.h"
#include "libgeo/policy/policy.h"

namespace geo {

struct ZoneOptions {
    Date as_at{};            ///< places, areas and policies as on this day
    double outward_m = 0.1;  ///< the drawn line lies on the true line or at most so far outside it, never inside
    unsigned threads = 0;    ///< 0: all; the answer does not depend on it
    bool walking = true;     ///< false: rules by walking are left out, and said
};

/// The zone of one rule, or of all of them together; dissolved, in the study's CRS.
struct RuleZone {
    static constexpr std::uint32_t kAll = 0xffffffffU;
    std::uint32_t policy = kAll, rule = kAll;  ///< indices: into the policies given, its rules
    std::uint64_t places = 0;                  ///< that it is drawn around
    Shapes reach;  ///< at most one shape: within the rule's limit (or inside its areas), exemptions aside
    Shapes
        breach;  ///< at most one shape: where a proposal would breach: `reach` within the policy's area, less what is exempt
    double reach_m2 = 0, breach_m2 = 0;  ///< square metres
    double reach_in_area_m2 = kNotMeasured,
           breach_in_area_m2 = kNotMeasured;  ///< of the study area; NaN where the study states none
    /// By walking, or of rules together of which one is: `reach` and `breach` are then no lines to read a verdict off. Drawn are the streets within the limit on
    /// foot and up to kBesideStreets beside them, and the ground of places that are walked to from their boundary (coverage/walking_zones.h).
    bool walking = false;
    WalkedStreets streets;  ///< of one rule by walking: all of them, whether exempt or not
};

struct Zones {
    Date as_at{};
    std::vector<RuleZone> rules;          ///< in the order of policies and rules; those that draw no zone are left out
    double study_area_m2 = kNotMeasured;  ///< NaN where the study states none
    RuleZone all;                         ///< of the adopted policies in force
    std::vector<std::string>
        remarks;  ///< rules that draw none, with why; exemptions that cannot be drawn; layers that are missing
};

/// Draws the zones of every rule by distance or by lying inside areas that refuses or resists (coverage/zone_policy.h), for policies in force on
/// the day. Places on the day as `cordon check` would test them: the same kinds, states, dates and anchors, a neighbour's layer with `part-of` too. Walks begin where
/// Assessment::walk_starts says; without streets (Layers::walking) rules by walking are left out, and said.
Zones draw_zones(std::span<const Policy> policies, const Layers& layers, const ZoneOptions& options);

}  // namespace geo
