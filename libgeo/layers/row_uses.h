// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: what use a cell, or a description, says.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/base/uses.h"
#include "libgeo/layers/presets.h"
#include "libgeo/layers/study.h"

namespace geo {

/// Reads cells of a use column: the study's `uses`, else the preset's, else a use word, else a planning use class on a day.
class UseReader {
  public:
    /// `preset`: of the file; its values count only when the use column is the preset's.
    UseReader(const LayerSpec& layer, const Preset* preset);

    struct Reading {
        Use use = Use::unstated;  ///< the first
        UseSet all = 0;           ///< every one that the cell states
        bool known = false;       ///< the cell is blank, or was understood (a class that says nothing is understood)
    };
    Reading read(std::string_view cell, Date on) const;

  private:
    std::map<std::string, std::vector<Use>> values_;  ///< folded
};

}  // namespace geo
