// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/hot_spots.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include "libgeo/base/errors.h"
#include "libgeo/base/parallel.h"
#include "libgeo/base/threads.h"
#include "libgeo/geometry/nearest_index.h"

namespace geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kSquareMetres = 1e6;  // of a square kilometre
constexpr double kMostGridPoints = 25e6;

double squared_between(Point a, Point b) { return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y); }

Shapes shapes_of(std::span<const Point> points) {
    Shapes shapes;
    for (const Point& p : points) shapes.add_point(p.x, p.y);
    return shapes;
}

/// Weights around one place, summed: Σw, Σw², Σwx.
struct Around {
    double weight = 0, squares = 0, value = 0;
};
Around around(std::size_t i, std::span<const double> values, const Neighbours& neighbours, WeightForm form,
              bool with_self) {
    Around sums;
    const auto take = [&](std::size_t j) {
        if (std::isnan(values[j])) return;
        sums.weight += 1;
        sums.value += values[j];
    };
    for (const std::uint32_t j : neighbours.of(i)) take(j);
    if (with_self) take(i);
    sums.squares = sums.weight;
    if (form == WeightForm::row_standardised && sums.weight > 0) {
        sums.value /= sums.weight;
        sums.squares = sums.weight = 1;
    }
    return sums;
}

/// Mean and variance (over n) of all values that are known.
struct Moments {
    double count = 0, sum = 0, squares = 0;
    void add(double value, double times = 1) {
        count += times;
        sum += times * value;
        squares += times * value * value;
    }
    double mean() const { return sum / count; }
    double variance() const { return std::max(0.0, squares / count - mean() * mean()); }
};

double z_score(const Around& near, const Moments& moments) {
    const double variance =
        moments.variance() * (moments.count * near.squares - near.weight * near.weight) / (moments.count - 1);
    // What rounding leaves of a spread of none is no spread.
    const double least = 1e-12 * moments.squares / moments.count;
    if (near.weight <= 0 || moments.count < 3 || !(moments.variance() > least) || !(variance > 0)) return kNaN;
    return (near.value - moments.mean() * near.weight) / std::sqrt(variance);
}

}  // namespace

Neighbours neighbours_within(std::span<const Point> points, double metres) {
    const Shapes shapes = shapes_of(points);
    const NearestIndex index(shapes);
    Neighbours neighbours;
    neighbours.first.push_back(0);
    for (std::uint32_t i = 0; i < points.size(); ++i) {
        const Point p = points[i];
        index.near({p.x, p.y, p.x, p.y}, metres, [&](std::uint32_t j) {
            if (j != i && squared_between(p, points[j]) <= metres * metres) neighbours.others.push_back(j);
        });
        neighbours.first.push_back(static_cast<std::uint32_t>(neighbours.others.size()));
    }
    return neighbours;
}

double least_common_distance(std::span<const Point> points) {
    if (points.size() < 2) return 0;
    const Shapes shapes = shapes_of(points);
    const NearestIndex index(shapes);
    std::vector<std::uint8_t> mask(points.size(), 1);
    double farthest = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        mask[i] = 0;
        farthest = std::max(farthest, index.nearest(points[i], {mask, {}, {}, {}}).squared);
        mask[i] = 1;
    }
    // A square root that was rounded down must not leave the farthest one out.
    double metres = std::sqrt(farthest);
    while (metres * metres < farthest) metres = std::nextafter(metres, std::numeric_limits<double>::infinity());
    return metres;
}

std::vector<double> getis_ord(std::span<const double> values, const Neighbours& neighbours, WeightForm form,
                              bool with_self) {
    if (neighbours.size() != values.size()) throw std::invalid_argument("getis_ord: neighbours of other places");
    Moments all;
    for (const double value : values)
        if (!std::isnan(value)) all.add(value);
    std::vector<double> z(values.size(), kNaN);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        Moments moments = all;
        if (!with_self) moments.add(values[i], -1);
        z[i] = z_score(around(i, values, neighbours, form, with_self), moments);
    }
    return z;
}

PointGrid grid_over(const Box& box, double step) {
    PointGrid grid;
    if (box.is_empty()) return grid;
    grid.step = step;
    grid.x0 = std::floor(box.min_x / step) * step;
    grid.y0 = std::floor(box.min_y / step) * step;
    const double columns = std::ceil((box.max_x - grid.x0) / step) + 1,
                 rows = std::ceil((box.max_y - grid.y0) / step) + 1;
    if (!(columns * rows <= kMostGridPoints))
        throw UsageError(
            fmt::format("a grid of {} m over this area has more than {:.0f} million points; give a wider one", step,
                        kMostGridPoints / 1e6));
    grid.columns = static_cast<std::size_t>(columns);
    grid.rows = static_cast<std::size_t>(rows);
    return grid;
}

std::vector<double> kernel_density(std::span<const Point> points, std::span<const double> weights,
                                   const PointGrid& grid, double bandwidth_m, unsigned threads) {
    if (!weights.empty() && weights.size() != points.size())
        throw std::invalid_argument("kernel_density: a weight for each point");
    std::vector<double> density(grid.columns * grid.rows, 0);
    if (points.empty() || density.empty()) return density;
    const Shapes shapes = shapes_of(points);
    const NearestIndex index(shapes);
    const double h2 = bandwidth_m * bandwidth_m, peak = 3 / (std::numbers::pi * h2) * kSquareMetres;
    const auto at_row = [&](std::size_t row) {
        for (std::size_t column = 0; column < grid.columns; ++column) {
            const Point p = grid.at(column, row);
            double sum = 0;  // points come in ascending order: the same sum every time
            index.near({p.x, p.y, p.x, p.y}, bandwidth_m, [&](std::uint32_t j) {
                const double d2 = squared_between(p, points[j]);
                if (d2 < h2) sum += (weights.empty() ? 1 : weights[j]) * (1 - d2 / h2) * (1 - d2 / h2);
            });
            density[row * grid.columns + column] = peak * sum;
        }
    };
    const ThreadLimit limit(threads);
    in_parallel(grid.rows, at_row);
    return density;
}

}  // namespace geo
