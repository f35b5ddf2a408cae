// SPDX-License-Identifier: Apache-2.0
// Geometry into the index: whatever rings, lines and points come, repair never drops a shape, the index agrees with looking at every shape, and distances are
// finite and not negative.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>

#include "libgeo/geometry/distance.h"
#include "libgeo/geometry/geos.h"
#include "libgeo/geometry/nearest_index.h"

namespace {

void expect(bool holds) {
    if (!holds) std::abort();
}

/// Bytes → shapes: small integers most of the time, so that things touch, cross and coincide.
geo::Shapes shapes_from(const unsigned char* data, std::size_t size) {
    geo::Shapes shapes;
    std::size_t k = 0;
    while (k < size && shapes.size() < 40) {
        const unsigned char head = data[k++];
        const int parts = head % 4;
        for (int part = 0; part < parts && k < size; ++part) {
            const auto kind = static_cast<geo::PartKind>(data[k] % 3);
            const std::size_t vertices = data[k++] / 3 % 12 + 1;
            double x0 = 0, y0 = 0;
            std::size_t added = 0;
            for (; added < vertices && k + 1 < size; ++added) {
                const double x = data[k++], y = data[k++];
                if (added == 0) x0 = x, y0 = y;
                shapes.add_vertex(x, y);
            }
            if (added == 0) break;
            if (kind == geo::PartKind::ring) shapes.add_vertex(x0, y0);
            shapes.end_part(kind);
        }
        shapes.end_shape();
    }
    return shapes;
}

void check_index(const geo::Shapes& shapes) {
    const geo::NearestIndex index(shapes);
    for (const geo::Point p : {geo::Point{0, 0}, geo::Point{128, 128}, geo::Point{300, 17.5}}) {
        double least = std::numeric_limits<double>::infinity();
        for (std::uint32_t i = 0; i < shapes.size(); ++i) {
            if (!shapes.has_location(i)) continue;
            const double d = geo::separation(p, shapes, i).squared;
            expect(d >= 0 && std::isfinite(d));
            least = std::min(least, d);
        }
        const geo::Nearest found = index.nearest(p);
        expect(found ? found.squared == least : std::isinf(least));
    }
}

/// All coordinates are such as a map in metres has.
bool on_a_map(const geo::Shapes& shapes) {
    const auto good = [](double c) { return std::fabs(c) <= 1e7; };
    return std::all_of(shapes.all_xs().begin(), shapes.all_xs().end(), good) &&
           std::all_of(shapes.all_ys().begin(), shapes.all_ys().end(), good);
}

void check_wkt(const std::string& wkt) {
    geo::Shapes read;
    std::string reason;
    const bool good = geo::append_wkt(wkt, read, &reason);
    expect(read.size() == (good ? 1U : 0U) && good == reason.empty());
    if (!good) return;
    geo::Shapes repaired;
    const geo::Repair repair = geo::append_valid(read, 0, repaired);
    expect(repaired.size() == 1 && (repair.was_valid || !repair.reason.empty()));
    if (!repaired.has_location(0) || !on_a_map(read)) return;
    check_index(repaired);
    geo::Shapes here;
    here.add_point(128, 128);
    const double d = geo::separation(repaired, 0, here, 0).squared;
    const double g = geo::geos_distance(repaired, 0, here, 0);
    expect(std::fabs(std::sqrt(d) - g) < 1e-6);
}

void check_shapes(const geo::Shapes& shapes) {
    geo::Shapes repaired;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const geo::Repair repair = geo::append_valid(shapes, i, repaired);
        expect(repair.was_valid || !repair.reason.empty());
        if (shapes.has_location(i) && !repaired.has_location(i)) expect(!repair.was_valid);
    }
    expect(repaired.size() == shapes.size());
    check_index(repaired);
    for (std::size_t i = 1; i < repaired.size(); ++i) {
        if (!repaired.has_location(i) || !repaired.has_location(i - 1)) continue;
        const double d = geo::separation(repaired, i, repaired, i - 1).squared;
        const double g = geo::geos_distance(repaired, i, repaired, i - 1);
        expect(std::fabs(std::sqrt(d) - g) < 1e-6);
        const geo::LieInside lie = geo::lie_inside(repaired, i, repaired, i - 1);
        expect(lie.edge >= 0);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    if (size > 0 && data[0] == 'w') {
        check_wkt(std::string(reinterpret_cast<const char*>(data + 1), size - 1));
    } else {
        check_shapes(shapes_from(data, size));
    }
    return 0;
}
