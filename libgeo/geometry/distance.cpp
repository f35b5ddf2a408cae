// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/distance.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace geo {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double squared(Point a, Point b) {
    const double dx = a.x - b.x;
    const double dy = a.y - b.y;
    return dx * dx + dy * dy;
}

/// Twice the signed area of a, b, p.
double cross(Point a, Point b, Point p) { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x); }

Point at(std::span<const double> xs, std::span<const double> ys, std::size_t k) { return {xs[k], ys[k]}; }

/// Calls f(a, b) for each segment of a part; a part of points gives segments of no length.
template <typename F>
void each_segment(const Shapes& shapes, std::uint32_t part, F&& f) {
    const auto xs = shapes.xs(part);
    const auto ys = shapes.ys(part);
    if (shapes.kind(part) == PartKind::points || xs.size() == 1) {
        for (std::size_t k = 0; k < xs.size(); ++k) f(at(xs, ys, k), at(xs, ys, k));
        return;
    }
    for (std::size_t k = 0; k + 1 < xs.size(); ++k) f(at(xs, ys, k), at(xs, ys, k + 1));
}

template <typename F>
void each_segment_of_shape(const Shapes& shapes, std::size_t i, F&& f) {
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) each_segment(shapes, part, f);
}

/// A ray from p to the east crosses a-b; half-open in y, so that a shared vertex counts once.
bool crosses_ray(Point p, Point a, Point b) {
    if ((a.y > p.y) == (b.y > p.y)) return false;
    const double side = cross(a, b, p);
    return b.y > a.y ? side > 0 : side < 0;
}

bool on_segment(Point p, Point a, Point b) {
    return cross(a, b, p) == 0 && std::min(a.x, b.x) <= p.x && p.x <= std::max(a.x, b.x) && std::min(a.y, b.y) <= p.y &&
           p.y <= std::max(a.y, b.y);
}

/// a-b and c-d have a point in common.
bool meet(Point a, Point b, Point c, Point d) {
    if (std::max(a.x, b.x) < std::min(c.x, d.x) || std::max(c.x, d.x) < std::min(a.x, b.x)) return false;
    if (std::max(a.y, b.y) < std::min(c.y, d.y) || std::max(c.y, d.y) < std::min(a.y, b.y)) return false;
    const double ab_c = cross(a, b, c), ab_d = cross(a, b, d), cd_a = cross(c, d, a), cd_b = cross(c, d, b);
    if (((ab_c > 0) != (ab_d > 0)) && ((cd_a > 0) != (cd_b > 0)) && ab_c != 0 && ab_d != 0 && cd_a != 0 && cd_b != 0)
        return true;
    return on_segment(c, a, b) || on_segment(d, a, b) || on_segment(a, c, d) || on_segment(b, c, d);
}

Point crossing_point(Point a, Point b, Point c, Point d) {
    const double ab_c = cross(a, b, c), ab_d = cross(a, b, d);
    if (ab_c == ab_d) return on_segment(c, a, b) ? c : on_segment(d, a, b) ? d : a;
    const double t = ab_c / (ab_c - ab_d);
    return {c.x + t * (d.x - c.x), c.y + t * (d.y - c.y)};
}

void keep_nearer_to_segment(Separation& best, Point p, Point a, Point b, bool p_is_from) {
    const double d = squared_to_segment(p, a, b);
    if (d >= best.squared) return;
    const Point on = nearest_on_segment(p, a, b);
    best = p_is_from ? Separation{d, p, on} : Separation{d, on, p};
}

/// Segment against segment.
void keep_nearer(Separation& best, Point a, Point b, Point c, Point d) {
    if (meet(a, b, c, d)) {
        const Point p = crossing_point(a, b, c, d);
        best = {0.0, p, p};
        return;
    }
    keep_nearer_to_segment(best, a, c, d, true);
    keep_nearer_to_segment(best, b, c, d, true);
    keep_nearer_to_segment(best, c, a, b, false);
    keep_nearer_to_segment(best, d, a, b, false);
}

Box box_of(Point a, Point b) {
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
}

/// Lines and edges of a against those of b, surfaces aside.
Separation separation_of_lines(const Shapes& a, std::size_t i, const Shapes& b, std::size_t j, bool edges_of_b_only) {
    Separation best{kInfinity, {}, {}};
    const Box site = a.box(i);
    for (std::uint32_t part = b.part_begin(j); part < b.part_end(j); ++part) {
        if (edges_of_b_only && b.kind(part) != PartKind::ring) continue;
        each_segment(b, part, [&](Point c, Point d) {
            const Box box = box_of(c, d);
            if (squared_between(site, box) > best.squared) return;
            each_segment_of_shape(a, i, [&](Point p, Point q) {
                if (squared_between(box_of(p, q), box) <= best.squared) keep_nearer(best, p, q, c, d);
            });
        });
    }
    return best;
}

