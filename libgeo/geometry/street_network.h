// SPDX-License-Identifier: Apache-2.0
//
// Streets as a graph for walking. Lengths are whole millimetres, so that sums are exact and no order of links changes an answer.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// Millimetres along the network; up to 4,294 km.
using Millimetres = std::uint32_t;

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
    std::uint32_t line = 0;          ///< the line given that it is of
};

/// A link as seen from a node.
struct NetworkArc {
    std::uint32_t to = 0;
    Millimetres length = 0;
    std::uint32_t link = 0;
};

/// Built once; const members are safe from many threads. Links and nodes are numbered by where they lie (along a Hilbert curve, then by their coordinates), so
/// shuffled lines, and lines drawn the other way round, give the same network.
class StreetNetwork {
  public:
    /// Every line (and ring) of `lines`, in metres; points are passed over. Vertices that are no numbers or repeat the one before are left out, and so is what then
    /// has no length: `left_out` counts such parts.
    StreetNetwork(const Shapes& lines, const NetworkOptions& options);

    std::size_t nodes() const { return first_arc_.size() - 1; }
    std::size_t links() const { return links_.size(); }
    const NetworkLink& link(std::uint32_t i) const { return links_[i]; }
    Point node(std::uint32_t i) const { return nodes_[i]; }
    std::span<const NetworkArc> arcs(std::uint32_t node) const {
        return {arcs_.data() + first_arc_[node], arcs_.data() + first_arc_[node + 1]};
    }
    /// Links that begin and end at the node; they are among no arcs.
    std::span<const std::uint32_t> loops(std::uint32_t node) const;
    /// Shape i is the line of link i, drawn from `from` to `to`.
    const Shapes& shapes() const { return shapes_; }

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
    void number_components();

    Shapes shapes_;
    std::vector<NetworkLink> links_;
    std::vector<Point> nodes_;
    std::vector<std::uint32_t> first_arc_{0};
    std::vector<NetworkArc> arcs_;
    std::vector<std::uint32_t> loops_;  // links, by node
    std::vector<std::uint32_t> component_;
    std::vector<std::uint64_t> component_length_;
    std::vector<std::uint32_t> component_nodes_;
    std::uint64_t left_out_ = 0;
    Millimetres longest_ = 0;
};

}  // namespace geo
