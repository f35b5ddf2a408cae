// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/geos.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <memory>
#include <utility>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/geometry/crossings.h"
#include "libgeo/geometry/geos_handle.h"
#include "libgeo/geometry/plainly_valid.h"

namespace geo {
namespace geos_c {

Engine::Engine() {
    GEOSContext_setErrorMessageHandler_r(
        handle, [](const char* text, void* engine) { static_cast<Engine*>(engine)->message = text; }, this);
}
Engine::~Engine() { GEOS_finish_r(handle); }

Engine& engine() {
    thread_local Engine one;
    return one;
}
GEOSContextHandle_t geos() { return engine().handle; }

void Destroy::operator()(GEOSGeometry* g) const { GEOSGeom_destroy_r(geos(), g); }
Geometry made(GEOSGeometry* g) { return Geometry(g); }

}  // namespace geos_c

using namespace geos_c;

namespace {

// ---- from flat vertices to GEOS ---------------------------------------------------------------------------------------

bool is_ring(Vertices v) { return v.size() >= 4 && v[0] == v.back(); }

GEOSCoordSequence* sequence(Vertices v) {
    return GEOSCoordSeq_copyFromArrays_r(geos(), v.xs.data(), v.ys.data(), nullptr, nullptr,
                                         static_cast<unsigned>(v.size()));
}

Geometry line(Vertices v) { return made(GEOSGeom_createLineString_r(geos(), sequence(v))); }

Geometry point(Point p) { return made(GEOSGeom_createPointFromXY_r(geos(), p.x, p.y)); }

/// The vertices as the line they are, or as a point where they are all the same.
Geometry line_or_point(Vertices v) {
    for (std::size_t i = 1; i < v.size(); ++i)
        if (!(v[i] == v[0])) return line(v);
    return point(v[0]);
}

}  // namespace

namespace geos_c {

Geometry polygon(Vertices shell, std::span<const Vertices> holes) {
    Geometry outer = made(GEOSGeom_createLinearRing_r(geos(), sequence(shell)));
    if (!outer) return nullptr;
    std::vector<GEOSGeometry*> inner;
    inner.reserve(holes.size());
    for (const Vertices& hole : holes) inner.push_back(GEOSGeom_createLinearRing_r(geos(), sequence(hole)));
    if (std::find(inner.begin(), inner.end(), nullptr) != inner.end()) {
        for (GEOSGeometry* ring : inner)
            if (ring != nullptr) GEOSGeom_destroy_r(geos(), ring);
        return nullptr;
    }
    return made(GEOSGeom_createPolygon_r(geos(), outer.release(), inner.data(), static_cast<unsigned>(inner.size())));
}

Geometry together(std::vector<Geometry> pieces, int type) {
    std::erase(pieces, nullptr);
    if (pieces.size() <= 1) return pieces.empty() ? nullptr : std::move(pieces[0]);
    std::vector<GEOSGeometry*> bare;
    bare.reserve(pieces.size());
    for (Geometry& piece : pieces) bare.push_back(piece.release());
    return made(GEOSGeom_createCollection_r(geos(), type, bare.data(), static_cast<unsigned>(bare.size())));
}

}  // namespace geos_c

namespace {

/// A shell with the holes that the file gave it.
struct Polygon {
    Vertices shell;
    std::vector<Vertices> holes;
};

/// The rings of shape i as the file grouped them: a hole belongs to the shell before it.
std::vector<Polygon> polygons_of(const Shapes& shapes, std::size_t i) {
    std::vector<Polygon> out;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) != PartKind::ring) continue;
        const Vertices ring{shapes.xs(part), shapes.ys(part)};
        if (shapes.is_hole(part) && !out.empty()) {
            out.back().holes.push_back(ring);
        } else {
            out.push_back({ring, {}});
        }
    }
    return out;
}

