// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/crossings.h"

#include <algorithm>
#include <vector>

namespace geo {

namespace {

struct Segment {
    Point a, b;  // a is the western end
    double low_y, high_y;
};

std::vector<Segment> segments_from_the_west(const Shapes& shapes, std::size_t i) {
    std::vector<Segment> segments;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) != PartKind::ring) continue;
        const auto xs = shapes.xs(part), ys = shapes.ys(part);
        for (std::size_t k = 1; k < xs.size(); ++k) {
            Point a{xs[k - 1], ys[k - 1]}, b{xs[k], ys[k]};
            if (b.x < a.x) std::swap(a, b);
            segments.push_back({a, b, std::min(a.y, b.y), std::max(a.y, b.y)});
        }
    }
    std::sort(segments.begin(), segments.end(), [](const Segment& s, const Segment& t) { return s.a.x < t.a.x; });
    return segments;
}

double side(Point a, Point b, Point p) { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x); }

bool cross(const Segment& s, const Segment& t) {
    if (s.high_y < t.low_y || t.high_y < s.low_y) return false;
    return side(s.a, s.b, t.a) * side(s.a, s.b, t.b) < 0 && side(t.a, t.b, s.a) * side(t.a, t.b, s.b) < 0;
}

}  // namespace

std::uint64_t crossings_up_to(const Shapes& shapes, std::size_t i, std::uint64_t most) {
    const std::vector<Segment> segments = segments_from_the_west(shapes, i);
    std::uint64_t count = 0;
    for (std::size_t k = 0; k < segments.size(); ++k) {
        for (std::size_t j = k + 1; j < segments.size() && segments[j].a.x <= segments[k].b.x; ++j) {
            count += cross(segments[k], segments[j]) ? 1 : 0;
            if (count > most) return count;
        }
    }
    return count;
}

}  // namespace geo
