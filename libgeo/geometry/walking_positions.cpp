// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "libgeo/geometry/distance.h"
#include "libgeo/geometry/walking.h"

namespace geo {

NetworkPosition position_on_link(const StreetNetwork& network, std::uint32_t link, Point p) {
    const auto xs = network.lines().xs(link), ys = network.lines().ys(link);
    NetworkPosition position;
    position.link = link;
    double along = 0, offset = 0, least = std::numeric_limits<double>::infinity();
    for (std::size_t v = 1; v < xs.size(); ++v) {
        const Point a{xs[v - 1], ys[v - 1]}, b{xs[v], ys[v]};
        const double squared = squared_to_segment(p, a, b);
        if (squared < least) {
            least = squared;
            position.on = nearest_on_segment(p, a, b);
            offset = along + std::hypot(position.on.x - a.x, position.on.y - a.y);
        }
        along += std::hypot(b.x - a.x, b.y - a.y);
    }
    position.offset = std::min(in_millimetres(offset), network.link(link).length);
    position.access = in_millimetres(std::sqrt(least));
    return position;
}

NetworkPositions::NetworkPositions(const StreetNetwork& network, std::span<const std::uint8_t> usable)
    : network_(&network), usable_(usable) {}

std::optional<NetworkPosition> NetworkPositions::find(Point p, double most_m) const {
    const auto nearest = network_->lines().nearest(p, most_m, usable_);
    if (!nearest) return std::nullopt;
    return position_on_link(*network_, *nearest, p);
}

std::vector<NetworkPosition> NetworkPositions::find_about(Point p, double moved_m, double most_m) const {
    const LinkLines& lines = network_->lines();
    const auto nearest = lines.nearest(p, most_m + moved_m, usable_);
    if (!nearest) return {};
    if (moved_m == 0) return {position_on_link(*network_, *nearest, p)};
    // From q, moved so far, this one is no farther than it is from p and moved_m; another that is nearer to q is no farther from p than that and moved_m again.
    const double farthest = std::sqrt(lines.squared_to(p, *nearest)) + 2 * moved_m;
    std::vector<NetworkPosition> found;
    std::uint32_t vertex = 0;
    double along = 0;  // to `vertex` of the last one's line
    for (const LinkLines::Segment& one : lines.segments_near(p, std::min(farthest, most_m + moved_m), usable_)) {
        if (found.empty() || found.back().link != one.line) vertex = 0, along = 0;
        const auto xs = lines.xs(one.line), ys = lines.ys(one.line);
        for (; vertex < one.vertex; ++vertex)
            along += std::hypot(xs[vertex + 1] - xs[vertex], ys[vertex + 1] - ys[vertex]);
        const Point a{xs[vertex], ys[vertex]};
        const Point on = nearest_on_segment(p, a, {xs[vertex + 1], ys[vertex + 1]});
        const Millimetres offset = in_millimetres(along + std::hypot(on.x - a.x, on.y - a.y));
        found.push_back(
            {one.line, std::min(offset, network_->link(one.line).length), in_millimetres(std::sqrt(one.squared)), on});
    }
    return found;
}

std::optional<NetworkPosition> NetworkPositions::find(const Shapes& shapes, std::size_t i, double most_m,
                                                      Point* from) const {
    if (!shapes.has_location(i)) return std::nullopt;
    const auto nearest = network_->lines().nearest(shapes, i, most_m, usable_);
    if (!nearest) return std::nullopt;
    const Separation& apart = nearest->apart;
    NetworkPosition position = position_on_link(*network_, nearest->line, apart.to);
    position.on = apart.to;
    position.access = in_millimetres(std::sqrt(apart.squared));
    if (from != nullptr) *from = apart.from;
    return position;
}

WalkStarts::WalkStarts(std::vector<WalkStart> starts) : starts_(std::move(starts)) {
    for (std::uint32_t i = 0; i < starts_.size(); ++i)
        if (starts_[i].at) by_link_.push_back(i);
    std::stable_sort(by_link_.begin(), by_link_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return starts_[a].at.link < starts_[b].at.link; });
    for (std::uint32_t k = 0; k < by_link_.size(); ++k) {
        const std::uint32_t link = starts_[by_link_[k]].at.link;
        if (!links_.empty() && links_.back() == link) continue;
        links_.push_back(link);
        first_.push_back(k);
    }
    first_.push_back(static_cast<std::uint32_t>(by_link_.size()));
}

std::span<const std::uint32_t> WalkStarts::on(std::uint32_t link) const {
    const auto found = std::lower_bound(links_.begin(), links_.end(), link);
    if (found == links_.end() || *found != link) return {};
    const auto k = static_cast<std::size_t>(found - links_.begin());
    return {by_link_.data() + first_[k], by_link_.data() + first_[k + 1]};
}

}  // namespace geo