Geometry surface_of(std::span<const Polygon> polygons) {
    std::vector<Geometry> pieces;
    for (const Polygon& p : polygons) {
        pieces.push_back(polygon(p.shell, p.holes));
        if (!pieces.back()) return nullptr;
    }
    return together(std::move(pieces), GEOS_MULTIPOLYGON);
}

// ---- from GEOS to flat vertices ---------------------------------------------------------------------------------------

void add_vertices(const GEOSGeometry* g, Shapes& out) {
    const GEOSCoordSequence* coordinates = GEOSGeom_getCoordSeq_r(geos(), g);
    unsigned n = 0;
    GEOSCoordSeq_getSize_r(geos(), coordinates, &n);
    std::vector<double> xs(n), ys(n);
    GEOSCoordSeq_copyToArrays_r(geos(), coordinates, xs.data(), ys.data(), nullptr, nullptr);
    for (unsigned v = 0; v < n; ++v) out.add_vertex(xs[v], ys[v]);
}

}  // namespace

namespace geos_c {

void add_parts(const GEOSGeometry* g, Shapes& out, Count& count) {
    if (GEOSisEmpty_r(geos(), g) != 0) return;
    switch (GEOSGeomTypeId_r(geos(), g)) {
        case GEOS_POINT:
            add_vertices(g, out);
            out.end_part(PartKind::points);
            ++count.points;
            return;
        case GEOS_LINESTRING:
        case GEOS_LINEARRING:
            add_vertices(g, out);
            out.end_part(PartKind::line);
            ++count.lines;
            return;
        case GEOS_POLYGON:
            add_vertices(GEOSGetExteriorRing_r(geos(), g), out);
            out.end_part(PartKind::ring);
            for (int h = 0; h < GEOSGetNumInteriorRings_r(geos(), g); ++h) {
                add_vertices(GEOSGetInteriorRingN_r(geos(), g, h), out);
                out.end_part(PartKind::ring, true);
            }
            ++count.polygons;
            return;
        default:
            for (int k = 0; k < GEOSGetNumGeometries_r(geos(), g); ++k)
                add_parts(GEOSGetGeometryN_r(geos(), g, k), out, count);
    }
}

}  // namespace geos_c

namespace {

// ---- repair -----------------------------------------------------------------------------------------------------------

/// p is within `ring`, even-odd. p is not on its edge.
bool odd(Vertices ring, Point p) {
    bool inside = false;
    for (std::size_t k = 1; k < ring.size(); ++k) {
        const Point a = ring[k - 1], b = ring[k];
        if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * ((p.y - a.y) / (b.y - a.y))) inside = !inside;
    }
    return inside;
}

/// Lines cut where they cross, each stretch once.
Geometry noded(std::span<const Vertices> rings) {
    std::vector<Geometry> lines;
    lines.reserve(rings.size());
    for (const Vertices& ring : rings) lines.push_back(line(ring));
    const Geometry all = together(std::move(lines), GEOS_MULTILINESTRING);
    return all ? made(GEOSUnaryUnion_r(geos(), all.get())) : nullptr;
}

/// The faces between the lines of `rings` that `is_ground` accepts by a point within, as one surface; empty where there are none. GEOS's own
/// repair (GEOSMakeValid, linework) is even-odd only while no stretch is passed twice.
template <typename IsGround>
Geometry faces(std::span<const Vertices> rings, const IsGround& is_ground) {
    const Geometry edges = noded(rings);
    const GEOSGeometry* bare = edges.get();
    const Geometry all = edges ? made(GEOSPolygonize_r(geos(), &bare, 1)) : nullptr;
    if (!all) return nullptr;
    std::vector<Geometry> kept;
    for (int k = 0; k < GEOSGetNumGeometries_r(geos(), all.get()); ++k) {
        const GEOSGeometry* face = GEOSGetGeometryN_r(geos(), all.get(), k);
        const Geometry within = made(GEOSPointOnSurface_r(geos(), face));
        Point p;
        if (!within || GEOSGeomGetX_r(geos(), within.get(), &p.x) != 1 ||
            GEOSGeomGetY_r(geos(), within.get(), &p.y) != 1)
            return nullptr;
        if (is_ground(p)) kept.push_back(made(GEOSGeom_clone_r(geos(), face)));
    }
    if (kept.empty()) return made(GEOSGeom_createEmptyPolygon_r(geos()));
    const Geometry ground = together(std::move(kept), GEOS_MULTIPOLYGON);
    return made(GEOSUnaryUnion_r(geos(), ground.get()));
}

