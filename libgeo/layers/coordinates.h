// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: do the coordinates of a file mean what its label says?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/layers/layer_file.h"

namespace geo {

/// What was seen of a file's coordinates, before they were transformed. Batches are merged in order.
struct CoordinateSample {
    std::uint64_t located = 0;                        ///< rows with coordinates that are finite and not (0, 0)
    std::uint64_t degree_like = 0;                    ///< of them within ±180, ±90
    std::uint64_t unreadable = 0;                     ///< rows whose coordinate cells are no numbers
    std::string unreadable_value, unreadable_column;  ///< the first of them
    std::int64_t unreadable_row = 0;
    Point first;  ///< the first located row
    std::int64_t first_row = 0;
    std::vector<Point> points;                ///< up to kPointsKept of them
    std::uint64_t numbers = 0, decimals = 0;  ///< of the sampled numbers, as written

    static constexpr std::size_t kPointsKept = 1000;
    static constexpr std::size_t kPointsABatch = 64;
    void see(Point p, std::int64_t row);
    void see_unreadable(std::string_view column, std::string_view value, std::int64_t row);
    void merge(const CoordinateSample& later);
};

/// Counts the decimals of a number as written: `-0.128328` has 6.
unsigned decimals_of(std::string_view number);

/// Throws DataError where the label cannot be right: degrees labelled as metres, metres labelled as degrees, axes swapped, nothing inside the CRS's area of
/// use, no row that can be read. `area`: the study area in the study's CRS, when it is known. Adds `coarse-coordinates`.
void check_coordinates(const LayerFile& file, const CoordinateSample& sample, const Crs& study_crs,
                       const std::optional<Box>& area, Issues& issues);

}  // namespace geo
