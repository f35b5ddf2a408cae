// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "libgeo/assess/finding.h"
#include "libgeo/assess/measures/distance.h"
#include "libgeo/geometry/nearest_index.h"
#include "libgeo/layers/places.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// The layer of places that a rule names (null where the study has none), then those that are part of it: a neighbouring borough's schools.
std::vector<const PlaceLayer*> place_layers(const Layers& layers, const std::string& name);

/// Indexes of a place layer, built when first asked for.
class PlaceSearch {
  public:
    explicit PlaceSearch(const PlaceLayer& layer) : layer_(&layer) {}
    const PlaceLayer& layer() const { return *layer_; }
    const NearestIndex& boundary();
    const NearestIndex& entrances();
    const NearestIndex& centroids();

  private:
    const PlaceLayer* layer_;
    std::unique_ptr<NearestIndex> boundary_, entrances_, centroids_;
};

/// Where walks out of the places of a group begin: anywhere on their boundary, by where streets cross it or run near it; or where the points of the group's index
/// (entrances, a point) join the streets.
enum class WalkFrom : std::uint8_t { boundary, points };

/// Places of a layer that a rule may look at and that share all that decides besides distance: how they are measured, how sure that is. The
/// nearest of a group therefore speaks for the group.
struct CandidateGroup {
    const NearestIndex* index = nullptr;
    std::vector<std::uint8_t> mask;  ///< by place
    bool dated = true;               ///< must be open on the day
    std::uint64_t notes = 0;
    double may_be_nearer = 0.0;  ///< metres: see DistanceCircumstances
    bool may_be_farther = false;
    bool doubtful = false;
    WalkFrom walk_from = WalkFrom::points;
    bool cannot_tell = false;  ///< entrances asked, a bare point known: unknown where the limit is in reach
};

/// Those of the group that are open on a day. `places`: the group's layer; both must outlive the filter.
ShapeFilter open_on(const CandidateGroup& group, const PlaceLayer& places, Date day);

/// The groups of a layer for one rule: as the rule asks; from the anchor that had to serve instead; each again where kind or state is not clear. Empty when
/// no place of the layer has the rule's kinds and states at any time.
std::vector<CandidateGroup> candidate_groups(PlaceSearch& search, const LayerFilter& filter, From from);

}  // namespace geo
