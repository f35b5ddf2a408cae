// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/geometry/crs.h"
#include "libgeo/geometry/shapes.h"

namespace geo {

/// One column of an answer. A NaN number, a whole number of kNoWhole and an empty text are empty cells (null in JSON and GeoPackage).
struct TableColumn {
    enum class Kind : std::uint8_t { text, whole, number };
    std::string name;
    Kind kind = Kind::text;
    int decimals = 3;  ///< of numbers, in every form
    std::vector<std::string> texts;
    std::vector<std::int64_t> wholes;
    std::vector<double> numbers;
};
inline constexpr std::int64_t kNoWhole = INT64_MIN;

/// An answer of some commands: columns of the same length, under the name that it has as a layer of a GeoPackage or a member of JSON.
struct AnswerTable {
    std::string name;  ///< `density`
    std::vector<TableColumn> columns;
    const Shapes* shapes = nullptr;           ///< in the study's CRS; none: a table without places
    std::vector<std::uint32_t> shape_of;      ///< by row, index into `shapes`; needed when shapes are given
    std::size_t rows() const;
};

/// What is written beside the tables.
struct AnswerRecord {
    const Provenance* provenance = nullptr;
    const Issues* issues = nullptr;
    const Crs* crs = nullptr;             ///< of the study
    std::vector<std::string> sentences;   ///< plain words that go with the numbers: caveats, what was assumed
};

/// Writes tables to files whose endings choose the form: .csv (one table: `tables.front()`), .json (all, with provenance and sentences), .gpkg (a layer a
/// table, with `provenance`). CSV gets NAME.provenance.json beside it. Whole or not at all (sources/output.h); an existing file only with `replace`.
/// Throws UsageError for another ending, EnvironmentError where a file cannot be written.
void write_tables(const std::vector<AnswerTable>& tables, const AnswerRecord& record,
                  const std::vector<std::filesystem::path>& out, bool replace);

/// The first rows as a table for the terminal, no wider than `width`; says how many more there are.
std::string table_text(const AnswerTable& table, unsigned width, std::size_t most_rows);

}  // namespace geo
