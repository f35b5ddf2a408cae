// SPDX-License-Identifier: Apache-2.0
//
// Walking distances along a network, exact in millimetres: access at the start, the way, access at the other end.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "libgeo/geometry/street_network.h"

namespace geo {

inline constexpr Millimetres kNoWay = std::numeric_limits<Millimetres>::max();
inline Millimetres apart(Millimetres a, Millimetres b) { return a > b ? a - b : b - a; }

/// A sum that does not fit is no way.
inline Millimetres sum(Millimetres a, Millimetres b) {
    const std::uint64_t total = std::uint64_t{a} + b;
    return total < kNoWay ? static_cast<Millimetres>(total) : kNoWay;
}

/// Of no way: infinity.
inline double metres_of_walk(Millimetres total) {
    return total == kNoWay ? std::numeric_limits<double>::infinity() : in_metres(total);
}

inline constexpr std::uint32_t kNoLink = std::numeric_limits<std::uint32_t>::max();

/// Where something joins the network: on a link, so far from its `from`, and so far beside it in a straight line.
struct NetworkPosition {
    std::uint32_t link = kNoLink;  ///< kNoLink: nowhere
    Millimetres offset = 0, access = 0;
    Point on;  ///< the place on the link
    explicit operator bool() const { return link != kNoLink; }
};

/// Finds positions: the nearest point of the nearest link, of links at the same distance the least. Links that `usable` marks 0 are passed over (private ways, small
/// components); empty: all are usable. Holds references: the network and `usable` must outlive it.
class NetworkPositions {
  public:
    explicit NetworkPositions(const StreetNetwork& network, std::span<const std::uint8_t> usable = {});
    /// None where no usable link is within `most_m` metres.
    std::optional<NetworkPosition> find(Point p, double most_m) const;
    /// Where the points that are no farther than `moved_m` from p would join the network: of every stretch between two vertices that may be the nearest to one of them,
    /// the place nearest to p. By link, then along it. A stretch that is farther than most_m from all of them is none; nor is one but the nearest where moved_m is 0.
    std::vector<NetworkPosition> find_about(Point p, double moved_m, double most_m) const;
    /// Of a shape: where the nearest usable link comes nearest to it; on the link, access 0, where it meets the shape. `from`: the end of the access on the shape.
    std::optional<NetworkPosition> find(const Shapes& shapes, std::size_t i, double most_m,
                                        Point* from = nullptr) const;
    /// Where a walk out of shape i can begin, its entrances not being known: every place where a usable link crosses or touches the boundary, to half a millimetre
    /// (access 0; of a stretch along the boundary its first and last place); and of each stretch of a usable link that is within `gap_m` of the boundary, whether or
    /// not it crosses it, its first, last and nearest place and some between, the straight line as access; where there is none of either, the one nearest within
    /// `most_m`. By link, then offset; each once; none to which a walk from another is no longer (to a millimetre) than its access. The boundary: all rings, those of
    /// holes too; lines; points. A place in the surface is of the shape: it begins no walk out of it.
    /// With them the shortest walk from any point of the boundary, by a straight line of at most gap_m to a street, is exact, to the rounding: along a street the
    /// distance from the shape grows no faster than the way, so that no walk off a stretch is shorter than the one from where it ends. But for walks that end on a
    /// stretch: they may be as short as the separation() of their place on the link from the shape, to be looked at beside these.
    std::vector<NetworkPosition> along_boundary(const Shapes& shapes, std::size_t i, double gap_m, double most_m) const;

  private:
    const StreetNetwork* network_;
    std::span<const std::uint8_t> usable_;
};

/// The position of a point that is known to lie on (or beside) a link.
NetworkPosition position_on_link(const StreetNetwork& network, std::uint32_t link, Point p);

/// Where walks begin: an entrance of a place, say. `label`: of what it belongs to (the place); of equal walks the least label is taken.
struct WalkStart {
    NetworkPosition at;
    std::uint32_t label = 0;
};

/// Starts, and which of them are on a link. Those on no link are passed over.
class WalkStarts {
  public:
    explicit WalkStarts(std::vector<WalkStart> starts);
    std::size_t size() const { return starts_.size(); }
    const WalkStart& operator[](std::uint32_t i) const { return starts_[i]; }
    std::span<const WalkStart> all() const { return starts_; }
    /// Indices of the starts on a link, ascending.
    std::span<const std::uint32_t> on(std::uint32_t link) const;

  private:
    std::vector<WalkStart> starts_;
    std::vector<std::uint32_t> by_link_;  // starts, by link
    std::vector<std::uint32_t> links_;    // ascending, each once
    std::vector<std::uint32_t> first_;    // of each of them, in by_link_; one more than links
};

/// The shortest walk between a start and a point.
struct Walk {
    Millimetres total = kNoWay;  ///< access of the start, network, access of the point; kNoWay: none within the cutoff
    std::uint32_t start = 0;     ///< index into the starts
    explicit operator bool() const { return total != kNoWay; }
};

/// A stretch of a link, from..to mm along it, that is no farther than some limit from a start, and how far its two ends are from the nearest start. Between them
/// the distance grows or falls steadily.
struct CoveredStretch {
    std::uint32_t link = 0;
    Millimetres from = 0, to = 0;
    Millimetres near_from = 0, near_to = 0;
};

/// The nearest start of every place on the network: one search from all starts at once (Dijkstra with buckets of 4 m; ties by least (total, label, start)), so that
/// each question after it takes no time. Holds references: network and starts must outlive it. Memory: 8 bytes a node. Const members are safe from many threads.
class NearestWalks {
  public:
    /// `cutoff`: walks that are longer are not looked for; below kNoWay.
    NearestWalks(const StreetNetwork& network, const WalkStarts& starts, Millimetres cutoff);

    /// The nearest start of a point, access of both ends counted.
    Walk nearest(const NetworkPosition& point) const;
    /// The way of nearest(point) along the network, from the start's place on it to the point's: one line; no shape where there is none. Of ways as long as each other
    /// the one over the least links, seen from the point.
    Shapes way(const NetworkPosition& point) const;
    /// All that is within `limit` (no more than the cutoff) of a start, its access counted; by link, then along it.
    std::vector<CoveredStretch> covered(Millimetres limit) const;

  private:
    class Search;
    struct Reached {
        Millimetres total = kNoWay;
        std::uint32_t start = 0;
    };
    bool before(const Reached& a, const Reached& b) const;
    Reached best_at(const NetworkPosition& point) const;
    std::optional<std::vector<Point>> beginning(std::uint32_t node) const;
    std::vector<std::uint32_t> links_back(std::uint32_t& node) const;

    const StreetNetwork* network_;
    const WalkStarts* starts_;
    Millimetres cutoff_;
    std::vector<Reached> reached_;  // by node
};

/// All walks from one point that are no longer than the cutoff: the shortest to each start, by (total, label, start). A small search of its own.
std::vector<Walk> walks_within(const StreetNetwork& network, const WalkStarts& starts, const NetworkPosition& point,
                               Millimetres cutoff);

}  // namespace geo
