// SPDX-License-Identifier: Apache-2.0
#include "libgeo/coverage/zone_outline.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <span>

#include "libgeo/coverage/ball_envelope.h"

namespace geo {
namespace {

constexpr double kPi = std::numbers::pi;

Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
double cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }
double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }
double length(Point a) { return std::sqrt(dot(a, a)); }

/// Vertices joined in order; `closed`: the last with the first.
struct Chain {
    std::vector<Point> points;
    bool closed = false;
    std::size_t edges() const { return closed ? points.size() : points.size() - 1; }
    Point end_of(std::size_t edge) const { return points[edge + 1 == points.size() ? 0 : edge + 1]; }
};

double diagonal(const Box& box) { return std::hypot(box.max_x - box.min_x, box.max_y - box.min_y); }
double narrow_side(const Box& box) { return std::min(box.max_x - box.min_x, box.max_y - box.min_y); }
Box box_of(std::span<const Point> points) {
    Box box = Box::empty();
    for (const Point p : points) box.add(p.x, p.y);
    return box;
}
bool within(const Box& inner, const Box& outer) {
    return outer.min_x <= inner.min_x && inner.max_x <= outer.max_x && outer.min_y <= inner.min_y &&
           inner.max_y <= outer.max_y;
}

/// Indices of the corners of the convex hull, anticlockwise, without those on a straight edge. Method: Andrew's monotone chain.
std::vector<std::uint32_t> hull_of(const std::vector<Point>& points) {
    std::vector<std::uint32_t> order(points.size());
    for (std::uint32_t k = 0; k < order.size(); ++k) order[k] = k;
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
        return points[a].x != points[b].x ? points[a].x < points[b].x : points[a].y < points[b].y;
    };
    std::sort(order.begin(), order.end(), before);
    std::vector<std::uint32_t> hull;
    const auto add = [&](std::uint32_t k, std::size_t floor) {
        while (hull.size() >= floor + 2 && cross(points[hull.back()] - points[hull[hull.size() - 2]],
                                                 points[k] - points[hull[hull.size() - 2]]) <= 0)
            hull.pop_back();
        hull.push_back(k);
    };
    for (const std::uint32_t k : order) add(k, 0);
    const std::size_t lower = hull.size() - 1;
    for (std::size_t k = order.size() - 1; k-- > 0;) add(order[k], lower);
    if (hull.size() > 1) hull.pop_back();
    if (hull.size() == 2 && points[hull[0]] == points[hull[1]]) hull.pop_back();
    return hull;
}

/// Makes the outlines of the pieces of one shape.
class Outliner {
  public:
    Outliner(double distance, double outward, Outlines& out) : line_(distance, outward), out_(out) {}

    void circle(Point centre) {
        const auto corners = static_cast<int>(std::max(8.0, std::ceil(2 * kPi / line_.step())));
        origin_ = centre;
        for (int k = 0; k < corners; ++k) {
            const double turn = 2 * kPi * k / corners;
            put({line_.corner(kPi / corners) * std::cos(turn), line_.corner(kPi / corners) * std::sin(turn)});
        }
        close();
    }

    /// Around a ring with all that is in it. False, and nothing is added, where that may hold ground beyond the distance, or where the ring is no simple one.
    bool around(const Chain& ring) {
        const std::vector<std::uint32_t> hull = hull_of(ring.points);
        if (hull.size() < 3 || !is_filled(ring, hull)) return false;
        return around(ring, hull);
    }

    /// Around all points of lines, in pieces so short that each is filled.
    void along(const Chain& chain) {
        std::size_t edge = 0;
        while (edge < chain.edges()) {
            Chain piece;
            piece.points = {chain.points[edge], chain.end_of(edge)};
            double run = length(piece.points[1] - piece.points[0]);
            for (++edge; edge < chain.edges(); ++edge) {
                const Point next = chain.end_of(edge);
                run += length(next - piece.points.back());
                piece.points.push_back(next);
                if (run <= line_.longest_piece() && diagonal(box_of(piece.points)) <= line_.radius()) continue;
                piece.points.pop_back();
                break;
            }
            if (around(piece, hull_of(piece.points))) continue;
            for (std::size_t k = 0; k + 1 < piece.points.size(); ++k) {
                const Chain one{{piece.points[k], piece.points[k + 1]}, false};
                around(one, hull_of(one.points));
            }
        }
    }