/// Any vertex of a lies in the surface of b.
bool any_vertex_covered(const Shapes& a, std::size_t i, const Shapes& b, std::size_t j, Point& which) {
    if (!b.has_surface(j)) return false;
    const Box box = b.box(j);
    bool found = false;
    each_segment_of_shape(a, i, [&](Point p, Point q) {
        for (const Point v : {p, q})
            if (!found && box.contains(v) && covers(b, j, v)) {
                which = v;
                found = true;
            }
    });
    return found;
}

/// Where a point lies to a surface, with a micrometre for its edge, so that points worked out on a shared edge count as on it.
enum class Side { inside, on_edge, outside };
Side side_of(Point p, const Shapes& shapes, std::size_t i) {
    constexpr double kMicrometre = 1e-6;
    if (separation_from_edge(p, shapes, i).squared <= kMicrometre * kMicrometre) return Side::on_edge;
    return covers(shapes, i, p) ? Side::inside : Side::outside;
}

/// Which sides of b's surface the lines of a touch: each segment is cut where it meets b's edge and the middles of the pieces are looked at.
struct Sides {
    bool inside = false, outside = false, on_edge = false;
    void add(Side side) {
        inside |= side == Side::inside;
        outside |= side == Side::outside;
        on_edge |= side == Side::on_edge;
    }
};
void add_cuts(std::vector<double>& cuts, Point p, Point q, Point c, Point d) {
    if (!meet(p, q, c, d)) return;
    const double length2 = squared(p, q);
    for (const Point x : {crossing_point(p, q, c, d), c, d}) {
        const double t = length2 > 0 ? ((x.x - p.x) * (q.x - p.x) + (x.y - p.y) * (q.y - p.y)) / length2 : 0.0;
        if (t > 0 && t < 1) cuts.push_back(t);
    }
}
Sides sides_of_lines(const Shapes& a, std::size_t i, const Shapes& b, std::size_t j) {
    Sides sides;
    std::vector<double> cuts;
    each_segment_of_shape(a, i, [&](Point p, Point q) {
        cuts.assign({0.0, 1.0});
        each_segment_of_shape(b, j, [&](Point c, Point d) { add_cuts(cuts, p, q, c, d); });
        std::sort(cuts.begin(), cuts.end());
        for (std::size_t k = 0; k + 1 < cuts.size(); ++k) {
            const double t = (cuts[k] + cuts[k + 1]) / 2;
            sides.add(side_of({p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)}, b, j));
        }
    });
    return sides;
}

/// Signed area and centroid sums of one ring, about its first vertex for precision.
struct RingSums {
    double area = 0, mx = 0, my = 0;
};
RingSums ring_sums(std::span<const double> xs, std::span<const double> ys) {
    RingSums sums;
    const Point o{xs[0], ys[0]};
    for (std::size_t k = 0; k + 1 < xs.size(); ++k) {
        const double ax = xs[k] - o.x, ay = ys[k] - o.y, bx = xs[k + 1] - o.x, by = ys[k + 1] - o.y;
        const double c = ax * by - bx * ay;
        sums.area += c / 2;
        sums.mx += c * (ax + bx) / 6;
        sums.my += c * (ay + by) / 6;
    }
    sums.mx += sums.area * o.x;
    sums.my += sums.area * o.y;
    return sums;
}

bool ring_covers(std::span<const double> xs, std::span<const double> ys, Point p) {
    bool odd = false;
    for (std::size_t k = 0; k + 1 < xs.size(); ++k) odd ^= crosses_ray(p, at(xs, ys, k), at(xs, ys, k + 1));
    return odd;
}

/// Under even-odd a ring adds its area when an even number of the others hold it. Rings do not cross, so the middle of its first segment decides.
bool adds_area(const Shapes& shapes, std::size_t i, std::uint32_t ring) {
    const auto xs = shapes.xs(ring);
    const auto ys = shapes.ys(ring);
    const Point p{(xs[0] + xs[1]) / 2, (ys[0] + ys[1]) / 2};
    bool odd = false;
    for (std::uint32_t other = shapes.part_begin(i); other < shapes.part_end(i); ++other)
        if (other != ring && shapes.kind(other) == PartKind::ring)
            odd ^= ring_covers(shapes.xs(other), shapes.ys(other), p);
    return !odd;
}

RingSums surface_sums(const Shapes& shapes, std::size_t i) {
    RingSums total;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) != PartKind::ring || shapes.xs(part).size() < 4) continue;
        const RingSums ring = ring_sums(shapes.xs(part), shapes.ys(part));
        const bool positive = (ring.area > 0) == adds_area(shapes, i, part);
        const double sign = positive ? 1.0 : -1.0;
        total.area += sign * ring.area;
        total.mx += sign * ring.mx;
        total.my += sign * ring.my;
    }
    return total;
}

}  // namespace