/// What even-odd over all `rings` covers.
Geometry even_odd(std::span<const Vertices> rings) {
    return faces(rings, [rings](Point p) {
        bool inside = false;
        for (const Vertices& ring : rings) inside = inside != odd(ring, p);
        return inside;
    });
}
Geometry even_odd(Vertices ring) { return even_odd(std::span(&ring, 1)); }

/// False, with the reason and the place, when GEOS finds `g` invalid.
bool is_valid(const GEOSGeometry* g, Repair& repair) {
    char* reason = nullptr;
    GEOSGeometry* at = nullptr;
    const char valid = GEOSisValidDetail_r(geos(), g, 0, &reason, &at);
    const Geometry place = made(at);
    if (valid == 0 && place) {
        GEOSGeomGetX_r(geos(), place.get(), &repair.place.x);
        GEOSGeomGetY_r(geos(), place.get(), &repair.place.y);
    }
    if (valid != 1) repair.reason = reason != nullptr ? reason : engine().message;
    if (reason != nullptr) GEOSFree_r(geos(), reason);
    return valid == 1;
}

double area_of(const GEOSGeometry* g) {
    double area = 0.0;
    if (g != nullptr) GEOSArea_r(geos(), g, &area);
    return area;
}

/// Rings that a repair works on: copies, closed.
struct ClosedRings {
    std::vector<std::unique_ptr<std::array<std::vector<double>, 2>>> copies;
    bool closed_any = false;

    Vertices closed(Vertices v) {
        if (v.size() < 3 || v[0] == v.back()) return v;
        closed_any = true;
        auto& [xs, ys] = *copies.emplace_back(std::make_unique<std::array<std::vector<double>, 2>>());
        xs.assign(v.xs.begin(), v.xs.end());
        ys.assign(v.ys.begin(), v.ys.end());
        xs.push_back(xs.front());
        ys.push_back(ys.front());
        return {xs, ys};
    }
    void close(std::vector<Polygon>& polygons) {
        for (Polygon& p : polygons) {
            p.shell = closed(p.shell);
            for (Vertices& hole : p.holes) hole = closed(hole);
        }
    }
};

/// Where the file marks no ring as a hole, a ring inside another is one (even-odd).
void nest(std::vector<Polygon>& polygons) {
    const bool marked =
        std::any_of(polygons.begin(), polygons.end(), [](const Polygon& p) { return !p.holes.empty(); });
    if (marked || polygons.size() < 2) return;
    struct Ring {
        Geometry area;
        std::size_t index = 0, parent = 0, depth = 0;
        double size = 0.0;
    };
    std::vector<Ring> rings;
    for (std::size_t k = 0; k < polygons.size(); ++k) {
        Geometry area = is_ring(polygons[k].shell) ? even_odd(polygons[k].shell) : nullptr;
        const double size = area_of(area.get());
        rings.push_back({std::move(area), k, 0, 0, size});
    }
    std::stable_sort(rings.begin(), rings.end(), [](const Ring& a, const Ring& b) { return a.size > b.size; });
    for (std::size_t k = 1; k < rings.size(); ++k) {
        for (std::size_t j = k; j-- > 0 && rings[k].area && rings[k].depth == 0;) {
            // The same ring twice is the same ground twice, no hole.
            if (!rings[j].area || rings[j].size <= rings[k].size ||
                GEOSCovers_r(geos(), rings[j].area.get(), rings[k].area.get()) != 1) {
                continue;
            }
            rings[k].parent = rings[j].index;
            rings[k].depth = rings[j].depth + 1;
        }
    }
    std::vector<std::size_t> shells;
    for (const Ring& ring : rings) {
        if (ring.depth % 2 == 1) polygons[ring.parent].holes.push_back(polygons[ring.index].shell);
        if (ring.depth % 2 == 0) shells.push_back(ring.index);
    }
    std::sort(shells.begin(), shells.end());
    std::vector<Polygon> out;
    out.reserve(shells.size());
    for (const std::size_t k : shells) out.push_back(std::move(polygons[k]));
    polygons = std::move(out);
}

