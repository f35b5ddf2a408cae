// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "libgeo/density/area_counts.h"
#include "libgeo/geometry/shapes.h"
#include "libgeo/layers/places.h"

namespace geo {

/// Which area holds a point, exactly, for very many points: a grid whose cells list the areas with a box over them, and within an area boxes of runs of 16
/// edges, so that only the edges beside the point are looked at. Holds the layer's own coordinates by reference: `areas` must outlive it. Some 2 bytes a
/// vertex and 100 bytes an area. Const members are safe from many threads.
class AreaIndex {
  public:
    explicit AreaIndex(const AreaLayer& areas);

    struct Found {
        std::uint32_t area = kNoArea;
        bool several = false;  ///< inside (not only on the edge of) more than one: the areas overlap there
    };
    /// The area that covers p, its edge included; of several the one with the least code (then the first of the file). Even-odd over the rings of an area, so
    /// a hole is outside; exact (geometry/orientation.h).
    Found find(Point p) const;

    /// Number of the grid's cell that p lies in, less than cells(); cells() for a point beyond all areas. Points in the order of their cells are found fastest.
    std::uint32_t cell_of(Point p) const;
    std::uint32_t cells() const { return columns_ * rows_; }

  private:
    enum class Where : std::uint8_t { outside, edge, inside };
    /// Edges of one ring: from vertex `first` up to that which starts at `end - 1`.
    struct Run {
        double min_y, max_y, max_x;
        std::uint32_t first, end;
    };
    void make_runs();
    void choose_grid();
    void fill_cells();
    std::uint64_t entries() const;
    struct CellRange {
        std::uint32_t column0, column1, row0, row1;
    };
    CellRange cells_under(const Box& box) const;
    Where where(std::uint32_t area, Point p) const;

    const Shapes* shapes_;
    std::vector<std::uint32_t> by_code_;    // areas with a surface, in the order in which they take a point
    std::vector<Box> boxes_;                // by area
    std::vector<std::uint32_t> first_run_;  // by area; one more at the end
    std::vector<Run> runs_;
    Box world_ = Box::empty();
    std::uint32_t columns_ = 0, rows_ = 0;
    double cell_width_ = 1.0, cell_height_ = 1.0;
    std::vector<std::uint32_t> first_area_;  // by cell; one more at the end
    std::vector<std::uint32_t> areas_of_;    // of cells, in the order of by_code_
};

}  // namespace geo
