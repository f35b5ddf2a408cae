// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: the rows of a file, with where they are in the study's CRS and what is wrong with them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "libgeo/layers/coordinates.h"
#include "libgeo/layers/layer_file.h"

namespace geo {

/// What is wrong with one row; becomes an Issue once its id is known.
struct RowTrouble {
    std::uint32_t row = 0;  ///< index in the batch
    const char* code = "";
    std::string message, action;
    Kept kept = Kept::not_used;
    bool has_place = false;
    Point place;
};

/// A batch brought into the study's CRS.
struct LocatedRows {
    Batch batch;    ///< its shapes are gone
    Shapes shapes;  ///< one a row; without location where none is known, and for rows that do not pass
    std::vector<std::uint8_t> passes;  ///< 1: the row passes `where`
    std::vector<RowTrouble> troubles;  ///< in row order; kept = not_used: the row has no location
    CoordinateSample sample;
    std::size_t size() const { return batch.size(); }
};

/// 1: the row passes the file's filters.
std::vector<std::uint8_t> passing_rows(const LayerFile& file, const Batch& batch);

/// Thread-safe.
LocatedRows locate_rows(const LayerFile& file, Batch&& batch);

/// Reads the whole table: decoded and located in parallel, taken in the order of the file.
void read_rows(const LayerFile& file, const std::function<void(LocatedRows&&)>& take);

/// The issue of a trouble. `hides`: a row without location could hide a breach.
Issue issue_of(const LayerFile& file, const LocatedRows& rows, const RowTrouble& trouble, std::string_view id,
               bool hides);

/// Issues that the source found; rows it left out may hide a breach where `hides`. Counts them in the file's account: read and not_used.
void take_source_issues(LayerFile& file, Batch& batch, bool hides, Issues& issues);

/// An issue of the source as one of the layer: with the id of its row where that is in the batch. A row left out may hide a breach where `hides`.
Issue of_layer(const LayerFile& file, const Batch& batch, Issue issue, bool hides);

/// "lines 2, 8 and 9", "rows 2 and 3" or "line 2".
std::string lines_words(const LayerFile& file, std::vector<std::int64_t> rows);

/// Shape i of a and shape j of b have the same parts and vertices.
bool same_shape(const Shapes& a, std::size_t i, const Shapes& b, std::size_t j);

}  // namespace geo
