// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "libgeo/layers/walking_network.h"

namespace geo {

/// Of a layer of streets: how many lines are walked and how many not, by the rules of its table.
std::vector<std::string> walked_lines_words(const WalkingNetwork& walking, const std::string& layer);

/// The network as a whole: links, junctions, parts, length, footpaths, band.
std::vector<std::string> network_words(const WalkingNetwork& walking);

}  // namespace geo
