// SPDX-License-Identifier: Apache-2.0
//
// What lies within a walk of some starts, for drawing.
//
// Streets: exact, cut mid-link where the limit ends. Beside them, zone (B, R): every point p for which a place q on a street has |p - q| <= min(B, R - d(q)), d the
// walk to q, access of the start counted. A walk grows by a metre a metre, so that the disc about a place farther along a way lies in the disc about a nearer
// one. Only the discs of radius B therefore count, about the streets within R - B, and those about starts whose own access is more than R - B: the zone
// tapers to nothing at R by itself, exactly.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libgeo/geometry/shapes.h"
#include "libgeo/geometry/walking.h"

namespace geo {

/// Shape i is the line of stretch i, from its `from` to its `to`; a shape without location where that has no length in metres.
Shapes lines_of(const StreetNetwork& network, std::span<const CoveredStretch> stretches);

/// What zone (B, R) is made of, in metres: the streets within R - B as lines, to be drawn B around; the starts that need a smaller disc.
struct WalkingZoneParts {
    Shapes streets;              ///< stretches of a link that follow on each other are one shape
    Shapes starts;               ///< points on a street
    std::vector<double> radius;  ///< of each of `starts`, above 0, at most B
};
/// `walks`: with a cutoff of at least `limit`, from `starts`. Without `beside` or `limit` it holds nothing.
WalkingZoneParts walking_zone_parts(const StreetNetwork& network, const WalkStarts& starts, const NearestWalks& walks,
                                    Millimetres limit, Millimetres beside);

}  // namespace geo
