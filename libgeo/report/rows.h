// SPDX-License-Identifier: Apache-2.0
//
// The tables `verdicts`, `findings` and `places`: which columns they have, in order, said once for every form (command-line.md, "Columns that stay").
#pragma once

#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/report/cells.h"
#include "libgeo/report/walked_words.h"

namespace geo {

/// How rules are called in the columns: their id, and `policy/id` where several policies have a rule of that id. One text a slot.
std::vector<std::string> rule_labels(const Assessment& assessment);

/// One row of `verdicts`: a proposal, or a proposal and one policy. Views into the batch, the layers and the labels.
struct VerdictRow {
    std::string_view reference, policy, name;
    Use use = Use::unstated;
    Date as_at{};
    Point at{kNoNumber, kNoNumber};
    Result verdict = Result::not_applicable;
    std::string_view outcome;  ///< what the policy says of a breach or borderline: `refuse`, `resist`
    std::vector<std::string_view> breached, borderline, unknown, triggered;
    /// The nearest place that a rule looks at, as far as each can be measured; the one that decided may be another (Finding::nearest).
    std::string_view nearest_layer, nearest_id, nearest_name;
    double nearest_m = kNoNumber;
    bool nearest_walked = false;  ///< no column: `nearest_m` is a walk
};

/// Makes the rows of `verdicts`. Const members are safe from many threads.
class VerdictRows {
  public:
    explicit VerdictRows(const Assessment& assessment);
    /// Of the proposal whose first row is `row`, over all adopted policies.
    void make(const ProposalBatch& batch, const Assessed& assessed, std::size_t row, VerdictRow& out) const;
    /// The same for one policy alone, adopted or not.
    void make_for_policy(const ProposalBatch& batch, const Assessed& assessed, std::size_t row, std::uint32_t policy,
                         VerdictRow& out) const;

    /// Every row of the table: a proposal, or a proposal and each policy, in input order. Calls `with(first row of the proposal, VerdictRow)`.
    template <class With>
    void each(const ProposalBatch& batch, const Assessed& assessed, bool by_policy, With with) const {
        VerdictRow row;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch.site_of[i] != i) continue;
            if (!by_policy) {
                make(batch, assessed, i, row);
                with(i, row);
                continue;
            }
            for (std::uint32_t policy = 0; policy < slots_of_policy_.size(); ++policy) {
                make_for_policy(batch, assessed, i, policy, row);
                with(i, row);
            }
        }
    }

  private:
    void common(const ProposalBatch& batch, const Assessed& assessed, std::size_t row, std::size_t site,
                VerdictRow& out) const;
    void rules(const ProposalBatch& batch, const Assessed& assessed, std::size_t row, std::int64_t policy,
               VerdictRow& out) const;
    void nearest(const Assessed& assessed, std::size_t site, std::int32_t slot, VerdictRow& out) const;
    const Assessment& assessment_;
    std::vector<std::string> labels_;
    std::vector<std::vector<std::size_t>> slots_of_policy_;
    std::vector<std::size_t> by_gravity_;  // slots, the gravest outcome first
};

/// One line where the verdicts of several policies differ: `the policies disagree: fernhill-2012 breach; london-plan-2021-e9 clear`. Empty where they agree or
/// only one applies.
std::string disagreement(const VerdictRows& rows, const ProposalBatch& batch, const Assessed& assessed, std::size_t row,
                         const Assessment& assessment);

/// Names of the kept columns: a kept column that is called as one of ours is written as `NAME (own)`. `more`: names that are ours beside those of verdicts.
std::vector<std::string> kept_names(const std::vector<std::string>& kept, const std::vector<std::string>& more = {});
/// The row after the last site of the proposal that begins at `row`.
std::size_t end_of_sites(const ProposalBatch& batch, std::size_t row);
/// Where a site is written to be: its point, or a point on its surface.
Point point_of_site(const Shapes& shapes, std::size_t i);

/// The cells of a verdict. `kept`: names of the kept columns; their values are at `row` of the batch (null: names only).
template <class Cells>
void verdict_cells(const VerdictRow& row, const std::vector<std::string>& kept, const ProposalBatch* batch,
                   std::size_t i, bool by_policy, Cells& cells) {
    cells.text("reference", row.reference);
    if (by_policy) cells.text("policy", row.policy);
    cells.text("name", row.name);
    cells.word("use", word(row.use));
    cells.word("as_at", format_date(row.as_at));
    cells.number("x", row.at.x, 3);
    cells.number("y", row.at.y, 3);
    cells.word("verdict", word(row.verdict));
    cells.word("outcome", row.outcome);
    cells.list("rules_breached", row.breached);
    cells.list("rules_borderline", row.borderline);
    cells.list("rules_unknown", row.unknown);
    cells.list("triggered", row.triggered);
    cells.text("nearest_layer", row.nearest_layer);
    cells.text("nearest_id", row.nearest_id);
    cells.text("nearest_name", row.nearest_name);
    cells.number("nearest_distance_m", row.nearest_m, 3);
    for (std::size_t k = 0; k < kept.size(); ++k)
        cells.text(kept[k], batch == nullptr ? std::string_view{} : batch->kept[k][i]);
}

/// One row of `findings`.
struct FindingRow {
    std::string_view reference, policy, policy_status, rule;
    const Rule* what = nullptr;
    const Finding* finding = nullptr;
    const Comparison* breach = nullptr;  ///< that counted: the rule's, or of a band
    bool distance = true, walked = false;
    std::string_view place_id, place_name, from, site, by, start_kind, straight_place_id;
    std::string layer, exempt_by, note;
};

