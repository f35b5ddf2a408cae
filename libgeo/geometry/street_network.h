// SPDX-License-Identifier: Apache-2.0
//
// Streets as a graph for walking. Lengths are whole millimetres, so that sums are exact and no order of links changes an answer.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

#include "libgeo/geometry/link_lines.h"

namespace geo {

/// Millimetres along the network; up to 4,294 km.
using Millimetres = std::uint32_t;
/// The nearest whole millimetre; of what is longer than that, the most. Not below nought.
inline Millimetres in_millimetres(double metres) {
    constexpr double kMost = 4294967294.0;  // one less than what stands for no way
    return static_cast<Millimetres>(std::llround(std::min(metres * 1000.0, kMost)));
}
inline double in_metres(std::uint64_t millimetres) { return static_cast<double>(millimetres) / 1000.0; }

/// Where lines meet. Declared by whoever knows the data, never guessed (StreetNetwork::component_count tells a wrong guess).
enum class Topology : std::uint8_t {
    endpoints,        ///< where their ends coincide: OS Open Roads. A bridge over a road is not a junction
    shared_vertices,  ///< at any vertex that they have in common: ways of OpenStreetMap. A bridge shares none
};
std::string_view word(Topology topology);  ///< `endpoints`, `shared-vertices`

struct NetworkOptions {
    Topology topology = Topology::endpoints;
    double snap_m =
        0.01;  ///< ends (shared_vertices: vertices) no farther apart are one node; chains of such are one too
};

/// A stretch between two nodes, walked both ways.
struct NetworkLink {
    std::uint32_t from = 0, to = 0;  ///< nodes; from and to may be the same
    Millimetres length = 0;          ///< planar length of its line, rounded, at least 1
};

/// A link as seen from a node.
struct NetworkArc {
    std::uint32_t to = 0;
    Millimetres length = 0;
    std::uint32_t link = 0;
};

/// The arcs of a node, in the order of their links. Made from the links as they are looked at: four bytes an arc is all that is kept.
class NetworkArcs {
  public:
    class Iterator {
      public:
        using iterator_category = std::input_iterator_tag;
        using value_type = NetworkArc;
        using difference_type = std::ptrdiff_t;
        using pointer = const NetworkArc*;
        using reference = NetworkArc;
        Iterator(const std::uint32_t* at, const NetworkArcs& arcs) : at_(at), links_(arcs.links_), node_(arcs.node_) {}
        NetworkArc operator*() const {
            const NetworkLink& link = links_[*at_];
            return {link.from ^ link.to ^ node_, link.length, *at_};
        }
        struct Arrow {
            NetworkArc arc;
            const NetworkArc* operator->() const { return &arc; }
        };
        Arrow operator->() const { return {**this}; }
        Iterator& operator++() {
            ++at_;
            return *this;
        }
        bool operator==(const Iterator& other) const { return at_ == other.at_; }

      private:
        const std::uint32_t* at_;
        const NetworkLink* links_;
        std::uint32_t node_;
    };

    NetworkArcs(std::span<const std::uint32_t> arcs, const NetworkLink* links, std::uint32_t node)
        : arcs_(arcs), links_(links), node_(node) {}
    Iterator begin() const { return {arcs_.data(), *this}; }
    Iterator end() const { return {arcs_.data() + arcs_.size(), *this}; }
    std::size_t size() const { return arcs_.size(); }
    bool empty() const { return arcs_.empty(); }
    NetworkArc front() const { return *begin(); }

  private:
    std::span<const std::uint32_t> arcs_;  // links
    const NetworkLink* links_;
    std::uint32_t node_;
};

/// What a network is made of; all else follows from it. For who keeps one in a file.
struct NetworkParts {
    LinkLines lines;  ///< line i: of link i
    std::vector<NetworkLink> links;
    std::vector<Point> nodes;
    std::uint64_t left_out = 0;
};

/// Built once; const members are safe from many threads. Links and nodes are numbered by where they lie (along a Hilbert curve, then by their coordinates), so
/// shuffled lines, and lines drawn the other way round, give the same network.
class StreetNetwork {
  public:
    /// Every line (and ring) of `lines`, in metres; points are passed over. Vertices that are no numbers or repeat the one before are left out, and so is what then
    /// has no length: `left_out` counts such parts. `line_of`, where it is asked for: by link, which of `lines` it is of.
    StreetNetwork(const Shapes& lines, const NetworkOptions& options, std::vector<std::uint32_t>* line_of = nullptr);
    /// The same of lines that are not needed any more, in less room.
    StreetNetwork(Shapes&& lines, const NetworkOptions& options, std::vector<std::uint32_t>* line_of = nullptr);
    /// Of the parts of such a network, as they were.
    explicit StreetNetwork(NetworkParts parts);

    std::size_t nodes() const { return first_arc_.size() - 1; }
    std::size_t links() const { return links_.size(); }
    const NetworkLink& link(std::uint32_t i) const { return links_[i]; }
    Point node(std::uint32_t i) const { return nodes_[i]; }
    NetworkArcs arcs(std::uint32_t node) const {
        return {{arcs_.data() + first_arc_[node], arcs_.data() + first_arc_[node + 1]}, links_.data(), node};
    }
    /// Links that begin and end at the node; they are among no arcs.
    std::span<const std::uint32_t> loops(std::uint32_t node) const;
    std::span<const NetworkLink> all_links() const { return links_; }
    std::span<const Point> all_nodes() const { return nodes_; }
    /// Line i is that of link i, drawn from `from` to `to`.
    const LinkLines& lines() const { return lines_; }

    /// Parts of the network that no way leads between, numbered by their first node.
    std::size_t component_count() const { return component_length_.size(); }
    std::uint32_t component_of_node(std::uint32_t node) const { return component_[node]; }
    std::uint32_t component_of_link(std::uint32_t link) const { return component_[links_[link].from]; }
    std::uint64_t component_length(std::uint32_t component) const { return component_length_[component]; }  ///< mm
    std::size_t component_nodes(std::uint32_t component) const { return component_nodes_[component]; }
    /// The component with the most nodes, the least such; there must be one.
    std::uint32_t largest_component() const;

    std::uint64_t left_out() const { return left_out_; }
    Millimetres longest_link() const { return longest_; }

  private:
    void join_arcs();
    void number_components();

    LinkLines lines_;
    std::vector<NetworkLink> links_;
    std::vector<Point> nodes_;
    std::vector<std::uint32_t> first_arc_{0};
    std::vector<std::uint32_t> arcs_;   // links, by node
    std::vector<std::uint32_t> loops_;  // links, by node
    std::vector<std::uint32_t> component_;
    std::vector<std::uint64_t> component_length_;
    std::vector<std::uint32_t> component_nodes_;
    std::uint64_t left_out_ = 0;
    Millimetres longest_ = 0;
};

}  // namespace geo
