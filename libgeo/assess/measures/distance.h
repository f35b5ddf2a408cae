// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "libgeo/assess/finding.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// What is known of the two ends besides the distance between them.
struct DistanceCircumstances {
    double tie = 0.001;      ///< metres
    double tolerance = 0.0;  ///< site + place + loss in the CRS operation, metres
    /// The boundary asked for is not known, only a point: the true boundary may be nearer by up to this many metres.
    double may_be_nearer = 0.0;
    /// The entrances asked for are not known, measured from the boundary: the true distance can only be longer.
    bool may_be_farther = false;
    /// Something else makes the answer less than sure (kind unknown, state unclear).
    bool doubtful = false;
};

/// What is too near breaches, not what is too far.
bool smaller_breaches(const Comparison& breach);

/// One distance against one limit. Tie first: the comparison is taken at limit ± tie. Then tolerance: |distance - limit| below the
/// tolerance is borderline; with no tolerance, exactly on the limit is as the comparison says. Anchors never change in silence: see the
/// fields. Returns clear, borderline or breach (never exempt or triggered: those come from the rule's conditions).
/// `squared` is in square metres and is what the plain comparison looks at.
struct DistanceDecision {
    Result result = Result::clear;
    bool plain = false;
    bool on_the_tie = false;
};
DistanceDecision decide_distance(double squared, const Comparison& breach, const DistanceCircumstances& circumstances);

}  // namespace geo
