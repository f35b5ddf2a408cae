// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: which column of a file stands for which of our words.
#pragma once

#include "libgeo/layers/layer_file.h"

namespace geo {

/// Fills selected, cells, attributes, kept, filters and located of `file`. A word's column is the study's; else the preset's; else one of an equal
/// name. Throws DataError naming what was looked for and the columns found.
void bind_columns(LayerFile& file, const FileRequest& request, Issues& issues);

}  // namespace geo
