// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/geometry/shapes.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/study.h"

namespace geo {

/// Lines of streets in the study's CRS, to draw; no answer rests on them here.
struct StreetLayer {
    std::string name;
    std::vector<std::string> names;  ///< one a shape, as written; empty where the file has none
    Shapes shapes;
    FileRecord file;
};

/// Every layer of kind streets of the study, in its order. The account of its rows goes into `issues`, but where it is there already: load_layers reads them too,
/// where frontages break at side streets or policies measure by walking.
std::vector<StreetLayer> load_streets(const Study& study, const LoadOptions& options, Issues& issues);

}  // namespace geo
