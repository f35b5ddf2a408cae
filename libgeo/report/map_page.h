// SPDX-License-Identifier: Apache-2.0
//
// The interactive map: one HTML file that opens from disk, asks no server for anything, and holds script, style and data.
#pragma once

#include <string>
#include <string_view>

#include "libgeo/base/issues.h"
#include "libgeo/report/map_data.h"

namespace geo {

/// A council's own basemap. The only host that the page may ask, and only where one is named.
struct MapTiles {
    std::string url;          ///< `https://tiles.example.gov.uk/{z}/{x}/{y}.png`: raster tiles of 256 px; empty: none
    std::string attribution;  ///< shown on the map and in print
};

/// False where the program was built without the page's script (no Node, or -DCORDON_WEBMAP=OFF).
bool map_page_built();
/// One message: what is missing and what to do. EnvironmentError unless map_page_built().
void expect_map_page();
/// UsageError unless the tiles are `https://HOST/…{z}…{x}…{y}…` (or http on this machine) with an attribution; none at all is right too.
void check_tiles(const MapTiles& tiles);

/// The page. Data go in as JSON that is no script; a Content-Security-Policy allows the page's own script by its hash and nothing else. Coordinates are WGS 84
/// with 6 decimals (0.1 m). The same data give the same bytes.
std::string map_page(const MapData& data, const MapTiles& tiles, const GridFolders& grids);

/// The page's data alone, as JSON: what tests compare with the tables of `check` and `density`.
std::string map_json(const MapData& data, const MapTiles& tiles, const GridFolders& grids);

}  // namespace geo
