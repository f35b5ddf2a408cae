// SPDX-License-Identifier: Apache-2.0
//
// Where a point joins the streets that is good to some metres only. As long as its nearest stretch of street stays the same, a walk changes by at most √2 of what the
// point is moved: along the street, and beside it. Moved to where another stretch is nearer, it is the walk by that one.
#pragma once

#include <numbers>
#include <vector>

#include "libgeo/geometry/walking.h"

namespace geo {

/// Metres by which a walk by one stretch of street may differ where its end is moved by so many.
inline double walk_slack(double moved_m) { return std::numbers::sqrt2 * moved_m; }

/// The most that a walk to or from a plotted point may differ from that by whichever of `about` (NetworkPositions::find_about) truly joins the streets, walk_slack()
/// aside: to there along the network, and the difference of the accesses. kNoWay: one of them is more than 2 km off.
Millimetres farthest_off(const StreetNetwork& network, const NetworkPosition& plotted,
                         const std::vector<NetworkPosition>& about);

}  // namespace geo
