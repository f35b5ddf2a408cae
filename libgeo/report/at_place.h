// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "libgeo/layers/places.h"
#include "libgeo/layers/proposals.h"
#include "libgeo/layers/study.h"
#include "libgeo/policy/policy.h"
#include "libgeo/report/inspect.h"

namespace geo {

/// What `--at` was given, found in the study's CRS.
struct AtFound {
    AtPlace place;
    std::string uprn;  ///< digits, where a UPRN was asked for
    LayerFacts facts;  ///< as of a layer of proposals with this one row: accuracy, operation
};
/// Easting and northing, latitude and longitude, a grid reference, a postcode or a UPRN (looked up in the study's files). Throws UsageError for anything else and
/// for a code that the look-up does not hold.
AtFound find_at(const std::string& asked, const Study& study, const GridFolders& grids, Issues& issues);

/// One proposal at the point for each use that the rules are about. The views of the batch live as long as the batch. `fields`: how many columns
/// ProposalBatch::fields has; all empty.
ProposalBatch proposals_at(const AtFound& found, std::span<const Policy> policies, std::size_t fields = 0);

}  // namespace geo
