// SPDX-License-Identifier: Apache-2.0
//
// The layers that stand beside every answer in a GeoPackage.
#pragma once

#include <string>
#include <vector>

#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/sources/output.h"

namespace geo {

/// Layer `issues`: points where the place is known.
void write_issue_layer(LayerWriter& file, const Issues& issues);
/// Table `provenance`: part, name, key, value. `notes`: plain words that go with the answer; `json`: all of it as it stands in NAME.provenance.json.
void write_provenance_layer(LayerWriter& file, const Provenance& provenance, bool complete,
                            const std::vector<std::string>& notes, const std::string& json);

}  // namespace geo
