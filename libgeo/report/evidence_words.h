// SPDX-License-Identifier: Apache-2.0
//
// The sentences of an evidence sheet: what a finding says, how sure that is, what would settle it. Every number is one of the finding's; nothing here decides, and
// nothing recommends.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/report/inspect.h"
#include "libgeo/report/untested_places.h"
#include "libgeo/report/words.h"

namespace geo {

/// What a sheet is about: a proposal with its sites, or a place that was asked about before any application (one row a use, all at the same point).
struct EvidenceSubject {
    const ProposalBatch* batch = nullptr;
    const Assessed* assessed = nullptr;
    std::vector<std::size_t> rows;     ///< of the batch; the first is the proposal's
    const AtPlace* enquiry = nullptr;  ///< none: a proposal
    /// The places near each row, kept when first asked for: near_of().
    std::shared_ptr<std::map<std::size_t, std::vector<Assessment::NearPlace>>> near;
};
EvidenceSubject subject_of_proposal(const ProposalBatch& batch, const Assessed& assessed, std::size_t row);
EvidenceSubject subject_of_enquiry(const ProposalBatch& batch, const Assessed& assessed, const AtPlace& place);

/// One finding of the subject: a slot at a row.
struct EvidenceEntry {
    std::size_t slot = 0, row = 0;
};
/// Every finding: in the order of slots, at each site; of an enquiry at the row whose use the rule is about.
std::vector<EvidenceEntry> entries_of(const EvidenceSubject& subject, const Assessment& assessment);
const Finding& finding_of(const EvidenceSubject& subject, const EvidenceEntry& entry);
/// Assessment::near_places of a row of the subject, looked for once. Not for several threads at once.
const std::vector<Assessment::NearPlace>& near_of(const EvidenceSubject& subject, std::size_t row,
                                                  const Assessment& assessment);
/// Of a finding of the subject; see untested_places().
std::vector<UntestedPlace> untested_of(const EvidenceSubject& subject, const EvidenceEntry& entry,
                                       const Assessment& assessment);
/// Which of several sites a row is, from 1; 0 where there is one only.
std::size_t site_number(const EvidenceSubject& subject, std::size_t row);
/// The worst of the subject's verdicts, and the row it stands at.
struct EvidenceVerdict {
    Result result = Result::not_applicable;
    std::size_t row = 0;
};
EvidenceVerdict verdict_of(const EvidenceSubject& subject);

/// The finding is a distance that was measured, of a rule that applies.
bool is_measured_distance(const Finding& finding, const Slot& slot, const Assessment& assessment);
/// `± 3 m`, to the millimetre at most.
std::string tolerance_words(const Finding& finding);
/// `place 2 m (schools: study), site 1 m (applications: study), coordinates 0 m`; of a walk `…, walking 10 m`.
std::string tolerance_parts(const Finding& finding, const Slot& slot, const Assessment& assessment, std::size_t layer);

/// `FH1 of the Hot Food Takeaways SPD (fernhill-2012; adopted, in force from 1 April 2012)`.
std::string rule_named(const Slot& slot, const Assessment& assessment);
/// `adopted, in force from 1 April 2012`, `emerging, in force from …: not counted in the verdict`.
std::string status_words(const Policy& policy);
/// A paragraph to paste: what one rule measured and what follows. Empty for a rule that does not apply.
std::string rule_paragraph(const EvidenceSubject& subject, const EvidenceEntry& entry, const Assessment& assessment);

/// How far a breach by distance is from being none: found by deciding the same measurement at other round limits (assess/measures/distance.h).
struct Slack {
    double still_m = 0.0;             ///< the least round limit at which it still breaches
    std::optional<double> settles_m;  ///< the next lower one; none where there is none above 0
    Result settles = Result::clear;   ///< what it would be there: clear or borderline
};
/// None for anything but a breach (or what stands in for it: triggered, exempt are none) of a limit in metres that holds at or below it.
std::optional<Slack> slack_of(const Finding& finding, const Slot& slot, const Assessment& assessment);
/// `It would still breach at a limit of 260 m; at 250 m it would be too close to call.` Empty where there is none.
std::string slack_words(const Finding& finding, const Slot& slot, const Assessment& assessment);

/// What would settle a borderline or unknown finding, a step each: `Measure on the ground …`. Empty for the others.
std::vector<std::string> settle_words(const EvidenceSubject& subject, const EvidenceEntry& entry,
                                      const Assessment& assessment);

/// Places that a rule could not be tested on, a line each: `W1: Point School (schools 2) could not be tested by this rule, because its entrances are not known. …`.
std::vector<std::string> untested_lines(const EvidenceSubject& subject, const Assessment& assessment);

/// The day that was assessed, and why that day: `5 June 2019: the proposal's date of decision`.
std::string as_at_reason(const EvidenceSubject& subject, const Assessment& assessment);
/// `Breach of adopted policy`, `Too close to call`, …
std::string verdict_word(Result result);
/// The verdict in a sentence.
std::string verdict_sentence(const EvidenceSubject& subject, const Assessment& assessment);

}  // namespace geo
