// SPDX-License-Identifier: Apache-2.0
#include "libgeo/coverage/sweep_counts.h"

#include <algorithm>
#include <tuple>

#include "libgeo/assess/verdict.h"
#include "libgeo/layers/frontages.h"
#include "libgeo/layers/timeline.h"

namespace geo {
namespace {

constexpr std::size_t kMostWords = 100;  // of decisions that are not understood

bool is_first(const ProposalBatch& batch, std::size_t row) { return batch.site_of[row] == row; }

/// The worst over the sites of each proposal, at its first row.
void worst_of_sites(const ProposalBatch& batch, std::vector<Result>& results) {
    for (std::size_t row = 0; row < batch.size(); ++row) {
        Result& first = results[batch.site_of[row]];
        first = std::max(first, results[row]);
    }
}

void take_worse(std::vector<Result>& worst, const std::vector<Result>& other, const Outcome& outcome) {
    for (std::size_t row = 0; row < worst.size(); ++row)
        worst[row] = std::max(worst[row], in_verdict(other[row], outcome));
}

ResultCounts counted_results(const ProposalBatch& batch, const std::vector<Result>& results) {
    ResultCounts counts{};
    for (std::size_t row = 0; row < batch.size(); ++row)
        if (is_first(batch, row)) ++counts[static_cast<std::size_t>(results[row])];
    return counts;
}

Decision decision_of(const ProposalBatch& batch, std::size_t row) {
    return row < batch.decided_as.size() ? batch.decided_as[row] : Decision::unstated;
}

bool is_clear(Result result) { return result == Result::clear || result == Result::exempt; }

void count_decisions(const ProposalBatch& batch, SweepTally& tally) {
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (!is_first(batch, row)) continue;
        ++tally.proposals;
        const Decision decision = decision_of(batch, row);
        ++tally.by_decision[static_cast<std::size_t>(decision)];
        if (decision == Decision::other && tally.not_understood.size() < kMostWords)
            ++tally.not_understood[std::string(batch.decision[row])];
    }
}

FlippedProposal flipped_at(const ProposalBatch& batch, const Assessed& assessed, std::size_t row) {
    FlippedProposal proposal;
    proposal.row = row;
    proposal.reference = batch.reference[row];
    proposal.name = batch.name[row];
    if (row < batch.decision.size()) proposal.decision = batch.decision[row];
    proposal.decided_as = decision_of(batch, row);
    proposal.as_at = assessed.as_at[row];
    for (std::size_t site = row; site < batch.size() && !proposal.located; ++site) {
        if (batch.site_of[site] != row || !batch.shapes.has_location(site)) continue;
        proposal.at = batch.shapes.first_point(site);
        proposal.located = true;
    }
    for (const auto& column : batch.kept) proposal.kept.emplace_back(column[row]);
    return proposal;
}

}  // namespace

SweepCounter::SweepCounter(const SweepPlan& plan, const Assessment& assessment)
    : plan_(plan), assessment_(assessment), slots_(plan.lines.size()), adopted_(plan.lines.size()) {
    const std::vector<Slot>& slots = assessment.slots();
    for (std::uint32_t line = 0; line < plan.lines.size(); ++line) {
        for (std::uint32_t k = 0; k < slots.size(); ++k)
            if (slots[k].policy == plan.lines[line].assessed_policy && slots[k].rule == plan.lines[line].assessed_rule)
                slots_[line].push_back(k);
        adopted_[line] = static_cast<std::uint32_t>(&plan.adopted_of(line) - plan.variants.data());
    }
}

/// What the other rules of the line's policy come to, each row by itself.
SweepCounter::Row SweepCounter::of_others(const SweepLine& line, const ProposalBatch& batch,
                                          const Assessed& assessed) const {
    Row worst(batch.size(), Result::not_applicable), results(batch.size());
    for (std::size_t k = 0; k < assessment_.slots().size(); ++k) {
        const Slot& slot = assessment_.slots()[k];
        if (slot.policy != line.policy || slot.rule == line.rule) continue;
        for (std::size_t row = 0; row < batch.size(); ++row) results[row] = assessed.findings[k][row].result;
        take_worse(worst, results, assessment_.rule(slot).outcome);
    }
    return worst;
}