  private:
    /// Every point of the hull is within the radius of the ring or its surface: no hollow is too deep behind its mouth, nor its mouth too wide.
    bool is_filled(const Chain& ring, const std::vector<std::uint32_t>& hull) const {
        if (diagonal(box_of(ring.points)) <= line_.radius() / 2) return true;
        const auto n = static_cast<std::uint32_t>(ring.points.size());
        std::uint32_t passed = 0;
        for (std::size_t h = 0; h < hull.size(); ++h) {
            const std::uint32_t a = hull[h], b = hull[(h + 1) % hull.size()];
            const std::uint32_t steps = (b + n - a) % n;
            passed += steps;
            if (steps > 1 && !is_filled(ring, a, steps)) return false;
        }
        return passed == n;  // else the ring does not pass its corners in their order
    }
    bool is_filled(const Chain& ring, std::uint32_t a, std::uint32_t steps) const {
        const std::size_t n = ring.points.size();
        const Point from = ring.points[a], chord = ring.points[(a + steps) % n] - from;
        const double wide = length(chord), r = line_.radius();
        double depth = 0, least = 0, most = wide;
        for (std::uint32_t k = 1; k < steps; ++k) {
            const Point p = ring.points[(a + k) % n] - from;
            depth = std::max(depth, cross(chord, p) / wide);
            least = std::min(least, dot(chord, p) / wide);
            most = std::max(most, dot(chord, p) / wide);
        }
        return depth <= r / 2 || (wide <= 1.7 * r && (depth <= r || most - least <= 2 * r));
    }

    bool around(const Chain& chain, const std::vector<std::uint32_t>& hull) {
        if (hull.size() == 1) {
            circle(chain.points[hull[0]]);
            return true;
        }
        origin_ = chain.points[hull[0]];
        Point before = normal(chain, hull, hull.size() - 1);
        for (std::size_t h = 0; h < hull.size(); ++h) {
            const Point now = normal(chain, hull, h);
            corner(chain.points[hull[h]] - origin_, before, now);
            if (!over_edge(chain, hull[h], hull[(h + 1) % hull.size()], now)) {
                xs_.clear();
                ys_.clear();
                return false;
            }
            before = now;
        }
        close();
        return true;
    }

    /// Outward, of hull edge h.
    static Point normal(const Chain& chain, const std::vector<std::uint32_t>& hull, std::size_t h) {
        const Point edge = chain.points[hull[(h + 1) % hull.size()]] - chain.points[hull[h]];
        const double size = length(edge);
        return {edge.y / size, -edge.x / size};
    }

    /// Tangents around a corner of the hull, from one edge's normal to the next one's.
    void corner(Point at, Point from, Point to) {
        double turn = std::atan2(cross(from, to), dot(from, to));
        if (turn < 0) turn += 2 * kPi;
        const int count = std::max(1, static_cast<int>(std::ceil(turn / line_.step())));
        const double half = turn / (2 * count), far = line_.corner(half);
        for (int k = 0; k < count; ++k) {
            const double angle = (2 * k + 1) * half, c = std::cos(angle), s = std::sin(angle);
            put({at.x + far * (from.x * c - from.y * s), at.y + far * (from.x * s + from.y * c)});
        }
    }

