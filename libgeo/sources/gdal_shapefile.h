// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "libgeo/sources/gdal_table.h"

namespace geo {

/// A Shapefile that was looked over before GDAL opens it, since GDAL reads a damaged one as far as it goes and says
/// nothing.
struct CheckedShapefile {
    GdalFile file;                        ///< in memory, with a new index, when the .shx was missing or damaged
    std::uint64_t rows = 0;               ///< records of the .dbf that are not marked as deleted
    std::optional<std::string> encoding;  ///< GDAL's open option; empty text: bytes as they are
    std::vector<Issue> issues;
};

/// Throws DataError: no .dbf; .shp or .dbf cut short; .shp and .dbf with different numbers of records.
CheckedShapefile check_shapefile(const GdalFile& gdal_file, const SourceFile& source);

}  // namespace geo
