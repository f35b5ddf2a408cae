// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/geojson_shape.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "libgeo/report/cells.h"

namespace geo {
namespace {

constexpr int kDecimals = 8;

double twice_signed_area(const Shapes& shapes, std::size_t part) {
    const auto xs = shapes.xs(part), ys = shapes.ys(part);
    double sum = 0.0;
    // From the first vertex, so that large coordinates do not cancel.
    for (std::size_t k = 1; k + 1 < xs.size(); ++k) {
        sum += (xs[k] - xs[0]) * (ys[k + 1] - ys[0]) - (xs[k + 1] - xs[0]) * (ys[k] - ys[0]);
    }
    return sum;
}

bool is_finite(const Shapes& shapes, std::size_t i) {
    for (std::size_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        for (std::size_t k = 0; k < shapes.xs(part).size(); ++k) {
            if (!std::isfinite(shapes.xs(part)[k]) || !std::isfinite(shapes.ys(part)[k])) return false;
        }
    }
    return true;
}

enum class Where { outside, edge, inside };

// Of a point to one ring.
Where where(Point p, const Shapes& shapes, std::size_t ring) {
    const auto xs = shapes.xs(ring), ys = shapes.ys(ring);
    bool inside = false;
    for (std::size_t k = 0; k + 1 < xs.size(); ++k) {
        const double cross = (xs[k + 1] - xs[k]) * (p.y - ys[k]) - (ys[k + 1] - ys[k]) * (p.x - xs[k]);
        const bool within = p.x >= std::min(xs[k], xs[k + 1]) && p.x <= std::max(xs[k], xs[k + 1]) &&
                            p.y >= std::min(ys[k], ys[k + 1]) && p.y <= std::max(ys[k], ys[k + 1]);
        if (cross == 0.0 && within) return Where::edge;
        if ((ys[k] > p.y) != (ys[k + 1] > p.y) && (cross > 0.0) == (ys[k + 1] > ys[k])) inside = !inside;
    }
    return inside ? Where::inside : Where::outside;
}

// Rings may touch, so the first vertex that is not on the other's edge tells.
bool lies_within(const Shapes& shapes, std::size_t inner, std::size_t outer) {
    const auto xs = shapes.xs(inner), ys = shapes.ys(inner);
    for (std::size_t k = 0; k + 1 < xs.size(); ++k) {
        const Where at = where({xs[k], ys[k]}, shapes, outer);
        if (at != Where::edge) return at == Where::inside;
        const Where middle = where({(xs[k] + xs[k + 1]) / 2, (ys[k] + ys[k + 1]) / 2}, shapes, outer);
        if (middle != Where::edge) return middle == Where::inside;
    }
    return false;
}

Box box_of(const Shapes& shapes, std::size_t part) {
    Box box = Box::empty();
    for (std::size_t k = 0; k < shapes.xs(part).size(); ++k) box.add(shapes.xs(part)[k], shapes.ys(part)[k]);
    return box;
}

/// What is not within the other's box is not within the other.
bool within(const Box& inner, const Box& outer) {
    return outer.min_x <= inner.min_x && inner.max_x <= outer.max_x && outer.min_y <= inner.min_y &&
           inner.max_y <= outer.max_y;
}

void append_position(std::string& out, double x, double y) {
    out += '[';
    append_fixed(out, x, kDecimals);
    out += ',';
    append_fixed(out, y, kDecimals);
    out += ']';
}

void append_positions(std::string& out, const Shapes& shapes, std::size_t part, bool backwards) {
    const auto xs = shapes.xs(part), ys = shapes.ys(part);
    for (std::size_t k = 0; k < xs.size(); ++k) {
        const std::size_t at = backwards ? xs.size() - 1 - k : k;
        if (k != 0) out += ',';
        append_position(out, xs[at], ys[at]);
    }
}

void append_ring(std::string& out, const Shapes& shapes, std::size_t part, bool anticlockwise) {
    out += '[';
    append_positions(out, shapes, part, (twice_signed_area(shapes, part) > 0.0) != anticlockwise);
    out += ']';
}

void append_polygon(std::string& out, const Shapes& shapes, const ShellAndHoles& polygon) {
    out += '[';
    append_ring(out, shapes, polygon.shell, true);
    for (const std::size_t hole : polygon.holes) {
        out += ',';
        append_ring(out, shapes, hole, false);
    }
    out += ']';
}

// `{"type":"Polygon","coordinates":…}` or its Multi form: `one` appends the coordinates of element k.
template <class One>
void append_typed(std::string& out, std::string_view type, std::size_t count, One one) {
    out += "{\"type\":\"";
    if (count > 1) out += "Multi";
    out += type;
    out += "\",\"coordinates\":";
    if (count > 1) out += '[';
    for (std::size_t k = 0; k < count; ++k) {
        if (k != 0) out += ',';
        one(k);
    }
    if (count > 1) out += ']';
    out += '}';
}

}  // namespace

std::vector<ShellAndHoles> polygons_of(const Shapes& shapes, std::size_t i) {
    std::vector<std::size_t> rings;
    std::vector<Box> boxes;
    for (std::size_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) != PartKind::ring) continue;
        rings.push_back(part);
        boxes.push_back(box_of(shapes, part));
    }
    std::vector<std::vector<std::size_t>> around(rings.size());
    for (std::size_t inner = 0; inner < rings.size(); ++inner) {
        for (std::size_t outer = 0; outer < rings.size(); ++outer) {
            if (inner != outer && within(boxes[inner], boxes[outer]) && lies_within(shapes, rings[inner], rings[outer]))
                around[inner].push_back(outer);
        }
    }
    std::vector<ShellAndHoles> polygons;
    std::vector<std::size_t> polygon_of(rings.size());
    for (std::size_t ring = 0; ring < rings.size(); ++ring) {
        if (around[ring].size() % 2 != 0) continue;
        polygon_of[ring] = polygons.size();
        polygons.push_back({rings[ring], {}});
    }
    for (std::size_t ring = 0; ring < rings.size(); ++ring) {
        if (around[ring].size() % 2 == 0) continue;
        const auto deepest =
            std::max_element(around[ring].begin(), around[ring].end(),
                             [&](std::size_t a, std::size_t b) { return around[a].size() < around[b].size(); });
        polygons[polygon_of[*deepest]].holes.push_back(rings[ring]);
    }
    return polygons;
}

