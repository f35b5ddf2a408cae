// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "libgeo/assess/binding.h"

namespace geo {

/// What can be said of a rule and a site before anything is measured.
struct Gate {
    bool measure = true;            ///< false: `result` stands as it is
    Result result = Result::clear;  ///< when not measured: not-applicable or unknown
    bool untold = false;            ///< measured for the figure, but the result is `unknown`
    bool doubtful = false;          ///< near the edge of an area that decides whether the rule applies
    bool when_untested = false;     ///< a breach would be `unknown`
    std::uint64_t notes = 0;
};

/// The day a site is assessed as at: `--on`, else its decision, else the study's, else today. For ProposalBatch::date_unread it is only a stand-in.
Date as_at_of(const ProposalBatch& batch, std::size_t row, const AssessOptions& options);

/// In force? The use? The area? `when`? A location? In this order: the first that rules the rule out decides. Where the day is not known (a date of decision
/// that cannot be read) only what asks for no day rules it out: whatever is left is unknown, and nothing is measured.
Gate gate_of(const Policy& policy, const Rule& rule, const BoundPolicy& bound, std::size_t rule_index,
             const ProposalBatch& batch, std::size_t row, Date as_at);

}  // namespace geo
