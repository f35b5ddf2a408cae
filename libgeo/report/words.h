// SPDX-License-Identifier: Apache-2.0
//
// Findings in plain English. Every text from data passes through printable(); nothing here decides anything.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libgeo/assess/assess.h"

namespace geo {

/// What the notes of a finding say, in plain English, each a short clause: `only a point of the place is known, not its boundary`.
/// `use_note`: of the row (ProposalBatch::use_note), for a use that is not understood.
std::vector<std::string> words_of_notes(const Finding& finding, const Slot& slot, const Assessment& assessment,
                                        std::string_view use_note = {});

/// One line that says why: `312.4 m from the boundary of Ash Primary School (schools 1001), limit 400 m: contrary to FH1`. Never "refuse".
std::string reason(const Finding& finding, const Slot& slot, const Assessment& assessment,
                   std::string_view use_note = {});

/// The finding that decided the verdict of the proposal whose first row is `row`: at the site that decided, the counting finding with the verdict's
/// result that is nearest. -1 where the proposal has none.
std::int32_t deciding_slot(const Assessed& assessed, std::size_t row, const Assessment& assessment);

/// reason() of the deciding finding, and the other rules with the same result: `…: contrary to FH1; also contrary to FH2`.
std::string verdict_reason(const ProposalBatch& batch, const Assessed& assessed, std::size_t row,
                           const Assessment& assessment);

/// The last day of what holds until, and not on, a day: `to the end of 30 January 2020`.
std::string to_the_end_of(Date until);

/// `from 1 March 2009 to the end of 30 January 2020`: the days on which a policy is in force; empty where it is not dated.
std::string days_in_force(const Policy& policy);

/// How a rule is called: its citation, else its id.
std::string cited(const Rule& rule);
/// `400 m`, `0.25 mi (402.336 m)`, `10 minutes on foot (800 m at 80 m a minute)`, `0.96 (national.rate)`: the number of a comparison; `limit` is what a `field:` came to.
std::string limit_words(const Comparison& comparison, double limit = kNotMeasured);
/// refuse before resist, condition, contribute, consult, flag.
int gravity(Outcome::Kind kind);
/// `limit 400 m`, `limit below 400 m`, `no number in the policy`.
std::string comparison_words(const Comparison& comparison, double limit = kNotMeasured);
/// Metres of tolerance: of the place, of the site, of what a missing grid loses and of walking, together.
double tolerance_of(const Finding& finding);
/// `312.4 m`; three decimals where the limit is nearer than 0.1 m, so that both can be told apart.
std::string metres_words(double metres, double limit);
/// The limit of a distance as a label has it: `400 m`, `400 m on foot`.
std::string reach_words(const Rule& rule);
/// `Ash Primary School (schools 1001)`.
std::string place_words(const Slot& slot, const Assessment& assessment, std::uint32_t place);
/// What was measured from at the place, `boundary`, `entrances`, `centroid` or `point`: what the policy says, or what had to do instead.
std::string_view anchor_used(const Finding& finding, const Slot& slot, const Assessment& assessment);
/// What was measured from at the site, `boundary` or `point`; empty where there is no location.
std::string_view site_used(const ProposalBatch& batch, std::size_t row, const Finding& finding, const Slot& slot,
                           const Assessment& assessment);
/// `town-centres TC1 Fernhill Town Centre`; empty where nothing exempts.
std::string exempting_area(const Finding& finding, const Slot& slot, const Assessment& assessment);
/// A policy's wording on one line: line breaks and runs of blanks become one blank.
std::string prose(std::string_view text);
/// `a hot food takeaway`, `an off licence`.
std::string with_article(std::string_view words);
/// `hot food takeaway`.
std::string plain_words(Use use);

}  // namespace geo
