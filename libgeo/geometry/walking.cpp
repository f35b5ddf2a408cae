// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/walking.h"

#include <algorithm>
#include <tuple>

#include "libgeo/geometry/walking_parts.h"

namespace geo {

/// One search from all starts. Nodes wait in buckets of 4 m by their distance; in a bucket they may be looked at more than once, which is rarer than a heap is slow
/// (walking distances come in all lengths). The buckets go round: none is farther ahead than the longest link.
class NearestWalks::Search {
  public:
    explicit Search(NearestWalks& walks) : walks_(walks), waiting_(walks.reached_.size(), 0) {
        Millimetres farthest = walks.network_->longest_link();
        for (const WalkStart& start : walks.starts_->all())
            if (start.at) farthest = std::max(farthest, sum(start.at.access, walks.network_->longest_link()));
        buckets_.resize((farthest >> kShift) + 2);
    }

    void run() {
        for (std::uint32_t i = 0; i < walks_.starts_->size(); ++i) {
            const NetworkPosition& at = (*walks_.starts_)[i].at;
            if (!at) continue;
            const NetworkLink& link = walks_.network_->link(at.link);
            reach(link.from, {sum(at.access, at.offset), i});
            reach(link.to, {sum(at.access, link.length - at.offset), i});
        }
        for (std::size_t bucket = 0; queued_ > 0; bucket = (bucket + 1) % buckets_.size()) empty(buckets_[bucket]);
    }

  private:
    static constexpr unsigned kShift = 12;  // 4.096 m

    void reach(std::uint32_t node, const Reached& now) {
        Reached& best = walks_.reached_[node];
        if (now.total > walks_.cutoff_ || !walks_.before(now, best)) return;
        best = now;
        waiting_[node] = 1;
        buckets_[(now.total >> kShift) % buckets_.size()].push_back(node);
        ++queued_;
    }

    void empty(std::vector<std::uint32_t>& bucket) {
        std::size_t next = 0;
        while (next < bucket.size()) {  // it may grow as it is emptied
            const std::uint32_t node = bucket[next++];
            if (waiting_[node] == 0) continue;  // it was nearer than this entry says, and its time has come
            waiting_[node] = 0;
            const Reached at = walks_.reached_[node];
            for (const NetworkArc& arc : walks_.network_->arcs(node))
                reach(arc.to, {sum(at.total, arc.length), at.start});
        }
        queued_ -= bucket.size();
        bucket.clear();
    }

    NearestWalks& walks_;
    std::vector<std::vector<std::uint32_t>> buckets_;
    std::vector<std::uint8_t> waiting_;  // by node: to be looked at
    std::size_t queued_ = 0;
};

NearestWalks::NearestWalks(const StreetNetwork& network, const WalkStarts& starts, Millimetres cutoff)
    : network_(&network), starts_(&starts), cutoff_(cutoff), reached_(network.nodes()) {
    Search(*this).run();
}

bool NearestWalks::before(const Reached& a, const Reached& b) const {
    if (a.total != b.total) return a.total < b.total;
    if (a.total == kNoWay || a.start == b.start) return false;
    return std::tie((*starts_)[a.start].label, a.start) < std::tie((*starts_)[b.start].label, b.start);
}

/// Along the network to the point's place on it; its access is not counted.
NearestWalks::Reached NearestWalks::best_at(const NetworkPosition& point) const {
    const NetworkLink& link = network_->link(point.link);
    Reached best;
    const auto offer = [&](const Reached& way) {
        if (way.total <= cutoff_ && before(way, best)) best = way;
    };
    const Reached from = reached_[link.from], to = reached_[link.to];
    offer({sum(from.total, point.offset), from.start});
    offer({sum(to.total, link.length - point.offset), to.start});
    for (const std::uint32_t i : starts_->on(point.link)) {
        const NetworkPosition& at = (*starts_)[i].at;
        offer({sum(at.access, apart(at.offset, point.offset)), i});
    }
    return best;
}

Walk NearestWalks::nearest(const NetworkPosition& point) const {
    if (!point) return {};
    const Reached best = best_at(point);
    const Millimetres total = sum(best.total, point.access);
    if (best.total == kNoWay || total > cutoff_) return {};
    return {total, best.start};
}

}  // namespace geo
