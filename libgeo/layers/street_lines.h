// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: the lines of streets, for what lies between two units.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/geometry/nearest_index.h"
#include "libgeo/layers/loaders.h"

namespace geo {

class StreetLines {
  public:
    /// `folded_names`: of each shape; empty where it has none.
    StreetLines(Shapes shapes, std::vector<std::string> folded_names, std::vector<FileRecord> files);

    /// A street other than the units' own (folded names; empty: not known) crosses the straight line between them. One that ends before it, or runs along
    /// the line, does not cross it; a unit exactly on a street lies to the left of it.
    bool cross(Point a, Point b, std::string_view own_a, std::string_view own_b) const;
    const std::vector<FileRecord>& files() const { return files_; }

  private:
    std::unique_ptr<const Shapes> shapes_;  // the index points to them
    std::vector<std::string> names_;
    std::vector<FileRecord> files_;
    NearestIndex index_;
};

/// The rows of a layer of streets are on record already: who reads them for another purpose counts and lists them no second time.
bool accounted(const Issues& issues, const LayerSpec& spec);
/// A row that the source leaves out may hide a breach. Not so of OpenStreetMap: there it is a way beyond the edge of the extract.
bool rows_may_hide(const LayerFile& file);

/// Every layer of kind streets of the study.
StreetLines load_street_lines(const LoadContext& context);

}  // namespace geo
