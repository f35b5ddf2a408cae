// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/street_network.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "libgeo/geometry/street_links.h"
#include "libgeo/geometry/vertex_clusters.h"

namespace geo {

std::string_view word(Topology topology) { return topology == Topology::endpoints ? "endpoints" : "shared-vertices"; }

StreetNetwork::StreetNetwork(const Shapes& lines, const NetworkOptions& options, std::vector<std::uint32_t>* line_of)
    : StreetNetwork(network_parts(lines, options, line_of)) {}

StreetNetwork::StreetNetwork(Shapes&& lines, const NetworkOptions& options, std::vector<std::uint32_t>* line_of)
    : StreetNetwork(network_parts(std::move(lines), options, line_of)) {}

StreetNetwork::StreetNetwork(NetworkParts parts)
    : lines_(std::move(parts.lines)),
      links_(std::move(parts.links)),
      nodes_(std::move(parts.nodes)),
      left_out_(parts.left_out) {
    join_arcs();
    number_components();
}

/// The arcs of each node, in the order of the links. A loop leads nowhere new.
void StreetNetwork::join_arcs() {
    first_arc_.assign(nodes_.size() + 1, 0);
    for (std::uint32_t i = 0; i < links_.size(); ++i) {
        const NetworkLink& link = links_[i];
        longest_ = std::max(longest_, link.length);
        if (link.from == link.to) {
            loops_.push_back(i);
            continue;
        }
        ++first_arc_[link.from];
        ++first_arc_[link.to];
    }
    std::partial_sum(first_arc_.begin(), first_arc_.end(), first_arc_.begin());  // the end of each node's
    arcs_.resize(first_arc_.back());
    for (auto i = static_cast<std::uint32_t>(links_.size()); i-- > 0;) {  // backwards: each ends up where it begins
        const NetworkLink& link = links_[i];
        if (link.from == link.to) continue;
        arcs_[--first_arc_[link.from]] = i;
        arcs_[--first_arc_[link.to]] = i;
    }
    std::stable_sort(loops_.begin(), loops_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return links_[a].from < links_[b].from; });
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
