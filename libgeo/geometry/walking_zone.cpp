// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/walking_zone.h"

#include <algorithm>

#include "libgeo/geometry/walking_parts.h"

namespace geo {
namespace {

/// As one shape; without location where the line has no two points that differ.
void append_line(const StreetNetwork& network, std::uint32_t link, Millimetres from, Millimetres to, Shapes& out) {
    std::vector<Point> points = line_of_link(network, link, from, to);
    points.erase(std::unique(points.begin(), points.end()), points.end());
    if (points.size() > 1) {
        for (const Point p : points) out.add_vertex(p.x, p.y);
        out.end_part(PartKind::line);
    }
    out.end_shape();
}

}  // namespace

Shapes lines_of(const StreetNetwork& network, std::span<const CoveredStretch> stretches) {
    Shapes lines;
    for (const CoveredStretch& stretch : stretches) append_line(network, stretch.link, stretch.from, stretch.to, lines);
    return lines;
}

WalkingZoneParts walking_zone_parts(const StreetNetwork& network, const WalkStarts& starts, const NearestWalks& walks,
                                    Millimetres limit, Millimetres beside) {
    WalkingZoneParts parts;
    const Millimetres full = std::min(limit, beside), inner = limit - full;  // within `inner` the disc is whole
    const std::vector<CoveredStretch> stretches = walks.covered(inner);
    for (std::size_t k = 0; k < stretches.size();) {
        const CoveredStretch& first = stretches[k];
        Millimetres to = first.to;
        for (++k; k < stretches.size() && stretches[k].link == first.link && stretches[k].from == to; ++k)
            to = stretches[k].to;
        append_line(network, first.link, first.from, to, parts.streets);
    }
    for (const WalkStart& start : starts.all()) {
        if (!start.at || start.at.access < inner || start.at.access >= limit) continue;
        parts.starts.add_point(start.at.on.x, start.at.on.y);
        parts.radius.push_back(in_metres(std::min(full, limit - start.at.access)));
    }
    return parts;
}

}  // namespace geo
