// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/layers/study.h"
#include "libgeo/report/writers.h"

namespace geo {

/// The files that a run was asked for.
struct OutputPlan {
    std::vector<std::filesystem::path> verdicts;
    std::optional<std::filesystem::path> findings, places;
    bool replace = false;
    std::vector<std::string> policies;  ///< given on the command line: files that are read, too
};

/// Before any long work: folders, files that are in the way, an output named twice, one that stands where the provenance of another goes, an output that
/// is an input (a file of the study, or of `policies` of the command line). Throws UsageError or EnvironmentError; leaves nothing behind. Devices and pipes
/// pass. Returns where provenance goes, each place once; `provenance_of` gives it for a file, empty where the file holds its own.
std::vector<std::filesystem::path> check_outputs(
    std::vector<std::filesystem::path> files,
    const std::function<std::filesystem::path(const std::filesystem::path&)>& provenance_of, bool replace,
    const Study& study, const std::vector<std::string>& policies);

/// All files of a run: every one is there whole, or none. Provenance goes beside those that cannot hold it.
class Outputs {
  public:
    /// Before any long work: endings, folders, files that are in the way, an output named twice, an output that is an input. Throws UsageError or
    /// EnvironmentError; leaves nothing behind.
    Outputs(const OutputPlan& plan, const Study& study);
    /// Opens every file.
    void open(const Assessment& assessment, const WriterOptions& options);
    /// One more writer that goes along (the terminal table).
    void add(std::unique_ptr<Writer> writer) { writers_.push_back(std::move(writer)); }
    std::vector<Sink*> sinks() const;
    /// Finishes all, then puts all in their places.
    void commit(const Tally& tally, const Issues& issues, const Provenance& provenance);

  private:
    OutputPlan plan_;
    std::vector<std::filesystem::path> provenance_;
    std::vector<std::unique_ptr<Writer>> writers_;
};

}  // namespace geo
