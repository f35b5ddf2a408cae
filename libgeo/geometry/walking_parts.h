// SPDX-License-Identifier: Apache-2.0
//
// Private to the walking search: pieces of links, starts that are needed.
#pragma once

#include <vector>

#include "libgeo/geometry/walking.h"

namespace geo {

/// The meetings and, of the places beside the outline, those whose access is shorter than the walk to them from another: no walk from the rest is shorter. Beside
/// a street that leaves the shape at a right angle this leaves its crossing alone. By link, then offset.
std::vector<NetworkPosition> with_needed(const StreetNetwork& network, std::vector<NetworkPosition> meetings,
                                         std::vector<NetworkPosition> beside);

/// The line of a link between two offsets, in the direction from a to b; at least two points.
std::vector<Point> line_of_link(const StreetNetwork& network, std::uint32_t link, Millimetres a, Millimetres b);

}  // namespace geo
