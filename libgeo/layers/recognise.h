// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace geo {

/// A study composed from a folder of files.
struct ComposedStudy {
    std::string toml;                  ///< at most 15 lines
    std::vector<std::string> remarks;  ///< what each file was taken as, by which preset; what was left out and why
};

/// Looks at every data file of `folder` (not below it), in name order, and binds those that a preset, or their geometry and name, tell to layers with
/// the names that policies use (schools, parks, town-centres, wards, applications, …). `policy`: an id of the catalogue or a file to put in;
/// empty: none, with a comment. Opens files, writes nothing. Throws UsageError when the folder is no folder or holds nothing that is recognised.
ComposedStudy compose_study(const std::filesystem::path& folder, const std::string& policy);

/// compose_study, written as `study.toml` in the folder, which is made when it is not there. Refuses (UsageError) to overwrite. A folder without any data gets
/// a commented study to fill in. Gives the path.
std::filesystem::path write_study(const std::filesystem::path& folder, const std::string& policy,
                                  std::vector<std::string>& remarks);

}  // namespace geo
