// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/figure_path.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace geo {
namespace {

constexpr double kThin = 0.05, kBeyond = 3;  // mm

SheetBox beyond(const SheetBox& frame) {
    return {frame.x - kBeyond, frame.y - kBeyond, frame.width + 2 * kBeyond, frame.height + 2 * kBeyond};
}

bool near(Spot a, Spot b) { return std::abs(a.x - b.x) < kThin && std::abs(a.y - b.y) < kThin; }

/// Vertices of a part on the sheet, thinned; the last one always stays.
std::vector<Spot> thinned(const FrameMap& map, std::span<const double> xs, std::span<const double> ys) {
    std::vector<Spot> spots;
    for (std::size_t i = 0; i < xs.size(); ++i) {
        const Spot spot = map.spot({xs[i], ys[i]});
        if (!std::isfinite(spot.x) || !std::isfinite(spot.y)) continue;
        if (spots.empty() || !near(spots.back(), spot))
            spots.push_back(spot);
        else if (i + 1 == xs.size() && spots.size() > 1)
            spots.back() = spot;
    }
    return spots;
}

/// One side of a box: what of a line is kept, as in Sutherland and Hodgman, Comm ACM 17:32 (1974).
struct Side {
    bool of_x, low;
    double at;
    bool keeps(Spot s) const {
        const double value = of_x ? s.x : s.y;
        return low ? value >= at : value <= at;
    }
    Spot crossing(Spot a, Spot b) const {
        const double share = of_x ? (at - a.x) / (b.x - a.x) : (at - a.y) / (b.y - a.y);
        return of_x ? Spot{at, a.y + share * (b.y - a.y)} : Spot{a.x + share * (b.x - a.x), at};
    }
};
std::array<Side, 4> sides_of(const SheetBox& box) {
    return {Side{true, true, box.x}, Side{true, false, box.right()}, Side{false, true, box.y},
            Side{false, false, box.bottom()}};
}

std::vector<Spot> cut(const std::vector<Spot>& ring, const Side& side) {
    std::vector<Spot> kept;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Spot from = ring[i == 0 ? ring.size() - 1 : i - 1], to = ring[i];
        if (side.keeps(from) != side.keeps(to)) kept.push_back(side.crossing(from, to));
        if (side.keeps(to)) kept.push_back(to);
    }
    return kept;
}

}  // namespace

std::vector<Spot> ring_on_sheet(const FrameMap& map, std::span<const double> xs, std::span<const double> ys) {
    constexpr std::size_t kTriangle = 3;
    std::vector<Spot> ring = thinned(map, xs, ys);
    if (ring.size() > 1 && near(ring.front(), ring.back())) ring.pop_back();
    for (const Side& side : sides_of(beyond(map.frame()))) {
        if (ring.size() < kTriangle) return {};
        if (std::all_of(ring.begin(), ring.end(), [&](Spot s) { return side.keeps(s); })) continue;
        ring = cut(ring, side);
    }
    return ring.size() < kTriangle ? std::vector<Spot>{} : ring;
}

std::vector<std::vector<Spot>> line_on_sheet(const FrameMap& map, std::span<const double> xs,
                                             std::span<const double> ys) {
    std::vector<std::vector<Spot>> pieces;
    const std::vector<Spot> line = thinned(map, xs, ys);
    const auto sides = sides_of(beyond(map.frame()));
    bool joins = false;
    for (std::size_t i = 1; i < line.size(); ++i) {
        Spot from = line[i - 1], to = line[i];
        bool seen = true, whole = true;
        for (const Side& side : sides) {
            const bool first = side.keeps(from), second = side.keeps(to);
            if (!first && !second) seen = false;
            if (!seen) break;
            if (!first) {
                from = side.crossing(from, to);
                joins = false;
            }
            if (!second) {
                to = side.crossing(from, to);
                whole = false;
            }
        }
        if (!seen) {
            joins = false;
            continue;
        }
        if (!joins) pieces.push_back({from});
        pieces.back().push_back(to);
        joins = whole;
    }
    return pieces;
}

}  // namespace geo
