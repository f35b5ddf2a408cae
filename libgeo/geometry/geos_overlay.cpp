// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/geos_overlay.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/geometry/geos_handle.h"

namespace geo {

using namespace geos_c;

/// Polygons that have no ground in common; none is empty.
struct Surface::Held {
    std::vector<Geometry> polygons;
};

namespace {

/// GEOS's answer, or its words.
Geometry expect(GEOSGeometry* answer, const char* what) {
    if (answer == nullptr)
        throw DataError(std::string("surfaces cannot be ") + what + ": " + printable(engine().message));
    return made(answer);
}

Geometry clone(const GEOSGeometry* g) { return expect(GEOSGeom_clone_r(geos(), g), "copied"); }

/// Only what has a surface: an overlay may leave lines where two surfaces touch.
void take_polygons(Geometry g, std::vector<Geometry>& polygons) {
    if (!g || GEOSisEmpty_r(geos(), g.get()) != 0) return;
    const int type = GEOSGeomTypeId_r(geos(), g.get());
    if (type == GEOS_POLYGON) polygons.push_back(std::move(g));
    if (type != GEOS_MULTIPOLYGON && type != GEOS_GEOMETRYCOLLECTION) return;
    const int count = GEOSGetNumGeometries_r(geos(), g.get());
    for (int k = 0; k < count; ++k) take_polygons(clone(GEOSGetGeometryN_r(geos(), g.get(), k)), polygons);
}

std::unique_ptr<Surface::Held> held(std::vector<Geometry> polygons) {
    if (polygons.empty()) return nullptr;
    return std::make_unique<Surface::Held>(Surface::Held{std::move(polygons)});
}
std::unique_ptr<Surface::Held> held(Geometry g) {
    std::vector<Geometry> polygons;
    take_polygons(std::move(g), polygons);
    return held(std::move(polygons));
}

Box box_of(const GEOSGeometry* g) {
    Box box = Box::empty();
    GEOSGeom_getXMin_r(geos(), g, &box.min_x);
    GEOSGeom_getYMin_r(geos(), g, &box.min_y);
    GEOSGeom_getXMax_r(geos(), g, &box.max_x);
    GEOSGeom_getYMax_r(geos(), g, &box.max_y);
    return box;
}
bool meet(const Box& a, const Box& b) {
    return a.min_x <= b.max_x && b.min_x <= a.max_x && a.min_y <= b.max_y && b.min_y <= a.max_y;
}

/// Which polygons of two surfaces have a box that meets one of the other's: only these can change in an overlay. A sweep from west to east.
struct Meeting {
    std::vector<std::uint8_t> a, b;
};
Meeting meeting(const std::vector<Geometry>& a, const std::vector<Geometry>& b) {
    struct Entry {
        Box box;
        std::uint32_t index;
        bool of_a;
    };
    std::vector<Entry> entries;
    for (std::uint32_t k = 0; k < a.size(); ++k) entries.push_back({box_of(a[k].get()), k, true});
    for (std::uint32_t k = 0; k < b.size(); ++k) entries.push_back({box_of(b[k].get()), k, false});
    std::sort(entries.begin(), entries.end(), [](const Entry& x, const Entry& y) { return x.box.min_x < y.box.min_x; });
    Meeting found{std::vector<std::uint8_t>(a.size(), 0), std::vector<std::uint8_t>(b.size(), 0)};
    std::vector<const Entry*> under_way[2];
    for (const Entry& entry : entries) {
        std::vector<const Entry*>& others = under_way[entry.of_a ? 1 : 0];
        std::erase_if(others, [&](const Entry* other) { return other->box.max_x < entry.box.min_x; });
        for (const Entry* other : others) {
            if (!meet(entry.box, other->box)) continue;
            found.a[entry.of_a ? entry.index : other->index] = 1;
            found.b[entry.of_a ? other->index : entry.index] = 1;
        }
        under_way[entry.of_a ? 0 : 1].push_back(&entry);
    }
    return found;
}

/// Copies of the polygons that are marked, as one geometry; null where none is.
Geometry marked(const std::vector<Geometry>& polygons, const std::vector<std::uint8_t>& marks) {
    std::vector<Geometry> copies;
    for (std::size_t k = 0; k < polygons.size(); ++k)
        if (marks[k] != 0) copies.push_back(clone(polygons[k].get()));
    return together(std::move(copies), GEOS_MULTIPOLYGON);
}

/// Takes the polygons that are marked out of the vector.
std::vector<Geometry> take_marked(std::vector<Geometry>& polygons, const std::vector<std::uint8_t>& marks) {
    std::vector<Geometry> taken, left;
    for (std::size_t k = 0; k < polygons.size(); ++k) (marks[k] != 0 ? taken : left).push_back(std::move(polygons[k]));
    polygons = std::move(left);
    return taken;
}

}  // namespace

Surface::Surface() = default;
Surface::~Surface() = default;
Surface::Surface(Surface&&) noexcept = default;
Surface& Surface::operator=(Surface&&) noexcept = default;

Surface::Surface(const Shapes& shapes, std::size_t i) : held_(held(whole(shapes, i))) {}

bool Surface::is_empty() const { return held_ == nullptr; }

double Surface::area() const {
    double total = 0.0;
    if (!held_) return total;
    for (const Geometry& polygon : held_->polygons) {
        double area = 0.0;
        GEOSArea_r(geos(), polygon.get(), &area);
        total += area;
    }
    return total;
}

Surface Surface::copy() const {
    Surface out;
    if (!held_) return out;
    std::vector<Geometry> polygons;
    polygons.reserve(held_->polygons.size());
    for (const Geometry& polygon : held_->polygons) polygons.push_back(clone(polygon.get()));
    out.held_ = held(std::move(polygons));
    return out;
}

void Surface::append_to(Shapes& out) const {
    Count count;
    if (held_)
        for (const Geometry& polygon : held_->polygons) add_parts(polygon.get(), out, count);
    out.end_shape();
}

Surface surface_of_ring(std::span<const double> xs, std::span<const double> ys) {
    Surface out;
    out.held_ = held(expect(polygon({xs, ys}).release(), "made"));
    return out;
}

Surface joined(std::vector<Surface> surfaces) {
    std::vector<Geometry> pieces;
    for (Surface& surface : surfaces)
        if (surface.held_)
            std::move(surface.held_->polygons.begin(), surface.held_->polygons.end(), std::back_inserter(pieces));
    Surface out;
    const Geometry all = together(std::move(pieces), GEOS_MULTIPOLYGON);
    if (all) out.held_ = held(expect(GEOSUnaryUnion_r(geos(), all.get()), "joined"));
    return out;
}

Surface joined(Surface a, Surface b) {
    if (!a.held_) return b;
    if (!b.held_) return a;
    const Meeting found = meeting(a.held_->polygons, b.held_->polygons);
    const Geometry of_a = together(take_marked(a.held_->polygons, found.a), GEOS_MULTIPOLYGON);
    const Geometry of_b = together(take_marked(b.held_->polygons, found.b), GEOS_MULTIPOLYGON);
    std::vector<Geometry>& all = a.held_->polygons;
    std::move(b.held_->polygons.begin(), b.held_->polygons.end(), std::back_inserter(all));
    if (of_a && of_b) take_polygons(expect(GEOSUnion_r(geos(), of_a.get(), of_b.get()), "joined"), all);
    return a;
}

Surface intersection(const Surface& a, const Surface& b) {
    Surface out;
    if (!a.held_ || !b.held_) return out;
    const Meeting found = meeting(a.held_->polygons, b.held_->polygons);
    const Geometry of_a = marked(a.held_->polygons, found.a), of_b = marked(b.held_->polygons, found.b);
    if (of_a && of_b) out.held_ = held(expect(GEOSIntersection_r(geos(), of_a.get(), of_b.get()), "cut"));
    return out;
}

Surface difference(const Surface& a, const Surface& b) {
    if (!a.held_ || !b.held_) return a.copy();
    const Meeting found = meeting(a.held_->polygons, b.held_->polygons);
    const Geometry of_b = marked(b.held_->polygons, found.b);
    Surface out = a.copy();
    if (!of_b) return out;
    const Geometry of_a = together(take_marked(out.held_->polygons, found.a), GEOS_MULTIPOLYGON);
    take_polygons(expect(GEOSDifference_r(geos(), of_a.get(), of_b.get()), "cut"), out.held_->polygons);
    if (out.held_->polygons.empty()) out.held_.reset();
    return out;
}

Surface joined(const Shapes& shapes) {
    std::vector<Surface> surfaces;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        if (shapes.has_surface(i)) surfaces.emplace_back(shapes, i);
    return joined(std::move(surfaces));
}

}  // namespace geo