/// Fills `out` for one finding. `label`: of its rule.
void make_finding_row(const ProposalBatch& batch, std::size_t row, const Finding& finding, const Slot& slot,
                      const std::string& label, const Assessment& assessment, FindingRow& out);

template <class Cells>
void finding_row_cells(const FindingRow& row, Cells& cells) {
    const Finding& f = *row.finding;
    const Comparison& breach = *row.breach;
    const bool measured = f.measured_something && std::isfinite(f.measured);
    const double place{f.tolerance_place}, site{f.tolerance_site}, crs{f.tolerance_crs}, walk{f.tolerance_walk};
    const auto where_measured = [measured](double value) { return measured ? value : kNoNumber; };
    const auto of_distance = [measured, &row](double value) { return measured && row.distance ? value : kNoNumber; };
    const auto of_walk = [measured, &row](double value) { return measured && row.walked ? value : kNoNumber; };
    const WalkParts parts = row.walked ? walk_parts(f) : WalkParts{};
    cells.text("reference", row.reference);
    cells.text("policy", row.policy);
    cells.word("policy_status", row.policy_status);
    cells.text("rule", row.rule);
    cells.word("result", word(f.result));
    cells.word("plain", !f.measured_something || breach.judgement ? "" : f.plain ? "yes" : "no");
    cells.number("measured", where_measured(f.measured), 3);
    cells.shortest("limit", f.limit);
    cells.word("unit", breach.judgement ? "" : symbol(breach.unit));
    cells.number("margin", breach.judgement ? kNoNumber : where_measured(f.margin()), 3);
    cells.number("tolerance", of_distance(place + site + crs + walk), 3);
    cells.number("tolerance_place", of_distance(place), 3);
    cells.number("tolerance_site", of_distance(site), 3);
    cells.number("tolerance_crs", of_distance(crs), 3);
    cells.text("layer", row.layer);
    cells.text("place_id", row.place_id);
    cells.text("place_name", row.place_name);
    cells.word("from", row.from);
    cells.word("site", row.site);
    cells.word("by", row.by);
    cells.number("site_x", where_measured(f.site.x), 3);
    cells.number("site_y", where_measured(f.site.y), 3);
    cells.number("place_x", of_distance(f.place_point.x), 3);
    cells.number("place_y", of_distance(f.place_point.y), 3);
    // The parts of a walk; a straight line has no use for them.
    cells.word("start_kind", row.start_kind);
    cells.number("access_place_m", of_walk(parts.access_place), 3);
    cells.number("network_m", of_walk(parts.along), 3);
    cells.number("access_site_m", of_walk(parts.access_site), 3);
    cells.number("before", std::isfinite(f.before) ? f.before : kNoNumber, 3);
    cells.number("after", std::isfinite(f.after) ? f.after : kNoNumber, 3);
    cells.number("numerator", f.numerator, 3);
    cells.number("denominator", f.denominator, 3);
    cells.text("exempt_by", row.exempt_by);
    cells.word("outcome", word(row.what->outcome.kind));
    cells.text("cite", row.what->cite);
    cells.text("note", row.note);
    // Of rules that ask for walking: the straight line beside it, to the place that is nearest so.
    cells.number("straight_m", f.straight, 3);
    cells.text("straight_place_id", row.straight_place_id);
    cells.number("tolerance_walk", of_walk(walk), 3);
}

std::vector<OutputField> verdict_fields(const std::vector<std::string>& kept, bool by_policy);
std::vector<OutputField> finding_fields();

/// One row of `places`: a place near one proposal, by each way of measuring.
struct PlaceRow {
    std::string_view reference, policy, rule, layer, id, name, kind, policys_own;
    const Comparison* breach = nullptr;
    bool open = true;
    double boundary = kNoNumber, entrances = kNoNumber, centroid = kNoNumber;
    double walk = kNoNumber;  ///< from what the policy measures from
    double walk_boundary = kNoNumber, walk_entrances = kNoNumber, walk_centroid = kNoNumber;
};

PlaceRow make_place_row(const ProposalBatch& batch, std::size_t row, const Assessment::NearPlace& near,
                        const std::string& label, const Assessment& assessment);

template <class Cells>
void place_cells(const PlaceRow& row, Cells& cells) {
    cells.text("reference", row.reference);
    cells.text("policy", row.policy);
    cells.text("rule", row.rule);
    cells.shortest("limit", row.breach->judgement ? kNoNumber : row.breach->limit);
    cells.word("unit", row.breach->judgement ? "" : symbol(row.breach->unit));
    cells.text("layer", row.layer);
    cells.text("place_id", row.id);
    cells.text("place_name", row.name);
    cells.text("place_kind", row.kind);
    cells.word("open", row.open ? "yes" : "no");
    cells.word("policy_measures_from", row.policys_own);
    cells.number("boundary_m", row.boundary, 3);
    cells.number("entrances_m", row.entrances, 3);
    cells.number("centroid_m", row.centroid, 3);
    cells.number("walking_m", row.walk, 3);
    cells.number("walk_boundary_m", row.walk_boundary, 3);
    cells.number("walk_entrances_m", row.walk_entrances, 3);
    cells.number("walk_centroid_m", row.walk_centroid, 3);
}

}  // namespace geo
