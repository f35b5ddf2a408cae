// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ogr_geometry.h>

#include <memory>
#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// GDAL's geometries as flat shapes: curves in steps of 0.1 degrees, without Z and M.
class ShapeReader {
  public:
    struct Outcome {
        bool ring_closed = false;  ///< a ring did not come back to its start; now it does
        bool not_finite = false;   ///< a coordinate is NaN or infinite: the shape has no location
        bool too_deep = false;     ///< collections in collections in …: the shape has no location
    };
    /// Adds one shape; null and empty geometries give one without location.
    Outcome add(const OGRGeometry* geometry, Shapes& shapes);

  private:
    void walk(const OGRGeometry& geometry, int depth);
    void add_curve(const OGRSimpleCurve& curve, PartKind kind, bool hole);

    struct Part {
        PartKind kind;
        std::size_t end;
        bool hole;
    };
    std::vector<Part> parts_;
    std::vector<double> xs_, ys_;
    Outcome outcome_;
};

/// Shape i for GDAL: a point, line, polygon, a Multi… of these, or a collection; null when it has no location.
std::unique_ptr<OGRGeometry> geometry_of(const Shapes& shapes, std::size_t i);

}  // namespace geo
