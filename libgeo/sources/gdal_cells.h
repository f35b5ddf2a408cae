// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ogr_feature.h>

#include <string>

namespace geo {

/// Appends field `i` as text: integers exact, reals shortest, dates ISO 8601, booleans true/false; nothing for unset
/// and NULL. True if the text was not UTF-8 and was read as Windows-1252.
bool append_field(std::string& out, OGRFeature& feature, int i);

}  // namespace geo
