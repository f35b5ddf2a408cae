// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/geometry/distance.h"
#include "libgeo/geometry/float_box.h"
#include "libgeo/geometry/shapes.h"

namespace geo {

inline constexpr std::uint32_t kNoShape = std::numeric_limits<std::uint32_t>::max();

/// The nearest shape of a set, exactly.
struct Nearest {
    std::uint32_t shape = kNoShape;  ///< kNoShape: none accepted within the cutoff
    double squared = std::numeric_limits<double>::infinity();
    Point on;  ///< the nearest point of the shape (the query point itself where the shape covers it)
    explicit operator bool() const { return shape != kNoShape; }
};

/// Which shapes a search may return. Empty spans ask nothing.
struct ShapeFilter {
    std::span<const std::uint8_t> mask;  ///< one byte a shape, 0: not this one
    std::span<const Date> first, end;    ///< shape i exists on [first[i], end[i]); both or none
    Date on{};
    bool operator()(std::uint32_t i) const {
        return (mask.empty() || mask[i] != 0) && (first.empty() || (first[i] <= on && on < end[i]));
    }
};

/// What a search leaves for the next that asks nearby: the last answer, and all shapes about a point. It makes no difference to any answer. Of one index.
class NearestMemory {
  public:
    NearestMemory() = default;

  private:
    friend class NearestIndex;
    struct Known {
        FloatBox box;
        std::uint32_t shape;
    };
    std::uint32_t hint_ = kNoShape;
    Point centre_;
    static constexpr double kNothingKnown = -1;
    double radius_ = kNothingKnown;  // every shape that comes so near the centre is known
    std::vector<Known> about_;       // and some more
};

/// Finds nearest shapes by exact distance: a Hilbert-packed tree of shape boxes, boxes over runs of 16 segments, the
/// coordinates. Pruning is on strictly greater, so that shapes at the same distance are all seen and the least index wins:
/// give shapes in the order in which ties shall go (id, then x, then y). Holds copies of nothing but the boxes: `shapes` must outlive it.
/// Building is O(n log n); some 26 bytes a shape, and 16 bytes for every 16 segments of each part (or fewer). Const members are safe from many threads.
class NearestIndex {
  public:
    explicit NearestIndex(const Shapes& shapes);
    ~NearestIndex();
    NearestIndex(NearestIndex&&) noexcept;
    NearestIndex& operator=(NearestIndex&&) noexcept;

    /// The nearest accepted shape to p with squared distance <= cutoff_squared.
    Nearest nearest(Point p, const ShapeFilter& filter = {},
                    double cutoff_squared = std::numeric_limits<double>::infinity()) const;
    /// The same, however far, where many ask one after the other. `ahead`: how far from p those that ask next will be; 0: far, or nobody knows.
    Nearest nearest(Point p, const ShapeFilter& filter, NearestMemory& memory, double ahead) const;
    /// The same from a site with an extent: shape i of `sites`. `from` is the nearest point of the site.
    struct NearestFromSite : Nearest {
        Point from;
    };
    NearestFromSite nearest(const Shapes& sites, std::size_t i, const ShapeFilter& filter = {},
                            double cutoff_squared = std::numeric_limits<double>::infinity()) const;

    /// Calls `found` for every shape whose box comes within `distance` metres of `box`, in ascending index order, and for a few a hair's breadth beyond: to be
    /// measured by the caller.
    void near(const Box& box, double distance, const std::function<void(std::uint32_t)>& found) const;

    const Shapes& shapes() const { return *shapes_; }

  private:
    struct Tree;
    class Search;
    void look(Point p, Search& search) const;
    void look_about(Point p, double ahead, Search& search, NearestMemory& memory) const;
    static bool recall(const NearestMemory& memory, Point p, Search& search);

    const Shapes* shapes_;
    std::unique_ptr<Tree> tree_;
};

/// Position of (x, y) along a Hilbert curve over `box`, 16 bits an axis: neighbours in the plane are mostly neighbours in this
/// number. For sorting a batch before it is searched.
std::uint32_t hilbert_code(const Box& box, double x, double y);

}  // namespace geo
