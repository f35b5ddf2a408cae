// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/sources/csv_scan.h"
#include "libgeo/sources/table.h"

namespace geo {

/// Whole records of a CSV file, and where they stand in it.
struct CsvPiece {
    std::shared_ptr<const char[]> buffer;  ///< what `text` points into
    std::string_view text;
    std::uint64_t number = 0;
    std::int64_t first_line = 1;
    std::size_t most_rows = 0;  ///< at least as many as there are
    bool plain = true;          ///< as CsvCut::plain
};

/// What decoding needs to know of the file.
struct CsvPlan {
    std::string shown, study_layer;
    CsvDialect dialect;
    std::size_t fields = 0;             ///< in the header
    std::vector<std::size_t> selected;  ///< fields wanted
    bool encoding_said = false;         ///< that cells are Windows-1252 was said at opening
};

/// Thread-safe. Throws DataError.
Batch decode_csv(const CsvPlan& plan, CsvPiece piece);

/// The fields of the first record of `text`, unquoted, in UTF-8.
std::vector<std::string> csv_header(std::string_view text, CsvDialect dialect);

}  // namespace geo
