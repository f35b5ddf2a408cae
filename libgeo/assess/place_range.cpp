// SPDX-License-Identifier: Apache-2.0
//
// How far a walk from a place may be off where the place's points are good to some metres only.

#include <algorithm>

#include "libgeo/assess/joins_about.h"
#include "libgeo/assess/walks.h"
#include "libgeo/base/parallel.h"

namespace geo {
namespace {

Millimetres less(Millimetres total, Millimetres by) { return total == kNoWay ? kNoWay : total - std::min(total, by); }

}  // namespace

void PlaceWalks::look_about() {
    const StreetNetwork& network = streets_->network();
    const NetworkPositions& positions = streets_->positions();
    const double most = streets_->most_access();
    moves_.resize(starts().size());
    std::vector<std::vector<WalkStart>> of_place(mask_.size());
    in_parallel(mask_.size(), [&](std::size_t i) {
        const auto place = static_cast<std::uint32_t>(i);
        if (mask_[place] == 0) return;
        std::uint32_t start = first_start_[place];
        for (const Point p : points_of(index_->shapes(), place)) {
            const std::vector<NetworkPosition> about = positions.find_about(p, accuracy_, most);
            for (const NetworkPosition& at : about) of_place[place].push_back({at, place});
            if (positions.find(p, most)) {
                moves_[start] = farthest_off(network, starts()[start].at, about);
                ++start;
            }
        }
    });
    std::vector<WalkStart> all;
    for (const std::vector<WalkStart>& its : of_place) all.insert(all.end(), its.begin(), its.end());
    about_ = std::make_unique<const Field>(network, std::move(all));
}

PlaceWalks::Range PlaceWalks::range(const SiteJoin& site, const ShapeFilter& open) const {
    const PlaceWalk plotted = nearest(site, open);
    const Millimetres off = in_millimetres(about_ ? walk_slack(accuracy_) : accuracy_);
    if (!about_) return {less(plotted.total, off), sum(plotted.total, off)};
    Range range{less(nearest_open(*about_, site, open).total, off), kNoWay};
    if (plotted) range.most = sum(sum(plotted.total, moves_[plotted.start]), off);
    return range;
}

}  // namespace geo
