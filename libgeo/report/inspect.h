// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/study.h"

namespace geo {

/// `cordon inspect`: each layer: file, preset, rows read / used / listed, CRS and accuracy of its transformation, dates covered, issues.
/// `proposals`: facts of the layers of proposals, which are not among `layers`. `no_walking`: why the streets make no network; empty where they do, or there are none.
std::string inspect_text(const Study& study, const Layers& layers, const std::vector<LayerFacts>& proposals,
                         const std::string& no_walking, const Issues& issues, unsigned width);

/// One place that was asked for.
struct AtPlace {
    std::string asked;        ///< as typed
    Point point;              ///< in the study's CRS
    double accuracy_m = 0.0;  ///< of a postcode, a grid reference; 0: as typed
    std::string source;       ///< `postcode, from codepo_fh.csv`
};

/// `cordon check --at`: for each rule what was measured and between which points, and the table "which 400 m?". `batch` has one row a use that the policies
/// are about, all at the same point; `assessed` is of it.
std::string at_text(const Assessment& assessment, const ProposalBatch& batch, const Assessed& assessed,
                    const AtPlace& place, const Issues& issues, unsigned width);

}  // namespace geo
