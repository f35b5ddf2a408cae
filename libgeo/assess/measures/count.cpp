// SPDX-License-Identifier: Apache-2.0
//
// How many outlets of a use: within a radius of the site, in the area that holds it (perhaps per so many residents), along its frontage, or in a window of
// units. Near the edge of the radius the count is a range. An existing outlet that is the proposal itself counts once.
#include <algorithm>
#include <cmath>
#include <limits>

#include "libgeo/assess/frontage_row.h"
#include "libgeo/assess/in_areas.h"
#include "libgeo/assess/outlet_count.h"
#include "libgeo/base/text.h"

namespace geo {
namespace {

/// Counts before and after the proposal; `after` replaces what stands there by it.
struct BeforeAfter {
    Range before, after;
};
BeforeAfter with_proposal(const CountedOutlets& counted, bool proposal_counts) {
    const double sure = counted.sure, maybe = counted.maybe, plotted = counted.plotted;
    const double change = (proposal_counts ? 1.0 : 0.0) - (counted.itself ? 1.0 : 0.0);
    return {{plotted, sure, sure + maybe}, {plotted + change, sure + change, sure + maybe + change}};
}

void put_counts(Finding& finding, const BeforeAfter& counts, Presence presence) {
    finding.before = counts.before.value;
    finding.after = counts.after.value;
    finding.numerator = (presence == Presence::included ? counts.after : counts.before).value;
}

class CountWithin : public BoundMeasure {
  public:
    CountWithin(const CountMeasure& measure, const MeasureContext& context)
        : measure_(measure), tie_(context.policy.tie_m), counter_(uses_of(measure.counted), context), limits_(context) {
        if (!counter_.any_layer()) miss(context, "of kind outlets");
        if (measure.by == By::walking) bind_streets(context);
    }
    void measure(const ProposalBatch& batch, std::uint32_t row, Date as_at, Finding& finding) const override {
        finding.site = batch.shapes.first_point(row);
        if (layer_missing()) return leave_unknown(finding, Note::layer_missing);
        if (measure_.by == By::walking && !has_streets_) return leave_unknown(finding, Note::walking_untested);
        if (!counter_.covers(as_at)) return leave_unknown(finding, Note::no_snapshot);
        const double radius = measure_.within_m.value_or(0.0);
        const CountedOutlets counted = measure_.by == By::walking
                                           ? counter_.walk_within(batch, row, as_at, radius, tie_, measure_.site)
                                           : counter_.within(batch, row, as_at, radius, tie_, measure_.site);
        finding.notes |= counted.notes;
        const BeforeAfter counts = with_proposal(counted, proposes_one_of(measure_.counted.of, batch, row));
        put_counts(finding, counts, measure_.counted.proposal);
        static const std::map<std::string, TextColumn> kNone;  // a circle has no attributes
        const Range& range = measure_.counted.proposal == Presence::included ? counts.after : counts.before;
        const Limits::Chosen limit = limits_.choose(kNotMeasured, AttributesOf{kNone});
        put_against(finding, range, limit);
        if (counted.beyond && limit.comparison != nullptr) look_beyond_cover(finding, range, *limit.comparison);
    }

  private:
    /// Beyond what a layer covers there may be any number of outlets that are not loaded.
    static void look_beyond_cover(Finding& finding, Range range, const Comparison& limit) {
        if (limit.judgement) return;
        range.most = std::numeric_limits<double>::infinity();
        const Result result = decide_number(range, limit).result;
        if (result == finding.result) return;
        finding.result = result;
        finding.notes |= bits(Note::beyond_cover);
    }

    void bind_streets(const MeasureContext& context) {
        has_streets_ = context.streets != nullptr;
        if (has_streets_) {
            counter_.join(context.streets);
            return;
        }
        context.remarks.push_back(context.policy.id + " " + context.rule.id +
                                  " not tested: walking distance needs a streets layer");
    }

    const CountMeasure& measure_;
    double tie_;
    OutletCounter counter_;
    Limits limits_;
    bool has_streets_ = false;
};

class CountInAreas : public InAreas {
  public:
    CountInAreas(const CountMeasure& measure, const MeasureContext& context)
        : InAreas(measure.in, context), measure_(measure) {
        for (const Part& part : parts()) {
            counters_.emplace_back(uses_of(measure.counted), context);
            counters_.back().sort_into(*part.areas, *part.filter);
        }
        if (context.layers.outlets.empty()) miss(context, "of kind outlets");
    }

  protected:
    /// Of the latest year not after the day. NaN: none.
    static double population_of(const AreaLayer& areas, std::uint32_t area, Date as_at, std::int16_t& year) {
        auto after = areas.population.upper_bound(static_cast<int>(std::chrono::year_month_day(as_at).year()));
        if (after == areas.population.begin()) return kNotMeasured;
        --after;
        year = static_cast<std::int16_t>(after->first);
        return after->second[area];
    }

