// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "libgeo/geometry/shapes.h"

namespace geo {

/// Outlines around places: simple closed rings, one a shape, whose surfaces together are the zone of what they were made of.
struct Outlines {
    Shapes rings;
    /// Shapes whose own surface belongs to the zone beside the rings (it is so wide that the rings around its edge do not fill it); as given to `append_outlines`.
    std::vector<std::size_t> surfaces;
};

/// Appends rings to `out` that together (with the shape's surface, where `out.surfaces` names it) hold every point within `distance` metres of shape i and none
/// farther than `distance + outward`: GEOS's buffer has its corners on the line and its chords inside it, and straightens hollows up to a hundredth of the
/// distance deep, metres of error at 400 m. Here arcs become tangents, hollows keep their shape to within `outward`.
///
/// Method: over each edge of the convex hull of a connected piece the line at `distance` is a function of the position along that edge, the upper envelope of equal
/// circles around the points in the hollow below it, of which those that a ball of that radius can touch make it up; found as a convex hull is, by a stack.
/// Time: O(n log n + n h), h long hull edges. `distance` above 0, `outward` above 0; shape i has a location.
void append_outlines(const Shapes& shapes, std::size_t i, double distance, double outward, Outlines& out);

}  // namespace geo
