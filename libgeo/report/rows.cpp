// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/rows.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "libgeo/base/text.h"
#include "libgeo/geometry/geos.h"
#include "libgeo/report/measured_words.h"
#include "libgeo/report/walked_words.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

void add_once(std::vector<std::string_view>& list, std::string_view value) {
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

std::string joined(const std::vector<std::string>& clauses) {
    std::string text;
    for (const std::string& clause : clauses) {
        if (!text.empty()) text += "; ";
        text += clause;
    }
    return text;
}

}  // namespace

std::vector<std::string> rule_labels(const Assessment& assessment) {
    std::map<std::string, std::set<std::uint32_t>> policies_of;
    for (const Slot& slot : assessment.slots()) policies_of[assessment.rule(slot).id].insert(slot.policy);
    std::vector<std::string> labels;
    for (const Slot& slot : assessment.slots()) {
        const std::string& id = assessment.rule(slot).id;
        labels.push_back(policies_of[id].size() > 1 ? assessment.policy(slot).id + "/" + id : id);
    }
    return labels;
}

std::vector<std::string> kept_names(const std::vector<std::string>& kept, const std::vector<std::string>& more) {
    std::set<std::string> taken = {"fid", "geom", "reason"};  // of our layers
    taken.insert(more.begin(), more.end());
    for (const OutputField& field : verdict_fields({}, true)) taken.insert(field.name);
    std::vector<std::string> names;
    for (const std::string& own : kept) {
        std::string name = own;
        std::string lower = own;
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        while (!taken.insert(lower).second) {
            name += " (own)";
            lower += " (own)";
        }
        names.push_back(std::move(name));
    }
    return names;
}

std::size_t end_of_sites(const ProposalBatch& batch, std::size_t row) {
    std::size_t end = row + 1;
    while (end < batch.size() && batch.site_of[end] == row) ++end;
    return end;
}

Point point_of_site(const Shapes& shapes, std::size_t i) {
    if (!shapes.has_location(i)) return {kNoNumber, kNoNumber};
    return shapes.has_surface(i) ? point_on_surface(shapes, i) : shapes.first_point(i);
}

VerdictRows::VerdictRows(const Assessment& assessment)
    : assessment_(assessment), labels_(rule_labels(assessment)), slots_of_policy_(assessment.policies().size()) {
    const std::vector<Slot>& slots = assessment.slots();
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        slots_of_policy_[slots[slot].policy].push_back(slot);
        by_gravity_.push_back(slot);
    }
    std::stable_sort(by_gravity_.begin(), by_gravity_.end(), [&](std::size_t a, std::size_t b) {
        return gravity(assessment.rule(slots[a]).outcome.kind) > gravity(assessment.rule(slots[b]).outcome.kind);
    });
}

void VerdictRows::common(const ProposalBatch& batch, const Assessed& assessed, std::size_t row, std::size_t site,
                         VerdictRow& out) const {
    out.reference = batch.reference[row];
    out.name = batch.name[row];
    out.use = batch.use[row];
    out.as_at = assessed.as_at[row];
    out.at = point_of_site(batch.shapes, site);
    out.outcome = {};
    for (auto* list : {&out.breached, &out.borderline, &out.unknown, &out.triggered}) list->clear();
    out.nearest_layer = out.nearest_id = out.nearest_name = {};
    out.nearest_m = kNoNumber;
    out.nearest_walked = false;
}

