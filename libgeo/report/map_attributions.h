// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "libgeo/report/map_data.h"

namespace geo {

/// Whose data a map shows: one line for each attribution and licence, with its layers and the days of the data, in the order of the files.
std::vector<MapAttribution> attributions_of(const Provenance& provenance);

}  // namespace geo
