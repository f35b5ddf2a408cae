// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// A shell and its holes: indices of parts.
struct ShellAndHoles {
    std::size_t shell = 0;
    std::vector<std::size_t> holes;
};
/// The rings of shape i, which bound its surface even-odd, as polygons: a ring within an even number of others is a shell, else a hole of the
/// innermost ring around it. Rings must not cross.
std::vector<ShellAndHoles> polygons_of(const Shapes& shapes, std::size_t i);

/// Appends shape i as an RFC 7946 geometry: longitude, latitude with 8 decimals (1 mm), shells anticlockwise, holes clockwise. `null` without a
/// location, or where a position could not be brought into WGS 84 (NaN).
void append_geojson(std::string& out, const Shapes& shapes, std::size_t i);

/// Appends to `out` one shape made of the parts of shapes [first, end): the sites of one proposal.
void append_together(const Shapes& shapes, std::size_t first, std::size_t end, Shapes& out);

}  // namespace geo