double squared_between(const Box& a, const Box& b) {
    const double dx = std::max({0.0, a.min_x - b.max_x, b.min_x - a.max_x});
    const double dy = std::max({0.0, a.min_y - b.max_y, b.min_y - a.max_y});
    return dx * dx + dy * dy;
}

Point nearest_on_segment(Point p, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double length2 = dx * dx + dy * dy;
    const double from_a = (p.x - a.x) * dx + (p.y - a.y) * dy;
    const double from_b = (p.x - b.x) * dx + (p.y - b.y) * dy;
    if (from_a <= 0) return a;
    if (from_b >= 0) return b;
    const Point by_a{a.x + from_a / length2 * dx, a.y + from_a / length2 * dy};
    const Point by_b{b.x + from_b / length2 * dx, b.y + from_b / length2 * dy};
    if (from_a == -from_b) return std::tie(by_a.x, by_a.y) < std::tie(by_b.x, by_b.y) ? by_a : by_b;
    return from_a < -from_b ? by_a : by_b;
}

bool covers(const Shapes& shapes, std::size_t i, Point p) {
    bool odd = false;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) != PartKind::ring) continue;
        const auto xs = shapes.xs(part);
        const auto ys = shapes.ys(part);
        for (std::size_t k = 0; k + 1 < xs.size(); ++k) {
            const Point a = at(xs, ys, k), b = at(xs, ys, k + 1);
            if (on_segment(p, a, b)) return true;
            odd ^= crosses_ray(p, a, b);
        }
    }
    return odd;
}

Separation separation(Point p, const Shapes& shapes, std::size_t i) {
    if (shapes.has_surface(i) && covers(shapes, i, p)) return {0.0, p, p};
    Separation best{kInfinity, p, p};
    each_segment_of_shape(shapes, i, [&](Point a, Point b) { keep_nearer_to_segment(best, p, a, b, true); });
    return best;
}

Separation separation_from_edge(Point p, const Shapes& shapes, std::size_t i) {
    Separation best{kInfinity, p, p};
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part)
        if (shapes.kind(part) == PartKind::ring)
            each_segment(shapes, part, [&](Point a, Point b) { keep_nearer_to_segment(best, p, a, b, true); });
    return best;
}

Separation separation(const Shapes& a, std::size_t i, const Shapes& b, std::size_t j) {
    if (a.is_single_point(i)) return separation(a.first_point(i), b, j);
    Point inside;
    if (any_vertex_covered(a, i, b, j, inside) || any_vertex_covered(b, j, a, i, inside)) return {0.0, inside, inside};
    return separation_of_lines(a, i, b, j, false);
}

LieInside lie_inside(const Shapes& a, std::size_t i, const Shapes& b, std::size_t j) {
    if (a.is_single_point(i)) {
        const Point p = a.first_point(i);
        return {covers(b, j, p) ? Lie::inside : Lie::outside, std::sqrt(separation_from_edge(p, b, j).squared)};
    }
    const double edge = std::sqrt(separation_of_lines(a, i, b, j, true).squared);
    const Sides sides = sides_of_lines(a, i, b, j);
    // The edge of b running through the surface of a: b lies in a, or a hole of b does.
    const bool edge_in_a = a.has_surface(i) && sides_of_lines(b, j, a, i).inside;
    if ((sides.inside && sides.outside) || (edge_in_a && (sides.inside || sides.outside))) return {Lie::partly, 0.0};
    if (sides.outside) return {Lie::outside, edge};
    if (!sides.inside && edge_in_a) return {Lie::partly, 0.0};
    return {Lie::inside, edge};
}

Point centroid(const Shapes& shapes, std::size_t i) {
    if (shapes.has_surface(i)) {
        const RingSums sums = surface_sums(shapes, i);
        if (sums.area > 0) return {sums.mx / sums.area, sums.my / sums.area};
    }
    double length = 0, x = 0, y = 0;
    each_segment_of_shape(shapes, i, [&](Point a, Point b) {
        const double l = std::sqrt(squared(a, b));
        length += l;
        x += l * (a.x + b.x) / 2;
        y += l * (a.y + b.y) / 2;
    });
    if (length > 0) return {x / length, y / length};
    const std::uint32_t first = shapes.vertex_begin(shapes.part_begin(i));
    const std::uint32_t last = shapes.vertex_end(shapes.part_end(i) - 1);
    for (std::uint32_t v = first; v < last; ++v) {
        x += shapes.all_xs()[v];
        y += shapes.all_ys()[v];
    }
    return {x / (last - first), y / (last - first)};
}

double area(const Shapes& shapes, std::size_t i) { return surface_sums(shapes, i).area; }

}  // namespace geo
