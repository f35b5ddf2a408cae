// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: the tables of a study file that name layers and files.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/base/toml_reader.h"
#include "libgeo/layers/study.h"

namespace geo {

/// Words that `columns` of a layer of this kind may hold. Empty: any (streets).
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

/// A length of at least 0: `5 m`.
Metres read_length(const TomlTable& table, const std::string& key);

/// A table with a `file` and the columns that its `keys` name (`year` may be a number).
JoinedFile read_joined(const TomlTable& table, const std::filesystem::path& folder,
                       const std::vector<std::string>& keys, std::string_view what);
/// Throws UsageError where `key` of a joined file is missing: it names the column of `what`.
void require(const TomlTable& table, const JoinedFile& joined, const std::string& key, std::string_view what);

/// `states`, `lines` and `breaks` of a layer of frontages.
void read_frontage_keys(const TomlTable& table, const std::filesystem::path& folder, LayerSpec& layer);

/// `topology`, `snap`, `walkable`, `private`, `paths`, `band` and `most-access` of a layer of streets.
void read_street_keys(const TomlTable& table, const std::filesystem::path& folder, LayerSpec& layer);

LayerSpec read_layer_spec(const TomlTable& table, const std::string& name, const std::filesystem::path& folder);

}  // namespace geo