SweepCounter::Verdicts SweepCounter::verdicts(const ProposalBatch& batch, const Assessed& assessed) const {
    Verdicts verdicts;
    verdicts.policy.resize(plan_.variants.size());
    verdicts.rule.resize(plan_.variants.size());
    Row others;
    for (std::size_t v = 0; v < plan_.variants.size(); ++v) {
        const SweepVariant& variant = plan_.variants[v];
        const SweepLine& line = plan_.lines[variant.line];
        if (v == 0 || plan_.variants[v - 1].line != variant.line) others = of_others(line, batch, assessed);
        Row& rule = verdicts.rule[v];
        rule.assign(batch.size(), Result::not_applicable);
        for (const std::uint32_t slot : slots_[variant.line])
            take_worse(rule, assessed.readings[slot][variant.reading],
                       assessment_.rule(assessment_.slots()[slot]).outcome);
        Row& policy = verdicts.policy[v] = rule;
        for (std::size_t row = 0; row < batch.size(); ++row) policy[row] = std::max(policy[row], others[row]);
        worst_of_sites(batch, rule);
        worst_of_sites(batch, policy);
    }
    return verdicts;
}

/// Over the sites of the proposal, which stand together.
void SweepCounter::find_nearest(SweepFlip& flip, const ProposalBatch& batch, const Assessed& assessed) const {
    for (const std::uint32_t slot : slots_[plan_.variants[flip.variant].line])
        for (std::size_t site = flip.proposal; site < batch.size() && batch.site_of[site] == flip.proposal; ++site) {
            const Finding& finding = assessed.findings[slot][site];
            if (!finding.measured_something || (flip.place != kNoShape && finding.measured >= flip.metres)) continue;
            flip.slot = slot;
            flip.place = finding.place;
            flip.metres = finding.measured;
        }
}

void SweepCounter::compare(std::uint32_t variant, const ProposalBatch& batch, const Assessed& assessed,
                           const Verdicts& verdicts, SweepCounts& counts, std::vector<SweepFlip>* flips) const {
    const Row &is = verdicts.policy[variant], &was = verdicts.policy[adopted_[plan_.variants[variant].line]];
    for (std::uint32_t row = 0; row < batch.size(); ++row) {
        if (!is_first(batch, row)) continue;
        const Decision decision = decision_of(batch, row);
        const bool breach = is[row] == Result::breach, before = was[row] == Result::breach;
        counts.granted_breach += breach && decision == Decision::granted;
        counts.refused_clear += is_clear(is[row]) && decision == Decision::refused;
        if (breach == before) continue;
        counts.to_breach += breach;
        counts.from_breach += before;
        counts.granted_to_breach += breach && decision == Decision::granted;
        counts.refused_to_clear += before && is_clear(is[row]) && decision == Decision::refused;
        if (flips == nullptr) continue;
        SweepFlip& flip = flips->emplace_back();
        flip.variant = variant;
        flip.proposal = row;
        flip.as_adopted = was[row];
        flip.result = is[row];
        find_nearest(flip, batch, assessed);
    }
}

WalkCompared SweepCounter::compare(const SweepPair& pair, const ProposalBatch& batch, const Verdicts& verdicts) const {
    const Row &straight = verdicts.rule[pair.straight], &walking = verdicts.rule[pair.walking];
    WalkCompared compared;
    for (std::uint32_t row = 0; row < batch.size(); ++row) {
        if (!is_first(batch, row) || straight[row] != Result::breach) continue;
        ++compared.straight;
        compared.breach += walking[row] == Result::breach;
        compared.borderline += walking[row] == Result::borderline;
        compared.unknown += walking[row] == Result::unknown;
        compared.farther += is_clear(walking[row]);
    }
    return compared;
}

SweepTally SweepCounter::count(const ProposalBatch& batch, const Assessed& assessed, bool flips) const {
    SweepTally tally;
    tally.sites = batch.size();
    tally.counts.resize(plan_.variants.size());
    count_decisions(batch, tally);
    const Verdicts found = verdicts(batch, assessed);
    for (std::uint32_t v = 0; v < plan_.variants.size(); ++v) {
        tally.counts[v].policy = counted_results(batch, found.policy[v]);
        tally.counts[v].rule = counted_results(batch, found.rule[v]);
        compare(v, batch, assessed, found, tally.counts[v], flips ? &tally.flips : nullptr);
    }
    for (const SweepPair& pair : plan_.pairs) tally.compared.push_back(compare(pair, batch, found));
    std::sort(tally.flips.begin(), tally.flips.end(), [](const SweepFlip& a, const SweepFlip& b) {
        return std::tie(a.proposal, a.variant) < std::tie(b.proposal, b.variant);
    });
    for (SweepFlip& flip : tally.flips) {
        if (tally.flipped.empty() || tally.flipped.back().row != flip.proposal)
            tally.flipped.push_back(flipped_at(batch, assessed, flip.proposal));
        flip.proposal = static_cast<std::uint32_t>(tally.flipped.size() - 1);
    }
    return tally;
}

