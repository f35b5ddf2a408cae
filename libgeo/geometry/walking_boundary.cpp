// SPDX-License-Identifier: Apache-2.0
//
// Where streets meet the edge of a shape. The edge is taken in runs of 16 segments, and only links near a run are looked at, so that a large park with many paths
// costs what lies along its edge, not what lies in it.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "libgeo/geometry/distance.h"
#include "libgeo/geometry/walking.h"

namespace geo {
namespace {

constexpr double kMillimetresPerMetre = 1000.0;
constexpr double kMeets_m =
    0.0005;  // what rounds to 0 mm: an end drawn onto the edge of a park lies on it but for the rounding of its coordinates
constexpr double kSame_m = 1e-6;  // one crossing worked out from two segments that share a corner

struct Segment {
    Point a, b;
    Box box() const { return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)}; }
    double length() const { return std::hypot(b.x - a.x, b.y - a.y); }
    Point at(double share) const { return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)}; }
};

double squared_between(const Box& a, const Box& b) {
    const double dx = std::max({0.0, a.min_x - b.max_x, b.min_x - a.max_x});
    const double dy = std::max({0.0, a.min_y - b.max_y, b.min_y - a.max_y});
    return dx * dx + dy * dy;
}

/// Twice the signed area of a, b, p.
double cross(Point a, Point b, Point p) { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x); }

/// The segments of a shape, a point being one of no length, in runs with a box each.
class Outline {
  public:
    struct Run {
        Box box = Box::empty();
        std::vector<Segment> segments;
    };

    Outline(const Shapes& shapes, std::size_t i) {
        constexpr std::size_t kRun = 16;
        for (std::uint32_t part = shapes.part_begin(i); part < shapes.part_end(i); ++part) {
            const auto xs = shapes.xs(part), ys = shapes.ys(part);
            const std::size_t step = shapes.kind(part) == PartKind::points || xs.size() == 1 ? 0 : 1;
            for (std::size_t v = 0; v + step < xs.size(); ++v) {
                if (v % kRun == 0) runs_.emplace_back();
                const Segment segment{{xs[v], ys[v]}, {xs[v + step], ys[v + step]}};
                runs_.back().segments.push_back(segment);
                runs_.back().box.add(segment.box());
            }
        }
    }
    const std::vector<Run>& runs() const { return runs_; }

    bool comes_within(Point p, double distance) const {
        const double bound = distance * distance;
        const Box at{p.x, p.y, p.x, p.y};
        for (const Run& run : runs_) {
            if (squared_between(run.box, at) > bound) continue;
            for (const Segment& s : run.segments)
                if (squared_to_segment(p, s.a, s.b) <= bound) return true;
        }
        return false;
    }

  private:
    std::vector<Run> runs_;
};

/// A place on a link, before it is rounded.
struct Place {
    std::uint32_t link = 0;
    double offset = 0.0;  // metres
    Point on;
    double squared = 0.0;  // from the shape
};

/// The usable links about the outline of one shape.
class AboutShape {
  public:
    AboutShape(const StreetNetwork& network, std::span<const std::uint8_t> usable, const NearestIndex& index,
               const Shapes& shapes, std::size_t i)
        : network_(network), usable_(usable), index_(index), shapes_(shapes), shape_(i), outline_(shapes, i) {}

    /// Every place where a link meets the outline: of a stretch along it only the first and the last.
    std::vector<Place> meetings() const;
    /// The nearest place to the outline of each link that comes within `distance` of it, those in the shape left out; by link. There must be no meetings.
    std::vector<Place> beside(double distance) const;
    /// That of them which is nearest, of those as near the one of the least link.
    std::optional<Place> nearest(double from, double most) const;

  private:
    /// Calls found(link, metres along it to the street segment, street segment, segment of the outline) for all that may be within `distance` of each other; some more than once.
    template <typename Found>
    void each_pair(double distance, Found&& found) const;
    bool runs_along(const Place& a, const Place& b) const;
    std::vector<Place> without_middles(std::vector<Place> places) const;

    const StreetNetwork& network_;
    std::span<const std::uint8_t> usable_;
    const NearestIndex& index_;
    const Shapes& shapes_;
    std::size_t shape_;
    Outline outline_;
};

template <typename Found>
void AboutShape::each_pair(double distance, Found&& found) const {
    const double bound = distance * distance;
    for (const Outline::Run& run : outline_.runs()) {
        index_.near(run.box, distance, [&](std::uint32_t link) {
            if (!usable_.empty() && usable_[link] == 0) return;
            const std::size_t part = network_.shapes().part_begin(link);
            const auto xs = network_.shapes().xs(part), ys = network_.shapes().ys(part);
            double along = 0;
            for (std::size_t v = 1; v < xs.size(); ++v) {
                const Segment street{{xs[v - 1], ys[v - 1]}, {xs[v], ys[v]}};
                const Box box = street.box();
                if (squared_between(box, run.box) <= bound)
                    for (const Segment& edge : run.segments)
                        if (squared_between(box, edge.box()) <= bound) found(link, along, street, edge);
                along += street.length();
            }
        });
    }
}

/// Where the street passes through the edge: how far along the street, 0 to 1; none where they only touch or do not meet.
std::optional<double> crossing(const Segment& street, const Segment& edge) {
    const double a = cross(edge.a, edge.b, street.a), b = cross(edge.a, edge.b, street.b);
    const double c = cross(street.a, street.b, edge.a), d = cross(street.a, street.b, edge.b);
    if (!((a > 0 && b < 0) || (a < 0 && b > 0)) || !((c > 0 && d < 0) || (c < 0 && d > 0))) return std::nullopt;
    return a / (a - b);
}

