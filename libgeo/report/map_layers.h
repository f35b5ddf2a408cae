// SPDX-License-Identifier: Apache-2.0
//
// What a map shows as layers of a GeoPackage, drawn when QGIS opens it. The same facts as the interactive map's; nothing is decided here.
//
//   const MapLayers layers = map_layers(data);
//   write_tables(layers.tables, record, {"map.gpkg"}, replace);     // report/table.h; `record` with data.provenance and the issues
#pragma once

#include <memory>
#include <vector>

#include "libgeo/report/map_data.h"
#include "libgeo/report/table.h"

namespace geo {

/// Layers from above, as QGIS lists them; those that would be empty are left out. The tables point into `holds` and into the MapData, which must outlive them.
///   `proposals`  reference, name, use, as_at, verdict, outcome, why, nearest_layer, nearest_id, nearest_name, nearest_distance_m
///   `measured`   lines: reference, policy, rule, result, counts, measured, limit, unit, tolerance, place_layer, place_id, place_name, sentence
///   `outlets`    layer, id, name, uses, opened, closed
///   `place_points`, `places`
///                layer, id, name, kind, state
///   `zones`      policy, rule, label, counts, part (`breach`: where a proposal would breach; `reach`: within the distance), area_m2; a drawing
///   `areas`      code, name, use, period (the latest day), outlets, population, rate, rate_lower, rate_upper, change
///   `base_lines`, `base_areas`
///                layer, kind, name: streets, town centres, the study area
struct MapLayers {
    std::vector<AnswerTable> tables;
    std::vector<std::shared_ptr<const Shapes>> holds;
};
MapLayers map_layers(const MapData& data);

}  // namespace geo
