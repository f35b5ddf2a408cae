// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: the tables of a study file that name layers and files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "libgeo/base/toml_reader.h"
#include "libgeo/layers/study.h"

namespace geo {

/// Words that `columns` of a layer of this kind may hold. Empty: any (kinds that are not loaded yet).
const std::vector<std::string>& words_of_columns(LayerKind kind);

/// The keys that every table with a `file` may have, and `more`.
std::vector<std::string> with_file_keys(std::vector<std::string> more);

/// The file that `key` names, resolved against `folder`. Throws UsageError at the key when it is not there, or is a folder
/// (but for .gdb), naming the nearest file of its folder.
std::filesystem::path existing_file(const TomlTable& table, const std::string& key,
                                    const std::filesystem::path& folder);

/// The keys of a table with a `file`; what it does not say is taken from `outer` (the layer of a snapshot).
FileSpec read_file_spec(const TomlTable& table, const std::filesystem::path& folder,
                        const std::vector<std::string>& column_words, const FileSpec& outer);

LayerSpec read_layer_spec(const TomlTable& table, const std::string& name, const std::filesystem::path& folder);

}  // namespace geo
