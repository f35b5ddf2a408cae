// SPDX-License-Identifier: Apache-2.0
//
// From the ground to the sheet: cut at the frame, thinned to what can be seen. Private to figures.
#pragma once

#include <span>
#include <vector>

#include "libgeo/geometry/shapes.h"
#include "libgeo/report/figure_canvas.h"

namespace geo {

/// The ground in a frame of the sheet.
class FrameMap {
  public:
    FrameMap(const Box& ground, const SheetBox& frame)
        : ground_(ground), frame_(frame), mm_per_metre_(frame.width / (ground.max_x - ground.min_x)) {}
    Spot spot(Point p) const {
        return {frame_.x + (p.x - ground_.min_x) * mm_per_metre_, frame_.y + (ground_.max_y - p.y) * mm_per_metre_};
    }
    const SheetBox& frame() const { return frame_; }
    const Box& ground() const { return ground_; }

  private:
    Box ground_;
    SheetBox frame_;
    double mm_per_metre_;
};

/// A ring on the sheet, closed without repeating its first spot; cut at the frame and a little beyond it (so that its edge along the frame is not seen);
/// vertices nearer than a twentieth of a millimetre to the one before are left out. Empty where nothing of it can be seen.
std::vector<Spot> ring_on_sheet(const FrameMap& map, std::span<const double> xs, std::span<const double> ys);

/// The pieces of a line that can be seen, thinned likewise.
std::vector<std::vector<Spot>> line_on_sheet(const FrameMap& map, std::span<const double> xs,
                                             std::span<const double> ys);

}  // namespace geo
