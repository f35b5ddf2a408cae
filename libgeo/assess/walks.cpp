// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/walks.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "libgeo/base/parallel.h"

namespace geo {
namespace {

constexpr double kLeastBand = 10.0, kBandShare = 0.025;  // walking.md, 3: at 400 m, and in proportion
constexpr double kBoundaryGap = 20.0;  // metres: from a street so near a gate may open, or be opened, into the place
constexpr Millimetres kFirstReach = 500'000;  // millimetres
constexpr Millimetres kAnyLength = kNoWay - 1;

/// Of every place of the group, in their order; `first`: where those of each begin.
std::vector<WalkStart> starts_of(const WalkingStreets& streets, const CandidateGroup& group,
                                 std::vector<std::uint32_t>& first) {
    std::vector<std::vector<NetworkPosition>> of_place(group.mask.size());
    in_parallel(of_place.size(), [&](std::size_t place) {
        if (group.mask[place] != 0)
            of_place[place] =
                starts_of_place(streets, group.index->shapes(), static_cast<std::uint32_t>(place), group.walk_from);
    });
    std::vector<WalkStart> starts;
    for (std::uint32_t place = 0; place < of_place.size(); ++place) {
        first.push_back(static_cast<std::uint32_t>(starts.size()));
        for (const NetworkPosition& at : of_place[place]) starts.push_back({at, place});
    }
    first.push_back(static_cast<std::uint32_t>(starts.size()));
    return starts;
}

PlaceWalk walk_of(const Walk& walk, const WalkStarts& starts, const SiteJoin& site) {
    if (!walk) return {};
    return {starts[walk.start].label, walk.total, starts[walk.start].at.access, walk.start, site};
}

double boundary_gap(const WalkingStreets& streets) { return std::min(kBoundaryGap, streets.most_access()); }

}  // namespace

std::optional<Millimetres> walk_off_boundary(const WalkingStreets& streets, const SiteJoin& site, const Shapes& places,
                                             std::uint32_t place) {
    const double gap = boundary_gap(streets);
    const double squared = separation(site.at.on, places, place).squared;
    if (squared > gap * gap) return std::nullopt;
    return site.at.access + in_millimetres(std::sqrt(squared));
}

std::vector<NetworkPosition> starts_of_place(const WalkingStreets& streets, const Shapes& places, std::uint32_t place,
                                             WalkFrom from) {
    const double most = streets.most_access();
    if (from == WalkFrom::boundary)
        return streets.positions().along_boundary(places, place, boundary_gap(streets), most);
    std::vector<NetworkPosition> found;
    for (const Point p : points_of(places, place))
        if (const auto at = streets.positions().find(p, most)) found.push_back(*at);
    return found;
}

std::vector<Point> points_of(const Shapes& places, std::uint32_t place) {
    std::vector<Point> points;
    for (std::uint32_t part = places.part_begin(place); part < places.part_end(place); ++part) {
        const auto xs = places.xs(part), ys = places.ys(part);
        for (std::size_t v = 0; v < xs.size(); ++v) points.push_back({xs[v], ys[v]});
    }
    return points;
}

WalkingStreets::WalkingStreets(std::shared_ptr<const WalkingNetwork> network)
    : network_(std::move(network)), positions_(network_->network, network_->usable) {}

double walking_band(const WalkingNetwork& network, double limit) {
    return network.band ? network.band->value : std::max(kLeastBand, kBandShare * limit);
}

double WalkingStreets::band(double limit) const { return walking_band(*network_, limit); }

void add_nearest(const WalkingStreets& streets, Point p, std::vector<SiteJoin>& joins) {
    if (const auto at = streets.positions().find(p, streets.most_access())) joins.push_back({*at, p});
}

SiteOnStreets site_on_streets(const WalkingStreets& streets, const Shapes& sites, std::size_t site) {
    SiteOnStreets found;
    for (std::uint32_t part = sites.part_begin(site); part < sites.part_end(site); ++part) {
        const auto xs = sites.xs(part), ys = sites.ys(part);
        if (sites.kind(part) != PartKind::points) found.extent = &sites, found.row = site;
        if (sites.kind(part) == PartKind::points)
            for (std::size_t v = 0; v < xs.size(); ++v) add_nearest(streets, {xs[v], ys[v]}, found.joins);
    }
    if (found.extent == nullptr) return found;
    for (const NetworkPosition& at :
         streets.positions().along_boundary(sites, site, boundary_gap(streets), streets.most_access()))
        found.joins.push_back({at, separation(at.on, sites, site).to});
    return found;
}

SiteOnStreets site_on_streets(const WalkingStreets& streets, const Shapes& sites, std::size_t site, Site part) {
    if (part != Site::point || sites.is_single_point(site)) return site_on_streets(streets, sites, site);
    SiteOnStreets found;
    add_nearest(streets, centroid(sites, site), found.joins);
    return found;
}

std::vector<SiteJoin> joins_with(const WalkingStreets& streets, const SiteOnStreets& site, const WalkStarts& starts) {
    std::vector<SiteJoin> joins = site.joins;
    if (site.extent == nullptr) return joins;
    const double gap = boundary_gap(streets);
    streets.network().lines().near(site.extent->box(site.row), gap, [&](std::uint32_t link) {
        for (const std::uint32_t start : starts.on(link)) {
            NetworkPosition at = starts[start].at;
            const Separation apart = separation(at.on, *site.extent, site.row);
            if (apart.squared > gap * gap) continue;
            at.access = in_millimetres(std::sqrt(apart.squared));
            joins.push_back({at, apart.to});
        }
    });
    return joins;
}

PlaceWalks::Field::Field(const StreetNetwork& network, std::vector<WalkStart> of)
    : starts(std::move(of)), walks(network, starts, kAnyLength) {}

PlaceWalks::PlaceWalks(const WalkingStreets& streets, const CandidateGroup& group, double accuracy)
    : streets_(&streets),
      index_(group.index),
      from_(group.walk_from),
      mask_(group.mask),
      plotted_(streets.network(), starts_of(streets, group, first_start_)),
      accuracy_(accuracy) {
    const StreetNetwork& network = streets.network();
    if (network.links() > 0 && all_joined(network.largest_component())) joined_to_ = network.largest_component();
    if (accuracy > 0 && from_ == WalkFrom::points) look_about();
}

bool PlaceWalks::serves(const CandidateGroup& group) const {
    return index_ == group.index && from_ == group.walk_from && mask_ == group.mask;
}

PlaceWalk PlaceWalks::off_boundary(const SiteJoin& site, const ShapeFilter& open) const {
    if (from_ != WalkFrom::boundary) return {};
    const double gap = boundary_gap(*streets_);
    const Nearest at = index_->nearest(site.at.on, open, gap * gap);
    if (!at) return {};
    const Millimetres access = in_millimetres(std::sqrt(at.squared));
    return {at.shape, site.at.access + access, access, kNoShape, site};
}

/// Of equal walks the one along a street, so that a site beside a street that leaves the place is measured along it.
PlaceWalk PlaceWalks::nearest(const SiteOnStreets& site, const ShapeFilter& open) const {
    if (site.extent == nullptr && site.joins.size() == 1) return nearest(site.joins.front(), open);
    PlaceWalk best;
    for (const SiteJoin& join : joins_with(*streets_, site, starts())) {
        const PlaceWalk walk = nearest(join, open);
        if (walk && std::tie(walk.total, walk.place) < std::tie(best.total, best.place)) best = walk;
    }
    return best;
}

PlaceWalk PlaceWalks::nearest(const SiteJoin& site, const ShapeFilter& open) const {
    const PlaceWalk on_street = nearest_open(plotted_, site, open), beside = off_boundary(site, open);
    if (!beside) return on_street;
    const auto key = [](const PlaceWalk& walk) { return std::make_tuple(walk.total, walk.place, walk.access_place); };
    return key(beside) <= key(on_street) ? beside : on_street;
}

PlaceWalk PlaceWalks::nearest_open(const Field& field, const SiteJoin& site, const ShapeFilter& open) const {
    const PlaceWalk of_all = walk_of(field.walks.nearest(site.at), field.starts, site);
    if (!of_all || open(of_all.place)) return of_all;
    // No walk is longer than all streets of its part of the network, and the two accesses.
    const StreetNetwork& network = streets_->network();
    const std::uint64_t longest = network.component_length(network.component_of_link(site.at.link)) +
                                  2 * std::uint64_t{in_millimetres(streets_->most_access())};
    for (std::uint64_t reach = std::max(kFirstReach, of_all.total); reach < kAnyLength; reach *= 2) {
        const auto cutoff = static_cast<Millimetres>(reach);
        for (const Walk& walk : walks_within(network, field.starts, site.at, cutoff))
            if (open(field.starts[walk.start].label)) return walk_of(walk, field.starts, site);
        if (reach > longest) break;
    }
    return {};
}

bool PlaceWalks::joined(std::uint32_t place, std::uint32_t component) const {
    for (std::uint32_t i = first_start_[place]; i < first_start_[place + 1]; ++i)
        if (streets_->network().component_of_link(starts()[i].at.link) == component) return true;
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
    std::vector<std::uint32_t> components;
    for (const SiteJoin& join : site.joins) {
        components.push_back(streets_->network().component_of_link(join.at.link));
        if (components.back() == joined_to_) return nearest;
    }
    const auto is_joined = [&](std::uint32_t place) {
        return std::any_of(components.begin(), components.end(),
                           [&](std::uint32_t component) { return joined(place, component); });
    };
    index_->near(sites.box(row), reach, [&](std::uint32_t place) {
        if (!open(place) || is_joined(place)) return;
        const double squared = separation(sites, row, index_->shapes(), place).squared;
        if (squared > reach * reach || (nearest && squared >= nearest.squared)) return;
        const bool has_start = first_start_[place] != first_start_[place + 1];
        nearest = {place, squared, has_start ? Note::no_way : Note::place_far_from_street};
    });
    return nearest;
}

Point PlaceWalks::end_of(const PlaceWalk& walk) const {
    const Point on = walk.start == kNoShape ? walk.site.at.on : starts()[walk.start].at.on;
    return separation(on, index_->shapes(), walk.place).to;
}

}  // namespace geo
