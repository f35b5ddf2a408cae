// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "libgeo/sources/table.h"

namespace geo {

enum class Form { csv, xml, json, osm, gdal };
struct Format {
    Form form = Form::csv;
    std::string driver;    ///< GDAL's name
    bool several = false;  ///< may hold several layers
};

/// The ending of a file name in small letters, without the dot; empty if there is none.
std::string ending_of(std::string_view name);
/// The format that a file name stands for by its ending. None: it is not read.
std::optional<Format> format_of(std::string_view name);
/// The name without folders and ending.
std::string stem_of(std::string_view name);
/// Throws DataError: endings that are read, and advice for some that are not.
[[noreturn]] void refuse_format(const SourceFile& file, std::string_view name);

/// Where the file lies: absolute, without symbolic links in its folder. Throws DataError for GDAL's virtual paths,
/// URLs, connection texts, inline JSON, and for what does not exist.
std::filesystem::path resolved_path(const SourceFile& file);

}  // namespace geo
