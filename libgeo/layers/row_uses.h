// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: what use a cell, or a description, says.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/base/uses.h"
#include "libgeo/layers/presets.h"
#include "libgeo/layers/study.h"

namespace geo {

/// Reads cells of a use column: the study's `uses`, else the preset's, else a use word, else a planning use class on a day, else a use in plain English.
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

/// Values of a use column that no reading understands, counted. The same for any order of adding, so that batches may be decoded on any thread.
class UnreadUses {
  public:
    using Counts = std::map<std::string, std::uint64_t>;  ///< from value to rows
    void add(const Counts& of_batch);                     ///< thread-safe
    std::uint64_t rows() const { return rows_; }
    /// `"Chippy" (12), "Kebabs" (3) and 4 more`: those of most rows first.
    std::string words() const;
    /// The value of most rows.
    std::string first() const;

  private:
    std::vector<std::pair<std::string, std::uint64_t>> by_rows() const;
    std::mutex lock_;
    Counts counts_;  ///< never more than kMost: of more, the first of the alphabet, whichever came first
    std::uint64_t rows_ = 0;
    bool more_ = false;
};

}  // namespace geo
