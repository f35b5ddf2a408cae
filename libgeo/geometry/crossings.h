// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// How often segments of the rings of shape i cross (a point inside both), counted no further than `most` + 1. In plain doubles: a measure of how
/// much work a repair would be, never a verdict. Time: segments sorted by x, so rings of short segments take n log n.
std::uint64_t crossings_up_to(const Shapes& shapes, std::size_t i, std::uint64_t most);

}  // namespace geo
