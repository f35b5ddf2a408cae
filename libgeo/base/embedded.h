// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace geo {

/// A data file of `datasets/` that the build put into the program.
struct EmbeddedFile {
    std::string_view name;  ///< `policies/waltham-forest-hft-2009.toml`, `presets/gias.toml`, `uses/keywords.toml`
    std::string_view text;
};

/// All of them, sorted by name.
std::span<const EmbeddedFile> embedded_files();

}  // namespace geo
