// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <tuple>

#include "libgeo/geometry/walking_parts.h"

namespace geo {
namespace {

constexpr Millimetres kRounding = 1;  // of an offset and an access, together

/// How far it is from the starts kept to places on the network, as far as such a way can stand in for an access.
class NearKept {
  public:
    NearKept(const StreetNetwork& network, Millimetres most) : network_(network), most_(most) {}

    void keep(const NetworkPosition& start) {
        on_[start.link].push_back(start);
        const NetworkLink& link = network_.link(start.link);
        reach(link.from, std::uint64_t{start.access} + start.offset);
        reach(link.to, std::uint64_t{start.access} + link.length - start.offset);
    }
    std::uint64_t way_to(const NetworkPosition& place) const {
        const NetworkLink& link = network_.link(place.link);
        std::uint64_t least = std::min(at(link.from) + place.offset, at(link.to) + link.length - place.offset);
        if (const auto starts = on_.find(place.link); starts != on_.end())
            for (const NetworkPosition& start : starts->second)
                least = std::min(least, std::uint64_t{start.access} + std::max(start.offset, place.offset) -
                                            std::min(start.offset, place.offset));
        return least;
    }

  private:
    std::uint64_t at(std::uint32_t node) const {
        const auto found = reached_.find(node);
        return found == reached_.end() ? std::uint64_t{kNoWay} : found->second;
    }
    void reach(std::uint32_t node, std::uint64_t way) {
        std::vector<std::pair<std::uint32_t, std::uint64_t>> left{{node, way}};
        while (!left.empty()) {
            const auto [here, total] = left.back();
            left.pop_back();
            if (total > most_ || total >= at(here)) continue;
            reached_[here] = total;
            for (const NetworkArc arc : network_.arcs(here)) left.emplace_back(arc.to, total + arc.length);
        }
    }

    const StreetNetwork& network_;
    std::uint64_t most_;
    std::map<std::uint32_t, std::vector<NetworkPosition>> on_;
    std::map<std::uint32_t, std::uint64_t> reached_;  // by node
};

}  // namespace

std::vector<NetworkPosition> with_needed(const StreetNetwork& network, std::vector<NetworkPosition> meetings,
                                         std::vector<NetworkPosition> beside) {
    if (beside.empty()) return meetings;
    std::sort(beside.begin(), beside.end(), [](const NetworkPosition& a, const NetworkPosition& b) {
        return std::tie(a.access, a.link, a.offset) < std::tie(b.access, b.link, b.offset);
    });
    NearKept kept(network, beside.back().access + kRounding);
    for (const NetworkPosition& start : meetings) kept.keep(start);
    std::vector<NetworkPosition> starts = std::move(meetings);
    for (const NetworkPosition& start : beside) {
        if (kept.way_to(start) <= std::uint64_t{start.access} + kRounding) continue;
        kept.keep(start);
        starts.push_back(start);
    }
    std::sort(starts.begin(), starts.end(), [](const NetworkPosition& a, const NetworkPosition& b) {
        return std::tie(a.link, a.offset, a.access) < std::tie(b.link, b.offset, b.access);
    });
    return starts;
}

}  // namespace geo
