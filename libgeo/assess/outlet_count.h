// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "libgeo/assess/measured_site.h"
#include "libgeo/assess/measures/measure.h"
#include "libgeo/assess/walks.h"
#include "libgeo/geometry/nearest_index.h"
#include "libgeo/layers/timeline.h"

namespace geo {

/// How many: those that surely count, those that may, and how many as plotted. `sure <= plotted <= sure + maybe`.
struct CountedOutlets {
    std::uint32_t sure = 0, maybe = 0, plotted = 0;
    bool itself = false;  ///< one of the sure is the proposal itself
    bool beyond = false;  ///< the radius reaches beyond what a layer covers: there may be more
    std::uint64_t notes = 0;
    void add(bool is_sure, bool is_plotted) {
        sure += is_sure ? 1 : 0;
        maybe += is_sure ? 0 : 1;
        plotted += is_plotted ? 1 : 0;
    }
};

/// Outlets of some uses, over all outlets layers of the study. Outlets without a location are never counted; a remark says how many there are.
class OutletCounter {
  public:
    OutletCounter(UseSet uses, const MeasureContext& context);

    bool any_layer() const { return !parts_.empty(); }
    /// False: the outlets of some layer are known by snapshots only, and none is on or before the day.
    bool covers(Date day) const;
    /// Trading on the day within `radius` metres (to the millimetre: `tie`) of the site. Tolerance: site + outlet + CRS loss.
    CountedOutlets within(const ProposalBatch& batch, std::uint32_t row, Date day, double radius, double tie,
                          Site site) const;

    /// Makes the outlets ready for walk_within(); once.
    void join(std::shared_ptr<const WalkingStreets> streets);
    /// The same on foot, from where each outlet joins the streets. Tolerance: that of within(), and the walk's band; of points that are not exact, and may join
    /// other streets than where they are plotted, what the walk by those may differ. Outlets within the radius in a straight line that no
    /// way leads to, or from where the site cannot: they may count. Over streets without footpaths so may those whose walk is longer and whose straight line is not.
    CountedOutlets walk_within(const ProposalBatch& batch, std::uint32_t row, Date day, double radius, double tie,
                               Site site) const;

    /// Which outlets lie in which area; made once.
    void sort_into(const AreaLayer& areas, const LayerFilter& filter);
    CountedOutlets in_area(const ProposalBatch& batch, std::uint32_t row, Date day, std::uint32_t area) const;

  private:
    struct Member {
        std::uint32_t part = 0, outlet = 0;
        bool sure = true, plotted = true;
    };
    struct Part {
        const OutletLayer* outlets = nullptr;
        Timeline timeline;
        std::vector<std::uint32_t> of;  ///< outlet of each shape
        std::unique_ptr<Shapes> shapes;
        std::unique_ptr<NearestIndex> index;
        std::unique_ptr<Shapes> cover;  ///< where the layer is complete, dissolved; null: not stated
        double tolerance = 0.0, accuracy_site = 0.0,
               accuracy = 0.0;                    ///< metres; of both and the CRS; `accuracy`: of the outlets
        std::vector<NetworkPosition> on_streets;  ///< by shape
        std::unique_ptr<WalkStarts> starts;       ///< labelled by shape
        /// By shape: how far a walk may be off where the outlet is a point that is not exact, farthest_off(); empty: they are exact.
        std::vector<Millimetres> moves;
        void look_about(const WalkingStreets& streets);
    };
    /// An outlet as it is walked to from a site, in metres.
    struct WalkedOutlet {
        std::uint32_t shape = 0;
        double metres = in_metres(kNoWay);
        double straight = 0;
        double off =
            0;  ///< what the walk may be off where an end joins another street, beside the accuracy of both; infinity: no telling
    };
    std::vector<WalkedOutlet> walked(const Part& part, const SiteOnStreets& here, const MeasuredSite& from,
                                     double reach) const;
    static bool reaches_beyond(const Part& part, const MeasuredSite& from, double reach);
    bool is_proposal(const Part& part, std::uint32_t shape, const ProposalBatch& batch, std::uint32_t row) const;
    void count(const Part& part, std::uint32_t shape, bool sure, bool plotted, const ProposalBatch& batch,
               std::uint32_t row, Date day, CountedOutlets& counted) const;

    std::shared_ptr<const WalkingStreets> streets_;
    std::vector<Part> parts_;
    std::vector<std::vector<Member>> by_area_;
};

}  // namespace geo
