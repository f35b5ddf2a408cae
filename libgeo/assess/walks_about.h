// SPDX-License-Identifier: Apache-2.0
//
// Walks whose ends are good to some metres only. A point that lies elsewhere may join another street, from where the walk is another: twenty metres to the other side
// of a railway may be a kilometre on foot.
#pragma once

#include "libgeo/assess/walks.h"

namespace geo {

/// Whether the nearest place stays on one side of a distance wherever, within the accuracy of each, a site and the places may be. Never says so wrongly: the points
/// within the accuracy of the site's are looked at in squares, each with bounds that hold for all of it, and what squares of a sixteenth of the accuracy (of 1 m, where
/// that is more) leave open is not said. A plot, as any extent, is moved as a whole: its walks change by no more than its accuracy. `streets` and `walks` must outlive it.
class WalksAbout {
  public:
    /// `accuracy`: of the site, in metres; that of the places is known to `walks`. `open`: the places that count.
    WalksAbout(const WalkingStreets& streets, const PlaceWalks& walks, ShapeFilter open, SiteOnStreets site,
               double accuracy);

    /// The nearest is no more than so many metres on foot, wherever it all is.
    bool all_within(double metres) const;
    /// None is, wherever it all is.
    bool none_within(double metres) const;

  private:
    /// Of the points of the plane that are no farther than `radius` from the centre.
    struct Bounds {
        double least, most;  ///< metres; infinity: no way, or no street
    };
    Bounds bounds(Point centre, double radius) const;
    template <typename Settles>
    bool all_about(Point site, const Settles& settles) const;

    const WalkingStreets* streets_;
    const PlaceWalks* walks_;
    ShapeFilter open_;
    SiteOnStreets site_;
    double accuracy_;
};

}  // namespace geo
