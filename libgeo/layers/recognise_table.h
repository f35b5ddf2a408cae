// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: what one table probably is.
#pragma once

#include <string>

#include "libgeo/sources/table.h"

namespace geo {

struct Recognised {
    std::string
        layer;  ///< name of the layer; `postcodes`, `uprns`, `deprivation` for what is joined; empty: not recognised
    std::string kind, use, crs;  ///< values of the keys; empty: not needed
    std::string columns, where;  ///< inside of the inline tables
    std::string why;             ///< the preset's title, or why it is left out
    bool by_preset = false;
    bool first_choice = false;          ///< of a national register, where a folder holds others of its kind too
    std::string file, container_layer;  ///< filled by the caller
};

/// By the preset of its columns; else by `name` (of the file, or of the layer in a container) where it has a geometry, or columns that say what coordinates they
/// hold.
Recognised recognise_table(const Table& table, const std::string& name);

/// The name ends in something that sources open.
bool looks_like_data(const std::string& file_name);

}  // namespace geo
