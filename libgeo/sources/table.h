// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/base/issues.h"
#include "libgeo/geometry/shapes.h"

namespace geo {

/// A file to open, as the study names it.
struct SourceFile {
    /// Absolute or relative to the working folder; resolved against the study's folder already.
    std::filesystem::path path;
    /// As the study writes it: for messages and provenance.
    std::string shown;
    /// Layer inside a container or member inside a zip; empty: the only one (else DataError lists them).
    std::string container_layer;
    /// For issues.
    std::string study_layer;
};

/// Rows as columns of text, with geometry. Views stay valid while the batch lives.
struct Batch {
    std::uint64_t number = 0;       ///< 0, 1, 2, … in the order of the file
    std::vector<std::int64_t> row;  ///< CSV: line on which the row starts (header is 1); else feature from 1
    std::vector<std::vector<std::string_view>> cells;  ///< [selected column][row]; NULL and missing are empty
    Shapes shapes;              ///< one shape a row in the file's CRS; no shapes at all when the table has no geometry
    std::vector<Issue> issues;  ///< about rows of this batch; rows with Kept::not_used are not in it
    std::uint64_t read = 0;     ///< rows of the file that this batch stands for: row.size() + rows not used
    std::shared_ptr<const void> text;  ///< what the views point into
    std::size_t size() const { return row.size(); }
};

/// An opened file of rows: CSV by our strict reader, everything else through GDAL, XML and JSON records flattened.
/// Usage: open, look at the columns, select, then `next` in order on one thread and `decode` on any.
class Table {
  public:
    virtual ~Table() = default;

    /// `CSV`, `ESRI Shapefile`, `GPKG`, `GeoJSON`, `FHRS XML`, …
    virtual const std::string& format() const = 0;
    /// Names as they stand in the file (converted to UTF-8), in file order. Doubled names are a DataError at opening.
    virtual const std::vector<std::string>& columns() const = 0;
    virtual bool has_geometry() const = 0;
    /// WKT or `EPSG:n` as the file states it; empty if it states none.
    virtual const std::string& crs() const = 0;
    /// Rows by the file's own header or index, where it states a number; compared with rows read at the end (a
    /// difference is a DataError).
    virtual std::optional<std::uint64_t> stated_rows() const = 0;
    /// Issues of the file as a whole found at opening (encoding assumed, BOM, missing .shx rebuilt, GDAL warnings so
    /// far).
    virtual std::vector<Issue> opening_issues() = 0;

    /// The columns wanted, by index into columns(), in the order of Batch::cells. Call once, before `next`. Default:
    /// all.
    virtual void select(std::vector<std::size_t> columns, bool with_geometry) = 0;

    /// What `decode` turns into a Batch.
    struct Raw {
        virtual ~Raw() = default;
    };
    /// The next rows, or null at the end. One thread, in order. At the end counts are checked. Throws DataError.
    virtual std::unique_ptr<Raw> next() = 0;
    /// Thread-safe. Throws DataError.
    virtual Batch decode(std::unique_ptr<Raw> raw) const = 0;
    /// 0 to 1, for progress.
    virtual double progress() const = 0;
    /// From the beginning again, same selection or a new one (a second pass). Throws DataError if the file changed
    /// meanwhile.
    virtual void rewind() = 0;

    std::optional<Batch> next_batch() {
        auto raw = next();
        if (!raw) return std::nullopt;
        return decode(std::move(raw));
    }
};

/// Opens what councils send: .csv .tsv .txt (CSV reader), .shp .gpkg .geojson .json .fgb .gml .kml .tab .mif .gdb,
/// FHRS-like .xml and .json (records), .osm and .osm.pbf (its ways, osm_ways.h), each also as .gz and inside .zip. Only an existing regular file (or a .gdb
/// folder) is opened, after its path is resolved; /vsi… , `PG:`, URLs, inline JSON are refused. At most 1,000 members
/// in a zip, expansion at most 4 GiB and 200-fold. Throws DataError with one clear message.
std::unique_ptr<Table> open_table(const SourceFile& file);

/// Names of the layers of a container, or of the readable members of a zip, in order. A plain file gives one name.
std::vector<std::string> layer_names(const SourceFile& file);

/// Registers the allowed drivers and clears the environment and configuration that change GDAL's and PROJ's answers.
/// Called by open_table; idempotent, thread-safe.
void prepare_gdal();
/// Folders that GDAL's own PROJ use shall search (the OSTN15 grid). Call before opening.
std::string gdal_version();

/// The files that make up a source (a Shapefile's sidecars, all of them, name order), for hashing.
std::vector<std::filesystem::path> files_of(const SourceFile& file);

}  // namespace geo
