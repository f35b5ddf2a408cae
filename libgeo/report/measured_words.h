// SPDX-License-Identifier: Apache-2.0
//
// What a finding measured, in plain English: one function a measure. Private to this stage; words.h puts the sentence around it.
#pragma once

#include <string>
#include <string_view>

#include "libgeo/assess/assess.h"

namespace geo {

/// `312.4 m from the boundary of Ash Primary School (schools 1001), limit 400 m`; `5 of 39 units of High Street (frontages F1) with this one, 12.82 %
/// (10.26 % before), limit above 12 %`. Empty where nothing was measured.
std::string measured_words(const Finding& finding, const Slot& slot, const Assessment& assessment);

/// The comparison that counted: of the band, of the figure (`all`), else the rule's.
const Comparison& comparison_of(const Finding& finding, const Rule& rule);
/// Layer that the finding is about: `schools`, `wards`; of several that could not be told apart `town-centres or parades`; `outlets` for a radius; `application`
/// for a figure of its own.
std::string layer_of_finding(const Finding& finding, const Slot& slot, const Assessment& assessment);

/// The area or frontage that a finding is about.
struct Subject {
    std::string_view id, name;
    bool known() const { return !id.empty(); }
};
Subject subject_of(const Finding& finding, const Slot& slot, const Assessment& assessment);

/// What a rule counts; null for distance, inside and attribute.
const Counted* counted_of(const Rule& rule);
/// `hot food takeaways`, `betting shops or payday lenders`.
std::string plural_words(const std::vector<Use>& uses);

}  // namespace geo
