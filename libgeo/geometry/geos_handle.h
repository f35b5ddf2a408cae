// SPDX-License-Identifier: Apache-2.0
//
// Private to the sources that meet GEOS (geos*.cpp): its state of a thread, its geometries owned, and the ways from and to flat vertices.
#pragma once

#include <geos_c.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo::geos_c {

/// GEOS's state of a thread. It tells of failures by return values; the words come to `message`.
struct Engine {
    GEOSContextHandle_t handle = GEOS_init_r();
    std::string message;
    Engine();
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
};
/// The calling thread's own.
Engine& engine();
GEOSContextHandle_t geos();

struct Destroy {
    void operator()(GEOSGeometry* g) const;
};
/// May be used and destroyed on another thread than it was made on, by one thread at a time.
using Geometry = std::unique_ptr<GEOSGeometry, Destroy>;
Geometry made(GEOSGeometry* g);

struct Vertices {
    std::span<const double> xs, ys;
    std::size_t size() const { return xs.size(); }
    Point operator[](std::size_t i) const { return {xs[i], ys[i]}; }
    Point back() const { return {xs.back(), ys.back()}; }
};

/// A polygon of closed rings of at least four vertices; null where GEOS refuses.
Geometry polygon(Vertices shell, std::span<const Vertices> holes = {});
/// One geometry of many: none → null, one → itself.
Geometry together(std::vector<Geometry> pieces, int type);
/// Shape i whole. Its surface is what even-odd covers, whether or not its rings are valid as a polygon. Null where there is nothing.
Geometry whole(const Shapes& shapes, std::size_t i);

struct Count {
    std::uint64_t polygons = 0, lines = 0, points = 0;
};

/// Adds the parts of `g` to the shape under way. Empty parts are none.
void add_parts(const GEOSGeometry* g, Shapes& out, Count& count);

}  // namespace geo::geos_c
