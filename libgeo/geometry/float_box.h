// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// The greatest float not above x, and the least not below it.
inline float float_below(double x) {
    const auto f = static_cast<float>(x);
    return static_cast<double>(f) > x ? std::nextafterf(f, -std::numeric_limits<float>::infinity()) : f;
}
inline float float_above(double x) {
    const auto f = static_cast<float>(x);
    return static_cast<double>(f) < x ? std::nextafterf(f, std::numeric_limits<float>::infinity()) : f;
}

/// A box in half the room, never smaller than the true one. What it says of a distance is a lower bound, and decides nothing but what need not be looked at.
struct FloatBox {
    float min_x, min_y, max_x, max_y;
    static FloatBox around(const Box& box) {
        return {float_below(box.min_x), float_below(box.min_y), float_above(box.max_x), float_above(box.max_y)};
    }
    static FloatBox around(Point p) { return {float_below(p.x), float_below(p.y), float_above(p.x), float_above(p.y)}; }
};

/// At most the squared distance between what the two boxes hold. Differences and squares are rounded by at most five parts in 2^24 together; a thousandth is taken
/// off a distance that is far beyond what can overflow.
inline float least_squared(const FloatBox& a, float min_x, float min_y, float max_x, float max_y) {
    constexpr float kShy = 1.0F - 0x1p-20F, kFarthest = 1e18F;
    const float dx = std::min(std::max(std::max(min_x - a.max_x, a.min_x - max_x), 0.0F), kFarthest);
    const float dy = std::min(std::max(std::max(min_y - a.max_y, a.min_y - max_y), 0.0F), kFarthest);
    return (dx * dx + dy * dy) * kShy;
}
inline float least_squared(const FloatBox& a, const FloatBox& b) {
    return least_squared(a, b.min_x, b.min_y, b.max_x, b.max_y);
}

}  // namespace geo
