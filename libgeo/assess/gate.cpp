// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/gate.h"

#include <algorithm>

namespace geo {
namespace {

Gate stop(Result result, Note note, std::uint64_t notes = 0) {
    Gate gate;
    gate.measure = false;
    gate.result = result;
    gate.notes = notes | bits(note);
    return gate;
}

void add(Gate& gate, Note note) { gate.notes |= bits(note); }

/// The first of the rule's uses that the row proposes: a row may state several (`A3/A5`).
Use proposed_among(const std::vector<Use>& uses, const ProposalBatch& batch, std::size_t row) {
    for (const Use use : uses)
        if (batch.use[row] == use || (!batch.uses.empty() && (batch.uses[row] & use_bit(use)) != 0)) return use;
    return Use::unstated;
}

/// The rule's uses: none stops the rule, an unstated one leaves it open.
std::optional<Gate> gate_of_use(Gate& gate, const std::vector<Use>& uses, const ProposalBatch& batch, std::size_t row) {
    if (batch.nothing_changes[row] != 0) return stop(Result::not_applicable, Note::nothing_changes);
    if (uses.empty() || !batch.use_given) return std::nullopt;
    if (batch.use[row] == Use::unstated) {
        gate.untold = true;
        add(gate, batch.use_unread(row) ? Note::use_unread : Note::use_unstated);
        return std::nullopt;
    }
    const Use use = proposed_among(uses, batch, row);
    if (use == Use::unstated) return stop(Result::not_applicable, Note::other_use);
    if (use == batch.existing_use[row]) return stop(Result::not_applicable, Note::same_use);
    return std::nullopt;
}

std::optional<Gate> gate_of_area(Gate& gate, const BoundPolicy& bound, const ProposalBatch& batch, std::size_t row) {
    if (bound.applies_in_untested) add(gate, Note::applies_in_untested);
    if (!bound.applies_in) return std::nullopt;
    const Holds holds = bound.applies_in->test(batch.shapes, row, Extent::partly_is_borderline).holds;
    if (holds == Holds::no) return stop(Result::not_applicable, Note::elsewhere);
    if (holds != Holds::yes) {
        gate.doubtful = true;
        add(gate, Note::near_area_edge);
    }
    return std::nullopt;
}

std::optional<Gate> gate_of_when(Gate& gate, const When& when, const BoundRule& bound, const ProposalBatch& batch,
                                 std::size_t row, Date as_at) {
    const bool in_time = (!when.from || *when.from <= as_at) && (!when.until || as_at < *when.until);
    const bool use_known = batch.use_given && batch.use[row] != Use::unstated;
    if (!in_time || (!when.uses.empty() && use_known && proposed_among(when.uses, batch, row) == Use::unstated))
        return stop(Result::not_applicable, Note::when_not_met);
    const auto not_met = [&gate](Holds holds) {
        if (holds == Holds::missing) {
            gate.when_untested = true;
            add(gate, Note::when_untested);
        } else if (holds != Holds::yes && holds != Holds::no) {
            gate.doubtful = true;
            add(gate, Note::near_area_edge);
        }
        return holds == Holds::no;
    };
    if (bound.when && not_met(bound.when->test(batch.shapes, row).holds))
        return stop(Result::not_applicable, Note::when_not_met);
    for (const BoundField& field : bound.when_fields)
        if (not_met(field.test(batch, static_cast<std::uint32_t>(row), as_at).holds))
            return stop(Result::not_applicable, Note::when_not_met);
    return std::nullopt;
}

}  // namespace

Date as_at_of(const ProposalBatch& batch, std::size_t row, const AssessOptions& options) {
    if (options.on) return *options.on;
    if (batch.decided[row] != kBeforeRecords) return batch.decided[row];
    return options.study_as_at.value_or(options.today);
}

Gate gate_of(const Policy& policy, const Rule& rule, const BoundPolicy& bound, std::size_t rule_index,
             const ProposalBatch& batch, std::size_t row, Date as_at) {
    const bool no_day = bound.by_decision && batch.date_unread(row);
    if (!no_day && (as_at < policy.from || as_at >= policy.until))
        return stop(Result::not_applicable, Note::not_in_force);
    const BoundRule& bound_rule = bound.rules[rule_index];
    Gate gate;
    if (no_day) add(gate, Note::date_unread);
    if (const auto stopped = gate_of_use(gate, bound_rule.applies_to, batch, row)) return *stopped;
    if (!batch.shapes.has_location(row)) return stop(Result::unknown, Note::no_location, gate.notes);
    if (const auto stopped = gate_of_area(gate, bound, batch, row)) return *stopped;
    if (no_day) return stop(Result::unknown, Note::date_unread, gate.notes);
    if (const auto stopped = gate_of_when(gate, rule.when, bound_rule, batch, row, as_at)) return *stopped;
    if (rule.bands.empty() && rule.breach.judgement) {
        gate.untold = true;
        add(gate, Note::judgement);
    }
    return gate;
}

}  // namespace geo
