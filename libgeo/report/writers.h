// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/geometry/crs.h"

namespace geo {

/// Something that is written while the run goes on and finished at its end. Decides nothing: prints what is in the findings.
class Writer : public Sink {
  public:
    /// After the last batch: issues and provenance are whole now. Everything is on the disk or through the pipe, no file is in its place yet.
    virtual void finish(const Tally& tally, const Issues& issues, const Provenance& provenance) = 0;
    /// Puts the file in its place. Several outputs are committed only when all of them have finished.
    virtual void commit() = 0;
};

struct WriterOptions {
    std::string title;              ///< of the study
    Crs crs;                        ///< of the study
    GridFolders grids;              ///< GeoJSON goes back to WGS 84
    std::vector<std::string> kept;  ///< the proposals' own columns, carried into every answer
    bool replace = false;           ///< --force
    bool by_policy = false;         ///< one row a proposal and policy
};

/// True for a place where a file is to be: nothing there yet, or a regular file. False for a device or a pipe.
bool is_file_place(const std::filesystem::path& path);

/// By the ending of `path`: .csv .json .geojson .gpkg .fgb; UsageError for another. A device or pipe is CSV.
std::unique_ptr<Writer> verdict_writer(const std::filesystem::path& path, const Assessment& assessment,
                                       const WriterOptions& options);
/// UsageError where verdict_writer would throw it for the ending: to be asked before long work.
void check_ending(const std::filesystem::path& path);
/// `--findings PATH.csv`
std::unique_ptr<Writer> findings_writer(const std::filesystem::path& path, const Assessment& assessment,
                                        const WriterOptions& options);
/// `--places PATH.csv`
std::unique_ptr<Writer> places_writer(const std::filesystem::path& path, const Assessment& assessment,
                                      const WriterOptions& options);
/// The short table on the terminal: counts, one of each result with its reason (worst first), what was not tested, issues, whether the run is complete.
std::unique_ptr<Writer> text_writer(std::string& out, const Assessment& assessment, const std::string& title,
                                    unsigned width);

/// Forms that cannot hold provenance get it beside them: `x.csv` → `x.provenance.json`. Empty where `path` needs none (it holds its own, or is a device).
std::filesystem::path provenance_path(const std::filesystem::path& path);
std::unique_ptr<Writer> provenance_writer(const std::filesystem::path& path, const Assessment& assessment,
                                          const WriterOptions& options);

/// JSON of provenance, as it stands in `NAME.provenance.json` and inside JSON and GeoPackage: the run, its policies and files, row accounts, issues.
std::string provenance_json(const Provenance& provenance, const Issues& issues);

/// Which day a proposal is assessed at: `each proposal's date of decision, else 2026-04-01 (study)`.
std::string as_at_words(const AssessOptions& options);

}  // namespace geo
