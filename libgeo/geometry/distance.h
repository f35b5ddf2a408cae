// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "libgeo/geometry/shapes.h"

namespace geo {

/// Where two things are nearest to each other.
struct Separation {
    double squared = 0.0;  ///< square metres; compare this, never a rounded distance
    Point from;            ///< on the first
    Point to;              ///< on the second
};

/// Squared distance from p to the segment a-b: (cross product)² / length², or to the nearer end; exact but for the
/// rounding of double arithmetic (a few ulp). Horizontal, planar. Non-finite input is the caller's fault.
/// The reference point is the nearer end (of both at once the one that gives less), so that a-b and b-a give the same bits: an edge shared by two places is at one
/// distance.
inline double squared_to_segment(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double ax = p.x - a.x, ay = p.y - a.y, bx = p.x - b.x, by = p.y - b.y;
    const double from_a = ax * dx + ay * dy;
    const double from_b = bx * dx + by * dy;
    // All three, then one of them: without branches a run of segments is measured several at a time.
    const double to_a = ax * ax + ay * ay, to_b = bx * bx + by * by;
    const double by_a = ax * dy - ay * dx, by_b = bx * dy - by * dx;
    const double a_squared = by_a * by_a, b_squared = by_b * by_b;
    const double lesser = a_squared < b_squared ? a_squared : b_squared;
    const double nearer_end = from_a < -from_b ? a_squared : b_squared;
    const double beside = (from_a == -from_b ? lesser : nearer_end) / (dx * dx + dy * dy);
    const double not_before_b = from_b >= 0 ? to_b : beside;
    return from_a <= 0 ? to_a : not_before_b;
}
Point nearest_on_segment(Point p, Point a, Point b);

/// Squared distance between two boxes; 0 where they touch.
double squared_between(const Box& a, const Box& b);

/// p is on the surface of shape i or on its edge. Even-odd over all its rings: a hole is outside, its edge is not.
bool covers(const Shapes& shapes, std::size_t i, Point p);

/// p to shape i: 0 where the shape covers p, else the nearest point of any part. Shape i must have a location.
Separation separation(Point p, const Shapes& shapes, std::size_t i);
/// p to the edge (rings as lines) of shape i, also from inside.
Separation separation_from_edge(Point p, const Shapes& shapes, std::size_t i);
/// Shape i of a to shape j of b: 0 where they touch or one lies in the other.
Separation separation(const Shapes& a, std::size_t i, const Shapes& b, std::size_t j);

/// How a shape lies to the surface of another.
enum class Lie { outside, partly, inside };
struct LieInside {
    Lie lie = Lie::outside;
    double edge = 0.0;  ///< metres between the shape and the edge of the surface (0 where they cross or touch)
};
/// Shape i of a (a point or a site) in the surface of shape j of b; on the edge counts as inside.
LieInside lie_inside(const Shapes& a, std::size_t i, const Shapes& b, std::size_t j);

/// Area centroid of the surface; of the lines when it has none; mean of the points otherwise. May lie outside the shape.
Point centroid(const Shapes& shapes, std::size_t i);
/// Signed-area sum of the rings under even-odd, in square units; 0 for lines and points. Rings must not cross.
double area(const Shapes& shapes, std::size_t i);

}  // namespace geo
