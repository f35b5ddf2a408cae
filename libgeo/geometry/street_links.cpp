// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/street_links.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "libgeo/geometry/nearest_index.h"
#include "libgeo/geometry/street_pieces.h"
#include "libgeo/geometry/vertex_clusters.h"

namespace geo {
namespace {

bool less(Point a, Point b) { return std::tie(a.x, a.y) < std::tie(b.x, b.y); }

/// Makes room for others.
template <typename T>
void let_go(std::vector<T>& values) {
    std::vector<T>().swap(values);
}

/// Ends of pieces, two each.
std::vector<std::uint32_t> ends_of(const StreetPieces& pieces) {
    std::vector<std::uint32_t> ends;
    ends.reserve(2 * pieces.count());
    for (std::size_t i = 0; i < pieces.count(); ++i) {
        ends.push_back(pieces.begin[i]);
        ends.push_back(pieces.begin[i] + pieces.size[i] - 1);
    }
    return ends;
}

/// Sorts by the upper half of each number; those that have the same stay as they are.
void sort_by_upper_half(std::vector<std::uint64_t>& values) {
    constexpr unsigned kBits = 11, kBuckets = 1U << kBits;
    std::vector<std::uint64_t> sorted(values.size());
    for (unsigned shift = 32; shift < 64; shift += kBits) {
        const auto bucket = [&](std::uint64_t value) { return (value >> shift) % kBuckets; };
        std::vector<std::size_t> next(kBuckets + 1, 0);
        for (const std::uint64_t value : values) ++next[bucket(value) + 1];
        std::partial_sum(next.begin(), next.end(), next.begin());
        for (const std::uint64_t value : values) sorted[next[bucket(value)]++] = value;
        values.swap(sorted);
    }
}

/// Links before they have their numbers. Their ends are first distinct points of the network by (x, y), then nodes; what stands as their length is first the number of
/// their vertices.
class Drafts {
  public:
    Drafts(StreetPieces& pieces, const NetworkOptions& options) : pieces_(pieces) {
        if (options.topology == Topology::endpoints)
            take_whole(options.snap_m);
        else
            cut(options.snap_m);
        for (std::vector<std::uint32_t>* of_pieces : {&pieces_.begin, &pieces_.size, &pieces_.line}) let_go(*of_pieces);
        for (std::uint32_t i = 0; i < links_.size(); ++i) turn(i);
    }

    NetworkParts number(std::vector<std::uint32_t>* line_of) {
        NetworkParts parts;
        parts.left_out = pieces_.left_out;
        std::vector<std::uint32_t> order = put_along_curve(parts.nodes);
        links_ = in_order(order, links_);
        line_ = line_of == nullptr ? std::vector<std::uint32_t>() : in_order(order, line_);
        LinkLines::Columns columns = lines(std::move(order));
        measure(columns);
        parts.lines = LinkLines(std::move(columns));
        parts.links = std::move(links_);
        if (line_of != nullptr) *line_of = std::move(line_);
        return parts;
    }

  private:
    /// Each piece is a link.
    void take_whole(double snap_m) {
        DistinctPoints distinct = distinct_points(pieces_.xs, pieces_.ys, ends_of(pieces_));
        begin_ = std::move(pieces_.begin);
        line_ = std::move(pieces_.line);
        links_.reserve(begin_.size());
        for (std::size_t i = 0; i < begin_.size(); ++i)
            links_.push_back({distinct.number[2 * i], distinct.number[2 * i + 1], pieces_.size[i]});
        points_ = std::move(distinct.points);
        least_ = least_of_clusters(points_, snap_m);
    }

