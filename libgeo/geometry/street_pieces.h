// SPDX-License-Identifier: Apache-2.0
//
// Private to the making of a network: the lines as they are walked.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// Every line and ring of some shapes, each vertex a number and none repeating the one before. Piece i has `size[i]` vertices, two or more, from `begin[i]` in xs, ys;
/// `line[i]` is the shape it is of. Pieces come in the order of the shapes.
struct StreetPieces {
    /// `lines` must outlive it.
    explicit StreetPieces(const Shapes& lines);
    /// Keeps the vertices where they are, and lets go of the rest.
    explicit StreetPieces(Shapes&& lines);
    StreetPieces(const StreetPieces&) = delete;
    StreetPieces& operator=(const StreetPieces&) = delete;

    std::size_t count() const { return begin.size(); }
    Point at(std::size_t vertex) const { return {xs[vertex], ys[vertex]}; }

    std::span<const double> xs, ys;  ///< all vertices are of pieces; the caller's, or those below
    std::vector<double> own_xs, own_ys;
    std::vector<std::uint32_t> begin, size, line;
    std::uint64_t left_out = 0;  ///< parts of no length

  private:
    bool find(const Shapes& lines);
    void clean();
};

}  // namespace geo
