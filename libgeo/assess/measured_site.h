// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "libgeo/geometry/distance.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// What a rule measures from: shape `row` of some sites as it is drawn, or its middle where the rule says `site = "point"`. `sites` must outlive it.
class MeasuredSite {
  public:
    MeasuredSite(const Shapes& sites, std::size_t row, Site part) : shapes_(&sites), row_(row) {
        if (part != Site::point || sites.is_single_point(row)) return;
        const Point middle = centroid(sites, row);
        middle_.emplace().add_point(middle.x, middle.y);
        shapes_ = &*middle_;
        row_ = 0;
    }
    MeasuredSite(const MeasuredSite&) = delete;
    MeasuredSite& operator=(const MeasuredSite&) = delete;
    const Shapes& shapes() const { return *shapes_; }
    std::size_t row() const { return row_; }

  private:
    std::optional<Shapes> middle_;
    const Shapes* shapes_;
    std::size_t row_;
};

}  // namespace geo
