// SPDX-License-Identifier: Apache-2.0
//
// Where streets meet the edge of a shape. The edge is taken in runs of 16 segments, and only links near a run are looked at, so that a large park with many paths
// costs what lies along its edge, not what lies in it.
#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "libgeo/geometry/distance.h"
#include "libgeo/geometry/nearest_index.h"
#include "libgeo/geometry/walking_parts.h"

namespace geo {
namespace {

constexpr double kMeets_m =
    0.0005;  // what rounds to 0 mm: an end drawn onto the edge of a park lies on it but for the rounding of its coordinates
constexpr double kSame_m = 1e-6;  // one crossing worked out from two segments that share a corner
constexpr double kApart_m =
    100;  // between starts beside a long stretch: a zone of a shorter walk than half of it could miss its middle

struct Segment {
    Point a, b;
    Box box() const { return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)}; }
    double length() const { return std::sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)); }
    Point at(double share) const { return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)}; }
};

/// Twice the signed area of a, b, p.
double cross(Point a, Point b, Point p) { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x); }

/// The segments of a shape, a point being one of no length, in runs with a box each.
class Outline {
  public:
    struct Run {
        Box box = Box::empty();
        std::vector<Segment> segments;
    };

    static constexpr std::size_t kRun = 16;  // segments

    Outline(const Shapes& shapes, std::size_t i) {
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

    double squared_to(Point p) const {
        double least = std::numeric_limits<double>::infinity();
        const Box at{p.x, p.y, p.x, p.y};
        for (const Run& run : runs_) {
            if (squared_between(run.box, at) > least) continue;
            for (const Segment& s : run.segments) least = std::min(least, squared_to_segment(p, s.a, s.b));
        }
        return least;
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

/// Of a link, all of it no farther than some distance from the outline.
struct Stretch {
    Place first, last, nearest;
};

/// The usable links about the outline of one shape.
class AboutShape {
  public:
    AboutShape(const StreetNetwork& network, std::span<const std::uint8_t> usable, const Shapes& shapes, std::size_t i)
        : network_(network), usable_(usable), shapes_(shapes), shape_(i), outline_(shapes, i) {}

    /// Every place where a link meets the outline: of a stretch along it only the first and the last.
    std::vector<Place> meetings() const;
    /// Of each stretch of a link that is within `distance` of the outline its first, nearest and last place, and others between that are not far apart; those in
    /// the shape left out.
    std::vector<Place> beside(double distance) const;
    /// The nearest place out of the shape, of those as near the one of the least link. There must be no meetings.
    std::optional<Place> nearest(double from, double most) const;

  private:
    /// Calls found(link, metres along it to the street segment, street segment, segment of the outline) for all that may be within `distance` of each other; some more than once.
    template <typename Found>
    void each_pair(double distance, Found&& found) const;
    std::vector<Stretch> stretches(double distance) const;
    Point on_link(std::uint32_t link, double metres) const;
    bool in_shape(Point p) const;
    bool runs_along(const Place& a, const Place& b) const;
    std::vector<Place> without_middles(std::vector<Place> places) const;

    const StreetNetwork& network_;
    std::span<const std::uint8_t> usable_;
    const Shapes& shapes_;
    std::size_t shape_;
    Outline outline_;
    /// Made when it is first asked whether a place lies in a shape of many vertices.
    struct Surface {
        Shapes shape;
        std::optional<NearestIndex> index;
    };
    mutable Surface surface_;
};

bool AboutShape::in_shape(Point p) const {
    constexpr std::size_t kFew = 256;
    if (!shapes_.has_surface(shape_)) return false;
    if (outline_.runs().size() < kFew / Outline::kRun) return covers(shapes_, shape_, p);
    if (!surface_.index) {
        surface_.shape.add_copy(shapes_, shape_);
        surface_.index.emplace(surface_.shape);
    }
    return static_cast<bool>(surface_.index->nearest(p, {}, 0.0));
}

template <typename Found>
void AboutShape::each_pair(double distance, Found&& found) const {
    const double bound = distance * distance;
    for (const Outline::Run& run : outline_.runs()) {
        network_.lines().near(run.box, distance, [&](std::uint32_t link) {
            if (!usable_.empty() && usable_[link] == 0) return;
            const auto xs = network_.lines().xs(link), ys = network_.lines().ys(link);
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

Point AboutShape::on_link(std::uint32_t link, double metres) const {
    const auto xs = network_.lines().xs(link), ys = network_.lines().ys(link);
    for (std::size_t v = 1; v < xs.size(); ++v) {
        const Segment street{{xs[v - 1], ys[v - 1]}, {xs[v], ys[v]}};
        const double length = street.length();
        if (metres <= length) return street.at(metres / length);
        metres -= length;
    }
    return {xs.back(), ys.back()};
}

/// The link lies on the outline from one place to the other.
bool AboutShape::runs_along(const Place& a, const Place& b) const {
    return a.link == b.link && outline_.squared_to(on_link(a.link, (a.offset + b.offset) / 2)) <= kMeets_m * kMeets_m;
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

struct Interval {
    double from = 0, to = 0;
    /// Narrows it to where begin + slope * t is least..most.
    void narrow(double begin, double slope, double least, double most) {
        if (slope == 0) {
            if (begin < least || begin > most) to = from - 1;
            return;
        }
        const double a = (least - begin) / slope, b = (most - begin) / slope;
        from = std::max(from, std::min(a, b));
        to = std::min(to, std::max(a, b));
    }
    bool empty() const { return to < from; }
};

/// From where to where, in metres along it, the street is within `distance` of the edge. One interval: what lies about a segment is convex, two discs and a strip.
std::optional<Interval> within(const Segment& street, const Segment& edge, double distance) {
    const double length = street.length(), width = edge.length();
    const Point u{(street.b.x - street.a.x) / length, (street.b.y - street.a.y) / length};
    Interval all{length, 0};
    bool any = false;
    const auto add = [&](Interval part) {
        if (part.empty()) return;
        all = {std::min(all.from, part.from), std::max(all.to, part.to)};
        any = true;
    };
    for (const Point centre : {edge.a, edge.b}) {
        const double dx = centre.x - street.a.x, dy = centre.y - street.a.y;
        const double along = dx * u.x + dy * u.y, off = dx * u.y - dy * u.x;
        const double half = distance * distance - off * off;
        if (half >= 0) add({std::max(0.0, along - std::sqrt(half)), std::min(length, along + std::sqrt(half))});
    }
    if (width > 0) {
        const Point e{(edge.b.x - edge.a.x) / width, (edge.b.y - edge.a.y) / width};
        const double dx = street.a.x - edge.a.x, dy = street.a.y - edge.a.y;
        Interval strip{0, length};
        strip.narrow(dx * e.y - dy * e.x, u.x * e.y - u.y * e.x, -distance, distance);
        strip.narrow(dx * e.x + dy * e.y, u.x * e.x + u.y * e.y, 0, width);
        add(strip);
    }
    if (!any) return std::nullopt;
    return all;
}

/// The same, with the places that are as far as that to the last bit.
std::optional<Interval> reached(const Segment& street, const Segment& edge, double distance) {
    std::optional<Interval> part = within(street, edge, distance);
    each_end(street, edge, [&](double offset, Point, double squared) {
        if (squared > distance * distance) return;
        if (!part) part = Interval{offset, offset};
        part = Interval{std::min(part->from, offset), std::max(part->to, offset)};
    });
    return part;
}

bool nearer(const Place& a, const Place& b) { return std::tie(a.squared, a.offset) < std::tie(b.squared, b.offset); }

/// Makes one of two stretches of a link that meet or overlap; else leaves them.
bool join(Stretch& stretch, const Stretch& other) {
    if (stretch.first.link != other.first.link || stretch.last.offset + kSame_m < other.first.offset ||
        other.last.offset + kSame_m < stretch.first.offset)
        return false;
    if (other.first.offset < stretch.first.offset) stretch.first = other.first;
    if (other.last.offset > stretch.last.offset) stretch.last = other.last;
    if (nearer(other.nearest, stretch.nearest)) stretch.nearest = other.nearest;
    return true;
}

/// By link, then along it.
std::vector<Stretch> joined(std::vector<Stretch> parts) {
    std::sort(parts.begin(), parts.end(), [](const Stretch& a, const Stretch& b) {
        return std::tie(a.first.link, a.first.offset) < std::tie(b.first.link, b.first.offset);
    });
    std::vector<Stretch> whole;
    for (const Stretch& part : parts)
        if (whole.empty() || !join(whole.back(), part)) whole.push_back(part);
    return whole;
}

std::vector<Stretch> AboutShape::stretches(double distance) const {
    std::vector<Stretch> parts;
    each_pair(distance, [&](std::uint32_t link, double along, const Segment& street, const Segment& edge) {
        const auto part = reached(street, edge, distance);
        if (!part) return;
        const auto place = [&](double metres) {
            return Place{link, along + metres, street.at(metres / street.length())};
        };
        Stretch stretch{place(part->from), place(part->to), place(part->from)};
        stretch.nearest.squared = std::numeric_limits<double>::infinity();
        if (parts.empty() || !join(parts.back(), stretch)) parts.push_back(stretch);
        Place& nearest = parts.back().nearest;
        if (squared_between(street.box(), edge.box()) > nearest.squared) return;
        const auto take = [&](const Place& found) {
            if (nearer(found, nearest)) nearest = found;
        };
        each_end(street, edge, [&](double offset, Point on, double squared) {
            take({link, along + offset, on, squared});
        });
        if (const auto share = crossing(street, edge)) take(place(*share * street.length()));
    });
    return joined(std::move(parts));
}

std::vector<Place> AboutShape::beside(double distance) const {
    std::vector<Place> places;
    const auto add = [&](Place place) {
        place.squared = outline_.squared_to(place.on);
        if (place.squared <= kMeets_m * kMeets_m || !in_shape(place.on)) places.push_back(place);
    };
    for (const Stretch& stretch : stretches(distance)) {
        const std::uint32_t link = stretch.first.link;
        add(stretch.first);
        add(stretch.nearest);
        add(stretch.last);
        const double length = stretch.last.offset - stretch.first.offset;
        const int pieces = static_cast<int>(std::ceil(length / kApart_m));
        for (int k = 1; k < pieces; ++k) {
            const double offset = stretch.first.offset + length * k / pieces;
            add({link, offset, on_link(link, offset)});
        }
    }
    return places;
}

std::optional<Place> AboutShape::nearest(double from, double most) const {
    double reach = std::min(std::max(2 * from, 1.0), most);
    while (true) {
        std::optional<Place> least;
        for (const Stretch& stretch : stretches(reach)) {
            const Place& place = stretch.nearest;
            if ((!least || place.squared < least->squared) && !in_shape(place.on)) least = place;
        }
        if (least || !(reach < most)) return least;
        reach = std::min(2 * reach, most);
    }
}

std::vector<NetworkPosition> rounded(const StreetNetwork& network, const std::vector<Place>& places) {
    std::vector<NetworkPosition> positions;
    for (const Place& place : places) {
        const Millimetres offset = std::min(in_millimetres(place.offset), network.link(place.link).length);
        if (!positions.empty() && positions.back().link == place.link && positions.back().offset == offset) continue;
        positions.push_back({place.link, offset, in_millimetres(std::sqrt(place.squared)), place.on});
    }
    return positions;
}

}  // namespace

std::vector<NetworkPosition> NetworkPositions::along_boundary(const Shapes& shapes, std::size_t i, double gap_m,
                                                              double most_m) const {
    if (!shapes.has_location(i)) return {};
    const AboutShape about(*network_, usable_, shapes, i);
    const std::vector<Place> meetings = about.meetings();
    std::vector<Place> beside;
    if (gap_m > 0) beside = about.beside(gap_m);
    if (meetings.empty() && beside.empty() && most_m > gap_m)
        if (const auto one = about.nearest(gap_m, most_m)) beside.push_back(*one);
    return with_needed(*network_, rounded(*network_, meetings), rounded(*network_, beside));
}

}  // namespace geo
