// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/plainly_valid.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "libgeo/geometry/orientation.h"

namespace geo {
namespace {

constexpr std::size_t kRun = 16;           // segments that share a box
constexpr std::size_t kMostRuns = 1024;    // beyond, comparing each with each is slower than GEOS's index
constexpr std::size_t kPairsAVertex = 64;  // so many comparisons a vertex are given to a ring that lies over itself

/// Neighbours a-b and b-c meet in b alone: they turn, or go on forwards.
bool surely_go_on(Point a, Point b, Point c) {
    if (orientation(a, b, c) != 0) return true;
    const double x = (b.x - a.x) * (c.x - b.x), y = (b.y - a.y) * (c.y - b.y);
    return x + y > 1e-12 * (std::fabs(x) + std::fabs(y));
}

/// All of t is on one side of s.
bool surely_beside(Point s_a, Point s_b, Point t_a, Point t_b) {
    const int side = orientation(s_a, s_b, t_a);
    return side != 0 && side == orientation(s_a, s_b, t_b);
}

bool boxes_apart(Point a, Point b, Point c, Point d) {
    return std::max(a.x, b.x) < std::min(c.x, d.x) || std::max(c.x, d.x) < std::min(a.x, b.x) ||
           std::max(a.y, b.y) < std::min(c.y, d.y) || std::max(c.y, d.y) < std::min(a.y, b.y);
}

bool boxes_apart(Point a, Point b, const Box& box) {
    return std::max(a.x, b.x) < box.min_x || box.max_x < std::min(a.x, b.x) || std::max(a.y, b.y) < box.min_y ||
           box.max_y < std::min(a.y, b.y);
}

bool boxes_apart(const Box& a, const Box& b) {
    return a.max_x < b.min_x || b.max_x < a.min_x || a.max_y < b.min_y || b.max_y < a.min_y;
}

class Ring {
  public:
    Ring(std::span<const double> xs, std::span<const double> ys) : xs_(xs), ys_(ys), segments_(xs.size() - 1) {}

    bool surely_simple() {
        for (std::size_t k = 0; k < segments_; ++k)
            if (!surely_go_on(at(k), at(k + 1), at(k + 1 == segments_ ? 1 : k + 2))) return false;
        make_boxes();
        for (std::size_t r = 0; r < boxes_.size(); ++r)
            for (std::size_t s = r; s < boxes_.size(); ++s)
                if ((r == s || !boxes_apart(boxes_[r], boxes_[s])) && !surely_apart(r, s)) return false;
        return true;
    }

  private:
    Point at(std::size_t k) const { return {xs_[k], ys_[k]}; }

    void make_boxes() {
        boxes_.assign((segments_ + kRun - 1) / kRun, Box::empty());
        for (std::size_t k = 0; k < segments_; ++k)
            for (const std::size_t v : {k, k + 1}) boxes_[k / kRun].add(xs_[v], ys_[v]);
    }

    /// All of the run goes east, or all of it west, north or south: no segment meets another but its neighbour.
    bool goes_one_way(std::size_t r) const {
        const std::size_t begin = r * kRun, end = std::min(begin + kRun, segments_);
        bool east = true, west = true, north = true, south = true;
        for (std::size_t k = begin; k < end; ++k) {
            east &= xs_[k] < xs_[k + 1];
            west &= xs_[k] > xs_[k + 1];
            north &= ys_[k] < ys_[k + 1];
            south &= ys_[k] > ys_[k + 1];
        }
        return east || west || north || south;
    }

    /// No segment of run r meets one of run s that is not its neighbour.
    bool surely_apart(std::size_t r, std::size_t s) {
        if (r == s && goes_one_way(r)) return true;
        const std::size_t end_r = std::min((r + 1) * kRun, segments_), end_s = std::min((s + 1) * kRun, segments_);
        for (std::size_t k = r * kRun; k < end_r; ++k) {
            const Point a = at(k), b = at(k + 1);
            if (r != s && boxes_apart(a, b, boxes_[s])) continue;
            for (std::size_t j = std::max(s * kRun, k + 2); j < end_s; ++j) {
                if (k == 0 && j + 1 == segments_) continue;  // the last segment ends where the first begins
                const Point c = at(j), d = at(j + 1);
                if (++pairs_ > kPairsAVertex * segments_ + kRun * kRun) return false;
                if (!boxes_apart(a, b, c, d) && !surely_beside(a, b, c, d) && !surely_beside(c, d, a, b)) return false;
            }
        }
        return true;
    }

    std::span<const double> xs_, ys_;
    std::size_t segments_, pairs_ = 0;
    std::vector<Box> boxes_;
};

}  // namespace

bool plainly_valid(const Shapes& shapes, std::size_t i) {
    const std::uint32_t part = shapes.part_begin(i);
    if (shapes.part_end(i) != part + 1 || shapes.kind(part) != PartKind::ring) return false;
    const auto xs = shapes.xs(part), ys = shapes.ys(part);
    const std::size_t n = xs.size();
    if (n < 4 || n > kMostRuns * kRun || xs[0] != xs[n - 1] || ys[0] != ys[n - 1]) return false;
    return Ring(xs, ys).surely_simple();
}

}  // namespace geo
