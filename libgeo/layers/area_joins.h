// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: what areas are given beside their shapes: columns of figures and words, and tables by area code.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libgeo/layers/loaders.h"

namespace geo {

/// The cells of one attribute: all numbers but for what was withheld or mistyped, or words. See every cell, then read.
class AttributeCells {
  public:
    void see(std::string_view cell);
    bool numeric() const { return numbers_ > 0 && numbers_ >= words_; }

    struct Reading {
        std::string_view text;  ///< the value; of numbers without a per cent sign; empty: none
        std::string complaint;  ///< what is wrong with the cell; empty: nothing
    };
    /// `column`: for the complaint.
    Reading read(std::string_view cell, std::string_view column) const;

  private:
    std::uint64_t numbers_ = 0, words_ = 0;
};

/// Reads population, deprivation and the attributes that are tables into `layer`, whose areas are complete.
void join_area_tables(const LoadContext& context, const LayerSpec& spec, AreaLayer& layer);

/// Puts the value of an attribute of a year in; false where the area has one already.
bool put_attribute(AreaLayer& layer, const std::string& field, int year, std::uint32_t area, std::string_view value);

}  // namespace geo
