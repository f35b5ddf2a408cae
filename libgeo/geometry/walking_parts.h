// SPDX-License-Identifier: Apache-2.0
//
// Private to the walking search: sums of millimetres, pieces of links.
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

/// The line of a link between two offsets, in the direction from a to b; at least two points.
std::vector<Point> line_of_link(const StreetNetwork& network, std::uint32_t link, Millimetres a, Millimetres b);

}  // namespace geo
