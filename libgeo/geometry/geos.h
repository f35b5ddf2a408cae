// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// What is wrong with a geometry, and what it became. Source: GEOS (its C API), `GEOSisValidDetail`.
struct Repair {
    bool was_valid = true;
    std::string reason;  ///< GEOS's words: `Self-intersection`; ours: `area 0`, `ring not closed`
    Point place;         ///< where
    std::string method;  ///< what was done: `made valid: 2 parts, area 20000.0 m²`
};

/// Checks shape i of `shapes` and appends it, repaired where needed, to `out`. A polygon that is invalid is made valid keeping every face that
/// even-odd covers, and its spikes as lines; several polygons become their union, so that ground which two of them cover is kept. A polygon of area 0 becomes the
/// line it is, so that it never vanishes; a hole outside its shell is dropped and said. Which ring is a hole is what the file said (`Shapes::is_hole`);
/// where it marked none, a ring in a ring is one. Valid shapes pass bit for bit. Points and lines pass; those with a coordinate that is no number lose it or, if lines, their place. One that crosses itself more than 10,000 times passes as drawn, and says so. Never drops a shape: what cannot be repaired is appended without location,
/// with a reason and an empty method.
Repair append_valid(const Shapes& shapes, std::size_t i, Shapes& out);

/// Exact distance by GEOS between shape i of a and shape j of b: the independent answer that tests compare with.
double geos_distance(const Shapes& a, std::size_t i, const Shapes& b, std::size_t j);

/// A point on the surface (inside even where the centroid is not), for labels.
Point point_on_surface(const Shapes& shapes, std::size_t i);

/// Well-known text of shape i, 3 decimals.
std::string to_wkt(const Shapes& shapes, std::size_t i);
/// Appends the shape that `wkt` describes. False (with the reason) when it is no readable WKT, and nothing is appended.
bool append_wkt(const std::string& wkt, Shapes& out, std::string* reason);

/// The union of all surfaces as one shape (GEOSUnaryUnion): borders that two areas share are gone. Nothing when there is no surface.
Shapes dissolved(const Shapes& shapes);

std::string geos_version();

}  // namespace geo
