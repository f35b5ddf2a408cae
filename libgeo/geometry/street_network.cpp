// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/street_network.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "libgeo/geometry/nearest_index.h"
#include "libgeo/geometry/vertex_clusters.h"

namespace geo {
namespace {

constexpr double kMillimetresPerMetre = 1000.0;

/// Vertices of the lines as they are walked, without repeats; piece i has those from first[i] to first[i + 1].
struct Pieces {
    std::vector<Point> points;
    std::vector<std::size_t> first{0};
    std::vector<std::uint32_t> line;
    std::uint64_t left_out = 0;
    std::size_t size() const { return line.size(); }
};

void add_part(Pieces& pieces, const Shapes& lines, std::uint32_t line, std::size_t part) {
    const auto xs = lines.xs(part), ys = lines.ys(part);
    const std::size_t begin = pieces.points.size();
    for (std::size_t v = 0; v < xs.size(); ++v) {
        const Point p{xs[v], ys[v]};
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) continue;
        if (pieces.points.size() == begin || pieces.points.back() != p) pieces.points.push_back(p);
    }
    if (pieces.points.size() < begin + 2) {
        pieces.points.resize(begin);
        ++pieces.left_out;
        return;
    }
    pieces.first.push_back(pieces.points.size());
    pieces.line.push_back(line);
}

Pieces pieces_of(const Shapes& lines) {
    Pieces pieces;
    for (std::uint32_t i = 0; i < lines.size(); ++i)
        for (std::size_t part = lines.part_begin(i); part < lines.part_end(i); ++part)
            if (lines.kind(part) != PartKind::points) add_part(pieces, lines, i, part);
    return pieces;
}

/// A link before it has its number: vertices [begin, end) of the pieces, walked backwards or not, between two clusters of ends.
struct Draft {
    std::size_t begin = 0, end = 0;
    bool backwards = false;
    std::uint32_t from = 0, to = 0, line = 0, code = 0;
    std::size_t size() const { return end - begin; }
    Point at(const Pieces& pieces, std::size_t k) const { return pieces.points[backwards ? end - 1 - k : begin + k]; }
};

bool less(Point a, Point b) { return std::tie(a.x, a.y) < std::tie(b.x, b.y); }

/// The line of a against that of b, vertex by vertex.
bool drawn_before(const Draft& a, const Draft& b, const Pieces& pieces) {
    for (std::size_t k = 0; k < std::min(a.size(), b.size()); ++k) {
        const Point p = a.at(pieces, k), q = b.at(pieces, k);
        if (p != q) return less(p, q);
    }
    return a.size() < b.size();
}

/// One direction for a line whichever way it was drawn.
void turn(Draft& draft, const Pieces& pieces) {
    Draft other = draft;
    other.backwards = true;
    if (drawn_before(other, draft, pieces)) {
        draft.backwards = true;
        std::swap(draft.from, draft.to);
    }
}

Millimetres length_of(const Draft& draft, const Pieces& pieces) {
    double metres = 0;
    for (std::size_t k = 1; k < draft.size(); ++k) {
        const Point a = draft.at(pieces, k - 1), b = draft.at(pieces, k);
        metres += std::hypot(b.x - a.x, b.y - a.y);
    }
    return static_cast<Millimetres>(std::max(1LL, std::llround(metres * kMillimetresPerMetre)));
}

/// The vertices that may be nodes: ends, or all of them.
std::vector<std::size_t> candidates(const Pieces& pieces, Topology topology) {
    std::vector<std::size_t> found;
    if (topology == Topology::shared_vertices) {
        found.resize(pieces.points.size());
        std::iota(found.begin(), found.end(), std::size_t{0});
        return found;
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        found.push_back(pieces.first[i]);
        found.push_back(pieces.first[i + 1] - 1);
    }
    return found;
}

/// Cuts the pieces at their nodes.
class Cutter {
  public:
    Cutter(const Pieces& pieces, const NetworkOptions& options) : pieces_(pieces) {
        const std::vector<std::size_t> at = candidates(pieces, options.topology);
        std::vector<Point> points;
        points.reserve(at.size());
        for (const std::size_t v : at) points.push_back(pieces.points[v]);
        const std::vector<std::uint32_t> cluster = cluster_points(points, options.snap_m, nodes_);
        cluster_of_.assign(pieces.points.size(), kNone);
        times_.assign(nodes_.size(), 0);
        for (std::size_t k = 0; k < at.size(); ++k) {
            cluster_of_[at[k]] = cluster[k];
            ++times_[cluster[k]];
        }
    }

    std::vector<Draft> cut() const {
        std::vector<Draft> drafts;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            std::size_t begin = pieces_.first[i];
            const std::size_t last = pieces_.first[i + 1] - 1;
            for (std::size_t v = begin + 1; v <= last; ++v) {
                if (v != last && (cluster_of_[v] == kNone || times_[cluster_of_[v]] < 2)) continue;
                Draft draft;
                draft.begin = begin;
                draft.end = v + 1;
                draft.from = cluster_of_[begin];
                draft.to = cluster_of_[v];
                draft.line = pieces_.line[i];
                turn(draft, pieces_);
                drafts.push_back(draft);
                begin = v;
            }
        }
        return drafts;
    }
    const std::vector<Point>& nodes() const { return nodes_; }

  private:
    static constexpr std::uint32_t kNone = 0xffffffffU;
    const Pieces& pieces_;
    std::vector<Point> nodes_;
    std::vector<std::uint32_t> cluster_of_, times_;  // by vertex; by cluster
};