    void measure_area(std::size_t part, const ProposalBatch& batch, std::uint32_t row, Date as_at,
                      Finding& finding) const override {
        if (layer_missing()) return leave_unknown(finding, Note::layer_missing);
        if (!counters_[part].covers(as_at)) return leave_unknown(finding, Note::no_snapshot);
        const CountedOutlets counted = counters_[part].in_area(batch, row, as_at, finding.place);
        finding.notes |= counted.notes;
        BeforeAfter counts = with_proposal(counted, proposes_one_of(measure_.counted.of, batch, row));
        put_counts(finding, counts, measure_.counted.proposal);
        if (measure_.per_residents) {
            const double people = population_of(*parts()[part].areas, finding.place, as_at, finding.year);
            if (!(people > 0)) return leave_unknown(finding, Note::population_missing);
            finding.denominator = people;
            for (Range* range : {&counts.before, &counts.after})
                for (double* figure : {&range->value, &range->least, &range->most})
                    *figure = *figure * *measure_.per_residents / people;
            finding.before = counts.before.value;
            finding.after = counts.after.value;
        }
        put(part, measure_.counted.proposal == Presence::included ? counts.after : counts.before, kNotMeasured,
            finding);
    }

  private:
    const CountMeasure& measure_;
    std::vector<OutletCounter> counters_;  // by part
};

/// Along the proposal's frontage: all of it, or a window of it.
class CountAlong : public AlongFrontages {
  public:
    CountAlong(const CountMeasure& measure, const std::vector<LayerFilter>& along, const MeasureContext& context)
        : AlongFrontages(measure.counted, along, context), window_(measure.window) {}

  protected:
    struct Span {
        std::size_t first = 0, last = 0;
    };
    static double number(const std::vector<UnitCounts>& counts, UnitCounts least, Span span) {
        return static_cast<double>(std::count_if(counts.begin() + static_cast<std::ptrdiff_t>(span.first),
                                                 counts.begin() + static_cast<std::ptrdiff_t>(span.last) + 1,
                                                 [least](UnitCounts c) { return c >= least; }));
    }
    /// The stretch between breaks that holds the proposal.
    static Span stretch(const UnitRow& row) {
        Span span{row.proposal, row.proposal};
        while (span.first > 0 && row.break_before[span.first] == 0) --span.first;
        while (span.last + 1 < row.size() && row.break_before[span.last + 1] == 0) ++span.last;
        return span;
    }
    /// Of all windows that hold the proposal, the one with most; the first of equals.
    Span fullest(const UnitRow& row, const std::vector<UnitCounts>& counts, UnitCounts least) const {
        if (!window_) return {0, row.size() - 1};
        const Span all = stretch(row);
        const auto units = static_cast<std::size_t>(window_->units);
        if (window_->centred) {
            const std::size_t side = units / 2;
            return {std::max(all.first, row.proposal - std::min(row.proposal, side)),
                    std::min(all.last, row.proposal + side)};
        }
        Span best{0, 0};
        double most = -1;
        const std::size_t earliest = std::max(all.first, row.proposal - std::min(row.proposal, units - 1));
        for (std::size_t first = earliest; first <= row.proposal; ++first) {
            const Span span{first, std::min(all.last, first + units - 1)};
            const double here = number(counts, least, span);
            if (here <= most) continue;
            most = here;
            best = span;
        }
        return best;
    }

    void measure_row(const UnitRow& row, Finding& finding) const override {
        const auto& counts = row.counts(counted_.proposal);
        const Span sure = fullest(row, counts, UnitCounts::yes), most = fullest(row, counts, UnitCounts::maybe);
        const double plotted = number(counts, UnitCounts::yes, sure);
        finding.before = number(row.before, UnitCounts::yes, fullest(row, row.before, UnitCounts::yes));
        finding.after = number(row.after, UnitCounts::yes, fullest(row, row.after, UnitCounts::yes));
        finding.numerator = plotted;
        finding.denominator = static_cast<double>(sure.last - sure.first + 1);
        finding.first_unit = static_cast<std::uint32_t>(sure.first);
        finding.last_unit = static_cast<std::uint32_t>(sure.last);
        put(row, {plotted, plotted, number(counts, UnitCounts::maybe, most)}, finding);
    }

  private:
    std::optional<UnitWindow> window_;
};

}  // namespace

std::unique_ptr<BoundMeasure> bind_count(const CountMeasure& measure, const MeasureContext& context) {
    if (measure.within_m) return std::make_unique<CountWithin>(measure, context);
    if (measure.window) return std::make_unique<CountAlong>(measure, measure.along, context);
    if (names_areas(measure.in, context.layers)) return std::make_unique<CountInAreas>(measure, context);
    return std::make_unique<CountAlong>(measure, measure.in, context);
}

}  // namespace geo
