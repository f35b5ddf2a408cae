// SPDX-License-Identifier: Apache-2.0
//
// Private to the walking search: sums of millimetres.
#pragma once

#include "libgeo/geometry/walking.h"

namespace geo {

inline Millimetres apart(Millimetres a, Millimetres b) { return a > b ? a - b : b - a; }

/// A sum that does not fit is no way.
inline Millimetres sum(Millimetres a, Millimetres b) {
    const std::uint64_t total = std::uint64_t{a} + b;
    return total < kNoWay ? static_cast<Millimetres>(total) : kNoWay;
}

}  // namespace geo
