// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"

namespace geo {

/// Something that is written while the run goes on and finished at its end. Decides nothing: prints what is in the findings.
class Writer : public Sink {
  public:
    /// After the last batch: issues and provenance are whole now. Commits the file.
    virtual void finish(const Tally& tally, const Issues& issues, const Provenance& provenance) = 0;
};

struct WriterOptions {
    bool replace = false;      ///< --force
    bool by_policy = false;    ///< one row a proposal and policy
};

/// By the ending of `path`: .csv .json .geojson .gpkg .fgb; UsageError for another. A device or pipe is CSV.
std::unique_ptr<Writer> verdict_writer(const std::filesystem::path& path, const Assessment& assessment,
                                       const std::vector<std::string>& kept, const WriterOptions& options);
/// `--findings PATH.csv`
std::unique_ptr<Writer> findings_writer(const std::filesystem::path& path, const Assessment& assessment, const WriterOptions& options);
/// `--places PATH.csv`
std::unique_ptr<Writer> places_writer(const std::filesystem::path& path, const Assessment& assessment, const WriterOptions& options);
/// The short table on the terminal: counts, one of each result with its reason (worst first), what was not tested, issues, whether the run is complete.
std::unique_ptr<Writer> text_writer(std::string& out, const Assessment& assessment, const std::string& title, unsigned width);

/// JSON of provenance, as it stands in `NAME.provenance.json` and inside JSON and GeoPackage.
std::string provenance_json(const Provenance& provenance, const Issues& issues);

}  // namespace geo
