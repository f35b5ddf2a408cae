// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "libgeo/assess/conditions.h"
#include "libgeo/assess/frontage_row.h"

namespace geo {

/// The units of all frontages layers that lie in each area of a layer; a corner unit counts once.
class UnitAreas {
  public:
    UnitAreas(const AreaLayer& areas, const LayerFilter& filter, const MeasureContext& context);
    struct Member {
        const FrontageLayer* layer = nullptr;
        std::uint32_t unit = 0;
        bool sure = true;  ///< false: within tolerance of the area's edge
    };
    const std::vector<Member>& in(std::uint32_t area) const { return by_area_[area]; }
    /// The rows of the unit that is the proposal's, over all layers; empty where there is none or two may be it.
    UnitFinder::Found find(const ProposalBatch& batch, std::uint32_t row, const FrontageLayer*& layer) const;

  private:
    std::vector<std::vector<Member>> by_area_;
    std::vector<std::pair<const FrontageLayer*, UnitFinder>> finders_;
};

}  // namespace geo