SweepTally SweepCounter::count_units(const ProposalBatch& batch, const Assessed& assessed) const {
    SweepTally tally;
    tally.units = batch.size();
    tally.counts.resize(plan_.variants.size());
    const Verdicts found = verdicts(batch, assessed);
    for (std::size_t v = 0; v < plan_.variants.size(); ++v)
        tally.counts[v].units = counted_results(batch, found.policy[v]);
    return tally;
}

void SweepCounter::add(SweepTally& all, SweepTally&& next) {
    all.counts.resize(next.counts.size());
    const auto add_counts = [](ResultCounts& to, const ResultCounts& more) {
        for (std::size_t k = 0; k < to.size(); ++k) to[k] += more[k];
    };
    for (std::size_t v = 0; v < next.counts.size(); ++v) {
        SweepCounts& to = all.counts[v];
        const SweepCounts& more = next.counts[v];
        add_counts(to.policy, more.policy);
        add_counts(to.rule, more.rule);
        add_counts(to.units, more.units);
        for (const auto figure :
             {&SweepCounts::to_breach, &SweepCounts::from_breach, &SweepCounts::granted_to_breach,
              &SweepCounts::refused_to_clear, &SweepCounts::granted_breach, &SweepCounts::refused_clear})
            to.*figure += more.*figure;
    }
    all.compared.resize(std::max(all.compared.size(), next.compared.size()));
    for (std::size_t p = 0; p < next.compared.size(); ++p)
        for (const auto figure : {&WalkCompared::straight, &WalkCompared::breach, &WalkCompared::borderline,
                                  &WalkCompared::unknown, &WalkCompared::farther})
            all.compared[p].*figure += next.compared[p].*figure;
    for (std::size_t k = 0; k < all.by_decision.size(); ++k) all.by_decision[k] += next.by_decision[k];
    for (const auto& [words, count] : next.not_understood) all.not_understood[words] += count;
    const auto base = static_cast<std::uint32_t>(all.flipped.size());
    for (FlippedProposal& proposal : next.flipped) {
        proposal.row += all.sites;
        all.flipped.push_back(std::move(proposal));
    }
    for (SweepFlip& flip : next.flips) {
        flip.proposal += base;
        all.flips.push_back(flip);
    }
    all.proposals += next.proposals;
    all.sites += next.sites;
    all.units += next.units;
}

namespace {

UseSet uses_of(std::span<const Policy> policies) {
    UseSet uses = 0;
    for (const Policy& policy : policies)
        for (const Rule& rule : policy.rules)
            for (const Use use : rule.applies_to) uses = static_cast<UseSet>(uses | use_bit(use));
    return uses;
}

Use first_of(UseSet uses) {
    for (int use = 1; use < 16; ++use)
        if ((uses & use_bit(static_cast<Use>(use))) != 0) return static_cast<Use>(use);
    return Use::unstated;
}

}  // namespace

std::vector<ProposalBatch> units_as_proposals(const Layers& layers, std::span<const Policy> policies, Date day,
                                              std::size_t first_layer, std::size_t fields) {
    const UseSet uses = uses_of(policies);
    std::vector<ProposalBatch> batches;
    for (std::size_t l = 0; l < layers.frontages.size(); ++l) {
        const FrontageLayer& units = layers.frontages[l];
        std::vector<std::uint32_t> there = units_on(units, day);
        std::erase_if(there, [&](std::uint32_t unit) { return !units.shapes.has_location(unit); });
        ProposalBatch& batch = batches.emplace_back(bare_proposals(there.size(), fields));
        batch.layer = first_layer + l;
        batch.use_given = uses != 0;
        batch.use.assign(there.size(), first_of(uses));
        batch.uses.assign(there.size(), uses);
        for (std::size_t k = 0; k < there.size(); ++k) {
            const std::uint32_t unit = there[k];
            batch.row[k] = unit;
            batch.reference[k] = batch.unit[k] = units.id[unit];
            batch.uprn[k] = units.uprn[unit];
            batch.street[k] = units.street[unit];
            batch.shapes.add_copy(units.shapes, unit);
        }
    }
    return batches;
}

}  // namespace geo
