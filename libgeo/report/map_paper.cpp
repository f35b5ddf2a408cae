// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/map_paper.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "libgeo/base/text.h"

namespace geo {
namespace {

constexpr unsigned kScales[] = {500,    1'000,  1'250,  2'000,  2'500,  4'000,   5'000,   7'500,   10'000,
                                12'500, 15'000, 20'000, 25'000, 50'000, 100'000, 250'000, 500'000, 1'000'000};
constexpr double kSpare = 1.16;     // around what must be seen
constexpr double kThinnest = 0.12;  // millimetres between two vertices that can be told apart

/// One side of the frame: Sutherland and Hodgman (1974), a ring cut at a half plane at a time. Edges that run along the frame lie outside what is seen.
struct Side {
    double a, b, c;  // inside where a x + b y <= c
    double over(Point p) const { return a * p.x + b * p.y - c; }
};

std::vector<Point> cut(const std::vector<Point>& ring, const Side& side) {
    std::vector<Point> out;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point p = ring[i], q = ring[(i + 1) % ring.size()];
        const double dp = side.over(p), dq = side.over(q);
        if (dp <= 0) out.push_back(p);
        if ((dp < 0 && dq > 0) || (dp > 0 && dq < 0)) {
            const double t = dp / (dp - dq);
            out.push_back({p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)});
        }
    }
    return out;
}

std::string path_of(const std::vector<Point>& points, bool closed) {
    std::string out;
    Point last{};
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Point p = points[i];
        const bool end = i == 0 || (!closed && i + 1 == points.size());
        if (!end && std::hypot(p.x - last.x, p.y - last.y) < kThinnest) continue;
        out += (i == 0 ? "M" : "L") + mm(p.x) + " " + mm(p.y);
        last = p;
    }
    return closed && !out.empty() ? out + "Z" : out;
}

}  // namespace

std::string mm(double value) { return format_fixed(value, 2); }

MapPaper::MapPaper(const Box& wanted, double width_mm, double height_mm)
    : width_(width_mm),
      height_(height_mm),
      centre_{(wanted.min_x + wanted.max_x) / 2, (wanted.min_y + wanted.max_y) / 2} {
    const double wide = (wanted.max_x - wanted.min_x) * kSpare, high = (wanted.max_y - wanted.min_y) * kSpare;
    for (const unsigned scale : kScales) {
        scale_ = scale;
        if (wide <= width_ * metres_per_mm() && high <= height_ * metres_per_mm()) break;
    }
}

Box MapPaper::seen() const {
    const double half_x = width_ / 2 * metres_per_mm(), half_y = height_ / 2 * metres_per_mm();
    return {centre_.x - half_x, centre_.y - half_y, centre_.x + half_x, centre_.y + half_y};
}

bool MapPaper::shows(const Box& box) const {
    const Box frame = seen();
    return !box.is_empty() && box.min_x <= frame.max_x && box.max_x >= frame.min_x && box.min_y <= frame.max_y &&
           box.max_y >= frame.min_y;
}

std::string MapPaper::path(const Shapes& shapes, std::size_t i) const {
    if (!shapes.has_location(i) || !shows(shapes.box(i))) return {};
    constexpr double kBeyond = 3.0;  // millimetres outside the frame, so that cut edges are not seen
    const Side sides[] = {{-1, 0, kBeyond}, {1, 0, width_ + kBeyond}, {0, -1, kBeyond}, {0, 1, height_ + kBeyond}};
    std::string out;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) == PartKind::points) continue;
        const auto xs = shapes.xs(part), ys = shapes.ys(part);
        std::vector<Point> points;
        for (std::size_t k = 0; k < xs.size(); ++k) points.push_back({x(xs[k]), y(ys[k])});
        const bool ring = shapes.kind(part) == PartKind::ring;
        if (ring) {
            if (!points.empty()) points.pop_back();
            for (const Side& side : sides) points = cut(points, side);
        }
        out += path_of(points, ring);
    }
    return out;
}

double MapPaper::bar_metres(double most_mm) const {
    const double most = most_mm * metres_per_mm();
    double best = 1;
    for (int power = 0; power <= 5; ++power) {
        for (const double round : {1.0, 2.0, 5.0}) {
            if (const double metres = round * std::pow(10.0, power); metres <= most) best = metres;
        }
    }
    return best;
}

}  // namespace geo
