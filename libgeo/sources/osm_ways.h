// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "libgeo/sources/table.h"

namespace geo {

/// The ways of an OpenStreetMap file that have a `highway`, each a row, as lines of longitude and latitude (EPSG:4326). Columns: osm_id, highway, name, foot, access,
/// sidewalk, service, motorroad, indoor, tunnel, bridge, layer, level, area, surface, crossing: values of the tags of these names, empty where there is none. Ways
/// of which fewer than two nodes are in the file (cut at the extract's edge) are issues and no rows; such nodes of the others are left out, and counted. Read in
/// two passes, ways and then the nodes that they need. Throws DataError for a file that is no OpenStreetMap data, cut short, or holds several versions.
std::unique_ptr<Table> open_osm(const std::filesystem::path& path, const SourceFile& file);
/// The same of a file in memory. `ending`: `osm` or `pbf`.
std::unique_ptr<Table> open_osm(std::string bytes, const std::string& ending, const SourceFile& file);

}  // namespace geo
