// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/geometry/crs.h"
#include "libgeo/geometry/shapes.h"
#include "libgeo/layers/study.h"
#include "libgeo/sources/output.h"

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
    // A cell more, of the column's kind.
    void add(std::string text) { texts.push_back(std::move(text)); }
    void add(std::int64_t whole) { wholes.push_back(whole); }
    void add(double number) { numbers.push_back(number); }
};
inline constexpr std::int64_t kNoWhole = INT64_MIN;

/// An answer of some commands: columns of the same length, under the name that it has as a layer of a GeoPackage or a member of JSON (none of `study`,
/// `notes`, `rows`, `complete`, `issues`, `provenance`).
struct AnswerTable {
    std::string name;  ///< `density`
    std::vector<TableColumn> columns;
    const Shapes* shapes = nullptr;  ///< in the study's CRS; none: a table without places
    std::vector<std::uint32_t>
        shape_of;       ///< by row, index into `shapes`, beyond them: a row without place; needed when shapes are given
    std::string shade;  ///< number column by whose fifths QGIS colours the areas; empty: no style
    std::string style;  ///< a QGIS style (styles.h) in place of `shade`; empty: none
    std::size_t rows() const;
};

/// What is written beside the tables.
struct AnswerRecord {
    const Provenance* provenance = nullptr;
    const Issues* issues = nullptr;
    const Crs* crs = nullptr;            ///< of the study
    std::vector<std::string> sentences;  ///< plain words that go with the numbers: caveats, what was assumed
    bool complete = true;                ///< false: rows that could change the answer were left out
    std::string svg;                     ///< the answer's chart, for .svg
    const GridFolders* grids = nullptr;  ///< of the run, for .geojson; null: that is none of the endings
};

/// Before long work: endings, folders, files in the way, outputs named twice or that the run reads (report/outputs.h). `chart`: .svg is one of the endings;
/// `places`: .geojson is. `policies`: those of the command line. Throws UsageError or EnvironmentError; leaves nothing behind.
void check_answer_files(const std::vector<std::filesystem::path>& out, bool replace, bool chart, const Study& study,
                        const std::vector<std::string>& policies, bool places = false);

/// Writes tables to files whose endings choose the form: .csv (one table: `tables.front()`), .json (all, with provenance and sentences), .gpkg (a layer a
/// table, with `issues` and `provenance`), .svg (`record.svg`, where there is one), .geojson (`record.grids`: features of all tables with places). CSV, SVG and GeoJSON get NAME.provenance.json beside them; a device or pipe is CSV.
/// Every file is there whole or none is (sources/output.h); an existing file only with `replace`. Throws UsageError for another ending, EnvironmentError
/// where a file cannot be written.
void write_tables(const std::vector<AnswerTable>& tables, const AnswerRecord& record,
                  const std::vector<std::filesystem::path>& out, bool replace);

/// NAME.provenance.json beside a file that write_tables does not write: written, not yet in its place.
OutputFile provenance_file(const std::filesystem::path& path, const AnswerRecord& record, bool replace);

/// The first rows as a table for the terminal, no wider than `width`; says how many more there are. Columns that are empty in these rows are left out, then
/// from the right those that do not fit, which are named.
std::string table_text(const AnswerTable& table, unsigned width, std::size_t most_rows);

}  // namespace geo
