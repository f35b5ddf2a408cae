// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// Who is near whom: neighbours of i are others[first[i]] to others[first[i + 1] - 1], ascending, i itself not among them.
struct Neighbours {
    std::vector<std::uint32_t> first, others;
    std::size_t size() const { return first.empty() ? 0 : first.size() - 1; }
    std::span<const std::uint32_t> of(std::size_t i) const {
        return {others.data() + first[i], others.data() + first[i + 1]};
    }
};
/// All points no farther apart than `metres`; exactly so far is a neighbour.
Neighbours neighbours_within(std::span<const Point> points, double metres);
/// The least distance at which every point has a neighbour; 0 with fewer than two points.
double least_common_distance(std::span<const Point> points);

/// Binary: every neighbour weighs 1, the variance as published in 1995. Row-standardised: neighbours share a weight of 1, the variance as PySAL and the paper of 1992
/// have it (Σw in the place of Σw²), which is larger: scores come nearer to 0. (With Σw² the two forms would give the same scores.)
enum class WeightForm : std::uint8_t { binary, row_standardised };

/// Getis and Ord's local G as a z score (Ord and Getis 1995, Geogr Anal 27:286): high where high values stand together, low where low ones do.
/// `with_self`: Gi*, else Gi (i left out, mean and spread of the others). NaN where it is not defined: no neighbour (Gi), all values alike, all are neighbours, a
/// value that is NaN (which then is no one's neighbour, and does not count).
std::vector<double> getis_ord(std::span<const double> values, const Neighbours& neighbours, WeightForm form,
                              bool with_self);

/// Points of a regular grid: (x, y) of column c and row r is (x0 + c × step, y0 + r × step).
struct PointGrid {
    double x0 = 0, y0 = 0, step = 0;
    std::size_t columns = 0, rows = 0;
    Point at(std::size_t column, std::size_t row) const {
        return {x0 + static_cast<double>(column) * step, y0 + static_cast<double>(row) * step};
    }
};
/// A grid over a box, on whole multiples of `step`, so that the same place is the same grid point whatever the box. Throws UsageError for more than 25 million points.
PointGrid grid_over(const Box& box, double step);

/// Quartic kernel density at every grid point, row by row, per square kilometre: Σ 3/(πh²) (1 - d²/h²)² over points nearer than h metres (Silverman 1986, eq 4.5).
/// Each point adds up to its weight (1 where `weights` is empty) over the plane; beside the study area's edge it is too low, as nothing is known beyond.
std::vector<double> kernel_density(std::span<const Point> points, std::span<const double> weights,
                                   const PointGrid& grid, double bandwidth_m, unsigned threads);

}  // namespace geo
