// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/walked_distance.h"

#include <algorithm>
#include <cmath>

namespace geo {
namespace {

/// Even in a straight line it is farther than the limit, whatever the ends' tolerance and wherever the true end is.
bool surely_farther(double straight_squared, const Comparison& breach, const DistanceCircumstances& c) {
    return std::sqrt(straight_squared) - c.may_be_nearer - std::max(c.tolerance, c.tie) > breach.limit;
}

DistanceDecision without_walk(bool is_ruled_out, Note why, std::uint64_t& notes) {
    // The other reasons speak of a place within the limit: there is none.
    if (!is_ruled_out || why == Note::site_far_from_street) notes |= bits(why);
    if (is_ruled_out) notes |= bits(Note::clear_in_straight_line);
    DistanceDecision decision;
    decision.result = is_ruled_out ? Result::clear : Result::unknown;
    return decision;
}

Note why_no_walk(const Walked& walked) {
    if (!walked.site_on_streets) return Note::site_far_from_street;
    return walked.unreached ? walked.unreached.why : Note::no_way;
}

}  // namespace

DistanceDecision decide_walked(const Walked& walked, const Comparison& breach, const WalkedCircumstances& c,
                               std::uint64_t& notes) {
    const DistanceCircumstances& ends = c.ends;
    const bool straight_is_over = surely_farther(walked.straight_squared, breach, ends);
    const bool ruled_out = straight_is_over && smaller_breaches(breach);
    if (!walked.walk) return without_walk(ruled_out, why_no_walk(walked), notes);

    DistanceCircumstances with_band = ends;
    with_band.tolerance += c.band;
    const double metres = in_metres(walked.walk.total);
    DistanceDecision decision = decide_distance(metres * metres, breach, with_band);
    if (c.cannot_tell) {
        decision.result = ruled_out ? Result::clear : Result::unknown;
        return decision;
    }
    // A walk that is found too long may be shorter over what the streets do not have.
    const Result of_the_long = smaller_breaches(breach) ? Result::clear : Result::breach;
    if (decision.result != of_the_long || straight_is_over) return decision;
    if (walked.unreached && !surely_farther(walked.unreached.squared, breach, ends)) {
        decision.result = Result::unknown;
        notes |= bits(walked.unreached.why);
    }
    if (!c.has_paths) {
        decision.result = Result::borderline;
        notes |= bits(Note::no_footpaths);
    }
    return decision;
}

}  // namespace geo