/// The ring's surface, and its stretches that bound none (spikes, there and back).
struct Shell {
    Geometry surface, spikes;
};
Shell shell_of(Vertices ring) {
    Shell out{even_odd(ring), nullptr};
    const Geometry edges = noded(std::span(&ring, 1));
    if (!out.surface || !edges) return {};
    const Geometry rest = made(GEOSDifference_r(geos(), edges.get(), out.surface.get()));
    if (rest && GEOSisEmpty_r(geos(), rest.get()) == 0) out.spikes = made(GEOSLineMerge_r(geos(), rest.get()));
    return out;
}

/// One polygon made valid: even-odd over its rings within its shell; holes that have no ground in common with the shell are dropped. Null when
/// GEOS cannot.
Geometry repaired(const Polygon& p, std::uint64_t& holes_dropped) {
    if (!is_ring(p.shell)) {
        holes_dropped += p.holes.size();
        return line_or_point(p.shell);
    }
    if (!std::any_of(p.shell.xs.begin(), p.shell.xs.end(), [&](double x) { return x != p.shell.xs[0]; }) &&
        !std::any_of(p.shell.ys.begin(), p.shell.ys.end(), [&](double y) { return y != p.shell.ys[0]; })) {
        holes_dropped += p.holes.size();
        return point(p.shell[0]);
    }
    Shell shell = shell_of(p.shell);
    std::vector<Vertices> rings{p.shell};
    for (const Vertices& ring : p.holes) {
        const Geometry hole = is_ring(ring) ? even_odd(ring) : nullptr;
        const Geometry common =
            hole && shell.surface ? made(GEOSIntersection_r(geos(), shell.surface.get(), hole.get())) : nullptr;
        if (area_of(common.get()) > 0.0) rings.push_back(ring);
    }
    holes_dropped += p.holes.size() + 1 - rings.size();
    if (rings.size() > 1) {
        // What a hole has beyond the shell is no ground.
        shell.surface = faces(rings, [&rings](Point at) {
            bool inside = false;
            for (const Vertices& ring : rings) inside = inside != odd(ring, at);
            return inside && odd(rings[0], at);
        });
    }
    if (!shell.surface) return nullptr;
    std::vector<Geometry> pieces;
    if (GEOSisEmpty_r(geos(), shell.surface.get()) == 0) pieces.push_back(std::move(shell.surface));
    pieces.push_back(std::move(shell.spikes));
    // Holes that take all of it leave its line: a place never vanishes.
    if (pieces.size() == 1 && !pieces[0]) return noded(std::span(&p.shell, 1));
    return together(std::move(pieces), GEOS_GEOMETRYCOLLECTION);
}

std::string said(const Count& count, const GEOSGeometry* g, std::uint64_t holes_dropped) {
    std::string out;
    if (holes_dropped > 0) {
        out = counted(holes_dropped, "hole outside its shell dropped; ", "holes outside their shell dropped; ");
    }
    double length = 0.0;
    GEOSLength_r(geos(), g, &length);
    if (count.polygons == 0 && count.lines == 0) return out + "became the point it is";
    if (count.polygons == 0) return out + fmt::format("became the line it is, {} m long", format_fixed(length, 1));
    out += "made valid: " + counted(count.polygons, "part");
    if (count.lines > 0) out += " and " + counted(count.lines, "line");
    return out + fmt::format(", area {} m²", format_fixed(area_of(g), 1));
}

