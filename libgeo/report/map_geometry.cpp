// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/map_geometry.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "libgeo/report/geojson_shape.h"

namespace geo {
namespace {

std::int64_t millionths(double degrees) { return std::llround(degrees * 1e6); }

bool is_finite(const Shapes& shapes, std::size_t i) {
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        for (const auto& values : {shapes.xs(part), shapes.ys(part)})
            if (!std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); })) return false;
    }
    return true;
}

/// The first position, then steps; steps of nothing are left out.
void put_steps(Json& json, const Shapes& shapes, std::size_t part, bool ring) {
    const auto xs = shapes.xs(part), ys = shapes.ys(part);
    const std::size_t end = ring && xs.size() > 1 ? xs.size() - 1 : xs.size();
    json.begin_array();
    std::int64_t x = 0, y = 0;
    for (std::size_t k = 0; k < end; ++k) {
        const std::int64_t to_x = millionths(xs[k]), to_y = millionths(ys[k]);
        if (k != 0 && to_x == x && to_y == y) continue;
        json.integer({}, to_x - x);
        json.integer({}, to_y - y);
        x = to_x;
        y = to_y;
    }
    json.end_array();
}

/// Where the source marked the holes, each belongs to the shell before it; else rings are told apart by what lies in what.
std::vector<ShellAndHoles> polygons_as_marked(const Shapes& shapes, std::size_t i) {
    std::vector<ShellAndHoles> polygons;
    bool marked = false;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) != PartKind::ring) continue;
        if (shapes.is_hole(part) && !polygons.empty()) {
            polygons.back().holes.push_back(part);
            marked = true;
        } else {
            polygons.push_back({part, {}});
        }
    }
    return marked || polygons.size() < 2 ? polygons : polygons_of(shapes, i);
}

void put_areas(Json& json, const Shapes& shapes, const std::vector<ShellAndHoles>& polygons) {
    json.begin_array("a");
    for (const ShellAndHoles& polygon : polygons) {
        json.begin_array();
        put_steps(json, shapes, polygon.shell, true);
        for (const std::size_t hole : polygon.holes) put_steps(json, shapes, hole, true);
        json.end_array();
    }
    json.end_array();
}

void put_parts(Json& json, std::string_view key, const Shapes& shapes, std::size_t i, PartKind kind) {
    const auto is_kind = [&](std::uint32_t part) { return shapes.kind(part) == kind; };
    bool any = false;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) any = any || is_kind(part);
    if (!any) return;
    json.begin_array(key);
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (!is_kind(part)) continue;
        if (kind == PartKind::line) {
            put_steps(json, shapes, part, false);
            continue;
        }
        for (std::size_t k = 0; k < shapes.xs(part).size(); ++k) {
            json.integer({}, millionths(shapes.xs(part)[k]));
            json.integer({}, millionths(shapes.ys(part)[k]));
        }
    }
    json.end_array();
}

void put_shape(Json& json, const Shapes& shapes, std::size_t i) {
    if (!shapes.has_location(i) || !is_finite(shapes, i)) {
        json.integer({}, 0);
        return;
    }
    json.begin_object();
    put_parts(json, "p", shapes, i, PartKind::points);
    put_parts(json, "l", shapes, i, PartKind::line);
    if (const std::vector<ShellAndHoles> polygons = polygons_as_marked(shapes, i); !polygons.empty())
        put_areas(json, shapes, polygons);
    json.end_object();
}

}  // namespace

MapGeometry::MapGeometry(const Crs& crs, const GridFolders& grids)
    : to_wgs84_(Transformation::between(crs, Crs::from_text("EPSG:4326"), grids)) {}

Shapes MapGeometry::in_wgs84(const Shapes& shapes) const {
    Shapes out = shapes;
    to_wgs84_.apply(out.all_xs(), out.all_ys());
    return out;
}

void MapGeometry::put(Json& json, std::string_view key, const Shapes& shapes) const {
    put_all(json, key, shapes, true);
}

void MapGeometry::put_but_points(Json& json, std::string_view key, const Shapes& shapes) const {
    put_all(json, key, shapes, false);
}

void MapGeometry::put_all(Json& json, std::string_view key, const Shapes& shapes, bool points) const {
    const Shapes wgs84 = in_wgs84(shapes);
    json.begin_array(key);
    for (std::size_t i = 0; i < wgs84.size(); ++i) {
        if (points || !wgs84.is_single_point(i))
            put_shape(json, wgs84, i);
        else
            json.integer({}, 0);
    }
    json.end_array();
}

void MapGeometry::put_points(Json& json, std::string_view x, std::string_view y,
                             const std::vector<Point>& points) const {
    std::vector<double> xs, ys;
    for (const Point& point : points) {
        xs.push_back(point.x);
        ys.push_back(point.y);
    }
    to_wgs84_.apply(xs, ys);
    for (const auto& [key, values] : {std::pair{x, &xs}, std::pair{y, &ys}}) {
        json.begin_array(key);
        for (const double value : *values) {
            if (std::isfinite(value))
                json.integer({}, millionths(value));
            else
                json.null({});
        }
        json.end_array();
    }
}

void MapGeometry::put_bounds(Json& json, std::string_view key, const Box& box) const {
    std::vector<double> xs, ys;
    constexpr int kSteps = 8;  // an edge that is straight on the grid is bent in degrees
    for (int step = 0; step <= kSteps; ++step) {
        const double x = box.min_x + (box.max_x - box.min_x) * step / kSteps;
        const double y = box.min_y + (box.max_y - box.min_y) * step / kSteps;
        for (const Point& p : {Point{x, box.min_y}, Point{x, box.max_y}, Point{box.min_x, y}, Point{box.max_x, y}}) {
            xs.push_back(p.x);
            ys.push_back(p.y);
        }
    }
    to_wgs84_.apply(xs, ys);
    Box out = Box::empty();
    for (std::size_t k = 0; k < xs.size(); ++k)
        if (std::isfinite(xs[k]) && std::isfinite(ys[k])) out.add(xs[k], ys[k]);
    json.begin_array(key);
    for (const double value : {out.min_x, out.min_y, out.max_x, out.max_y}) json.number({}, value, 6);
    json.end_array();
}

}  // namespace geo
