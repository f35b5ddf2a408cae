// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "libgeo/base/issues.h"
#include "libgeo/base/units.h"
#include "libgeo/geometry/crs.h"
#include "libgeo/geometry/shapes.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/study.h"

namespace geo {

/// A code's place in a look-up file, in the study's CRS.
struct LookedUp {
    Point point;
    std::int64_t row = 0;
};

/// What a look-up found, and how good its points are.
struct LookupAnswer {
    std::map<std::string, LookedUp> found;  ///< code as asked → place; the first row of the file with that code counts
    Metres accuracy;                        ///< 95 %: the preset's; 0 when not stated
    bool accuracy_stated = false;
    std::string accuracy_source;  ///< `preset code-point-open: …cite`
    std::string file;             ///< as the study names it
};

enum class Lookup { postcodes, uprns };

/// Finds codes (postcodes in capitals with one blank, as `normal_postcode` gives; UPRNs as digits) in the study's look-up file, reading it through
/// once and keeping nothing else of it. Throws UsageError when the study has no such look-up, DataError when the file cannot be used.
LookupAnswer look_up(const Study& study, Lookup which, const std::set<std::string>& codes, const GridFolders& grids,
                     Issues& issues);

/// Every postcode of the study's look-up that lies in the box, to search a map by; none where there are more than `most`.
std::map<std::string, Point> postcodes_within(const Study& study, const Box& box, std::size_t most,
                                              const GridFolders& grids);

/// Every code's point, for counting: which code is which is not kept.
struct LookupPoints {
    LayerFacts facts;  ///< `lookup.uprns`, with the file's record
    Shapes points;     ///< those in the box, and a shape without location for each row that has none
};
/// Reads a look-up file through and keeps the points within `box` (none: all). Throws as look_up.
LookupPoints look_up_all(const Study& study, Lookup which, const std::optional<Box>& box, const GridFolders& grids,
                         Issues& issues);

}  // namespace geo