/// Every piece on its own, then their union: ground that any of them covers is kept.
Geometry repaired(std::vector<Polygon>& polygons, std::uint64_t& holes_dropped) {
    nest(polygons);
    std::vector<Geometry> pieces;
    for (const Polygon& p : polygons) {
        pieces.push_back(repaired(p, holes_dropped));
        if (!pieces.back()) return nullptr;
    }
    const bool many = pieces.size() > 1;
    Geometry all = together(std::move(pieces), GEOS_GEOMETRYCOLLECTION);
    return all && many ? made(GEOSUnaryUnion_r(geos(), all.get())) : std::move(all);
}

bool is_finite(Vertices v) {
    for (std::size_t k = 0; k < v.size(); ++k)
        if (!std::isfinite(v.xs[k]) || !std::isfinite(v.ys[k])) return false;
    return true;
}

/// Points that are numbers stay; a line or a ring with a vertex that is none cannot be guessed.
Repair append_finite(const Shapes& shapes, std::size_t i, Shapes& out) {
    Repair repair{false, "Invalid Coordinate", {}, ""};
    std::vector<Point> good;
    std::uint64_t lost = 0;
    bool only_points = true;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        only_points = only_points && shapes.kind(part) == PartKind::points;
        const Vertices v{shapes.xs(part), shapes.ys(part)};
        for (std::size_t k = 0; k < v.size(); ++k) {
            const bool finite = std::isfinite(v.xs[k]) && std::isfinite(v.ys[k]);
            if (finite) good.push_back(v[k]);
            lost += finite ? 0 : 1;
        }
    }
    if (!good.empty()) repair.place = good[0];
    if (only_points && !good.empty()) {
        for (const Point p : good) out.add_vertex(p.x, p.y);
        out.end_part(PartKind::points);
        repair.method = counted(lost, "point") + " without a place left out";
    }
    out.end_shape();
    return repair;
}

/// Points and lines of shape i; a line whose vertices are all one is that point. True when there was such a line.
bool append_others(const Shapes& shapes, std::size_t i, Shapes& out) {
    bool collapsed = false;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) == PartKind::ring) continue;
        const Vertices v{shapes.xs(part), shapes.ys(part)};
        const auto differs = [&](std::size_t k) { return !(v[k] == v[0]); };
        bool extent = shapes.kind(part) == PartKind::points;
        for (std::size_t k = 1; k < v.size() && !extent; ++k) extent = differs(k);
        for (std::size_t k = 0; k < (extent ? v.size() : 1); ++k) out.add_vertex(v.xs[k], v.ys[k]);
        out.end_part(extent ? shapes.kind(part) : PartKind::points);
        collapsed = collapsed || !extent;
    }
    return collapsed;
}

/// The repaired rings, then the rest, as one shape of `out`.
Repair append_repaired(const Shapes& shapes, std::size_t i, std::vector<Polygon> polygons, Repair repair, Shapes& out) {
    ClosedRings rings;
    rings.close(polygons);
    const bool whole = std::all_of(polygons.begin(), polygons.end(), [](const Polygon& p) {
        return is_ring(p.shell) && std::all_of(p.holes.begin(), p.holes.end(), is_ring);
    });
    Repair after;
    Geometry surface = whole && rings.closed_any ? surface_of(polygons) : nullptr;
    const bool closing_was_enough = surface && is_valid(surface.get(), after);
    std::uint64_t holes_dropped = 0;
    if (!closing_was_enough) surface = repaired(polygons, holes_dropped);
    Count count;
    Shapes fixed;
    if (surface) add_parts(surface.get(), fixed, count);
    if (fixed.parts() == 0) {
        if (repair.reason.empty()) repair.reason = engine().message;
        out.add_nothing();
        return repair;
    }
    repair.method = closing_was_enough
                        ? "closed"
                        : (rings.closed_any ? "closed; " : "") + said(count, surface.get(), holes_dropped);
    if (count.polygons == 0) {
        repair.reason = "area 0";
        repair.place = {fixed.xs(0)[0], fixed.ys(0)[0]};
    }
    append_others(shapes, i, fixed);
    fixed.end_shape();
    out.add_copy(fixed, 0);
    return repair;
}

