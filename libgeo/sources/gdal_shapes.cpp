// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/gdal_shapes.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace geo {

namespace {

constexpr double kArcStepDegrees = 0.1;
constexpr int kMostDepth = 32;

bool all_finite(const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

}  // namespace

ShapeReader::Outcome ShapeReader::add(const OGRGeometry* geometry, Shapes& shapes) {
    parts_.clear();
    xs_.clear();
    ys_.clear();
    outcome_ = {};
    if (geometry != nullptr) {
        if (geometry->hasCurveGeometry() != 0) {
            const std::unique_ptr<OGRGeometry> linear(geometry->getLinearGeometry(kArcStepDegrees));
            if (linear) walk(*linear, 0);
        } else {
            walk(*geometry, 0);
        }
    }
    outcome_.not_finite = !all_finite(xs_) || !all_finite(ys_);
    if (!outcome_.not_finite && !outcome_.too_deep) {
        std::size_t at = 0;
        for (const Part& part : parts_) {
            for (; at < part.end; ++at) shapes.add_vertex(xs_[at], ys_[at]);
            shapes.end_part(part.kind, part.hole);
        }
    }
    shapes.end_shape();
    return outcome_;
}

void ShapeReader::walk(const OGRGeometry& geometry, int depth) {
    if (depth > kMostDepth) {
        outcome_.too_deep = true;
        return;
    }
    const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
    if (type == wkbPoint) {
        const OGRPoint* point = geometry.toPoint();
        if (point->IsEmpty() != 0) return;
        xs_.push_back(point->getX());
        ys_.push_back(point->getY());
        parts_.push_back({PartKind::points, xs_.size(), false});
    } else if (type == wkbLineString || type == wkbLinearRing) {
        add_curve(*geometry.toSimpleCurve(), PartKind::line, false);
    } else if (OGR_GT_IsSubClassOf(type, wkbPolygon) != 0) {
        const OGRPolygon* polygon = geometry.toPolygon();
        for (const OGRLinearRing* ring : *polygon) add_curve(*ring, PartKind::ring, ring != polygon->getExteriorRing());
    } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection) != 0) {
        for (const OGRGeometry* member : *geometry.toGeometryCollection()) walk(*member, depth + 1);
    } else if (OGR_GT_IsSubClassOf(type, wkbPolyhedralSurface) != 0) {
        for (const OGRPolygon* face : *geometry.toPolyhedralSurface()) walk(*face, depth + 1);
    }
}

void ShapeReader::add_curve(const OGRSimpleCurve& curve, PartKind kind, bool hole) {
    const int count = curve.getNumPoints();
    if (count == 0) return;
    const std::size_t begin = xs_.size();
    for (int i = 0; i < count; ++i) {
        xs_.push_back(curve.getX(i));
        ys_.push_back(curve.getY(i));
    }
    if (kind == PartKind::ring && (xs_.back() != xs_[begin] || ys_.back() != ys_[begin])) {
        xs_.push_back(xs_[begin]);
        ys_.push_back(ys_[begin]);
        outcome_.ring_closed = true;
    }
    parts_.push_back({kind, xs_.size(), hole});
}

namespace {

std::unique_ptr<OGRLinearRing> ring_of(const Shapes& shapes, std::size_t part) {
    auto ring = std::make_unique<OGRLinearRing>();
    const auto xs = shapes.xs(part), ys = shapes.ys(part);
    ring->setPoints(static_cast<int>(xs.size()), xs.data(), ys.data());
    return ring;
}

/// Each ring that is no hole with the holes after it, as the file gave them.
std::unique_ptr<OGRGeometry> surface_with_holes(const Shapes& shapes, const std::vector<std::size_t>& rings) {
    auto all = std::make_unique<OGRMultiPolygon>();
    std::unique_ptr<OGRPolygon> polygon;
    for (const std::size_t part : rings) {
        if (polygon && !shapes.is_hole(part)) all->addGeometryDirectly(polygon.release());
        if (!polygon) polygon = std::make_unique<OGRPolygon>();
        polygon->addRingDirectly(ring_of(shapes, part).release());
    }
    if (all->getNumGeometries() == 0) return polygon;
    all->addGeometryDirectly(polygon.release());
    return all;
}

/// Without a word about holes, rings bound a surface together, even-odd: GDAL finds out which lies in which.
std::unique_ptr<OGRGeometry> surface_of(const Shapes& shapes, const std::vector<std::size_t>& rings) {
    if (std::any_of(rings.begin(), rings.end(), [&](std::size_t part) { return shapes.is_hole(part); })) {
        return surface_with_holes(shapes, rings);
    }
    std::vector<OGRGeometry*> polygons;
    for (const std::size_t part : rings) {
        auto polygon = std::make_unique<OGRPolygon>();
        polygon->addRingDirectly(ring_of(shapes, part).release());
        polygons.push_back(polygon.release());
    }
    if (polygons.size() == 1) return std::unique_ptr<OGRGeometry>(polygons[0]);
    int valid = 0;
    return std::unique_ptr<OGRGeometry>(
        OGRGeometryFactory::organizePolygons(polygons.data(), static_cast<int>(polygons.size()), &valid, nullptr));
}

using Members = std::vector<std::unique_ptr<OGRGeometry>>;

std::unique_ptr<OGRGeometry> gathered(Members members) {
    if (members.empty()) return nullptr;
    if (members.size() == 1) return std::move(members[0]);
    const OGRwkbGeometryType type = members[0]->getGeometryType();
    const bool alike =
        std::all_of(members.begin(), members.end(), [&](const auto& m) { return m->getGeometryType() == type; });
    std::unique_ptr<OGRGeometryCollection> all;
    if (alike && type == wkbPoint) {
        all = std::make_unique<OGRMultiPoint>();
    } else if (alike && type == wkbLineString) {
        all = std::make_unique<OGRMultiLineString>();
    } else {
        all = std::make_unique<OGRGeometryCollection>();
    }
    for (auto& member : members) all->addGeometryDirectly(member.release());
    return all;
}

}  // namespace

std::unique_ptr<OGRGeometry> geometry_of(const Shapes& shapes, std::size_t i) {
    Members members;
    std::vector<std::size_t> rings;
    for (std::size_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        const auto xs = shapes.xs(part), ys = shapes.ys(part);
        if (shapes.kind(part) == PartKind::ring) {
            rings.push_back(part);
        } else if (shapes.kind(part) == PartKind::line) {
            auto line = std::make_unique<OGRLineString>();
            line->setPoints(static_cast<int>(xs.size()), xs.data(), ys.data());
            members.push_back(std::move(line));
        } else {
            for (std::size_t v = 0; v < xs.size(); ++v) members.push_back(std::make_unique<OGRPoint>(xs[v], ys[v]));
        }
    }
    if (!rings.empty()) members.push_back(surface_of(shapes, rings));
    return gathered(std::move(members));
}

}  // namespace geo
