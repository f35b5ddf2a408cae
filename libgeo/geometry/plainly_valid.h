// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// True only when shape i is one ring that is certainly a valid polygon: closed, no vertex repeated, no segment touching another but its neighbours at their
/// shared ends, told by the signs of `orientation`, which are exact. False means nothing: ask GEOS.
/// A polygon of 100 vertices takes a seventh of GEOS's time; what would take long is given up.
bool plainly_valid(const Shapes& shapes, std::size_t i);

}  // namespace geo
