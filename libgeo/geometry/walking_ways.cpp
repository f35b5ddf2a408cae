// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <iterator>

#include "libgeo/geometry/walking_parts.h"

namespace geo {
namespace {

void append(std::vector<Point>& way, const std::vector<Point>& more) {
    for (const Point p : more)
        if (way.empty() || way.back() != p) way.push_back(p);
}

/// A cone over a link: the distance from something at `offset`, `near` there, one more a millimetre to either side.
struct Cone {
    Millimetres offset, near;
};

/// Those cones that are the lowest somewhere, by offset.
std::vector<Cone> lowest(std::vector<Cone> cones) {
    std::sort(cones.begin(), cones.end(),
              [](const Cone& a, const Cone& b) { return std::tie(a.offset, a.near) < std::tie(b.offset, b.near); });
    const auto under = [&](std::size_t i) {
        for (std::size_t j = 0; j < cones.size(); ++j) {
            const std::uint64_t other = std::uint64_t{cones[j].near} + apart(cones[i].offset, cones[j].offset);
            if (j != i && (other < cones[i].near || (other == cones[i].near && j < i))) return true;
        }
        return false;
    };
    std::vector<Cone> left;
    for (std::size_t i = 0; i < cones.size(); ++i)
        if (!under(i)) left.push_back(cones[i]);
    return left;
}

/// Where two neighbouring cones meet.
Millimetres meeting(const Cone& a, const Cone& b) {
    return static_cast<Millimetres>((std::uint64_t{a.offset} + b.offset + b.near - a.near) / 2);
}

void append_stretches(std::uint32_t link, Millimetres length, const std::vector<Cone>& cones, Millimetres limit,
                      std::vector<CoveredStretch>& out) {
    for (std::size_t k = 0; k < cones.size(); ++k) {
        const Cone& cone = cones[k];
        if (cone.near > limit) continue;
        const Millimetres reach = limit - cone.near;
        Millimetres low = cone.offset > reach ? cone.offset - reach : 0,
                    high = std::min(length, sum(cone.offset, reach));
        if (k > 0) low = std::max(low, meeting(cones[k - 1], cone));
        if (k + 1 < cones.size()) high = std::min(high, meeting(cone, cones[k + 1]));
        if (low < cone.offset) out.push_back({link, low, cone.offset, cone.near + (cone.offset - low), cone.near});
        if (high > cone.offset) out.push_back({link, cone.offset, high, cone.near, cone.near + (high - cone.offset)});
    }
}

}  // namespace

std::vector<Point> line_of_link(const StreetNetwork& network, std::uint32_t link, Millimetres a, Millimetres b) {
    const auto xs = network.lines().xs(link), ys = network.lines().ys(link);
    const double first = in_metres(std::min(a, b)), last = in_metres(std::max(a, b));
    std::vector<Point> points;
    double begin = 0;
    for (std::size_t v = 1; v < xs.size(); ++v) {
        const Point p{xs[v - 1], ys[v - 1]}, q{xs[v], ys[v]};
        const double length = std::hypot(q.x - p.x, q.y - p.y), end = begin + length;
        const auto at = [&](double offset) {
            const double share = std::clamp((offset - begin) / length, 0.0, 1.0);
            return Point{p.x + share * (q.x - p.x), p.y + share * (q.y - p.y)};
        };
        if (points.empty() && first <= end) points.push_back(at(first));
        if (!points.empty() && last > end) points.push_back(q);
        if (!points.empty() && last <= end) {
            points.push_back(at(last));
            break;
        }
        begin = end;
    }
    if (points.size() == 1) points.push_back({xs.back(), ys.back()});  // rounded beyond the last vertex
    if (a > b) std::reverse(points.begin(), points.end());
    return points;
}

std::vector<CoveredStretch> NearestWalks::covered(Millimetres limit) const {
    limit = std::min(limit, cutoff_);
    std::vector<CoveredStretch> out;
    std::vector<Cone> cones;
    for (std::uint32_t i = 0; i < network_->links(); ++i) {
        const NetworkLink& link = network_->link(i);
        cones.clear();
        for (const auto& [node, offset] : {std::pair{link.from, Millimetres{0}}, std::pair{link.to, link.length}})
            if (reached_[node].total <= limit) cones.push_back({offset, reached_[node].total});
        for (const std::uint32_t start : starts_->on(i)) {
            const NetworkPosition& at = (*starts_)[start].at;
            if (at.access <= limit) cones.push_back({at.offset, at.access});
        }
        if (!cones.empty()) append_stretches(i, link.length, lowest(cones), limit, out);
    }
    return out;
}

/// The start's own place is on a link that ends here, and this node was reached from it.
std::optional<std::vector<Point>> NearestWalks::beginning(std::uint32_t node) const {
    const Reached& reached = reached_[node];
    const NetworkPosition& at = (*starts_)[reached.start].at;
    const NetworkLink& link = network_->link(at.link);
    if (link.from == node && sum(at.access, at.offset) == reached.total)
        return line_of_link(*network_, at.link, at.offset, 0);
    if (link.to == node && sum(at.access, link.length - at.offset) == reached.total)
        return line_of_link(*network_, at.link, at.offset, link.length);
    return std::nullopt;
}

/// The links from the start of a node's walk to the node, the last first.
std::vector<std::uint32_t> NearestWalks::links_back(std::uint32_t& node) const {
    std::vector<std::uint32_t> links;
    while (!beginning(node)) {
        const Reached& here = reached_[node];
        const auto arcs = network_->arcs(node);
        const auto from = std::find_if(arcs.begin(), arcs.end(), [&](const NetworkArc& arc) {
            return reached_[arc.to].start == here.start && sum(reached_[arc.to].total, arc.length) == here.total;
        });
        links.push_back(from->link);
        node = from->to;
    }
    return links;
}

Shapes NearestWalks::way(const NetworkPosition& point) const {
    Shapes shapes;
    if (!nearest(point)) return shapes;
    const Reached best = best_at(point);
    const NetworkPosition& start = (*starts_)[best.start].at;
    std::vector<Point> way;
    if (start.link == point.link && sum(start.access, apart(start.offset, point.offset)) == best.total) {
        append(way, line_of_link(*network_, point.link, start.offset, point.offset));
    } else {
        const NetworkLink& last = network_->link(point.link);
        const Reached from = reached_[last.from];
        const bool by_from = from.start == best.start && sum(from.total, point.offset) == best.total;
        std::uint32_t node = by_from ? last.from : last.to;
        std::vector<std::uint32_t> links = links_back(node);
        std::reverse(links.begin(), links.end());
        append(way, *beginning(node));
        for (const std::uint32_t link : links) {
            const NetworkLink& one = network_->link(link);
            append(way, one.from == node ? line_of_link(*network_, link, 0, one.length)
                                         : line_of_link(*network_, link, one.length, 0));
            node = one.from == node ? one.to : one.from;
        }
        append(way, line_of_link(*network_, point.link, by_from ? 0 : last.length, point.offset));
    }
    for (const Point p : way) shapes.add_vertex(p.x, p.y);
    if (way.size() == 1) shapes.add_vertex(way.front().x, way.front().y);
    shapes.end_part(PartKind::line);
    shapes.end_shape();
    return shapes;
}

}  // namespace geo
