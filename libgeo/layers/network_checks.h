// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: what a network of streets shows of the data that it was built from.
#pragma once

#include <cstdint>
#include <vector>

#include "libgeo/base/issues.h"
#include "libgeo/geometry/street_network.h"

namespace geo {

/// How well a network hangs together.
struct Joined {
    std::size_t parts = 0;
    double outside = 0;  ///< share of the nodes outside the largest part, 0 to 1
};
Joined joined(const StreetNetwork& network);

/// More than this share of the nodes outside the largest part: the lines are not joined where they should be.
inline constexpr double kTooManyOutside = 0.2;

/// Read one way the network falls apart, read the other way it does not, or less than half as much: the first is a wrong guess.
bool is_wrong_guess(const Joined& as_read, const Joined& otherwise);

/// An end of a street beside another that it does not join, though it is no farther than 2 m: most are slips of the pen, and a walk goes round them.
struct Gap {
    Point end;
    double metres = 0;
};
/// In the order of the nodes. Ends of links that are no longer than 2 m are passed over, and ends beside a link that their own joins within 10 m.
std::vector<Gap> gaps_of(const StreetNetwork& network);

/// Components with less than kSmallPart of link length, but for the largest.
struct SmallParts {
    struct Part {
        Point place;  ///< one of its nodes
        std::uint64_t millimetres = 0;
    };
    std::vector<std::uint8_t> is_small;  ///< by component
    std::vector<Part> parts;             ///< in the order of their first nodes
    std::uint64_t millimetres = 0;       ///< of all together
};
SmallParts small_parts_of(const StreetNetwork& network);

}  // namespace geo