void append_geojson(std::string& out, const Shapes& shapes, std::size_t i) {
    if (!is_finite(shapes, i)) {
        out += "null";
        return;
    }
    const std::vector<ShellAndHoles> polygons = polygons_of(shapes, i);
    std::vector<std::size_t> lines;
    std::vector<Point> points;
    for (std::size_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) == PartKind::line) lines.push_back(part);
        if (shapes.kind(part) != PartKind::points) continue;
        for (std::size_t k = 0; k < shapes.xs(part).size(); ++k)
            points.push_back({shapes.xs(part)[k], shapes.ys(part)[k]});
    }
    const int kinds =
        static_cast<int>(!polygons.empty()) + static_cast<int>(!lines.empty()) + static_cast<int>(!points.empty());
    if (kinds == 0) {
        out += "null";
        return;
    }
    if (kinds > 1) out += "{\"type\":\"GeometryCollection\",\"geometries\":[";
    const std::size_t begin = out.size();
    const auto comma = [&] {
        if (out.size() != begin) out += ',';
    };
    if (!points.empty())
        append_typed(out, "Point", points.size(),
                     [&](std::size_t k) { append_position(out, points[k].x, points[k].y); });
    if (!lines.empty()) {
        comma();
        append_typed(out, "LineString", lines.size(), [&](std::size_t k) {
            out += '[';
            append_positions(out, shapes, lines[k], false);
            out += ']';
        });
    }
    if (!polygons.empty()) {
        comma();
        append_typed(out, "Polygon", polygons.size(), [&](std::size_t k) { append_polygon(out, shapes, polygons[k]); });
    }
    if (kinds > 1) out += "]}";
}

void append_together(const Shapes& shapes, std::size_t first, std::size_t end, Shapes& out) {
    for (std::size_t i = first; i < end; ++i) {
        for (std::size_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
            const auto xs = shapes.xs(part), ys = shapes.ys(part);
            for (std::size_t k = 0; k < xs.size(); ++k) out.add_vertex(xs[k], ys[k]);
            out.end_part(shapes.kind(part), shapes.is_hole(part));
        }
    }
    out.end_shape();
}

}  // namespace geo
