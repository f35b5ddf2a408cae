// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "libgeo/geometry/geos_overlay.h"
#include "libgeo/geometry/shapes.h"

namespace geo {

/// Some shapes, and the distance around them.
struct ZoneSource {
    const Shapes* shapes = nullptr;
    std::vector<std::uint32_t> which;
    double distance_m = 0;  ///< above 0
    double outward_m = 0;   ///< the drawn line lies on the true line or at most so far outside it
};

/// The zones around all shapes of all sources, dissolved. Runs on all threads of the caller's arena; the answer does not depend on how many there are: shapes are
/// parted along a Hilbert curve into runs of fixed length, which are joined two by two.
Surface zone_union(const std::vector<ZoneSource>& sources);

}  // namespace geo
