// SPDX-License-Identifier: Apache-2.0
//
// Per cent of units, of metres of frontage, or of food outlets that are of the use: of the proposal's frontage, or of the area that holds the site. A change of
// use replaces a unit, a new build adds one; numerator, denominator, before and after are in the finding.
#include <algorithm>
#include <cmath>

#include "libgeo/assess/frontage_row.h"
#include "libgeo/assess/in_areas.h"
#include "libgeo/assess/outlet_count.h"
#include "libgeo/assess/unit_areas.h"

namespace geo {
namespace {

/// What is summed: of the use for sure, perhaps; not of the use for sure, perhaps.
struct Sums {
    double yes = 0, maybe = 0, other = 0, other_maybe = 0;
    bool known = true;  // every unit has its metres

    void add(UnitCounts counts, double weight, bool there = true) {
        if (std::isnan(weight)) {
            known = false;
            return;
        }
        if (!there) {
            (counts == UnitCounts::no ? other_maybe : maybe) += weight;
        } else if (counts == UnitCounts::yes) {
            yes += weight;
        } else if (counts == UnitCounts::no) {
            other += weight;
        } else {  // it is there: of the use or not
            unclear += weight;
        }
    }
    double unclear = 0;  // there, and its use is not stated

    double numerator() const { return yes; }
    double denominator() const { return yes + other + unclear; }
    static double percent(double part, double whole) { return whole > 0 ? 100.0 * part / whole : 0.0; }
    Range range() const {
        Range range;
        range.value = percent(numerator(), denominator());
        range.least = percent(yes, denominator() + other_maybe);
        range.most = percent(yes + unclear + maybe, denominator() + maybe);
        range.least = std::min(range.least, range.value);
        range.most = std::max(range.most, range.value);
        return range;
    }
};

void put_sums(Finding& finding, const Sums& before, const Sums& after, Presence presence) {
    finding.before = before.range().value;
    finding.after = after.range().value;
    const Sums& counted = presence == Presence::included ? after : before;
    finding.numerator = counted.numerator();
    finding.denominator = counted.denominator();
}

/// Of the units of the proposal's own frontage.
class ShareOfFrontage : public AlongFrontages {
  public:
    ShareOfFrontage(const ShareMeasure& measure, const MeasureContext& context)
        : AlongFrontages(measure.counted, measure.in, context), among_(measure.among) {}

  protected:
    void measure_row(const UnitRow& row, Finding& finding) const override {
        const Sums before = sums(row, row.before, row.food_before, false);
        const Sums after = sums(row, row.after, row.food_after, true);
        const Sums& counted = counted_.proposal == Presence::included ? after : before;
        if (!counted.known) {
            leave_unknown(finding, Note::metres_missing);
            return;
        }
        put_sums(finding, before, after, counted_.proposal);
        finding.first_unit = 0;
        finding.last_unit = static_cast<std::uint32_t>(row.size() - 1);
        put(row, counted.range(), finding);
    }

  private:
    Sums sums(const UnitRow& row, const std::vector<UnitCounts>& counts, const std::vector<std::uint8_t>& food,
              bool after) const {
        Sums sums;
        for (std::size_t k = 0; k < row.size(); ++k) {
            if (!after && row.added && k == row.proposal) continue;
            if (among_ == Among::food_outlets && food[k] == 0 && counts[k] == UnitCounts::no) continue;
            sums.add(counts[k], among_ == Among::frontage_metres ? row.metres[k] : 1.0);
        }
        return sums;
    }
    Among among_;
};

/// Of the units, or the food outlets, of the area that holds the site.
class ShareOfArea : public InAreas {
  public:
    ShareOfArea(const ShareMeasure& measure, const MeasureContext& context)
        : InAreas(measure.in, context), measure_(measure) {
        for (const Part& part : parts()) members_.push_back(members_of(part, context));
        if (measure.among != Among::food_outlets && context.layers.frontages.empty()) miss(context, "frontages");
        if (measure.among == Among::food_outlets && context.layers.outlets.empty()) miss(context, "of kind outlets");
    }

  private:
    /// What lies in the areas of a part: units, or outlets.
    struct Members {
        std::unique_ptr<UnitAreas> units;
        std::unique_ptr<OutletCounter> of_use, food;
    };

    Members members_of(const Part& part, const MeasureContext& context) const {
        Members members;
        if (measure_.among != Among::food_outlets) {
            members.units = std::make_unique<UnitAreas>(*part.areas, *part.filter, context);
            return members;
        }
        const UseSet of = uses_of(measure_.counted);
        members.of_use = std::make_unique<OutletCounter>(of, context);
        members.food = std::make_unique<OutletCounter>(static_cast<UseSet>(of | kFood), context);
        members.of_use->sort_into(*part.areas, *part.filter);
        members.food->sort_into(*part.areas, *part.filter);
        return members;
    }