/// Calls found(metres along the street, place on it, squared distance) for both ends of either on the other: where the two are nearest, if they do not cross.
template <typename Found>
void each_end(const Segment& street, const Segment& edge, Found&& found) {
    found(0.0, street.a, squared_to_segment(street.a, edge.a, edge.b));
    found(street.length(), street.b, squared_to_segment(street.b, edge.a, edge.b));
    for (const Point corner : {edge.a, edge.b}) {
        const Point on = nearest_on_segment(corner, street.a, street.b);
        found(Segment{street.a, on}.length(), on, squared_to_segment(corner, street.a, street.b));
    }
}

std::vector<Place> AboutShape::meetings() const {
    std::vector<Place> places;
    each_pair(kMeets_m, [&](std::uint32_t link, double along, const Segment& street, const Segment& edge) {
        if (const auto share = crossing(street, edge))
            places.push_back({link, along + *share * street.length(), street.at(*share)});
        each_end(street, edge, [&](double offset, Point on, double squared) {
            if (squared <= kMeets_m * kMeets_m) places.push_back({link, along + offset, on});
        });
    });
    std::sort(places.begin(), places.end(),
              [](const Place& a, const Place& b) { return std::tie(a.link, a.offset) < std::tie(b.link, b.offset); });
    const auto same = [](const Place& a, const Place& b) { return a.link == b.link && b.offset - a.offset < kSame_m; };
    places.erase(std::unique(places.begin(), places.end(), same), places.end());
    return without_middles(std::move(places));
}

/// The link lies on the outline from one place to the other.
bool AboutShape::runs_along(const Place& a, const Place& b) const {
    if (a.link != b.link) return false;
    const std::size_t part = network_.shapes().part_begin(a.link);
    const auto xs = network_.shapes().xs(part), ys = network_.shapes().ys(part);
    double left = (a.offset + b.offset) / 2;
    for (std::size_t v = 1; v < xs.size(); ++v) {
        const Segment street{{xs[v - 1], ys[v - 1]}, {xs[v], ys[v]}};
        const double length = street.length();
        if (left <= length) return outline_.comes_within(street.at(left / length), kMeets_m);
        left -= length;
    }
    return false;
}

/// A link is left only at its ends, so that a walk from the middle of such a stretch passes its first or its last place.
std::vector<Place> AboutShape::without_middles(std::vector<Place> places) const {
    std::vector<Place> kept;
    bool along_before = false;
    for (std::size_t k = 0; k < places.size(); ++k) {
        const bool along_after = k + 1 < places.size() && runs_along(places[k], places[k + 1]);
        if (!along_before || !along_after) kept.push_back(places[k]);
        along_before = along_after;
    }
    return kept;
}

std::vector<Place> AboutShape::beside(double distance) const {
    std::map<std::uint32_t, Place> nearest;
    each_pair(distance, [&](std::uint32_t link, double along, const Segment& street, const Segment& edge) {
        each_end(street, edge, [&](double offset, Point on, double squared) {
            if (squared > distance * distance) return;
            const Place place{link, along + offset, on, squared};
            const auto [at, added] = nearest.try_emplace(link, place);
            if (!added && std::tie(squared, place.offset) < std::tie(at->second.squared, at->second.offset))
                at->second = place;
        });
    });
    std::vector<Place> places;
    for (const auto& [link, place] : nearest)
        if (!shapes_.has_surface(shape_) || !covers(shapes_, shape_, place.on)) places.push_back(place);
    return places;
}

std::optional<Place> AboutShape::nearest(double from, double most) const {
    for (double within = std::min(std::max(2 * from, 1.0), most);; within = std::min(2 * within, most)) {
        const std::vector<Place> places = beside(within);
        const auto least = std::min_element(places.begin(), places.end(), [](const Place& a, const Place& b) {
            return std::tie(a.squared, a.link) < std::tie(b.squared, b.link);
        });
        if (least != places.end()) return *least;
        if (!(within < most)) return std::nullopt;
    }
}

std::vector<NetworkPosition> in_millimetres(const StreetNetwork& network, const std::vector<Place>& places) {
    const auto rounded = [](double metres) {
        return static_cast<Millimetres>(std::llround(metres * kMillimetresPerMetre));
    };
    std::vector<NetworkPosition> positions;
    for (const Place& place : places) {
        const Millimetres offset = std::min(rounded(place.offset), network.link(place.link).length);
        if (!positions.empty() && positions.back().link == place.link && positions.back().offset == offset) continue;
        positions.push_back({place.link, offset, rounded(std::sqrt(place.squared)), place.on});
    }
    return positions;
}

}  // namespace

std::vector<NetworkPosition> NetworkPositions::along_boundary(const Shapes& shapes, std::size_t i, double gap_m,
                                                              double most_m) const {
    if (!shapes.has_location(i)) return {};
    const AboutShape about(*network_, usable_, index_, shapes, i);
    std::vector<Place> places = about.meetings();
    if (places.empty()) places = about.beside(gap_m);
    if (places.empty() && most_m > gap_m)
        if (const auto one = about.nearest(gap_m, most_m)) places.push_back(*one);
    return in_millimetres(*network_, places);
}

}  // namespace geo
