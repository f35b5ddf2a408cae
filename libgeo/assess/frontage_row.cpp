// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/frontage_row.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "libgeo/assess/conditions.h"
#include "libgeo/base/text.h"

namespace geo {
namespace {

bool state_counts(Occupancy state, const std::vector<UnitState>& states) {
    const auto asked = [&](UnitState one) { return std::find(states.begin(), states.end(), one) != states.end(); };
    switch (state) {
        case Occupancy::observed:
            return asked(UnitState::observed);
        case Occupancy::lawful:
            return asked(UnitState::lawful);
        case Occupancy::permitted:
            return asked(UnitState::permitted);
        case Occupancy::vacant_lawful:
            return asked(UnitState::vacant_lawful);
        case Occupancy::vacant:
            break;
    }
    return false;
}

/// The layer's row of a position; of the neighbour where a new unit stands.
std::uint32_t unit_at(const UnitRow& row, std::size_t position) {
    if (row.unit[position] != kNoShape) return row.unit[position];
    if (position > 0) return row.unit[position - 1];
    return row.size() > 1 ? row.unit[1] : kNoShape;
}

std::string_view at(const std::vector<std::string_view>& column, std::uint32_t row) {
    return column.empty() ? std::string_view{} : column[row];
}

/// The row says how the unit is on the day.
bool stands(const FrontageLayer& layer, std::uint32_t unit, Date day) {
    return layer.opened[unit] <= day && day < layer.closed[unit];
}

}  // namespace

UnitFinder::UnitFinder(const FrontageLayer& layer, const LayerFilter& filter, const LayerFacts& proposals)
    : layer_(layer),
      taken_(rows_where(filter.where, layer.attributes, layer.size(), filter.layer)),
      index_(std::make_unique<NearestIndex>(layer.shapes)),
      tolerance_(layer.facts.accuracy.value + proposals.accuracy.value + crs_loss(layer.facts, proposals)) {
    for (std::uint32_t i = 0; i < layer.size(); ++i) {
        if (taken_[i] == 0) continue;
        if (!layer.uprn[i].empty()) by_uprn_[layer.uprn[i]].push_back(i);
        by_id_[layer.id[i]].push_back(i);
    }
}

UnitFinder::Found UnitFinder::all_of(std::uint32_t unit) const {
    const auto uprn = by_uprn_.find(layer_.uprn[unit]);
    return {uprn != by_uprn_.end() ? uprn->second : by_id_.at(layer_.id[unit]), Note::none, false, false};
}

UnitFinder::Found UnitFinder::nearest(const Shapes& sites, std::uint32_t row) const {
    std::vector<std::uint32_t> near;
    index_->near(sites.box(row), tolerance_, [&](std::uint32_t unit) {
        if (taken_[unit] == 0 || std::sqrt(separation(sites, row, layer_.shapes, unit).squared) > tolerance_) return;
        const bool same = std::any_of(near.begin(), near.end(), [&](std::uint32_t other) {
            return layer_.id[other] == layer_.id[unit] ||
                   (!layer_.uprn[unit].empty() && layer_.uprn[other] == layer_.uprn[unit]);
        });
        if (!same) near.push_back(unit);
    });
    if (near.empty()) return {{}, Note::no_unit, false, false};
    if (near.size() > 1) return {{near.front()}, Note::two_units, false, false};
    return all_of(near.front());
}

/// A new unit stands beside the nearest one, on the side of its nearer neighbour.
UnitFinder::Found UnitFinder::place_of_new(const ProposalBatch& batch, std::uint32_t row, Found found) const {
    found.comes_after = true;
    if (!found.units.empty()) return found;
    const auto nearest = index_->nearest(batch.shapes, row, ShapeFilter{taken_, {}, {}, {}});
    if (!nearest || std::sqrt(nearest.squared) > layer_.facts.site_radius.value)
        return {{}, Note::no_unit, false, false};
    found.units = {nearest.shape};
    const std::uint32_t unit = nearest.shape, f = layer_.frontage[unit];
    const auto metres = [&](std::uint32_t other) {
        return layer_.shapes.has_location(other) ? separation(batch.shapes, row, layer_.shapes, other).squared
                                                 : std::numeric_limits<double>::infinity();
    };
    const bool has_before = unit > layer_.first[f], has_after = unit + 1 < layer_.first[f + 1];
    // At an end of the frontage: beyond it when the site is farther from the neighbour than the unit itself is.
    if (has_before && has_after) {
        found.before_first = metres(unit - 1) < metres(unit + 1);
    } else if (has_before || has_after) {
        const std::uint32_t neighbour = has_before ? unit - 1 : unit + 1;
        const double apart = separation(layer_.shapes, unit, layer_.shapes, neighbour).squared;
        const bool between = metres(neighbour) <= apart;
        found.before_first = has_before ? between : !between;
    }
    found.problem = Note::none;
    return found;
}

UnitFinder::Found UnitFinder::find(const ProposalBatch& batch, std::uint32_t row) const {
    Found found{{}, Note::no_unit, false, false};
    const auto uprn = by_uprn_.find(at(batch.uprn, row));
    const auto id = by_id_.find(at(batch.unit, row));
    if (!at(batch.uprn, row).empty() && uprn != by_uprn_.end())
        found = all_of(uprn->second.front());
    else if (!at(batch.unit, row).empty() && id != by_id_.end())
        found = {id->second, Note::none, false, false};
    const bool adds = !batch.adds_unit.empty() && batch.adds_unit[row] != 0;
    if (adds) return place_of_new(batch, row, found);
    return found.units.empty() ? nearest(batch.shapes, row) : found;
}

std::vector<std::uint32_t> UnitFinder::standing(const std::vector<std::uint32_t>& units, Date day) const {
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t unit : units) {
        std::uint32_t row = unit;
        for (const std::uint32_t other : all_of(unit).units)
            if (layer_.frontage[other] == layer_.frontage[unit] && stands(layer_, other, day)) row = other;
        if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
    }
    return rows;
}

