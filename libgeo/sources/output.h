// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// True for the program's own open files by name: `/dev/stdout`, `/dev/fd/3`, … They are written to as they are,
/// whatever stands behind them.
bool is_own_handle(const std::filesystem::path& path);

/// From now on a signal that ends the program (SIGINT, SIGTERM, SIGHUP, SIGXCPU) removes the temporary files first.
void remove_temporaries_on_signals();

/// A file that is there whole or not at all: written beside its place under a temporary name and renamed by `commit`;
/// removed when destroyed before that. A device, pipe or terminal is written directly. Opening fails early
/// (EnvironmentError) when the folder does not exist or is not writable, and UsageError when the file exists and
/// `replace` is false.
class OutputFile {
  public:
    OutputFile(const std::filesystem::path& path, bool replace);
    ~OutputFile();
    OutputFile(OutputFile&&) noexcept;
    OutputFile& operator=(OutputFile&&) noexcept;

    void write(std::string_view bytes);
    /// Everything written is on the disk (or through the pipe): of several files all can be made ready before the first is committed. Throws
    /// EnvironmentError.
    void prepare();
    /// Flushes, syncs, closes, renames; each is checked. Throws EnvironmentError `PATH: No space left on device`.
    void commit();
    const std::filesystem::path& path() const;
    /// Where the bytes go until `commit`: for libraries that write files by themselves (GDAL). Empty for devices.
    const std::filesystem::path& temporary_path() const;
    /// For such libraries: close our own handle, so that they may write temporary_path().
    void hand_over();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// One cell for a CSV that a spreadsheet may open: quoted where needed (RFC 4180); text that begins with = + - @ (full-width too),
/// tab, CR or LF gets an apostrophe before it (OWASP); control characters other than line breaks, and marks that turn text round, become \xNN. For text cells
/// only: numbers go in as they are.
void append_csv_text(std::string& out, std::string_view cell);

enum class FieldType { text, real, integer };
struct OutputField {
    std::string name;
    FieldType type = FieldType::text;
};
/// Columns of a layer to write: cells as text, empty = NULL; numbers are parsed back by type.
struct OutputLayer {
    std::string name;
    std::vector<OutputField> fields;
    bool has_geometry = true;
    std::string style_qml;  ///< GeoPackage: QGIS style, the default one; empty: none
};

/// Writes layers through GDAL: `GPKG` or `FlatGeobuf` (one layer; without spatial index, so that order holds). Same
/// rows give the same bytes (fixed dates). A row without geometry has no place in a FlatGeobuf: it is left out there (the run
/// lists each as an issue, in the provenance beside the file). One thread. Errors are EnvironmentError.
class LayerWriter {
  public:
    LayerWriter(const std::filesystem::path& path, bool replace, const std::string& driver,
                const std::string& crs_code);
    ~LayerWriter();
    void begin_layer(const OutputLayer& wanted);
    /// One row. `shape`: index into shapes, or npos for none.
    void add_row(const std::vector<std::string_view>& cells, const Shapes* shapes, std::size_t shape);
    /// As OutputFile::prepare: no more rows after it.
    void prepare();
    void commit();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace geo
