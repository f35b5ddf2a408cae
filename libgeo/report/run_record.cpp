// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/run_record.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "libgeo/base/version.h"
#include "libgeo/geometry/geos.h"
#include "libgeo/layers/frontages.h"
#include "libgeo/layers/walking_network.h"
#include "libgeo/sources/table.h"

namespace geo {
namespace {

// The builder writes its record beside the grid: version, hashes of the source data. A grid from elsewhere has none.
std::string builder_of(const std::string& grid_path) {
    std::ifstream file(grid_path + ".json", std::ios::binary);
    if (!file) return {};
    const nlohmann::ordered_json record = nlohmann::ordered_json::parse(file, nullptr, false);
    return record.is_object() ? record.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
                              : std::string();
}

/// Grids by path: each is hashed once.
class Grids {
  public:
    void note(const OperationInfo& operation, std::vector<FileRecord>& files) {
        if (operation.grid_path.empty()) return;
        auto [found, fresh] = hashes_.try_emplace(operation.grid_path);
        if (fresh) {
            std::error_code error;
            if (std::filesystem::is_regular_file(operation.grid_path, error))
                found->second = sha256_of_file(operation.grid_path);
            if (builder_.empty()) builder_ = builder_of(operation.grid_path);
        }
        for (FileRecord& file : files) {
            if (!file.grid.empty()) file.grid_sha256 = found->second;
        }
    }
    const std::string& builder() const { return builder_; }

  private:
    std::map<std::string, std::string> hashes_;
    std::string builder_;
};

}  // namespace

std::vector<std::string> library_versions() { return {gdal_version(), proj_version(), geos_version()}; }

namespace {

/// Recorded already, with another layer: streets may be walked along, and frontages break at them.
bool is_among(std::span<const FileRecord> files, const FileRecord& file) {
    return std::any_of(files.begin(), files.end(), [&](const FileRecord& other) {
        return other.layer == file.layer && other.file == file.file && other.sha256 == file.sha256;
    });
}

}  // namespace

std::vector<const LayerFacts*> facts_of(const Layers& layers, const LoadOptions& asked) {
    std::vector<const LayerFacts*> facts;
    for (const PlaceLayer& layer : layers.places) facts.push_back(&layer.facts);
    for (const AreaLayer& layer : layers.areas) facts.push_back(&layer.facts);
    if (asked.outlets)
        for (const OutletLayer& layer : layers.outlets) facts.push_back(&layer.facts);
    if (asked.walking && layers.walking)
        for (const LayerFacts& streets : layers.walking->facts) facts.push_back(&streets);
    if (asked.frontages)
        for (const FrontageLayer& layer : layers.frontages) facts.push_back(&layer.facts);
    return facts;
}

Provenance run_record(const Study& study, std::span<const Policy> policies, std::span<const LayerFacts* const> layers,
                      const std::vector<FileRecord>& proposals, const OperationInfo& proposals_operation) {
    Provenance record;
    record.version = kVersion;
    record.study_file = std::filesystem::path(study.file).filename().string();
    record.study_sha256 = study.sha256;
    record.study_title = study.title;
    record.crs = study.crs ? study.crs->code() : "";
    for (const Policy& policy : policies)
        record.policies.push_back({policy.id, policy.title, policy.file, policy.sha256});
    Grids grids;
    const auto add = [&](const OperationInfo& operation, std::vector<FileRecord> files) {
        grids.note(operation, files);
        const std::size_t others = record.files.size();
        for (const FileRecord& file : files)
            if (!is_among(std::span(record.files).first(others), file)) record.files.push_back(file);
    };
    for (const LayerFacts* layer : layers) add(layer->operation, layer->files);
    add(proposals_operation, proposals);
    record.grid_builder = grids.builder();
    record.libraries = library_versions();
    return record;
}

}  // namespace geo