void VerdictRows::rules(const ProposalBatch& batch, const Assessed& assessed, std::size_t row, std::int64_t policy,
                        VerdictRow& out) const {
    const std::vector<Slot>& slots = assessment_.slots();
    const std::size_t end = end_of_sites(batch, row);
    int gravest = 0;
    for (const std::size_t slot : by_gravity_) {
        if (policy < 0 ? !slots[slot].counts : slots[slot].policy != policy) continue;
        for (std::size_t site = row; site < end; ++site) {
            const Result result = assessed.findings[slot][site].result;
            const Outcome& outcome = assessment_.rule(slots[slot]).outcome;
            const bool against = result == Result::breach || result == Result::borderline;
            if (against && result == out.verdict && outcome.can_breach() && gravity(outcome.kind) > gravest) {
                out.outcome = word(outcome.kind);
                gravest = gravity(outcome.kind);
            }
            switch (result) {
                case Result::breach:
                    add_once(out.breached, labels_[slot]);
                    break;
                case Result::borderline:
                    add_once(out.borderline, labels_[slot]);
                    break;
                case Result::unknown:
                    add_once(out.unknown, labels_[slot]);
                    break;
                case Result::triggered:
                    add_once(out.triggered, labels_[slot]);
                    break;
                default:
                    break;
            }
        }
    }
}

void VerdictRows::nearest(const Assessed& assessed, std::size_t site, std::int32_t slot, VerdictRow& out) const {
    if (slot < 0) return;
    const Slot& of = assessment_.slots()[static_cast<std::size_t>(slot)];
    const Finding& finding = assessed.findings[static_cast<std::size_t>(slot)][site];
    if (std::isnan(finding.nearest) || of.places == nullptr) return;
    out.nearest_layer = of.places->facts.name;
    out.nearest_id = of.places->id[finding.nearest_place];
    out.nearest_name = of.places->name[finding.nearest_place];
    out.nearest_m = finding.nearest;
    out.nearest_walked = asks_walking(assessment_.rule(of)) && !has(finding.notes, Note::walking_untested);
}

void VerdictRows::make(const ProposalBatch& batch, const Assessed& assessed, std::size_t row, VerdictRow& out) const {
    const Verdict& verdict = assessed.verdicts[row];
    common(batch, assessed, row, verdict.site, out);
    out.verdict = verdict.result;
    rules(batch, assessed, row, -1, out);
    nearest(assessed, verdict.site, verdict.nearest_slot, out);
}

void VerdictRows::make_for_policy(const ProposalBatch& batch, const Assessed& assessed, std::size_t row,
                                  std::uint32_t policy, VerdictRow& out) const {
    // The worst of this policy's findings, as verdict.h takes it over all: triggered stands beside it.
    Result worst = Result::not_applicable;
    std::size_t worst_site = row;
    const auto weight = [this](Result result, std::size_t slot) {
        const bool stands = result <= Result::clear || result == Result::unknown ||
                            assessment_.rule(assessment_.slots()[slot]).outcome.can_breach();
        return stands ? result : Result::clear;
    };
    for (std::size_t site = row, end = end_of_sites(batch, row); site < end; ++site) {
        for (const std::size_t slot : slots_of_policy_[policy]) {
            const Result result = weight(assessed.findings[slot][site].result, slot);
            if (result <= worst) continue;
            worst = result;
            worst_site = site;
        }
    }
    common(batch, assessed, row, worst_site, out);
    out.policy = assessment_.policies()[policy].id;
    out.verdict = worst;
    rules(batch, assessed, row, policy, out);
    std::int32_t best = -1;
    double distance = std::numeric_limits<double>::infinity();
    for (const std::size_t slot : slots_of_policy_[policy]) {
        const Finding& finding = assessed.findings[slot][worst_site];
        if (!(finding.nearest < distance)) continue;
        distance = finding.nearest;
        best = static_cast<std::int32_t>(slot);
    }
    nearest(assessed, worst_site, best, out);
}

