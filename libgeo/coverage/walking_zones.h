// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "libgeo/coverage/zone_union.h"
#include "libgeo/geometry/geos_overlay.h"
#include "libgeo/geometry/walking.h"

namespace geo {

/// How far beside a street a walking zone is drawn, in metres (walking.md, 3: of the widths tried, the one that leaves out no outlet within 20 m of a street).
inline constexpr double kBesideStreets = 25.0;

/// Streets within a walk of the nearest start, in the study's CRS: shape i is a stretch of a street along which the walk grows or falls steadily.
struct WalkedStreets {
    Shapes lines;
    std::vector<double> at_begin, at_end;  ///< by line, metres walked to its two ends, access of the start counted
    double length_m = 0;
};

struct WalkingZone {
    Surface reach;
    WalkedStreets streets;
};

/// The streets within `limit_m` of the starts, cut mid-link; and the drawing: along them, kBesideStreets to either side, less where the limit ends nearer
/// (geometry/walking_zone.h); `outward_m` as in ZoneSource. Threads as in zone_union.
WalkingZone walking_zone(const StreetNetwork& network, std::vector<WalkStart> starts, double limit_m, double outward_m);

}  // namespace geo
