// SPDX-License-Identifier: Apache-2.0
//
// A shop-front strip: the units along the proposal's frontage, drawn. A picture of the finding; it decides nothing.
#pragma once

#include <string>
#include <vector>

#include "libgeo/assess/assess.h"

namespace geo {

enum class StripMark : std::uint8_t { other, counts, unstated, vacant, added };
struct StripUnit {
    std::string id;
    StripMark mark = StripMark::other;       ///< with the proposal
    bool proposal = false, counted = false;  ///< the proposal's own; among the units that the finding rests on
    bool break_before = false;
};
/// The units of the finding's frontage in order on the day, no more than 15 to either side of the proposal. Empty for a finding that lies along no frontage.
struct Strip {
    std::string frontage;
    std::vector<StripUnit> units;
    bool more_before = false, more_after = false;
};
Strip strip_of(const Finding& finding, const Slot& slot, const Assessment& assessment, Date as_at);

/// `High Street: · · # # [#] · | · –` on one line; empty for an empty strip. strip_key() says what the marks mean.
std::string strip_text(const Strip& strip);
std::string strip_key();

/// The same as a drawing: one SVG element of `width` by 64 px, no scripts, no outside files.
std::string strip_svg(const Strip& strip, unsigned width);

}  // namespace geo
