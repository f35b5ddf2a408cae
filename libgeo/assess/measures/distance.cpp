// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/measures/distance.h"

#include <cmath>

namespace geo {
namespace {

/// The comparison on squares: a distance rounded by its square root could change sides on the last bit.
bool plain_holds(double squared, const Comparison& c, double tie) {
    const double outer = (c.limit + tie) * (c.limit + tie);
    const double inner = c.limit > tie ? (c.limit - tie) * (c.limit - tie) : 0.0;
    switch (c.comparator) {
        case Comparator::at_most:
            return squared <= outer;
        case Comparator::below:
            return squared < inner;
        case Comparator::at_least:
            return squared >= inner;
        case Comparator::above:
            return squared > outer;
    }
    return false;
}

}  // namespace

bool smaller_breaches(const Comparison& breach) {
    return breach.comparator == Comparator::at_most || breach.comparator == Comparator::below;
}

DistanceDecision decide_distance(double squared, const Comparison& breach, const DistanceCircumstances& c) {
    DistanceDecision decision;
    decision.plain = plain_holds(squared, breach, c.tie);
    const double distance = std::sqrt(squared);
    decision.on_the_tie = c.tie > 0 && std::fabs(distance - breach.limit) <= c.tie;

    const double inside = breach.limit - distance;  // positive: nearer than the limit
    // Nearer than the limit, the truth may be farther; beyond it, nearer.
    const bool nearer = smaller_breaches(breach) == decision.plain;
    const bool by_tolerance = std::fabs(inside) < c.tolerance;
    const bool by_anchor = nearer ? c.may_be_farther : c.may_be_nearer > 0 && -inside <= c.tolerance + c.may_be_nearer;
    const bool in_doubt = c.doubtful && decision.plain;

    if (by_tolerance || by_anchor || in_doubt)
        decision.result = Result::borderline;
    else
        decision.result = decision.plain ? Result::breach : Result::clear;
    return decision;
}

}  // namespace geo
