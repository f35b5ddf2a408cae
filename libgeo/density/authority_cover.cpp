// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/authority_cover.h"

#include <algorithm>

#include "libgeo/density/area_counts.h"
#include "libgeo/geometry/distance.h"
#include "libgeo/geometry/nearest_index.h"

namespace geo {
namespace {

bool one_is_absent(const Premises& premises) {
    return std::any_of(premises.covered.begin(), premises.covered.end(), [](const auto& of_snapshot) {
        return std::find(of_snapshot.begin(), of_snapshot.end(), 0) != of_snapshot.end();
    });
}

}  // namespace

AuthorityCover::AuthorityCover(const Premises& premises, const AreaLayer& areas,
                               const std::vector<std::uint32_t>& area_of)
    : premises_(&premises) {
    if (one_is_absent(premises)) find_authorities(areas, area_of);
}

void AuthorityCover::find_authorities(const AreaLayer& areas, const std::vector<std::uint32_t>& area_of) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> found;  // area, authority
    for (std::size_t spell = 0; spell < area_of.size(); ++spell)
        if (area_of[spell] != kNoArea) found.emplace_back(area_of[spell], premises_->authority[spell]);
    std::sort(found.begin(), found.end());
    authority_.assign(areas.size(), kNoArea);
    std::vector<std::size_t> most(areas.size(), 0);
    for (std::size_t k = 0, next = 0; k < found.size(); k = next) {
        while (next < found.size() && found[next] == found[k]) ++next;
        const auto [area, authority] = found[k];
        if (next - k <= most[area]) continue;
        most[area] = next - k;
        authority_[area] = authority;
    }
    const NearestIndex outlets(premises_->shapes);
    for (std::uint32_t area = 0; area < areas.size(); ++area) {
        if (authority_[area] != kNoArea) continue;
        const bool placed = areas.shapes.has_location(area);
        const Nearest nearest = placed ? outlets.nearest(centroid(areas.shapes, area)) : Nearest();
        authority_[area] = nearest ? premises_->authority[nearest.shape] : 0;
    }
}

bool AuthorityCover::covers(std::uint32_t area, Date day) const {
    return premises_->covers(authority_.empty() ? 0 : authority_[area], day);
}

}  // namespace geo
