// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/vertex_clusters.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

namespace geo {
namespace {

bool less(Point a, Point b) { return std::tie(a.x, a.y) < std::tie(b.x, b.y); }

/// Strips from west to east, so narrow that the points of one fit into the nearest cache.
class Strips {
  public:
    Strips(std::span<const double> xs, const std::vector<std::uint32_t>& at) : count_(at.size() / kPointsAStrip + 1) {
        double least = std::numeric_limits<double>::infinity(), most = -least;
        for (const std::uint32_t v : at) {
            least = std::min(least, xs[v]);
            most = std::max(most, xs[v]);
        }
        const double scale = static_cast<double>(count_) / (most - least);
        if (!at.empty() && std::isfinite(scale)) {
            west_ = least;
            scale_ = scale;
        }
    }
    std::size_t count() const { return count_; }
    /// Ascends with x.
    std::size_t of(double x) const {
        return scale_ > 0 ? std::min(count_ - 1, static_cast<std::size_t>((x - west_) * scale_)) : 0;
    }

  private:
    static constexpr std::size_t kPointsAStrip = 512;
    std::size_t count_;
    double west_ = 0, scale_ = 0;
};

/// Indices into `at` by their strip: `order` holds them, `first` where each strip begins.
void sort_into_strips(std::span<const double> xs, const std::vector<std::uint32_t>& at,
                      std::vector<std::uint32_t>& order, std::vector<std::uint32_t>& first) {
    const Strips strips(xs, at);
    std::vector<std::uint32_t> next(strips.count() + 1, 0);
    for (const std::uint32_t v : at) ++next[strips.of(xs[v]) + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    first = next;
    order.resize(at.size());
    for (std::uint32_t k = 0; k < at.size(); ++k) order[next[strips.of(xs[at[k]])]++] = k;
}

/// Numbers points in the order in which each is met first: a table of twice their number at least, looked through from a place that their bits tell.
class SmallSet {
  public:
    void clear(std::size_t most) {
        points_.clear();
        slots_.assign(std::bit_ceil(2 * most + 2), kNone);
        shift_ = 64U - static_cast<unsigned>(std::countr_zero(slots_.size()));
    }
    std::uint32_t number(Point p) {
        const std::uint64_t x = std::bit_cast<std::uint64_t>(p.x) * kOdd, y = std::bit_cast<std::uint64_t>(p.y);
        std::size_t slot = ((x ^ (x >> 32U)) + y) * kOdd >> shift_;  // the upper bits of a product hang on all
        for (;; ++slot) {
            std::uint32_t& found = slots_[slot & (slots_.size() - 1)];
            if (found == kNone) {
                found = static_cast<std::uint32_t>(points_.size());
                points_.push_back(p);
            } else if (points_[found] != p) {
                continue;
            }
            return found;
        }
    }
    const std::vector<Point>& points() const { return points_; }

  private:
    static constexpr std::uint32_t kNone = 0xffffffffU;
    static constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15ULL;
    std::vector<Point> points_;
    std::vector<std::uint32_t> slots_;
    unsigned shift_ = 63;
};

/// Joins points within the tolerance. They come in columns as wide as that (a hair more, for what rounding takes), from the south to the north in each: what is near
/// enough lies in the same column or the one beside it.
class Joiner {
  public:
    Joiner(std::span<const Point> points, double tolerance)
        : points_(points),
          tolerance_(tolerance),
          width_(tolerance * (1 + 1e-9)),
          order_(points.size()),
          sets_(points.size()) {
        std::iota(order_.begin(), order_.end(), 0U);
    }

    std::vector<std::uint32_t> join_all() {
        Column before;
        for (std::size_t begin = 0; begin < points_.size();) {
            Column column{std::floor(points_[begin].x / width_), begin, begin};
            while (column.end < points_.size() && std::floor(points_[column.end].x / width_) == column.number)
                ++column.end;
            sort(column);
            join_within(column);
            if (before.begin < before.end && before.number + 1 == column.number) join_between(before, column);
            before = column;
            begin = column.end;
        }
        for (std::uint32_t i = 0; i < order_.size(); ++i) order_[i] = sets_.find(i);
        return std::move(order_);
    }

  private:
    struct Column {
        double number = 0;
        std::size_t begin = 0, end = 0;  // of order_
    };

    void sort(const Column& column) {
        const auto southern = [&](std::uint32_t a, std::uint32_t b) { return points_[a].y < points_[b].y; };
        const auto begin = order_.begin() + static_cast<std::ptrdiff_t>(column.begin);
        const auto end = order_.begin() + static_cast<std::ptrdiff_t>(column.end);
        if (!std::is_sorted(begin, end, southern)) std::sort(begin, end, southern);
    }

    void join_within(const Column& column) {
        for (std::size_t i = column.begin; i + 1 < column.end; ++i)
            for (std::size_t j = i + 1; j < column.end && y(j) - y(i) <= width_; ++j) join_if_near(i, j);
    }

    void join_between(const Column& west, const Column& east) {
        std::size_t south = east.begin;
        for (std::size_t i = west.begin; i < west.end; ++i) {
            while (south < east.end && y(south) < y(i) - width_) ++south;
            for (std::size_t j = south; j < east.end && y(j) - y(i) <= width_; ++j) join_if_near(i, j);
        }
    }

    double y(std::size_t k) const { return points_[order_[k]].y; }

    void join_if_near(std::size_t i, std::size_t j) {
        const Point p = points_[order_[i]], q = points_[order_[j]];
        const double dx = p.x - q.x, dy = p.y - q.y;
        if (dx * dx + dy * dy <= tolerance_ * tolerance_) sets_.join(order_[i], order_[j]);
    }

    std::span<const Point> points_;
    double tolerance_, width_;
    std::vector<std::uint32_t> order_;
    DisjointSets sets_;
};

}  // namespace

DistinctPoints distinct_points(std::span<const double> xs, std::span<const double> ys, std::vector<std::uint32_t> at) {
    std::vector<std::uint32_t> order, first;
    sort_into_strips(xs, at, order, first);
    DistinctPoints distinct;
    distinct.number = std::move(at);  // each is read once before it is written
    SmallSet met;
    std::vector<std::uint32_t> sorted, rank;
    for (std::size_t s = 0; s + 1 < first.size(); ++s) {
        const std::span<const std::uint32_t> strip(order.data() + first[s], order.data() + first[s + 1]);
        met.clear(strip.size());
        for (const std::uint32_t k : strip) {
            std::uint32_t& number = distinct.number[k];
            number = met.number({xs[number] + 0.0, ys[number] + 0.0});
        }
        sorted.resize(met.points().size());
        std::iota(sorted.begin(), sorted.end(), 0U);
        std::sort(sorted.begin(), sorted.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return less(met.points()[a], met.points()[b]); });
        rank.resize(sorted.size());
        for (const std::uint32_t i : sorted) {
            rank[i] = static_cast<std::uint32_t>(distinct.points.size());
            distinct.points.push_back(met.points()[i]);
        }
        for (const std::uint32_t k : strip) distinct.number[k] = rank[distinct.number[k]];
    }
    return distinct;
}

std::vector<std::uint32_t> least_of_clusters(std::span<const Point> distinct, double tolerance) {
    return Joiner(distinct, tolerance).join_all();
}

std::vector<std::uint32_t> cluster_points(std::span<const Point> points, double tolerance, std::vector<Point>& least) {
    std::vector<double> xs, ys;
    for (const Point p : points) {
        xs.push_back(p.x);
        ys.push_back(p.y);
    }
    std::vector<std::uint32_t> all(points.size());
    std::iota(all.begin(), all.end(), 0U);
    DistinctPoints distinct = distinct_points(xs, ys, std::move(all));
    std::vector<std::uint32_t> number = least_of_clusters(distinct.points, tolerance);
    least.clear();
    for (std::uint32_t i = 0; i < number.size(); ++i) {  // the least of a cluster comes before its others
        const bool is_least = number[i] == i;
        number[i] = is_least ? static_cast<std::uint32_t>(least.size()) : number[number[i]];
        if (is_least) least.push_back(distinct.points[i]);
    }
    for (std::uint32_t& k : distinct.number) k = number[k];
    return std::move(distinct.number);
}

}  // namespace geo
