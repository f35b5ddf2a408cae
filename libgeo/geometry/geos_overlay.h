// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// A surface that is worked on: GEOS's own form of it, so that joining many does not copy each. Plane, in the units of its coordinates. May be made on one thread
/// and used on another, by one at a time. Method: GEOS's overlay (OverlayNG), in doubles, which nodes robustly; a crossing that it works out is off by some
/// 1e-9 m. Each function throws DataError where GEOS gives up.
class Surface {
  public:
    Surface();  ///< nothing
    /// What shape i covers, even-odd; its lines and points are left out.
    Surface(const Shapes& shapes, std::size_t i);
    ~Surface();
    Surface(Surface&&) noexcept;
    Surface& operator=(Surface&&) noexcept;

    bool is_empty() const;
    double area() const;  ///< square units
    Surface copy() const;
    /// Appends it as one shape: shells with their holes after them, marked as such; a shape without location where it is empty.
    void append_to(Shapes& out) const;

    struct Held;  // geometry/geos_overlay.cpp

  private:
    friend Surface surface_of_ring(std::span<const double> xs, std::span<const double> ys);
    friend Surface joined(std::vector<Surface> surfaces);
    friend Surface joined(Surface a, Surface b);
    friend Surface intersection(const Surface& a, const Surface& b);
    friend Surface difference(const Surface& a, const Surface& b);
    std::unique_ptr<Held> held_;
};

/// The polygon of one closed ring that does not cross itself: made without a check.
Surface surface_of_ring(std::span<const double> xs, std::span<const double> ys);
/// The union, cascaded: quick for many surfaces of which each meets a few.
Surface joined(std::vector<Surface> surfaces);
/// The union of two, each dissolved: what lies apart from the other is passed on as it is.
Surface joined(Surface a, Surface b);
Surface intersection(const Surface& a, const Surface& b);
Surface difference(const Surface& a, const Surface& b);
/// The union of all surfaces of a layer.
Surface joined(const Shapes& shapes);

}  // namespace geo
