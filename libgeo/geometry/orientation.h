// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "libgeo/geometry/shapes.h"

namespace geo {

/// On which side of the line from a to b the point p lies: 1 left, -1 right, 0 on it. Exact for any coordinates whose products neither overflow nor
/// underflow, so orientation(a, b, p) == -orientation(b, a, p) always: a point beside an edge that two areas share is never in both or in none. Method:
/// J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates" (1997): his error bound first, the exact sum where
/// that cannot tell.
int orientation(Point a, Point b, Point p);

}  // namespace geo
