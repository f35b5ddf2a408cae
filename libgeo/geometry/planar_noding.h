// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// Streets of a drawing, in which lines cross without a vertex, made into lines that meet at their ends: for StreetNetwork with Topology::endpoints. Two lines of
/// one level (and a line and itself) meet where they cross, where a vertex or an end of one lies on the other, and along stretches that both have; both are cut there.
/// Lines of different levels (a bridge, a tunnel) meet only where both end.
///
/// `lines`: metres; rings are lines, points are passed over, and so are vertices that are no numbers or repeat the one before and parts that then have no length.
/// `levels`: one a line; empty: all are on one level. `tolerance_m` (above 0): a vertex no farther from a line lies on it, and ends and cuts no farther apart (and
/// chains of such) are one place and get the same coordinates, those of the least (x, y) among them: nothing moves farther but in a chain. Stretches that a cut leaves shorter
/// than that are dropped. Two crossings one over the other, on different levels but within the tolerance, cannot be told apart afterwards.
///
/// Result: one line a shape, in the order of `lines`, each drawn from the same end whichever way it was drawn before; `line_of`: the line that each is of. Shuffled lines
/// give the same stretches. Time: n log n for streets, whose lines cross few others. Crossings are decided exactly and placed to the rounding of doubles.
Shapes noded(const Shapes& lines, std::span<const std::int32_t> levels, std::vector<std::uint32_t>& line_of,
             double tolerance_m = 0.01);

}  // namespace geo
