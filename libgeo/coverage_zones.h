// SPDX-License-Identifier: Apache-2.0
//
// What policies cover on the map: `cordon zones`.
//
//   LoadedStudy ─ draw_zones ─▶ the zone of every rule, and of all together ─┬─▶ tables, words, map layers, planning data
//                            └─ ZoneCover ─▶ units, outlets, addresses, measured one by one ─┘
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "libgeo/change.h"
#include "libgeo/coverage/zone_cover.h"
#include "libgeo/coverage/zones.h"
#include "libgeo/loaded_study.h"

namespace geo {

/// What `cordon zones` is asked. Without `on`: the study's as-at day, else today.
struct ZonesRequest : StudyRequest {
    std::vector<std::filesystem::path> out;
    std::optional<std::filesystem::path> planning_data;  ///< `--planning-data FILE.csv` (report/planning_data.h)
    bool replace = false;
    unsigned width = 100;
};

/// All stages. Tables `zones`, `breach`, `covered` (report/zones_answer.h). The files of a request are all there whole, or none is.
ChangeAnswer zones(const ZonesRequest& request);

}  // namespace geo
