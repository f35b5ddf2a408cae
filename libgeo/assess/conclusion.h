// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "libgeo/assess/binding.h"
#include "libgeo/assess/gate.h"

namespace geo {

/// The best exemption of a rule at a site: the last in Holds' order wins.
struct Exemption {
    Holds holds = Holds::no;
    Note note = Note::none;
    std::int16_t layer = -1;  ///< which of the rule's `unless` layers
    std::uint32_t area = kNoShape;
};

/// What follows from a measured finding, for every measure the same: a condition of the rule that could not be tested, the exemptions (inside an area, by a
/// figure, by opening hours: any that holds exempts; one near its edge leaves it borderline; one that is missing leaves it unknown), and an outcome that is
/// no refusal (triggered). The exemption does not depend on the finding: it is looked for when it is first needed, and kept in `known`.
void conclude(Finding& finding, const Rule& rule, const BoundRule& bound, const Gate& gate, const ProposalBatch& batch,
              std::uint32_t row, Date as_at, std::optional<Exemption>& known);

/// Minutes since midnight of `17:00`, `17.00`, `1700`, `5pm`, `24:00`. None for anything else.
std::optional<int> minutes_of_day(std::string_view text);

}  // namespace geo
