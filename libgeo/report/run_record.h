// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "libgeo/base/provenance.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/study.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// What a run rests on: program, study, policies, every file of every layer, the datum grid with its hash and its builder's record, library versions.
/// No clock time and no folder of this machine: the same inputs give the same bytes.
Provenance run_record(const Study& study, std::span<const Policy> policies, std::span<const LayerFacts* const> layers,
                      const std::vector<FileRecord>& proposals, const OperationInfo& proposals_operation);

/// Facts of the loaded layers that an answer loads with these options; there may be more.
std::vector<const LayerFacts*> facts_of(const Layers& layers, const LoadOptions& asked);

/// `GDAL 3.6.2`, `PROJ 9.1.1`, …
std::vector<std::string> library_versions();

}  // namespace geo