    /// The line over the hollow between two corners of the hull. False where it has no line there.
    bool over_edge(const Chain& chain, std::uint32_t a, std::uint32_t b, Point up) {
        const auto n = static_cast<std::uint32_t>(chain.points.size());
        const bool neighbours = a + 1 == b || b + 1 == a || (chain.closed && (a + b + 1 == n) && (a == 0 || b == 0));
        const Point from = chain.points[a];
        const double wide = length(chain.points[b] - from);
        if (neighbours || line_.is_straight(wide)) return true;
        const Point right{-up.y, up.x};
        hollow_.begin(wide, line_);
        for (std::size_t e = 0; e < chain.edges(); ++e) {
            const Point p = chain.points[e] - from, q = chain.end_of(e) - from;
            hollow_.add_edge({dot(p, right), dot(p, up)}, {dot(q, right), dot(q, up)});
        }
        if (!hollow_.finish()) return false;
        for (const Point p : hollow_.line())
            put({from.x - origin_.x + p.x * right.x + p.y * up.x, from.y - origin_.y + p.x * right.y + p.y * up.y});
        return true;
    }

    void put(Point p) {
        xs_.push_back(origin_.x + p.x);
        ys_.push_back(origin_.y + p.y);
    }
    void close() {
        out_.rings.reserve(xs_.size() + 1);
        for (std::size_t k = 0; k < xs_.size(); ++k) out_.rings.add_vertex(xs_[k], ys_[k]);
        out_.rings.add_vertex(xs_[0], ys_[0]);
        out_.rings.end_part(PartKind::ring);
        out_.rings.end_shape();
        xs_.clear();
        ys_.clear();
    }

    BallLine line_;
    BallEnvelope hollow_;
    Outlines& out_;
    Point origin_;  ///< what is worked out is relative to it: coordinates of the grid lose digits
    std::vector<double> xs_, ys_;
};

/// The vertices of a part, each once in a row.
Chain chain_of(const Shapes& shapes, std::uint32_t part) {
    Chain chain;
    chain.closed = shapes.kind(part) == PartKind::ring;
    const auto xs = shapes.xs(part), ys = shapes.ys(part);
    for (std::size_t k = 0; k < xs.size(); ++k)
        if (chain.points.empty() || !(chain.points.back() == Point{xs[k], ys[k]}))
            chain.points.push_back({xs[k], ys[k]});
    while (chain.closed && chain.points.size() > 1 && chain.points.front() == chain.points.back())
        chain.points.pop_back();
    return chain;
}

/// A ring of shape i that may hold ground beyond the distance which is not the shape's: a hole, or a ring in a ring.
bool has_wide_hole(const Shapes& shapes, std::size_t i, double distance) {
    if (shapes.part_end(i) - shapes.part_begin(i) < 2) return false;
    std::vector<std::pair<Box, bool>> rings;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) != PartKind::ring) continue;
        Box box = Box::empty();
        for (std::size_t k = 0; k < shapes.xs(part).size(); ++k) box.add(shapes.xs(part)[k], shapes.ys(part)[k]);
        rings.emplace_back(box, shapes.is_hole(part));
    }
    for (const auto& [box, hole] : rings) {
        if (narrow_side(box) <= 2 * distance) continue;
        if (hole) return true;
        for (const auto& [other, ignored] : rings)
            if (&other != &box && within(box, other)) return true;
    }
    return false;
}

}  // namespace

void append_outlines(const Shapes& shapes, std::size_t i, double distance, double outward, Outlines& out) {
    Outliner outliner(distance, outward, out);
    const bool wide_hole = has_wide_hole(shapes, i, distance);
    bool fill = false;
    for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
        if (shapes.kind(part) == PartKind::points) {
            for (std::size_t k = 0; k < shapes.xs(part).size(); ++k)
                outliner.circle({shapes.xs(part)[k], shapes.ys(part)[k]});
            continue;
        }
        const Chain chain = chain_of(shapes, part);
        if (chain.points.size() < 2) {
            outliner.circle(chain.points.front());
        } else if (!chain.closed) {
            outliner.along(chain);
        } else if (wide_hole || (!shapes.is_hole(part) && !outliner.around(chain))) {
            outliner.along(chain);
            fill = true;
        }
    }
    if (fill) out.surfaces.push_back(i);
}

}  // namespace geo
