// SPDX-License-Identifier: Apache-2.0
//
// Paper for a small true-scale map: from metres of the study to millimetres of the paper, shapes cut at its frame and thinned to what can be seen.
#pragma once

#include <string>
#include <string_view>

#include "libgeo/geometry/shapes.h"

namespace geo {

class MapPaper {
  public:
    /// The least round scale at which `wanted` fits, with a margin; wanted in the middle.
    MapPaper(const Box& wanted, double width_mm, double height_mm);
    unsigned scale() const { return scale_; }
    double width_mm() const { return width_; }
    double height_mm() const { return height_; }
    /// What the frame shows, in metres.
    Box seen() const;
    bool shows(const Box& box) const;
    double x(double easting) const { return (easting - centre_.x) / metres_per_mm() + width_ / 2; }
    double y(double northing) const { return height_ / 2 - (northing - centre_.y) / metres_per_mm(); }
    double metres_per_mm() const { return scale_ / 1000.0; }
    /// The data of a <path>: surfaces and lines of shape i; empty where none of it is seen.
    std::string path(const Shapes& shapes, std::size_t i) const;
    /// The length of a scale bar, metres: the longest round one no wider than `most_mm`.
    double bar_metres(double most_mm) const;

  private:
    unsigned scale_ = 1000;
    double width_, height_;
    Point centre_;
};

/// Millimetres with two decimals.
std::string mm(double value);

}  // namespace geo
