// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: what the cells of a place say about its kind and its state.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "libgeo/layers/layer_file.h"
#include "libgeo/layers/study.h"

namespace geo {

enum class StateWord { open, closed, proposed, unknown };

class PlaceWords {
  public:
    PlaceWords(const LayerSpec& spec, const LayerFile& file);

    /// `Open, but proposed to close` is open. The preset's words go first, where the column is the preset's.
    StateWord state(std::string_view cell) const;

    struct Kind {
        std::string word;   ///< lower case; empty: not known
        bool known = true;  ///< false: the cell says something that no mapping has
    };
    /// The study's `kinds`, else the preset's, else the cell in lower case where neither maps; from the ages where the cell says nothing: primary
    /// when they begin at 10 or below, secondary when they reach 12, all-through when both, 16-plus from 16.
    Kind kind(std::string_view cell, std::string_view low_age, std::string_view high_age) const;

  private:
    std::string from_ages(std::string_view low_age, std::string_view high_age) const;

    std::map<std::string, std::string> kinds_;  // folded value → kind
    std::map<std::string, StateWord> states_;
    double low_primary_ = 10.0, high_secondary_ = 12.0;
};

}  // namespace geo
