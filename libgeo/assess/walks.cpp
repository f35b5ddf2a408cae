// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/walks.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace geo {
namespace {

constexpr double kLeastBand = 10.0, kBandShare = 0.025;  // walking.md, 3: at 400 m, and in proportion
constexpr double kBoundaryGap = 20.0;                    // metres: a street so near runs along the place's edge
constexpr double kOnBoundary =
    0.001;  // metres: a street drawn along a park's edge is on it but for the rounding of its coordinates
constexpr Millimetres kFirstReach = 500'000;
constexpr Millimetres kAnyLength = kNoWay - 1;

/// Of every place of the group, in their order; `first`: where those of each begin.
std::vector<WalkStart> starts_of(const WalkingStreets& streets, const CandidateGroup& group,
                                 std::vector<std::uint32_t>& first) {
    std::vector<WalkStart> starts;
    for (std::uint32_t place = 0; place < group.mask.size(); ++place) {
        first.push_back(static_cast<std::uint32_t>(starts.size()));
        if (group.mask[place] == 0) continue;
        for (const NetworkPosition& at : starts_of_place(streets, group.index->shapes(), place, group.walk_from))
            starts.push_back({at, place});
    }
    first.push_back(static_cast<std::uint32_t>(starts.size()));
    return starts;
}

}  // namespace

std::vector<NetworkPosition> starts_of_place(const WalkingStreets& streets, const Shapes& places, std::uint32_t place,
                                             WalkFrom from) {
    const double most = streets.most_access();
    if (from == WalkFrom::boundary)
        return streets.positions().along_boundary(places, place, std::min(kBoundaryGap, most), most);
    std::vector<NetworkPosition> found;
    for (std::uint32_t part = places.part_begin(place); part < places.part_end(place); ++part) {
        const auto xs = places.xs(part), ys = places.ys(part);
        for (std::size_t v = 0; v < xs.size(); ++v)
            if (const auto at = streets.positions().find({xs[v], ys[v]}, most)) found.push_back(*at);
    }
    return found;
}

WalkingStreets::WalkingStreets(std::shared_ptr<const WalkingNetwork> network)
    : network_(std::move(network)), positions_(network_->network, network_->usable) {}

double walking_band(const WalkingNetwork& network, double limit) {
    return network.band ? network.band->value : std::max(kLeastBand, kBandShare * limit);
}

double WalkingStreets::band(double limit) const { return walking_band(*network_, limit); }

SiteOnStreets site_on_streets(const WalkingStreets& streets, const Shapes& sites, std::size_t site) {
    SiteOnStreets found;
    if (const auto at = streets.positions().find(sites, site, streets.most_access(), &found.from)) found.at = *at;
    return found;
}

SiteOnStreets site_on_streets(const WalkingStreets& streets, const Shapes& sites, std::size_t site, Site part) {
    if (part != Site::point || sites.is_single_point(site)) return site_on_streets(streets, sites, site);
    const Point middle = centroid(sites, site);
    return {streets.positions().find(middle, streets.most_access()).value_or(NetworkPosition{}), middle};
}

PlaceWalks::PlaceWalks(const WalkingStreets& streets, const CandidateGroup& group)
    : streets_(&streets),
      index_(group.index),
      from_(group.walk_from),
      mask_(group.mask),
      starts_(starts_of(streets, group, first_start_)),
      walks_(streets.network(), starts_, kAnyLength) {
    const StreetNetwork& network = streets.network();
    if (network.links() > 0 && all_joined(network.largest_component())) joined_to_ = network.largest_component();
}

bool PlaceWalks::serves(const CandidateGroup& group) const {
    return index_ == group.index && from_ == group.walk_from && mask_ == group.mask;
}

PlaceWalk PlaceWalks::walk_of(const Walk& walk) const {
    if (!walk) return {};
    return {starts_[walk.start].label, walk.total, starts_[walk.start].at.access, walk.start};
}

/// The site joins the streets within a place's boundary: all of the walk is the site's own access.
PlaceWalk PlaceWalks::covered(const SiteOnStreets& site, const ShapeFilter& open) const {
    if (from_ != WalkFrom::boundary) return {};
    const Nearest at = index_->nearest(site.at.on, open, kOnBoundary * kOnBoundary);
    if (!at) return {};
    return {at.shape, site.at.access, 0, kNoShape};
}

PlaceWalk PlaceWalks::nearest(const SiteOnStreets& site, const ShapeFilter& open) const {
    if (!site.at) return {};
    const PlaceWalk on_street = nearest_open(site, open), inside = covered(site, open);
    if (!inside) return on_street;
    return std::tie(inside.total, inside.place) <= std::tie(on_street.total, on_street.place) ? inside : on_street;
}

PlaceWalk PlaceWalks::nearest_open(const SiteOnStreets& site, const ShapeFilter& open) const {
    const PlaceWalk of_all = walk_of(walks_.nearest(site.at));
    if (!of_all || open(of_all.place)) return of_all;
    // No walk is longer than all streets of its part of the network, and the two accesses.
    const StreetNetwork& network = streets_->network();
    const std::uint64_t longest =
        network.component_length(network.component_of_link(site.at.link)) + 2 * std::uint64_t{kFirstReach};
    for (std::uint64_t reach = std::max(kFirstReach, of_all.total); reach < kAnyLength; reach *= 2) {
        const auto cutoff = static_cast<Millimetres>(reach);
        for (const Walk& walk : walks_within(network, starts_, site.at, cutoff))
            if (open(starts_[walk.start].label)) return walk_of(walk);
        if (reach > longest) break;
    }
    return {};
}

bool PlaceWalks::joined(std::uint32_t place, std::uint32_t component) const {
    for (std::uint32_t i = first_start_[place]; i < first_start_[place + 1]; ++i)
        if (streets_->network().component_of_link(starts_[i].at.link) == component) return true;
    return false;
}

bool PlaceWalks::all_joined(std::uint32_t component) const {
    for (std::uint32_t place = 0; place < mask_.size(); ++place)
        if (mask_[place] != 0 && !joined(place, component)) return false;
    return true;
}

PlaceWalks::Unreached PlaceWalks::unreached(const Shapes& sites, std::size_t row, const SiteOnStreets& site,
                                            const ShapeFilter& open, double reach) const {
    Unreached nearest;
    const std::uint32_t component = streets_->network().component_of_link(site.at.link);
    if (component == joined_to_) return nearest;
    index_->near(sites.box(row), reach, [&](std::uint32_t place) {
        if (!open(place) || joined(place, component)) return;
        const double squared = separation(sites, row, index_->shapes(), place).squared;
        if (squared > reach * reach || (nearest && squared >= nearest.squared)) return;
        const bool has_start = first_start_[place] != first_start_[place + 1];
        nearest = {place, squared, has_start ? Note::no_way : Note::place_far_from_street};
    });
    return nearest;
}

Point PlaceWalks::end_of(const PlaceWalk& walk) const {
    const NetworkPosition& at = starts_[walk.start].at;
    return separation(at.on, index_->shapes(), walk.place).to;
}

}  // namespace geo
