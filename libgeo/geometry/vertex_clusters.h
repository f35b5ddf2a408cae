// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// Sets that grow together.
class DisjointSets {
  public:
    explicit DisjointSets(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }
    /// The least member of the set.
    std::uint32_t find(std::uint32_t i) {
        while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
        return i;
    }
    void join(std::uint32_t a, std::uint32_t b) {
        a = find(a);
        b = find(b);
        if (a < b)
            parent_[b] = a;
        else
            parent_[a] = b;
    }

  private:
    std::vector<std::uint32_t> parent_;
};

/// Points, each once, by (x, y).
struct DistinctPoints {
    std::vector<Point> points;
    std::vector<std::uint32_t> number;  ///< which of `points` each is, in the order given
};

/// Of the points (xs[i], ys[i]) those that `at` lists. Coordinates are finite; minus nought is nought. Time: n log n at worst, for points
/// spread out little more than reading them; memory beside the result: 4 bytes a point.
DistinctPoints distinct_points(std::span<const double> xs, std::span<const double> ys, std::vector<std::uint32_t> at);

/// Which of distinct points, by (x, y), are one: those no farther apart than `tolerance` (metres, above 0), and chains of such. By point: the least of its cluster.
std::vector<std::uint32_t> least_of_clusters(std::span<const Point> distinct, double tolerance);

/// Which points are one. One number a point: clusters are numbered from 0 in the order of the least (x, y) of each, so that the order of the points does not matter.
/// `least`: that point of each cluster.
std::vector<std::uint32_t> cluster_points(std::span<const Point> points, double tolerance, std::vector<Point>& least);

}  // namespace geo
