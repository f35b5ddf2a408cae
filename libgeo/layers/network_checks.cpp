// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/network_checks.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "libgeo/layers/walking_network.h"

namespace geo {
namespace {

constexpr double kGap = 2.0;                  // m
constexpr Millimetres kStub = 2'000;          // an end of a shorter link is near its neighbours in any case
constexpr Millimetres kSharpCorner = 10'000;  // two streets that part at a sharp angle are near each other so far

/// The end of a link that nothing joins.
bool is_end(const StreetNetwork& network, std::uint32_t node) {
    return network.arcs(node).size() == 1 && network.loops(node).empty();
}

/// Squared distance from an end to the nearest link that it should perhaps join; infinite: none.
double squared_gap(const StreetNetwork& network, std::uint32_t node) {
    double nearest = std::numeric_limits<double>::infinity();
    const NetworkArc& own = network.arcs(node).front();
    if (own.length <= kStub) return nearest;
    const Point p = network.node(node);
    Box box = Box::empty();
    box.add(p.x, p.y);
    network.lines().near(box, kGap, [&](std::uint32_t i) {
        const NetworkLink& link = network.link(i);
        const bool neighbour = link.from == own.to || link.to == own.to;
        if (i == own.link || (neighbour && own.length <= kSharpCorner)) return;
        const double squared = network.lines().squared_to(p, i);
        if (squared <= kGap * kGap) nearest = std::min(nearest, squared);
    });
    return nearest;
}

}  // namespace

Joined joined(const StreetNetwork& network) {
    if (network.nodes() == 0) return {};
    const auto most = static_cast<double>(network.component_nodes(network.largest_component()));
    return {network.component_count(), 1.0 - most / static_cast<double>(network.nodes())};
}

bool is_wrong_guess(const Joined& as_read, const Joined& otherwise) {
    return as_read.outside > kTooManyOutside &&
           (otherwise.outside <= kTooManyOutside || otherwise.outside < as_read.outside / 2.0);
}

std::vector<Gap> gaps_of(const StreetNetwork& network) {
    std::vector<Gap> gaps;
    for (std::uint32_t node = 0; node < network.nodes(); ++node) {
        if (!is_end(network, node)) continue;
        const double squared = squared_gap(network, node);
        if (std::isfinite(squared)) gaps.push_back({network.node(node), std::sqrt(squared)});
    }
    return gaps;
}

SmallParts small_parts_of(const StreetNetwork& network) {
    SmallParts parts;
    parts.is_small.assign(network.component_count(), 0);
    if (network.nodes() == 0) return parts;
    const std::uint32_t largest = network.largest_component();
    std::uint32_t next = 0;  // components are numbered by their first node
    for (std::uint32_t node = 0; node < network.nodes(); ++node) {
        const std::uint32_t component = network.component_of_node(node);
        if (component != next) continue;
        ++next;
        const std::uint64_t length = network.component_length(component);
        if (component == largest || in_metres(length) >= kSmallPart) continue;
        parts.is_small[component] = 1;
        parts.parts.push_back({network.node(node), length});
        parts.millimetres += length;
    }
    return parts;
}

}  // namespace geo
