// SPDX-License-Identifier: Apache-2.0
//
// Private to the walking search: sums of millimetres, pieces of links, starts that are needed.
#pragma once

#include <vector>

#include "libgeo/geometry/walking.h"

namespace geo {

inline Millimetres apart(Millimetres a, Millimetres b) { return a > b ? a - b : b - a; }

/// A sum that does not fit is no way.
inline Millimetres sum(Millimetres a, Millimetres b) {
    const std::uint64_t total = std::uint64_t{a} + b;
    return total < kNoWay ? static_cast<Millimetres>(total) : kNoWay;
}

/// The meetings and, of the places beside the outline, those whose access is shorter than the walk to them from another: no walk from the rest is shorter. Beside
/// a street that leaves the shape at a right angle this leaves its crossing alone. By link, then offset.
std::vector<NetworkPosition> with_needed(const StreetNetwork& network, std::vector<NetworkPosition> meetings,
                                         std::vector<NetworkPosition> beside);

/// The line of a link between two offsets, in the direction from a to b; at least two points.
std::vector<Point> line_of_link(const StreetNetwork& network, std::uint32_t link, Millimetres a, Millimetres b);

}  // namespace geo