    /// Cuts the pieces wherever a vertex is one of several.
    void cut(double snap_m) {
        std::vector<std::uint32_t> all(pieces_.xs.size());
        std::iota(all.begin(), all.end(), 0U);
        DistinctPoints distinct = distinct_points(pieces_.xs, pieces_.ys, std::move(all));
        points_ = std::move(distinct.points);
        least_ = least_of_clusters(points_, snap_m);
        const std::vector<std::uint32_t>& number = distinct.number;
        std::vector<std::uint8_t> times(points_.size(), 0);  // 2: that or more; by the least of the cluster
        const auto times_of = [&](std::uint32_t v) -> std::uint8_t& { return times[least_[number[v]]]; };
        for (std::size_t i = 0; i < pieces_.count(); ++i)
            for (std::uint32_t k = 0; k < pieces_.size[i]; ++k) {
                std::uint8_t& seen = times_of(pieces_.begin[i] + k);
                seen = seen == 0 ? 1 : 2;
            }
        for (std::size_t i = 0; i < pieces_.count(); ++i) {
            std::uint32_t begin = pieces_.begin[i];
            const std::uint32_t last = begin + pieces_.size[i] - 1;
            for (std::uint32_t v = begin + 1; v <= last; ++v) {
                if (v != last && times_of(v) < 2) continue;
                begin_.push_back(begin);
                links_.push_back({number[begin], number[v], v - begin + 1});
                line_.push_back(pieces_.line[i]);
                begin = v;
            }
        }
    }

    std::uint32_t vertices(std::uint32_t i) const { return links_[i].length; }
    Point at(std::uint32_t i, std::uint32_t k) const {
        return pieces_.at(backwards_[i] ? begin_[i] + vertices(i) - 1 - k : begin_[i] + k);
    }

    /// One direction for a line whichever way it was drawn: from the lesser end, and where that is the other too, from the lesser vertex after it.
    void turn(std::uint32_t i) {
        backwards_.push_back(links_[i].from > links_[i].to);
        if (backwards_[i]) std::swap(links_[i].from, links_[i].to);
        if (links_[i].from != links_[i].to) return;
        for (std::uint32_t k = 1, other = vertices(i) - 2; k < other; ++k, --other) {
            if (at(i, k) == at(i, other)) continue;
            backwards_[i] = less(at(i, other), at(i, k));
            return;
        }
    }

    /// Numbers the nodes, in the links too. Gives the order of the links: by the point where they begin along the curve, by (x, y) those that it does not tell apart,
    /// then as they are drawn, then by their line.
    std::vector<std::uint32_t> put_along_curve(std::vector<Point>& nodes) {
        const std::vector<std::uint64_t> along = points_along_curve();
        std::vector<std::uint32_t> place(points_.size());
        for (std::uint32_t k = 0; k < along.size(); ++k) place[static_cast<std::uint32_t>(along[k])] = k;
        std::vector<std::uint32_t> order = sorted_by_place(place, along.size());

        const auto is_node = [&](std::uint64_t key) {
            return least_[static_cast<std::uint32_t>(key)] == static_cast<std::uint32_t>(key);
        };
        nodes.reserve(static_cast<std::size_t>(std::count_if(along.begin(), along.end(), is_node)));
        std::vector<std::uint32_t>& number = place;  // of the least point of each cluster that links end at
        for (const std::uint64_t key : along) {
            const auto point = static_cast<std::uint32_t>(key);
            if (!is_node(key)) continue;
            number[point] = static_cast<std::uint32_t>(nodes.size());
            nodes.push_back(points_[point]);
        }
        for (NetworkLink& link : links_) {
            link.from = number[least_[link.from]];
            link.to = number[least_[link.to]];
        }
        let_go(points_);
        let_go(least_);
        return order;
    }

    /// The points that links begin at and nodes lie at, the lower half of each number, by their place along the Hilbert curve, then by (x, y).
    std::vector<std::uint64_t> points_along_curve() const {
        std::vector<std::uint8_t> wanted(points_.size(), 0);
        for (const NetworkLink& link : links_)
            wanted[link.from] = wanted[least_[link.from]] = wanted[least_[link.to]] = 1;
        Box box = Box::empty();
        for (std::uint32_t i = 0; i < links_.size(); ++i)
            for (std::uint32_t k = begin_[i]; k < begin_[i] + vertices(i); ++k) box.add(pieces_.xs[k], pieces_.ys[k]);
        std::vector<std::uint64_t> along;
        along.reserve(static_cast<std::size_t>(std::count(wanted.begin(), wanted.end(), 1)));
        for (std::uint32_t i = 0; i < points_.size(); ++i)
            if (wanted[i] != 0)
                along.push_back(std::uint64_t{hilbert_code(box, points_[i].x, points_[i].y)} << 32U | i);
        sort_by_upper_half(along);
        return along;
    }