    void measure_area(std::size_t part, const ProposalBatch& batch, std::uint32_t row, Date as_at,
                      Finding& finding) const override {
        const Members& members = members_[part];
        Sums before, after;
        if (measure_.among == Among::food_outlets) {
            if (!members.food->covers(as_at)) return leave_unknown(finding, Note::no_snapshot);
            sum_outlets(members, batch, row, as_at, before, after, finding);
        } else {
            if (layer_missing()) return leave_unknown(finding, Note::layer_missing);
            sum_units(members, batch, row, as_at, before, after, finding);
        }
        const Sums& counted = measure_.counted.proposal == Presence::included ? after : before;
        if (!counted.known) return leave_unknown(finding, Note::metres_missing);
        // An area of which nothing is listed would be 100 % takeaways with the first one.
        if (before.denominator() + before.maybe + before.other_maybe <= 0)
            return leave_unknown(finding, Note::nothing_listed);
        put_sums(finding, before, after, measure_.counted.proposal);
        put(part, counted.range(), counted.denominator(), finding);
    }

    void sum_units(const Members& members, const ProposalBatch& batch, std::uint32_t row, Date as_at, Sums& before,
                   Sums& after, Finding& finding) const {
        const FrontageLayer* layer = nullptr;
        const UnitFinder::Found found = members.units->find(batch, row, layer);
        const bool counts = proposes_one_of(measure_.counted.of, batch, row);
        bool placed = false;
        for (const UnitAreas::Member& member : members.units->in(finding.place)) {
            if (as_at < member.layer->opened[member.unit] || as_at >= member.layer->closed[member.unit]) continue;
            const RowRequest request{*member.layer, measure_.counted, as_at, counts};
            const UnitCounts now = unit_counts(request, member.unit);
            const double weight = measure_.among == Among::frontage_metres ? member.layer->metres[member.unit] : 1.0;
            const bool mine = !found.comes_after && member.layer == layer && found.problem == Note::none &&
                              std::find(found.units.begin(), found.units.end(), member.unit) != found.units.end();
            if (!member.sure) finding.notes |= bits(Note::near_count_edge);
            before.add(now, weight, member.sure);
            after.add(mine ? (counts ? UnitCounts::yes : UnitCounts::no) : now, weight, member.sure || mine);
            placed |= mine;
            if (mine) {
                finding.unit = member.unit;
                if (now == UnitCounts::yes && counts) finding.notes |= bits(Note::itself_counted_once);
            }
        }
        if (!placed) add_unplaced(batch, row, counts, after, finding);
    }

    /// No unit of the list is the proposal's: a new build adds one; a change of use replaces one that is not of the use, and says that it was not found.
    void add_unplaced(const ProposalBatch& batch, std::uint32_t row, bool counts, Sums& after, Finding& finding) const {
        const bool adds = !batch.adds_unit.empty() && batch.adds_unit[row] != 0;
        const double weight = measure_.among == Among::frontage_metres ? kNotMeasured : 1.0;
        after.add(counts ? UnitCounts::yes : UnitCounts::no, weight);
        if (adds) return;
        finding.notes |= bits(Note::no_unit);
        if (after.other > 0) after.other -= 1.0;
    }

    void sum_outlets(const Members& members, const ProposalBatch& batch, std::uint32_t row, Date as_at, Sums& before,
                     Sums& after, Finding& finding) const {
        const CountedOutlets of_use = members.of_use->in_area(batch, row, as_at, finding.place);
        const CountedOutlets food = members.food->in_area(batch, row, as_at, finding.place);
        finding.notes |= of_use.notes | food.notes;
        before.yes = of_use.sure;
        before.maybe = of_use.maybe;
        before.other = food.sure - of_use.sure;
        before.other_maybe = food.maybe - std::min(food.maybe, of_use.maybe);
        after = before;
        const bool counts = proposes_one_of(measure_.counted.of, batch, row);
        // What stands there now gives way to the proposal.
        if (of_use.itself) after.yes -= 1.0;
        if (!of_use.itself && food.itself) after.other -= 1.0;
        if (counts) after.yes += 1.0;
    }

    const ShareMeasure& measure_;
    std::vector<Members> members_;  // by part
};

}  // namespace

std::unique_ptr<BoundMeasure> bind_share(const ShareMeasure& measure, const MeasureContext& context) {
    // A layer that the study has not may be of either kind: its name tells, and it is said to be missing all the same.
    if (names_areas(measure.in, context.layers)) return std::make_unique<ShareOfArea>(measure, context);
    return std::make_unique<ShareOfFrontage>(measure, context);
}

}  // namespace geo
