// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <queue>
#include <tuple>
#include <unordered_map>

#include "libgeo/geometry/walking_parts.h"

namespace geo {
namespace {

/// From one point outwards, as far as the cutoff: a few hundred nodes, so a map of them and a heap.
class FromOnePoint {
  public:
    FromOnePoint(const StreetNetwork& network, const WalkStarts& starts, const NetworkPosition& point,
                 Millimetres cutoff)
        : network_(network), starts_(starts), point_(point), cutoff_(cutoff) {}

    std::vector<Walk> walks() {
        for (const std::uint32_t i : starts_.on(point_.link))
            offer(i, sum(point_.access, apart(point_.offset, starts_[i].at.offset)));
        const NetworkLink& link = network_.link(point_.link);
        reach(link.from, sum(point_.access, point_.offset));
        reach(link.to, sum(point_.access, link.length - point_.offset));
        while (!queue_.empty()) {
            const auto [total, node] = queue_.top();
            queue_.pop();
            if (total == nodes_.at(node)) leave(node, total);
        }
        std::vector<Walk> found;
        for (const auto& [start, total] : best_) found.push_back({total, start});
        std::sort(found.begin(), found.end(), [&](const Walk& a, const Walk& b) {
            return std::tie(a.total, starts_[a.start].label, a.start) <
                   std::tie(b.total, starts_[b.start].label, b.start);
        });
        return found;
    }

  private:
    using Waiting = std::pair<Millimetres, std::uint32_t>;

    void reach(std::uint32_t node, Millimetres total) {
        if (total > cutoff_) return;
        const auto [at, is_new] = nodes_.try_emplace(node, total);
        if (!is_new && at->second <= total) return;
        at->second = total;
        queue_.emplace(total, node);
    }

    /// `total`: as far as the start's place on the network; its own access comes on top.
    void offer(std::uint32_t start, Millimetres total) {
        total = sum(total, starts_[start].at.access);
        if (total > cutoff_) return;
        const auto [at, is_new] = best_.try_emplace(start, total);
        if (!is_new) at->second = std::min(at->second, total);
    }

    void leave(std::uint32_t node, Millimetres total) {
        for (const NetworkArc& arc : network_.arcs(node)) {
            const bool forwards = network_.link(arc.link).from == node;
            for (const std::uint32_t i : starts_.on(arc.link)) {
                const Millimetres offset = starts_[i].at.offset;
                offer(i, sum(total, forwards ? offset : arc.length - offset));
            }
            reach(arc.to, sum(total, arc.length));
        }
        for (const std::uint32_t link : network_.loops(node))
            for (const std::uint32_t i : starts_.on(link)) {
                const Millimetres offset = starts_[i].at.offset;
                offer(i, sum(total, std::min(offset, network_.link(link).length - offset)));
            }
    }

    const StreetNetwork& network_;
    const WalkStarts& starts_;
    const NetworkPosition& point_;
    Millimetres cutoff_;
    std::unordered_map<std::uint32_t, Millimetres> nodes_, best_;  // by node; by start
    std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> queue_;
};

}  // namespace

std::vector<Walk> walks_within(const StreetNetwork& network, const WalkStarts& starts, const NetworkPosition& point,
                               Millimetres cutoff) {
    if (!point) return {};
    return FromOnePoint(network, starts, point, cutoff).walks();
}

}  // namespace geo
