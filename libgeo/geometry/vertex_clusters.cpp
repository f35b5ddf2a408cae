// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/vertex_clusters.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace geo {
namespace {

/// A point with the cell of a grid as fine as the tolerance: what is near enough lies in the same or a neighbouring cell.
struct Placed {
    std::int64_t column, row;
    std::uint32_t point;
};

struct Run {
    std::int64_t column, row;
    std::size_t begin, end;  // of the placed points
};

std::vector<Placed> place(std::span<const Point> points, double tolerance) {
    std::vector<Placed> placed(points.size());
    for (std::uint32_t i = 0; i < points.size(); ++i)
        placed[i] = {static_cast<std::int64_t>(std::floor(points[i].x / tolerance)),
                     static_cast<std::int64_t>(std::floor(points[i].y / tolerance)), i};
    std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
        return std::tie(a.column, a.row, a.point) < std::tie(b.column, b.row, b.point);
    });
    return placed;
}

std::vector<Run> runs_of(const std::vector<Placed>& placed) {
    std::vector<Run> runs;
    for (std::size_t i = 0; i < placed.size(); ++i) {
        if (runs.empty() || runs.back().column != placed[i].column || runs.back().row != placed[i].row)
            runs.push_back({placed[i].column, placed[i].row, i, i});
        runs.back().end = i + 1;
    }
    return runs;
}

class Joiner {
  public:
    Joiner(std::span<const Point> points, double tolerance)
        : points_(points), squared_(tolerance * tolerance), placed_(place(points, tolerance)), sets_(points.size()) {}

    DisjointSets& join_all() {
        const std::vector<Run> runs = runs_of(placed_);
        std::size_t below = 0;  // first cell of the next column that may touch
        for (std::size_t k = 0; k < runs.size(); ++k) {
            join(runs[k], runs[k]);
            if (k + 1 < runs.size() && runs[k + 1].column == runs[k].column && runs[k + 1].row == runs[k].row + 1)
                join(runs[k], runs[k + 1]);
            const auto before = [&](const Run& run) {
                return std::make_pair(run.column, run.row) < std::make_pair(runs[k].column + 1, runs[k].row - 1);
            };
            while (below < runs.size() && before(runs[below])) ++below;
            for (std::size_t j = below;
                 j < runs.size() && runs[j].column == runs[k].column + 1 && runs[j].row <= runs[k].row + 1; ++j)
                join(runs[k], runs[j]);
        }
        return sets_;
    }

  private:
    void join(const Run& a, const Run& b) {
        for (std::size_t i = a.begin; i < a.end; ++i) {
            const std::size_t end = &a == &b ? i : b.end;
            for (std::size_t j = b.begin; j < end; ++j) {
                const Point p = points_[placed_[i].point], q = points_[placed_[j].point];
                const double dx = p.x - q.x, dy = p.y - q.y;
                if (dx * dx + dy * dy <= squared_) sets_.join(placed_[i].point, placed_[j].point);
            }
        }
    }

    std::span<const Point> points_;
    double squared_;
    std::vector<Placed> placed_;
    DisjointSets sets_;
};

bool less(Point a, Point b) { return std::tie(a.x, a.y) < std::tie(b.x, b.y); }

}  // namespace

std::vector<std::uint32_t> cluster_points(std::span<const Point> points, double tolerance, std::vector<Point>& least) {
    Joiner joiner(points, tolerance);
    DisjointSets& sets = joiner.join_all();
    constexpr std::uint32_t kNone = 0xffffffffU;
    std::vector<std::uint32_t> root(points.size()), least_of(points.size(), kNone), roots;
    for (std::uint32_t i = 0; i < points.size(); ++i) {
        root[i] = sets.find(i);
        std::uint32_t& best = least_of[root[i]];
        if (best == kNone) roots.push_back(root[i]);
        if (best == kNone || less(points[i], points[best])) best = i;
    }
    std::sort(roots.begin(), roots.end(),
              [&](std::uint32_t a, std::uint32_t b) { return less(points[least_of[a]], points[least_of[b]]); });
    least.clear();
    std::vector<std::uint32_t> number(points.size(), kNone);
    for (const std::uint32_t r : roots) {
        number[r] = static_cast<std::uint32_t>(least.size());
        least.push_back(points[least_of[r]]);
    }
    for (std::uint32_t i = 0; i < points.size(); ++i) root[i] = number[root[i]];
    return root;
}

}  // namespace geo
