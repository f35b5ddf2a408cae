// SPDX-License-Identifier: Apache-2.0
//
// Where the labels of a small map go: each at the first of its wanted spots where it covers no other and stays within the frame. The same order gives the same
// places.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo {

class MapLabels {
  public:
    MapLabels(double width_mm, double height_mm) : width_(width_mm), height_(height_mm) {}
    /// Keeps labels off something that is drawn, in millimetres from the top left.
    void keep_off(const Box& box) { taken_.push_back(box); }
    /// Text in the middle of the first of `spots` that is free. False, and nothing is set, where none is.
    bool set(const std::string& text, const std::vector<Point>& spots, double size_mm, std::string_view colour,
             bool bold = false);
    const std::string& svg() const { return svg_; }

  private:
    double width_, height_;
    std::vector<Box> taken_;
    std::string svg_;
};

}  // namespace geo