/// The faces of rings that cross n times are n; GEOS compares each with each. What is measured and what is inside is the same without a repair: each
/// stretch of a ring is a border of what even-odd covers.
constexpr std::uint64_t kMostCrossings = 10'000;

}  // namespace

namespace geos_c {

Geometry whole(const Shapes& shapes, std::size_t i) {
    std::vector<Geometry> pieces;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        const Vertices v{shapes.xs(part), shapes.ys(part)};
        if (shapes.kind(part) == PartKind::ring && is_ring(v)) continue;
        if (shapes.kind(part) != PartKind::points) pieces.push_back(line_or_point(v));
        for (std::size_t k = 0; k < v.size() && shapes.kind(part) == PartKind::points; ++k)
            pieces.push_back(point(v[k]));
    }
    std::vector<Polygon> polygons = polygons_of(shapes, i);
    std::erase_if(polygons, [](const Polygon& p) { return !is_ring(p.shell); });
    Geometry surface = surface_of(polygons);
    if (Repair ignored; surface && !is_valid(surface.get(), ignored)) {
        std::vector<Vertices> rings;
        for (const Polygon& p : polygons) {
            rings.push_back(p.shell);
            std::copy_if(p.holes.begin(), p.holes.end(), std::back_inserter(rings), is_ring);
        }
        surface = even_odd(rings);
    }
    pieces.push_back(std::move(surface));
    return together(std::move(pieces), GEOS_GEOMETRYCOLLECTION);
}

}  // namespace geos_c

namespace {

/// Brackets are closed, none deeper than `most`, and nothing follows the last (GEOS would not mind).
bool has_one_end(const std::string& wkt, std::size_t most) {
    std::size_t depth = 0;
    for (std::size_t k = 0; k < wkt.size(); ++k) {
        if (wkt[k] == '(' && ++depth > most) return false;
        if (wkt[k] != ')') continue;
        if (depth == 0) return false;
        if (--depth == 0) return trimmed(std::string_view(wkt).substr(k + 1)).empty();
    }
    return depth == 0;
}

}  // namespace

Repair append_valid(const Shapes& shapes, std::size_t i, Shapes& out) {
    if (plainly_valid(shapes, i)) {
        out.add_copy(shapes, i);
        return {};
    }
    bool rings = false, well_formed = true;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        const Vertices v{shapes.xs(part), shapes.ys(part)};
        if (!is_finite(v)) return append_finite(shapes, i, out);
        if (shapes.kind(part) != PartKind::ring) continue;
        rings = true;
        well_formed = well_formed && is_ring(v);
    }
    Repair repair;
    if (!rings) {
        if (append_others(shapes, i, out)) {
            repair = {false, "Too few points in geometry component", shapes.first_point(i), "became the point it is"};
        }
        out.end_shape();
        return repair;
    }
    std::vector<Polygon> polygons = polygons_of(shapes, i);
    if (well_formed) {
        const Geometry surface = surface_of(polygons);
        if (surface && is_valid(surface.get(), repair)) {
            out.add_copy(shapes, i);
            return repair;
        }
    } else {
        const bool open = std::any_of(polygons.begin(), polygons.end(),
                                      [](const Polygon& p) { return !(p.shell[0] == p.shell.back()); });
        repair.reason = open ? "ring not closed" : "Too few points in geometry component";
        repair.place = shapes.first_point(i);
    }
    repair.was_valid = false;
    if (well_formed && crossings_up_to(shapes, i, kMostCrossings) > kMostCrossings) {
        repair.method =
            "crosses itself more than " + std::to_string(kMostCrossings) + " times: used as drawn, inside by even-odd";
        out.add_copy(shapes, i);
        return repair;
    }
    return append_repaired(shapes, i, std::move(polygons), std::move(repair), out);
}