Box box_of(const Pieces& pieces) {
    Box box = Box::empty();
    for (const Point p : pieces.points) box.add(p.x, p.y);
    return box;
}

/// Along the Hilbert curve, then as they are drawn, then by their line.
void put_in_order(std::vector<Draft>& drafts, const Pieces& pieces, const Box& box) {
    for (Draft& draft : drafts) {
        const Point p = draft.at(pieces, 0);
        draft.code = hilbert_code(box, p.x, p.y);
    }
    std::sort(drafts.begin(), drafts.end(), [&](const Draft& a, const Draft& b) {
        if (a.code != b.code) return a.code < b.code;
        if (drawn_before(a, b, pieces)) return true;
        return !drawn_before(b, a, pieces) && a.line < b.line;
    });
}

/// Numbers the nodes that links end at along the curve; those that are only vertices are dropped. Gives the new number of each.
std::vector<std::uint32_t> number_nodes(const std::vector<Draft>& drafts, const std::vector<Point>& all, const Box& box,
                                        std::vector<Point>& nodes) {
    std::vector<std::uint8_t> used(all.size(), 0);
    for (const Draft& draft : drafts) used[draft.from] = used[draft.to] = 1;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> order;  // code, then the number by (x, y)
    for (std::uint32_t i = 0; i < all.size(); ++i)
        if (used[i] != 0) order.emplace_back(hilbert_code(box, all[i].x, all[i].y), i);
    std::sort(order.begin(), order.end());
    std::vector<std::uint32_t> number(all.size(), 0);
    for (const auto& [code, i] : order) {
        number[i] = static_cast<std::uint32_t>(nodes.size());
        nodes.push_back(all[i]);
    }
    return number;
}

void append_line(Shapes& shapes, const Draft& draft, const Pieces& pieces) {
    for (std::size_t k = 0; k < draft.size(); ++k) {
        const Point p = draft.at(pieces, k);
        shapes.add_vertex(p.x, p.y);
    }
    shapes.end_part(PartKind::line);
    shapes.end_shape();
}

/// The arcs of each node, in the order of the links. A loop leads nowhere new.
std::vector<NetworkArc> arcs_of(const std::vector<NetworkLink>& links, std::size_t nodes,
                                std::vector<std::uint32_t>& first) {
    first.assign(nodes + 1, 0);
    const auto each_end = [&](const auto& with) {
        for (std::uint32_t i = 0; i < links.size(); ++i) {
            const NetworkLink& link = links[i];
            if (link.from == link.to) continue;
            with(link.from, NetworkArc{link.to, link.length, i});
            with(link.to, NetworkArc{link.from, link.length, i});
        }
    };
    each_end([&](std::uint32_t node, const NetworkArc&) { ++first[node + 1]; });
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<NetworkArc> arcs(first.back());
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    each_end([&](std::uint32_t node, const NetworkArc& arc) { arcs[next[node]++] = arc; });
    return arcs;
}

}  // namespace

std::string_view word(Topology topology) { return topology == Topology::endpoints ? "endpoints" : "shared-vertices"; }

StreetNetwork::StreetNetwork(const Shapes& lines, const NetworkOptions& options) {
    const Pieces pieces = pieces_of(lines);
    left_out_ = pieces.left_out;
    const Cutter cutter(pieces, options);
    std::vector<Draft> drafts = cutter.cut();
    const Box box = box_of(pieces);
    put_in_order(drafts, pieces, box);
    const std::vector<std::uint32_t> number = number_nodes(drafts, cutter.nodes(), box, nodes_);
    shapes_.reserve(pieces.points.size());
    for (const Draft& draft : drafts) {
        links_.push_back({number[draft.from], number[draft.to], length_of(draft, pieces), draft.line});
        longest_ = std::max(longest_, links_.back().length);
        append_line(shapes_, draft, pieces);
    }
    arcs_ = arcs_of(links_, nodes_.size(), first_arc_);
    for (std::uint32_t i = 0; i < links_.size(); ++i)
        if (links_[i].from == links_[i].to) loops_.push_back(i);
    std::stable_sort(loops_.begin(), loops_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return links_[a].from < links_[b].from; });
    number_components();
}

std::span<const std::uint32_t> StreetNetwork::loops(std::uint32_t node) const {
    const auto begin = std::lower_bound(loops_.begin(), loops_.end(), node,
                                        [&](std::uint32_t link, std::uint32_t of) { return links_[link].from < of; });
    auto end = begin;
    while (end != loops_.end() && links_[*end].from == node) ++end;
    return {begin, end};
}

void StreetNetwork::number_components() {
    DisjointSets sets(nodes_.size());
    for (const NetworkLink& link : links_) sets.join(link.from, link.to);
    component_.resize(nodes_.size());
    for (std::uint32_t node = 0; node < nodes_.size(); ++node) {
        const std::uint32_t root = sets.find(node);  // the least node: it has been numbered already, or is this one
        if (root == node) {
            component_[node] = static_cast<std::uint32_t>(component_length_.size());
            component_length_.push_back(0);
            component_nodes_.push_back(0);
        } else {
            component_[node] = component_[root];
        }
        ++component_nodes_[component_[node]];
    }
    for (const NetworkLink& link : links_) component_length_[component_[link.from]] += link.length;
}

std::uint32_t StreetNetwork::largest_component() const {
    const auto most = std::max_element(component_nodes_.begin(), component_nodes_.end());
    return static_cast<std::uint32_t>(most - component_nodes_.begin());
}

}  // namespace geo
