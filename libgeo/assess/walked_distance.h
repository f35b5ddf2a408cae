// SPDX-License-Identifier: Apache-2.0
//
// A walked distance against a limit. A walk is never shorter than the straight line between its ends: that settles what no walk is known for.
#pragma once

#include "libgeo/assess/measures/distance.h"
#include "libgeo/assess/walks_about.h"

namespace geo {

/// What was found of one group of places for one site.
struct Walked {
    bool site_on_streets = false;     ///< the site joins the streets
    PlaceWalk walk;                   ///< none: no way leads to any place
    PlaceWalks::Unreached unreached;  ///< a place near the site that no way leads to
    std::uint32_t straight_place = kNoShape;
    double straight_squared = 0;      ///< to the nearest of the places, which may be another
    std::optional<WalksAbout> about;  ///< none: both ends are exact, or the site stands on the place
};

/// What is known of the two ends, and what the group and the streets add to it.
struct WalkedCircumstances {
    DistanceCircumstances ends;
    double band = 0;           ///< metres, added to the tolerance of the ends for the walk itself
    double crs_loss = 0;       ///< metres: that part of the tolerance that is of neither end
    bool has_paths = true;     ///< false: the walk may be shorter than the streets say
    bool cannot_tell = false;  ///< entrances asked, a bare point known
};

/// Tie, tolerance and anchors as in decide_distance. No walk: clear where the straight line is longer than the limit by more than the ends' tolerance
/// (clear_in_straight_line), else unknown with its reason. A walk longer than the limit: borderline over streets without footpaths, and unknown where a place within
/// the limit in a straight line cannot be reached, while the straight line leaves that open. What would be sure is borderline where, within the accuracy of an end, another
/// street is the nearest and the walk may be on the other side of the limit (other_street). `notes` gets the reasons.
DistanceDecision decide_walked(const Walked& walked, const Comparison& breach, const WalkedCircumstances& circumstances,
                               std::uint64_t& notes);

}  // namespace geo
