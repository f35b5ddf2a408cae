// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/study.h"

namespace geo {

/// `cordon inspect`: each layer: file, preset, rows read / used / listed, CRS and accuracy of its transformation, dates covered, issues.
std::string inspect_text(const Study& study, const Layers& layers, const Provenance& provenance, const Issues& issues);

/// `--at`: for each rule what was measured and between which points, and the table "which 400 m?".
std::string at_text(const class Assessment& assessment, const class ProposalBatch& one, const std::string& asked);

}  // namespace geo
