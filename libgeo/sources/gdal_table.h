// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "libgeo/sources/table.h"

namespace geo {

/// A folder of GDAL's in-memory file system, with files that were unpacked. Gone, with all that GDAL put there, when
/// destroyed.
class MemoryFolder {
  public:
    MemoryFolder();
    ~MemoryFolder();
    MemoryFolder(const MemoryFolder&) = delete;
    MemoryFolder& operator=(const MemoryFolder&) = delete;
    /// Path of the new file for GDAL. `name` may have folders.
    std::string add(const std::string& name, std::string bytes);
    const std::string& path() const { return path_; }

  private:
    std::string path_;
    std::vector<std::unique_ptr<std::string>> files_;
};

/// A file for GDAL: never more than what is named here is tried.
struct GdalFile {
    std::string path;    ///< absolute, or in a MemoryFolder
    std::string driver;  ///< GDAL's name: `ESRI Shapefile`
    std::shared_ptr<MemoryFolder> memory;
    std::vector<std::filesystem::path> files;  ///< on disk, watched for changes
};

/// Opens the layer `layer`; empty: the only one. Throws DataError.
std::unique_ptr<Table> open_gdal(GdalFile gdal_file, const SourceFile& file, const std::string& layer);
std::vector<std::string> gdal_layer_names(const GdalFile& gdal_file, const SourceFile& file);

/// Throws DataError naming the nearest of `names` and listing all.
[[noreturn]] void no_such_layer(const SourceFile& file, const std::string& wanted,
                                const std::vector<std::string>& names);
/// Throws DataError asking to name one of `names`.
[[noreturn]] void several_layers(const SourceFile& file, const std::vector<std::string>& names);

}  // namespace geo
