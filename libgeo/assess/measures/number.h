// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "libgeo/assess/finding.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// A count, share, run, gap or figure, with the range that the data leave open: outlets near the edge of a radius, units whose use is not stated.
/// Infinity is a value: no other unit on the frontage.
struct Range {
    double value = 0.0;              ///< as plotted
    double least = 0.0, most = 0.0;  ///< least <= value <= most
    static Range exactly(double v) { return {v, v, v}; }
};

/// One number against one comparison: borderline where the comparison holds for a part of the range only. "2 to 4 within 400 m, limit 3" is
/// borderline. No tie: counts and shares of counts are exact.
struct NumberDecision {
    Result result = Result::clear;
    bool plain = false;
};
NumberDecision decide_number(const Range& range, const Comparison& breach);

/// Writes range, limit and decision into the finding; a comparison that is a matter of judgement only shows the figure.
void put_number(Finding& finding, const Range& range, const Comparison& breach);

}  // namespace geo
