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

/// Wherever the ends are, within their accuracy, the walk stays nearer than the limit, or farther.
bool stays(const WalksAbout& about, bool nearer, const Comparison& breach, const WalkedCircumstances& c) {
    const double band = c.band + c.crs_loss;
    return nearer ? about.all_within(breach.limit - band)
                  : about.none_within(breach.limit + band + c.ends.may_be_nearer);
}

/// What the streets leave open of a walk that is found too long, while a straight line would not be: it may be shorter over what they do not have.
void look_beyond_streets(DistanceDecision& decision, const Walked& walked, const Comparison& breach,
                         const WalkedCircumstances& c, std::uint64_t& notes) {
    if (walked.unreached && !surely_farther(walked.unreached.squared, breach, c.ends)) {
        decision.result = Result::unknown;
        notes |= bits(walked.unreached.why);
    }
    if (!c.has_paths) {
        decision.result = Result::borderline;
        notes |= bits(Note::no_footpaths);
    }
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
    if (decision.result == Result::borderline) return decision;
    const bool nearer = smaller_breaches(breach) == (decision.result == Result::breach);
    if (!nearer && straight_is_over) return decision;
    if (!nearer) look_beyond_streets(decision, walked, breach, c, notes);
    const bool is_sure = decision.result == Result::breach || decision.result == Result::clear;
    if (is_sure && walked.about && !stays(*walked.about, nearer, breach, c)) {
        decision.result = Result::borderline;
        notes |= bits(Note::other_street);
    }
    return decision;
}

}  // namespace geo
