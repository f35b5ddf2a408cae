// SPDX-License-Identifier: Apache-2.0
//
// Private to the outlines: the line that a ball's centre follows as it rolls over a hollow.
#pragma once

#include <cstddef>
#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// How a line at a distance is drawn outside it by no more than `outward`: what is spent on what.
class BallLine {
  public:
    BallLine(double distance, double outward);
    /// The line is drawn at this distance: a little farther out, because points on edges stand for the edges.
    double radius() const { return radius_; }
    /// The angle between tangents around a point.
    double step() const { return step_; }
    /// Where two tangents meet that are twice this angle apart.
    double corner(double half_angle) const;
    /// A hollow of this width may be bridged whatever its depth.
    bool is_straight(double width) const { return sag(width) <= fill_; }
    /// By how much arcs around two points so far apart dip below the straight line; the radius where they do not meet.
    double sag(double width) const;
    double fill() const { return fill_; }        ///< metres by which a dip may be filled
    double spacing() const { return spacing_; }  ///< of points on edges
    double longest_piece() const { return 500 * spacing_; }

  private:
    double radius_, step_, fill_, spacing_;
};

/// The line over one hollow, in a frame in which the hollow's mouth goes from (0, 0) to (width, 0) and everything lies at y <= 0.
class BallEnvelope {
  public:
    void begin(double width, const BallLine& line);
    /// An edge of what lies below; every edge must be added.
    void add_edge(Point a, Point b);
    /// False: somewhere over the mouth there is no line, the ball falls through.
    bool finish();
    /// From (0, radius) to (width, radius), x ascending; on or above the true line.
    const std::vector<Point>& line() const { return simplified_; }

  private:
    bool find_touched();
    bool is_hidden(Point before, Point p, Point after) const;
    void add_arc(Point centre, double from, double to);
    void simplify();

    const BallLine* style_ = nullptr;
    double width_ = 0, cap_ = 0;
    std::vector<Point> points_;      ///< of the hollow that the ball may touch
    std::vector<Point> touched_;     ///< those that it does, from left to right
    std::vector<Point> drawn_;       ///< tangents and cusps
    std::vector<Point> simplified_;  ///< with dips filled that are shallow enough
};

}  // namespace geo
