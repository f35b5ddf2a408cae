// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: one file of a layer, opened, with its preset, its columns bound to our words, and its way into the study's CRS.
#pragma once

#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/geometry/crs.h"
#include "libgeo/layers/presets.h"
#include "libgeo/layers/study.h"
#include "libgeo/sources/file_stamps.h"
#include "libgeo/sources/table.h"

namespace geo {

/// A Transformation for many threads: each call takes a clone from a pool.
class SharedTransformation {
  public:
    explicit SharedTransformation(Transformation one);
    ~SharedTransformation();
    const OperationInfo& info() const { return info_; }
    /// In place; NaN for what cannot be transformed. Thread-safe.
    void apply(std::span<double> xs, std::span<double> ys) const;

  private:
    struct Pool;
    OperationInfo info_;
    std::unique_ptr<Pool> pool_;
};

enum class LocatedBy { nothing, geometry, wkt, x_y };
enum class Location { needed, wanted, none };

/// What a layer asks of a file.
struct FileRequest {
    const Study* study = nullptr;
    std::string layer;  ///< for messages and issues
    std::string kind;   ///< of the layer, for presets; empty: any
    const FileSpec* spec = nullptr;
    std::vector<std::string> words;            ///< our words, bound where the file has a column for them
    std::vector<std::string> needed;           ///< those of them without which the file says nothing
    std::map<std::string, std::string> named;  ///< word → column that must be there (keys of joins)
    std::vector<std::string> keep;             ///< columns that must be there, by name
    std::vector<std::string> attributes;       ///< columns taken where they are, by name
    std::vector<std::string> fields;  ///< folded words that policies ask for: bound as words are, where they are
    Location location = Location::needed;
    const GridFolders* grids = nullptr;
    bool preset_where = true;  ///< rows that matter by default, as the preset has it
};

/// Rows whose cell is one of the accepted values, compared folded.
struct RowFilter {
    std::size_t cell = 0;
    std::string column;
    std::vector<std::string> accepted;
};

struct LayerFile {
    std::string layer;
    const FileSpec* spec = nullptr;
    SourceFile source;
    std::unique_ptr<Table> table;
    const Preset* preset = nullptr;
    bool preset_by_columns = false;
    std::vector<std::size_t> selected;               ///< columns of the table, in the order of Batch::cells
    std::map<std::string, std::size_t> cells;        ///< our word → index into Batch::cells
    std::map<std::string, bool> by_preset;           ///< our word → its column is one that the preset names for it
    std::map<std::string, std::size_t> attributes;   ///< folded column name → index into Batch::cells
    std::vector<std::size_t> kept;                   ///< of FileRequest::keep, in its order
    std::vector<std::optional<std::size_t>> fields;  ///< of FileRequest::fields, in its order
    std::vector<RowFilter> filters;
    LocatedBy located = LocatedBy::nothing;
    std::optional<Crs> crs;
    std::shared_ptr<SharedTransformation> transformation;
    std::optional<Box> bounds;  ///< of the study's CRS
    RowAccount account;
    FileStamps stamps;  ///< as the files were before they were opened
    /// Hash and bytes of the source; of a large one under way beside the reading.
    std::shared_future<std::pair<std::string, std::uint64_t>> hash;

    std::optional<std::size_t> cell(const std::string& word) const;
    /// The cell of a word in row i; empty when the file has no such column.
    std::string_view text(const Batch& batch, const std::optional<std::size_t>& cell, std::size_t i) const {
        return cell ? batch.cells[*cell][i] : std::string_view();
    }
    /// The column's name as the file has it; the word where there is none.
    std::string column_of(const std::string& word) const;
    /// `schools.csv (layer schools)`: how messages begin.
    std::string shown() const;
    [[noreturn]] void fail(const std::string& message) const;
    Issue issue(const std::string& code, const std::string& message, const std::string& action,
                std::int64_t row = 0) const;
};

/// Opens, chooses the preset, binds columns, decides the CRS and its operation, selects the columns. Adds the issues of opening, of the preset and of
/// the CRS. Throws DataError when a needed column or the CRS is missing, naming what was looked for and what is there.
LayerFile open_layer_file(const FileRequest& request, Issues& issues);

/// The hash that stands for a source, of its file, or of all its files together, and their bytes, as they are now. Throws DataError where one cannot be read.
std::pair<std::string, std::uint64_t> hash_of_files(const SourceFile& source);

/// What provenance says of the file. Hashes it unless `sha256` is given. `layer`: for licence and date; null for a joined file.
FileRecord file_record(const LayerFile& file, const LayerSpec* layer);
/// The hash that stands for a source, of its file, or of all its files together, once its rows have been read. Throws DataError where it is not the file any more that was opened: the record would then be of
/// another one than the answer.
std::string hash_of_source(const LayerFile& file, std::uint64_t* bytes);

}  // namespace geo
