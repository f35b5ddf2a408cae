// SPDX-License-Identifier: Apache-2.0
//
// Private to the making of a network: lines cut at their nodes, links and nodes numbered by where they lie.
#pragma once

#include "libgeo/geometry/street_network.h"

namespace geo {

/// As StreetNetwork says of the lines that it is given. Memory while it works: 40 bytes a link and as many a node beside the vertices, and 8 bytes a vertex for one
/// more copy of their x; those of lines that are handed over are let go of on the way.
NetworkParts network_parts(const Shapes& lines, const NetworkOptions& options, std::vector<std::uint32_t>* line_of);
NetworkParts network_parts(Shapes&& lines, const NetworkOptions& options, std::vector<std::uint32_t>* line_of);

}  // namespace geo
