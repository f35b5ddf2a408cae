// SPDX-License-Identifier: Apache-2.0
//
// The answer of `cordon sweep` as tables, words and a chart.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libgeo/coverage/sweep_counts.h"
#include "libgeo/coverage/sweep_zones.h"
#include "libgeo/report/curve_chart.h"
#include "libgeo/report/table.h"

namespace geo {

/// All that the answer is read from. What it points to must outlive it.
struct SweepFacts {
    const SweepPlan* plan = nullptr;
    const Assessment* assessment = nullptr;  ///< of the plan's policies
    const SweepTally* tally = nullptr;
    const SweepZones* zones = nullptr;    ///< null: not drawn
    Date day{};                           ///< that units and zones are as at
    std::vector<std::string> kept;        ///< names of the proposals' own columns
    std::vector<std::string> not_tested;  ///< of the study's policies (report/remarks.h)
};

/// Table `sweep`: one row a variant:
/// policy, policy_status, rule, from, by (straight-line, walking), kinds, exemption (with, without, empty where the rule has none), limit_m, as_adopted; proposals, and of the policy with
/// the rule read so: breach, borderline, unknown, exempt, clear, not_applicable; change (of breaches, from the rule as it stands), to_breach, from_breach,
/// granted_to_breach, refused_to_clear, granted_breach, refused_clear; of the rule alone: rule_breach, rule_borderline, rule_unknown, rule_clear_or_exempt; of a
/// reading by walking, where the same was read in a straight line: straight_breach (the rule alone, in a straight line), and of those clear_on_foot, borderline_on_foot,
/// unknown_on_foot;
/// zone_ha, zone_percent (of the study area), rule_zone_ha, rule_zone_percent, left_ha, left_percent; units, units_breach, units_borderline, units_left (clear or
/// exempt). Empty: not drawn (by walking, too), no frontages, or no study area.
AnswerTable sweep_table(const SweepFacts& facts);

/// Table `flips`: one row a proposal and variant under which it becomes a breach, or stops being one:
/// reference, name, policy, rule, from, by, kinds, exemption, limit_m, decision (granted, refused, other, empty), decision_text, as_at, as_adopted (the verdict with
/// the rule as it stands), verdict, flip, nearest_layer, nearest_id, nearest_name, nearest_distance_m, then the columns kept. Points of `places`, which is
/// filled.
AnswerTable flips_table(const SweepFacts& facts, Shapes& places);

/// A sentence a variant: `At 300 m 41 of 281 applications would breach, 22 fewer than at 400 m; …`; that of the rule as it stands first.
std::vector<std::string> sweep_sentences(const SweepFacts& facts);
/// What the figures are of, and what was not tested.
std::vector<std::string> sweep_notes(const SweepFacts& facts);
/// Breaches, and the share of the study area where a proposal would breach, over the limit.
CurveChart sweep_chart(const SweepFacts& facts, const std::string& title);
/// The tables of the terminal, one a line, and the sentences that say most.
std::string sweep_text(const SweepFacts& facts, unsigned width);

/// `FH1 from the boundary, secondary and all-through`: how a line is read. `short_form`: what differs between the lines of the answer only.
std::string line_words(const SweepFacts& facts, std::uint32_t number, bool short_form);

}  // namespace geo
