// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "libgeo/assess/finding.h"
#include "libgeo/report/map_data.h"

namespace geo {

/// Counts what lies in each cell of a square grid, where there is too much to show each by itself. The answer does not depend on the order of what is added.
class MapCells {
  public:
    /// `days`: how many the outlets are counted on.
    explicit MapCells(std::size_t days) : days_(days) {}
    // Points without a location (NaN) are left out.
    void add_proposal(Point at, Result verdict);
    void add_place(Point at);
    void add_outlet(Point at, std::size_t day);
    bool empty() const { return cells_.empty(); }
    /// Cells of 100 m, or of twice that and so on until there are no more than `most`; by row, then column.
    MapGrid grid(std::size_t most = 4000) const;

  private:
    struct Key {
        std::int64_t row, column;
        bool operator==(const Key&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const {
            return static_cast<std::size_t>(static_cast<std::uint64_t>(key.row) * 0x9e3779b97f4a7c15ULL ^
                                            static_cast<std::uint64_t>(key.column) * 0xc2b2ae3d27d4eb4fULL);
        }
    };
    using Cells = std::unordered_map<Key, MapCell, Hash>;
    MapCell* cell(Point at);
    std::size_t days_;
    Cells cells_;
};

}  // namespace geo
