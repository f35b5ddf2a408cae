// SPDX-License-Identifier: Apache-2.0
//
// Geometries of the interactive map: WGS 84 in whole millionths of a degree (0.1 m), each ring or line as its first position and then steps. Private to this stage.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "libgeo/geometry/crs.h"
#include "libgeo/geometry/shapes.h"
#include "libgeo/report/json.h"

namespace geo {

class MapGeometry {
  public:
    MapGeometry(const Crs& crs, const GridFolders& grids);
    /// Of every shape: `{"p":[x,y,…],"l":[[x,y,dx,dy,…]],"a":[[shell,hole,…],…]}` with the keys that it has; 0 where it has no location, or one that cannot be
    /// brought into WGS 84. Rings are not closed by their first position.
    void put(Json& json, std::string_view key, const Shapes& shapes) const;
    /// The same without shapes that are only one point: 0. (Those go into columns x and y.)
    void put_but_points(Json& json, std::string_view key, const Shapes& shapes) const;
    /// Columns `x` and `y` (of `points`, one a row; NaN gives null).
    void put_points(Json& json, std::string_view x, std::string_view y, const std::vector<Point>& points) const;
    /// One number for each coordinate: `[west, south, east, north]` in degrees around the box's edges.
    void put_bounds(Json& json, std::string_view key, const Box& box) const;

  private:
    void put_all(Json& json, std::string_view key, const Shapes& shapes, bool points) const;
    Shapes in_wgs84(const Shapes& shapes) const;
    Transformation to_wgs84_;
};

}  // namespace geo
