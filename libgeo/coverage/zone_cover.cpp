// SPDX-License-Identifier: Apache-2.0
#include "libgeo/coverage/zone_cover.h"

#include <algorithm>
#include <array>

#include "libgeo/assess/fields.h"
#include "libgeo/base/parallel.h"
#include "libgeo/base/text.h"
#include "libgeo/layers/frontages.h"
#include "libgeo/layers/timeline.h"

namespace geo {
namespace {

constexpr std::size_t kBatch = 4096;

/// Points [first, end) as if each were proposed where it stands, of whatever use a rule is about.
ProposalBatch batch_of(const Shapes& points, std::size_t first, std::size_t end, std::size_t fields) {
    ProposalBatch batch = bare_proposals(end - first, fields);
    batch.use_given = false;
    for (std::size_t k = first; k < end; ++k) batch.shapes.add_copy(points, k);
    return batch;
}

/// The slots of each rule, and of all rules of adopted policies.
struct Slots {
    std::vector<std::vector<std::uint32_t>> of_rule;
    std::vector<std::uint32_t> adopted;
};
Slots slots_of(const Assessment& assessment, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& rules) {
    Slots slots;
    slots.of_rule.resize(rules.size());
    for (std::uint32_t k = 0; k < assessment.slots().size(); ++k) {
        const Slot& slot = assessment.slots()[k];
        if (slot.counts) slots.adopted.push_back(k);
        for (std::size_t r = 0; r < rules.size(); ++r)
            if (rules[r] == std::pair(slot.policy, slot.rule)) slots.of_rule[r].push_back(k);
    }
    return slots;
}

}  // namespace

void CoveredCounts::add(Covered covered) {
    std::uint64_t* const counts[] = {&elsewhere, &beyond, &untold, &exempt, &breach};
    ++*counts[static_cast<std::size_t>(covered)];
}

CoveredCounts& CoveredCounts::operator+=(const CoveredCounts& more) {
    elsewhere += more.elsewhere;
    beyond += more.beyond;
    untold += more.untold;
    exempt += more.exempt;
    breach += more.breach;
    return *this;
}

std::string_view word(LayerCover::Kind kind) {
    constexpr std::array<std::string_view, 3> kWords = {"units", "outlets", "addresses"};
    return kWords[static_cast<std::size_t>(kind)];
}

ZoneCover::ZoneCover(std::span<const Policy> policies, const Layers& layers, const Zones& zones,
                     std::optional<double> tie_m)
    : layers_(layers), day_(zones.as_at), tie_m_(tie_m) {
    bool every_use = zones.rules.empty();
    std::uint32_t last = RuleZone::kAll;
    for (const RuleZone& zone : zones.rules) {
        if (zone.policy != last) policies_.push_back(policies[zone.policy]);
        if (zone.policy != last) policies_.back().rules.clear();
        last = zone.policy;
        std::vector<Rule>& kept = policies_.back().rules;
        kept.push_back(policies[zone.policy].rules[zone.rule]);
        rules_.emplace_back(static_cast<std::uint32_t>(policies_.size() - 1),
                            static_cast<std::uint32_t>(kept.size() - 1));
        every_use = every_use || kept.back().applies_to.empty();
        uses_ = static_cast<UseSet>(uses_ | use_set(kept.back().applies_to));
    }
    if (every_use) uses_ = 0;
    if (layers.study_area >= 0)
        study_area_ = std::make_unique<NearestIndex>(layers.areas[static_cast<std::size_t>(layers.study_area)].shapes);
}

bool ZoneCover::in_study_area(Point p) const {
    return !study_area_ || static_cast<bool>(study_area_->nearest(p, {}, 0.0));
}

LayerCover ZoneCover::begin(LayerCover::Kind kind, const LayerFacts& facts) const {
    LayerCover cover;
    cover.kind = kind;
    cover.layer = facts.name;
    cover.rules.resize(rules_.size());
    return cover;
}

void ZoneCover::add(const Shapes& points, const LayerFacts& facts, LayerCover& cover) const {
    Shapes within;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!points.has_location(i))
            ++cover.without_location;
        else if (in_study_area(points.first_point(i)))
            within.add_copy(points, i);
        else
            ++cover.outside;
    }
    const ZoneAssessment asked(policies_, layers_, std::span(&facts, 1), day_, tie_m_);
    const Slots slots = slots_of(asked.assessment(), rules_);
    const std::size_t fields = application_fields(policies_).size();
    std::vector<LayerCover> parts((within.size() + kBatch - 1) / kBatch, begin(cover.kind, facts));
    in_parallel(parts.size(), [&](std::size_t k) {
        const ProposalBatch batch = batch_of(within, k * kBatch, std::min((k + 1) * kBatch, within.size()), fields);
        const Assessed assessed = asked.assess(batch);
        for (std::size_t row = 0; row < batch.size(); ++row) {
            for (std::size_t r = 0; r < rules_.size(); ++r)
                parts[k].rules[r].add(asked.of_row(assessed, batch, row, slots.of_rule[r]));
            parts[k].all.add(asked.of_row(assessed, batch, row, slots.adopted));
        }
    });
    for (const LayerCover& part : parts) {
        for (std::size_t r = 0; r < rules_.size(); ++r) cover.rules[r] += part.rules[r];
        cover.all += part.all;
    }
}

std::vector<LayerCover> ZoneCover::units() const {
    std::vector<LayerCover> covers;
    for (const FrontageLayer& units : layers_.frontages) {
        Shapes points;
        for (const std::uint32_t unit : units_on(units, day_)) points.add_copy(units.shapes, unit);
        add(points, units.facts, covers.emplace_back(begin(LayerCover::Kind::units, units.facts)));
    }
    return covers;
}

std::vector<LayerCover> ZoneCover::outlets(std::vector<std::string>& remarks) const {
    std::vector<LayerCover> covers;
    for (const OutletLayer& outlets : layers_.outlets) {
        const Timeline timeline(outlets);
        if (!timeline.covers(day_)) {
            remarks.push_back("Outlets of " + outlets.facts.name +
                              " are not counted: no snapshot of them is on or before " + format_date_long(day_));
            continue;
        }
        LayerCover cover = begin(LayerCover::Kind::outlets, outlets.facts);
        Shapes points;
        for (std::size_t i = 0; i < outlets.size(); ++i) {
            if (uses_ != 0 && (outlets.uses[i] & uses_) == 0) continue;
            const Trades trades = timeline.on(i, day_);
            cover.unclear += trades == Trades::unclear ? 1 : 0;
            if (trades == Trades::yes) points.add_copy(outlets.shapes, i);
        }
        add(points, outlets.facts, cover);
        if (cover.all.total() + cover.outside + cover.without_location + cover.unclear > 0)
            covers.push_back(std::move(cover));
    }
    return covers;
}

}  // namespace geo
