// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <utility>

#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo::test {

using Xy = std::pair<double, double>;

/// Adds a closed ring to the shape under way.
inline void add_ring(Shapes& shapes, std::initializer_list<Xy> corners) {
    for (const auto& [x, y] : corners) shapes.add_vertex(x, y);
    shapes.add_vertex(corners.begin()->first, corners.begin()->second);
    shapes.end_part(PartKind::ring);
}

inline void add_rectangle_ring(Shapes& shapes, double x0, double y0, double x1, double y1) {
    add_ring(shapes, {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}});
}

inline void add_rectangle(Shapes& shapes, double x0, double y0, double x1, double y1) {
    add_rectangle_ring(shapes, x0, y0, x1, y1);
    shapes.end_shape();
}

inline Shapes rectangle(double x0, double y0, double x1, double y1) {
    Shapes shapes;
    add_rectangle(shapes, x0, y0, x1, y1);
    return shapes;
}

/// 400 x 400 m with a hole of 200 x 200 m in its middle (a point in the hole is 100 m away, not inside).
inline Shapes ring_park() {
    Shapes shapes;
    add_rectangle_ring(shapes, 0, 0, 400, 400);
    add_rectangle_ring(shapes, 100, 100, 300, 300);
    shapes.end_shape();
    return shapes;
}

inline Shapes point(double x, double y) {
    Shapes shapes;
    shapes.add_point(x, y);
    return shapes;
}

inline void add_line(Shapes& shapes, const std::vector<Point>& points) {
    for (const Point p : points) shapes.add_vertex(p.x, p.y);
    shapes.end_part(PartKind::line);
    shapes.end_shape();
}

}  // namespace geo::test
