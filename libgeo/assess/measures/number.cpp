// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/measures/number.h"

namespace geo {

NumberDecision decide_number(const Range& range, const Comparison& breach) {
    // A comparison holds on one side of its limit, so the two ends of the range speak for all between.
    const bool least = holds(breach, range.least, 0.0), most = holds(breach, range.most, 0.0);
    NumberDecision decision;
    decision.plain = holds(breach, range.value, 0.0);
    if (least != most)
        decision.result = Result::borderline;
    else
        decision.result = least ? Result::breach : Result::clear;
    return decision;
}

void put_number(Finding& finding, const Range& range, const Comparison& breach) {
    finding.measured_something = true;
    finding.measured = range.value;
    finding.least = range.least;
    finding.most = range.most;
    if (breach.judgement) {
        finding.result = Result::clear;  // the gate makes it unknown: the officer judges
        return;
    }
    finding.limit = breach.limit;
    const NumberDecision decision = decide_number(range, breach);
    finding.result = decision.result;
    finding.plain = decision.plain;
}

}  // namespace geo
