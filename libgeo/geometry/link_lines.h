// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "libgeo/geometry/box_tree.h"
#include "libgeo/geometry/distance.h"
#include "libgeo/geometry/shapes.h"

namespace geo {

/// The lines of a network's links, two vertices or more each, in metres, and which of them are near something. Neighbours should follow one another, as the links of
/// a network do: there are boxes over every 32 vertices in a row, whichever lines they are of, so that a long line is many boxes and short ones share one. Memory:
/// 4 bytes a line and 17 a vertex. Const members are safe from many threads.
class LinkLines {
  public:
    /// Line i owns vertices first[i] to first[i + 1].
    struct Columns {
        std::vector<std::uint32_t> first{0};
        std::vector<double> xs, ys;
    };
    LinkLines() = default;
    explicit LinkLines(Columns columns);

    std::size_t size() const { return columns_.first.size() - 1; }
    std::size_t vertices() const { return columns_.xs.size(); }
    std::span<const double> xs(std::uint32_t line) const { return of(line, columns_.xs); }
    std::span<const double> ys(std::uint32_t line) const { return of(line, columns_.ys); }
    Point first_point(std::uint32_t line) const { return {xs(line).front(), ys(line).front()}; }
    const Columns& columns() const { return columns_; }
    /// Line i as shape i.
    Shapes shapes() const;

    /// Squared distance from p to a line, as squared_to_segment() says.
    double squared_to(Point p, std::uint32_t line) const;

    /// The nearest line no farther than `most` metres, of those at the same distance the least. `usable`: one byte a line, 0: not this one; empty: all are.
    std::optional<std::uint32_t> nearest(Point p, double most, std::span<const std::uint8_t> usable) const;
    /// The same of shape i of `sites`; `apart`: from the site to the line.
    struct FromSite {
        std::uint32_t line = 0;
        Separation apart;
    };
    std::optional<FromSite> nearest(const Shapes& sites, std::size_t i, double most,
                                    std::span<const std::uint8_t> usable) const;

    /// The segments of usable lines that are no farther than `most` metres from p, by line, then along it. `vertex`: where it begins, counted from the line's first.
    struct Segment {
        std::uint32_t line = 0, vertex = 0;
        double squared = 0;  ///< metres, from p
    };
    std::vector<Segment> segments_near(Point p, double most, std::span<const std::uint8_t> usable) const;

    /// Calls `found` for every line with a segment whose box comes within `distance` metres of `box`, in ascending order, and perhaps for a few a hair's breadth beyond.
    void near(const Box& box, double distance, const std::function<void(std::uint32_t)>& found) const;

  private:
    std::span<const double> of(std::uint32_t line, const std::vector<double>& values) const {
        return {values.data() + columns_.first[line], values.data() + columns_.first[line + 1]};
    }
    void add_shape(std::uint32_t line, Shapes& shapes) const;
    Point at(std::uint32_t vertex) const { return {columns_.xs[vertex], columns_.ys[vertex]}; }
    template <typename Piece>
    void each_piece(std::uint32_t run, Piece&& piece) const;
    Box box_of(std::uint32_t begin, std::uint32_t end) const;
    struct Candidate {
        double squared;  // at most what it is away
        std::uint32_t line;
    };
    std::vector<Candidate> candidates(const Box& box, double distance) const;

    Columns columns_;
    std::vector<std::uint32_t> line_of_run_;  // that the first vertex of each run is of
    BoxTree runs_;
};

}  // namespace geo
