// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/base/errors.h"
#include "libgeo/base/issues.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/proposals.h"
#include "libgeo/layers/study.h"

namespace geo::test {

/// A fresh folder that goes when the test ends.
class Folder {
  public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "cordon-layers-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path write(const std::string& name, const std::string& text) const {
        const auto file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }

  private:
    std::filesystem::path path_;
};

/// The folder of shared data; none where it is not there.
inline std::optional<std::filesystem::path> shared_data() {
    const char* named = std::getenv("CORDON_SHARED");
    const std::filesystem::path folder =
        named ? std::filesystem::path(named) : std::filesystem::path(CORDON_SOURCE_DIR) / "../shared";
    if (!std::filesystem::is_directory(folder / "data")) return std::nullopt;
    return std::filesystem::canonical(folder);
}

inline GridFolders grids() { return {{CORDON_GRID_DIR}}; }

inline LoadOptions options() {
    LoadOptions out;
    out.grids = grids();
    return out;
}

/// A study in a folder of its own: layers as TOML below a usual head.
struct SmallStudy {
    Folder folder;
    Issues issues;

    Study read(const std::string& layers, const std::string& head = "crs = \"EPSG:27700\"\n") const {
        return read_study(folder.write("study.toml", "[study]\n" + head + layers));
    }
    Layers load(const std::string& layers, const std::string& head = "crs = \"EPSG:27700\"\n") {
        study = read(layers, head);
        return load_layers(study, options(), issues);
    }
    /// One places layer `schools` from schools.csv.
    PlaceLayer schools(const std::string& csv, const std::string& more = "crs = \"EPSG:27700\"\n") {
        folder.write("schools.csv", csv);
        return std::move(load("[layers.schools]\nkind = \"places\"\nfile = \"schools.csv\"\n" + more).places.at(0));
    }

    std::vector<Issue> of(const std::string& code) const {
        std::vector<Issue> out;
        std::copy_if(issues.all().begin(), issues.all().end(), std::back_inserter(out),
                     [&](const Issue& i) { return i.code == code; });
        return out;
    }
    const RowAccount& account(const std::string& layer) const {
        const auto& all = issues.accounts();
        return *std::find_if(all.begin(), all.end(), [&](const RowAccount& a) { return a.layer == layer; });
    }

    Study study;
};

/// What an action says when it throws an Error; empty when it does not.
template <class Action>
std::string message_of(const Action& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace geo::test