UnitCounts unit_counts(const RowRequest& request, std::uint32_t unit) {
    const FrontageLayer& layer = request.layer;
    if (!state_counts(layer.state[unit], request.counted.states)) return UnitCounts::no;
    if (layer.use[unit] == Use::unstated) return UnitCounts::maybe;
    return (layer.uses[unit] & uses_of(request.counted)) != 0 ? UnitCounts::yes : UnitCounts::no;
}

UnitRow unit_row(const RowRequest& request, std::uint32_t unit, const UnitFinder::Found& found) {
    const FrontageLayer& layer = request.layer;
    const std::uint32_t f = layer.frontage[unit];
    const UnitCounts proposed = request.proposal_counts ? UnitCounts::yes : UnitCounts::no;
    UnitRow row;
    row.added = found.comes_after;
    const auto put = [&](std::uint32_t which, UnitCounts before, UnitCounts after, bool food_before, bool food_after,
                         std::uint8_t broken, double metres) {
        row.unit.push_back(which);
        row.before.push_back(before);
        row.after.push_back(after);
        row.food_before.push_back(food_before);
        row.food_after.push_back(food_after);
        row.break_before.push_back(broken);
        row.metres.push_back(metres);
    };
    const bool proposed_food = request.proposal_counts && is_food(uses_of(request.counted));
    const auto put_new = [&](std::uint8_t broken) {
        row.proposal = row.size();
        put(kNoShape, UnitCounts::no, proposed, false, proposed_food, broken, std::numeric_limits<double>::quiet_NaN());
    };
    for (std::uint32_t k = layer.first[f]; k < layer.first[f + 1]; ++k) {
        // A row of another time: the unit's use then stands in another row.
        if (k != unit && !stands(layer, k, request.day)) continue;
        const UnitCounts now = unit_counts(request, k);
        const bool food = is_food(layer.uses[k]) && layer.state[k] != Occupancy::vacant;
        const bool mine = k == unit && !row.added;
        if (k == unit && row.added && found.before_first) put_new(layer.break_before[k]);
        if (mine) {
            row.proposal = row.size();
            row.itself = now == UnitCounts::yes && proposed == UnitCounts::yes;
        }
        const bool broken = layer.break_before[k] != 0 && !(k == unit && row.added && found.before_first);
        put(k, now, mine ? proposed : now, food, mine ? proposed_food : food, broken, layer.metres[k]);
        if (k == unit && row.added && !found.before_first) put_new(0);
    }
    return row;
}

AlongFrontages::AlongFrontages(const Counted& counted, const std::vector<LayerFilter>& along,
                               const MeasureContext& context)
    : counted_(counted), limits_(context) {
    for (std::size_t k = 0; k < along.size(); ++k) {
        const FrontageLayer* layer = context.layers.frontage_layer(along[k].layer);
        if (layer == nullptr) {
            miss(context, along[k].layer);
            continue;
        }
        parts_.push_back(
            {layer, std::make_unique<UnitFinder>(*layer, along[k], context.proposals), static_cast<std::int16_t>(k)});
    }
}

void AlongFrontages::measure(const ProposalBatch& batch, std::uint32_t row, Date as_at, Finding& finding) const {
    finding.result = Result::not_applicable;
    bool found_any = false;
    const Finding fresh = finding;
    for (const Part& part : parts_) {
        const UnitFinder::Found found = part.finder->find(batch, row);
        if (found.problem == Note::two_units) {
            finding = fresh;
            finding.layer = part.number;
            finding.unit = found.units.front();
            leave_unknown(finding, Note::two_units);
            return;
        }
        const RowRequest request{*part.layer, counted_, as_at, proposes_one_of(counted_.of, batch, row)};
        for (const std::uint32_t unit : part.finder->standing(found.units, as_at)) {
            Finding one = fresh;
            one.layer = part.number;
            one.unit = unit;
            one.frontage = part.layer->frontage[unit];
            one.site = batch.shapes.first_point(row);
            const UnitRow units = unit_row(request, unit, found);
            if (units.itself) one.notes |= bits(Note::itself_counted_once);
            measure_row(units, one);
            for (std::uint32_t* position : {&one.first_unit, &one.last_unit})
                if (*position != kNoShape) *position = unit_at(units, *position);
            if (!found_any || one.result > finding.result) finding = one;
            found_any = true;
        }
    }
    if (found_any) return;
    finding.notes |= bits(Note::no_unit);
    if (layer_missing()) leave_unknown(finding, Note::layer_missing);
}

void AlongFrontages::put(const UnitRow& row, const Range& range, Finding& finding) const {
    const auto part =
        std::find_if(parts_.begin(), parts_.end(), [&](const Part& p) { return p.number == finding.layer; });
    const std::size_t there_before = row.size() - (row.added ? 1 : 0);
    const auto units = static_cast<double>(counted_.proposal == Presence::included ? row.size() : there_before);
    put_against(finding, range, limits_.choose(units, AttributesOf{part->layer->attributes, finding.unit}));
}

}  // namespace geo