    std::vector<std::uint32_t> sorted_by_place(const std::vector<std::uint32_t>& place, std::size_t places) const {
        std::vector<std::uint32_t> next(places + 1, 0), order(links_.size());
        for (const NetworkLink& link : links_) ++next[place[link.from] + 1];
        std::partial_sum(next.begin(), next.end(), next.begin());
        for (std::uint32_t i = 0; i < links_.size(); ++i) order[next[place[links_[i].from]]++] = i;
        std::size_t begin = 0;
        for (const std::uint32_t end : next) {  // now the end of each place
            if (end > begin + 1)
                std::sort(order.begin() + static_cast<std::ptrdiff_t>(begin),
                          order.begin() + static_cast<std::ptrdiff_t>(end),
                          [this](std::uint32_t a, std::uint32_t b) { return before(a, b); });
            begin = std::max<std::size_t>(begin, end);
        }
        return order;
    }

    /// Of links that begin at the same point.
    bool before(std::uint32_t a, std::uint32_t b) const {
        const std::uint32_t shorter = std::min(vertices(a), vertices(b));
        for (std::uint32_t k = 1; k < shorter; ++k) {
            const Point p = at(a, k), q = at(b, k);
            if (p != q) return less(p, q);
        }
        return std::make_tuple(vertices(a), line_[a]) < std::make_tuple(vertices(b), line_[b]);
    }

    template <typename T>
    static std::vector<T> in_order(const std::vector<std::uint32_t>& order, const std::vector<T>& values) {
        std::vector<T> result;
        result.reserve(order.size());
        for (const std::uint32_t i : order) result.push_back(values[i]);
        return result;
    }

    /// The lines of the links, which are in their order now; that of their beginnings is still the old one. Vertices of our own are let go of, x before y is looked at.
    LinkLines::Columns lines(std::vector<std::uint32_t> order) {
        LinkLines::Columns columns;
        columns.xs = vertices_in_order(order, pieces_.xs);
        let_go(pieces_.own_xs);
        columns.ys = vertices_in_order(order, pieces_.ys);
        let_go(pieces_.own_ys);
        let_go(order);
        let_go(begin_);
        columns.first.reserve(links_.size() + 1);
        for (const NetworkLink& link : links_) columns.first.push_back(columns.first.back() + link.length);
        return columns;
    }

    std::vector<double> vertices_in_order(const std::vector<std::uint32_t>& order,
                                          std::span<const double> values) const {
        std::size_t count = 0;
        for (const NetworkLink& link : links_) count += link.length;
        std::vector<double> result(count);
        double* next = result.data();
        for (std::uint32_t i = 0; i < links_.size(); ++i) {
            const double* const first = values.data() + begin_[order[i]];
            const double* const end = first + vertices(i);
            next = backwards_[order[i]] ? std::reverse_copy(first, end, next) : std::copy(first, end, next);
        }
        return result;
    }

    void measure(const LinkLines::Columns& lines) {
        for (std::uint32_t i = 0; i < links_.size(); ++i) {
            double metres = 0;
            for (std::uint32_t v = lines.first[i] + 1; v < lines.first[i + 1]; ++v)
                metres += std::hypot(lines.xs[v] - lines.xs[v - 1], lines.ys[v] - lines.ys[v - 1]);
            links_[i].length = std::max(Millimetres{1}, in_millimetres(metres));
        }
    }

    StreetPieces& pieces_;
    std::vector<std::uint32_t> begin_;  // first vertex in the pieces, by link
    std::vector<NetworkLink> links_;
    std::vector<std::uint32_t> line_;  // that each link is of
    std::vector<bool> backwards_;
    std::vector<Point> points_;         // distinct, by (x, y)
    std::vector<std::uint32_t> least_;  // of the cluster of each
};

}  // namespace

NetworkParts network_parts(const Shapes& lines, const NetworkOptions& options, std::vector<std::uint32_t>* line_of) {
    StreetPieces pieces(lines);
    return Drafts(pieces, options).number(line_of);
}

NetworkParts network_parts(Shapes&& lines, const NetworkOptions& options, std::vector<std::uint32_t>* line_of) {
    StreetPieces pieces(std::move(lines));
    return Drafts(pieces, options).number(line_of);
}

}  // namespace geo
