// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace geo {

std::string sha256_of_text(std::string_view bytes);
/// Streams the file. Throws DataError when it cannot be read.
std::string sha256_of_file(const std::filesystem::path& path);

/// One input file of a run, so that every number can be traced. Paths are as the study writes them (never a folder of
/// this machine), so that equal inputs give equal bytes.
struct FileRecord {
    std::string layer;
    std::string file;
    std::string sha256;  ///< of the file as stored; of all sidecars together for a Shapefile, in name order
    std::uint64_t bytes = 0;
    std::uint64_t rows_read = 0, rows_used = 0, rows_not_used = 0, rows_ruled_out = 0;
    std::string date;  ///< as the study says, ISO
    std::string licence, attribution;
    std::string preset;                  ///< how its columns were understood; empty when the study said it all
    std::string crs;                     ///< of the file: `EPSG:4326`
    std::string operation;               ///< CRS operation, by PROJ's name; `none` when the file is in the study's CRS
    std::string operation_note;          ///< what is to be known of it: `WGS 84 taken as ETRS89`
    double operation_accuracy_m = -1.0;  ///< as PROJ states it; -1 unknown
    double operation_loss_m = 0.0;       ///< what a missing grid loses
    std::string grid, grid_sha256;
};

struct PolicyRecord {
    std::string id, title, file, sha256;
};

struct Provenance {
    std::string program = "cordon";
    std::string version;
    std::string study_file, study_sha256, study_title, crs;
    std::string as_at;  ///< `each proposal's decision date, else 2026-04-01 (study)`
    std::string tie;
    std::string grid_builder;  ///< builder's version and its source hashes, when the grid has that record
    std::vector<PolicyRecord> policies;
    std::vector<FileRecord> files;
    std::vector<std::string> libraries;  ///< `GDAL 3.6.2`, …
};

}  // namespace geo