double geos_distance(const Shapes& a, std::size_t i, const Shapes& b, std::size_t j) {
    const Geometry first = whole(a, i), second = whole(b, j);
    double distance = std::numeric_limits<double>::quiet_NaN();
    if (first && second && GEOSDistance_r(geos(), first.get(), second.get(), &distance) == 0) {
        distance = std::numeric_limits<double>::quiet_NaN();
    }
    return distance;
}

Point point_on_surface(const Shapes& shapes, std::size_t i) {
    const Geometry g = whole(shapes, i);
    const Geometry on = g ? made(GEOSPointOnSurface_r(geos(), g.get())) : nullptr;
    Point p = shapes.first_point(i);
    if (on && GEOSisEmpty_r(geos(), on.get()) == 0) {
        GEOSGeomGetX_r(geos(), on.get(), &p.x);
        GEOSGeomGetY_r(geos(), on.get(), &p.y);
    }
    return p;
}

std::string to_wkt(const Shapes& shapes, std::size_t i) {
    const Geometry g = whole(shapes, i);
    if (!g) return "GEOMETRYCOLLECTION EMPTY";
    GEOSWKTWriter* writer = GEOSWKTWriter_create_r(geos());
    GEOSWKTWriter_setTrim_r(geos(), writer, 0);
    GEOSWKTWriter_setRoundingPrecision_r(geos(), writer, 3);
    char* text = GEOSWKTWriter_write_r(geos(), writer, g.get());
    std::string out = text != nullptr ? text : "";
    GEOSFree_r(geos(), text);
    GEOSWKTWriter_destroy_r(geos(), writer);
    return out;
}

bool append_wkt(const std::string& wkt, Shapes& out, std::string* reason) {
    constexpr std::size_t kMostDepth = 16;  // GEOS reads by recursion
    const auto refuse = [reason](std::string why) {
        if (reason != nullptr) *reason = std::move(why);
        return false;
    };
    if (wkt.find('\0') != std::string::npos || !has_one_end(wkt, kMostDepth)) return refuse("no well-known text");
    GEOSWKTReader* reader = GEOSWKTReader_create_r(geos());
    const Geometry g = made(GEOSWKTReader_read_r(geos(), reader, wkt.c_str()));
    GEOSWKTReader_destroy_r(geos(), reader);
    if (!g) return refuse("no well-known text: " + printable(engine().message));
    // GEOS's own word, which is no part of the standard; it would pass as a line.
    if (GEOSGeomTypeId_r(geos(), g.get()) == GEOS_LINEARRING)
        return refuse("LINEARRING is no kind of geometry; a POLYGON or LINESTRING is");
    Count count;
    add_parts(g.get(), out, count);
    out.end_shape();
    return true;
}

Shapes dissolved(const Shapes& shapes) {
    std::vector<Geometry> pieces;
    for (std::size_t i = 0; i < shapes.size(); ++i)
        if (shapes.has_surface(i)) pieces.push_back(whole(shapes, i));
    Shapes out;
    const Geometry all = together(std::move(pieces), GEOS_GEOMETRYCOLLECTION);
    if (!all) return out;
    const Geometry joined = made(GEOSUnaryUnion_r(geos(), all.get()));
    if (!joined) throw DataError("areas cannot be joined: " + printable(engine().message));
    Count count;
    add_parts(joined.get(), out, count);
    out.end_shape();
    return out;
}

std::string geos_version() {
    return std::string("GEOS ") + std::string(GEOSversion()).substr(0, std::string(GEOSversion()).find('-'));
}

}  // namespace geo
