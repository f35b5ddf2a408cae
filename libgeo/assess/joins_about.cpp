// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/joins_about.h"

#include <algorithm>

namespace geo {
namespace {

constexpr Millimetres kNear = 500'000, kFar = 2'000'000;  // millimetres: beyond them two streets are no neighbours

/// To each of some positions, along the network from another; their accesses are not counted. kNoWay: farther than kFar.
std::vector<Millimetres> along_to(const StreetNetwork& network, const NetworkPosition& from,
                                  const std::vector<NetworkPosition>& to) {
    std::vector<Millimetres> along(to.size(), kNoWay);
    std::vector<WalkStart> others;
    for (std::uint32_t i = 0; i < to.size(); ++i) {
        if (to[i].link == from.link) along[i] = apart(to[i].offset, from.offset);  // or less, on a link that bends back
        if (to[i].link == from.link) continue;
        others.push_back({to[i], i});
        others.back().at.access = 0;
    }
    if (others.empty()) return along;
    const WalkStarts starts(std::move(others));
    NetworkPosition here = from;
    here.access = 0;
    for (const Millimetres reach : {kNear, kFar}) {
        const std::vector<Walk> walks = walks_within(network, starts, here, reach);
        for (const Walk& walk : walks) along[starts[walk.start].label] = walk.total;
        if (walks.size() == starts.size()) break;
    }
    return along;
}

}  // namespace

Millimetres farthest_off(const StreetNetwork& network, const NetworkPosition& plotted,
                         const std::vector<NetworkPosition>& about) {
    const std::vector<Millimetres> along = along_to(network, plotted, about);
    Millimetres most = 0;
    for (std::size_t i = 0; i < about.size(); ++i) {
        if (along[i] == kNoWay) return kNoWay;
        most = std::max(most, along[i] + apart(about[i].access, plotted.access));
    }
    return most;
}

}  // namespace geo