void make_finding_row(const ProposalBatch& batch, std::size_t row, const Finding& finding, const Slot& slot,
                      const std::string& label, const Assessment& assessment, FindingRow& out) {
    const Rule& rule = assessment.rule(slot);
    const Policy& policy = assessment.policy(slot);
    const auto* distance = std::get_if<DistanceMeasure>(&rule.measure);
    const auto* count = std::get_if<CountMeasure>(&rule.measure);
    const Subject subject = subject_of(finding, slot, assessment);
    out.reference = batch.reference[row];
    out.policy = policy.id;
    out.policy_status = word(policy.status);
    out.rule = label;
    out.what = &rule;
    out.finding = &finding;
    out.breach = &comparison_of(finding, rule);
    out.layer = layer_of_finding(finding, slot, assessment);
    out.place_id = subject.id;
    out.place_name = subject.name;
    out.distance = distance != nullptr;
    out.walked = is_walked(finding, rule);
    out.start_kind = start_kind(finding, rule);
    out.straight_place_id = {};
    if (std::isfinite(finding.straight) && slot.places != nullptr && finding.straight_place < slot.places->size())
        out.straight_place_id = slot.places->id[finding.straight_place];
    out.from = out.site = out.by = {};
    if (distance != nullptr) {
        out.from = finding.measured_something ? anchor_used(finding, slot, assessment) : word(distance->from);
        out.by = word(distance->by);
    } else if (count != nullptr && count->within_m) {
        out.by = word(count->by);
    }
    out.site = site_used(batch, row, finding, slot, assessment);
    out.exempt_by = exempting_area(finding, slot, assessment);
    std::vector<std::string> notes = words_of_notes(finding, slot, assessment, batch.use_note[row]);
    if (finding.result == Result::triggered && !rule.outcome.details.empty()) notes.push_back(rule.outcome.details);
    if (!rule.unchecked.empty()) notes.push_back("unchecked: " + rule.unchecked);
    if (!rule.superseded_by.empty()) notes.push_back("superseded by " + rule.superseded_by);
    if (!batch.use_note[row].empty() && !batch.use_unread(row)) notes.push_back("use by " + batch.use_note[row]);
    out.note = joined(notes);
}

PlaceRow make_place_row(const ProposalBatch& batch, std::size_t row, const Assessment::NearPlace& near,
                        const std::string& label, const Assessment& assessment) {
    const Slot& slot = assessment.slots()[near.slot];
    const PlaceLayer& places = *slot.places;
    const Rule& rule = assessment.rule(slot);
    PlaceRow out;
    out.reference = batch.reference[row];
    out.policy = assessment.policy(slot).id;
    out.rule = label;
    out.layer = places.facts.name;
    out.id = places.id[near.place];
    out.name = places.name[near.place];
    out.kind = places.kind[near.place];
    const From from = std::get<DistanceMeasure>(rule.measure).from;
    out.policys_own = word(from);
    out.breach = &rule.breach;
    out.open = near.open;
    out.boundary = near.boundary;
    out.entrances = near.entrances;
    out.centroid = near.centroid;
    out.walk_boundary = near.walk_boundary;
    out.walk_entrances = near.walk_entrances;
    out.walk_centroid = near.walk_centroid;
    out.walk = walked_as_ruled(near, rule);
    return out;
}

std::string disagreement(const VerdictRows& rows, const ProposalBatch& batch, const Assessed& assessed, std::size_t row,
                         const Assessment& assessment) {
    if (assessment.policies().size() < 2) return {};
    std::vector<std::string> said;
    std::set<Result> results;
    VerdictRow one;
    for (std::uint32_t policy = 0; policy < assessment.policies().size(); ++policy) {
        const Policy& of = assessment.policies()[policy];
        rows.make_for_policy(batch, assessed, row, policy, one);
        if (one.verdict == Result::not_applicable) continue;
        results.insert(one.verdict);
        said.push_back(
            printable(of.id, 60) + " " + std::string(word(one.verdict)) +
            (of.status == Policy::Status::adopted ? "" : " (" + std::string(word(of.status)) + ", not counted)"));
    }
    return results.size() < 2 ? std::string() : "the policies disagree: " + join_words(said, "; ");
}

std::vector<OutputField> verdict_fields(const std::vector<std::string>& kept, bool by_policy) {
    NamedCells names;
    verdict_cells(VerdictRow{}, kept, nullptr, 0, by_policy, names);
    return names.fields();
}

std::vector<OutputField> finding_fields() {
    const Rule rule{};
    const Finding finding{};
    FindingRow row;
    row.what = &rule;
    row.finding = &finding;
    row.breach = &rule.breach;
    NamedCells names;
    finding_row_cells(row, names);
    return names.fields();
}

}  // namespace geo
