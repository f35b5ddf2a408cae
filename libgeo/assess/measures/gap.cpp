// SPDX-License-Identifier: Apache-2.0
//
// Other units between the proposal (its run, between groups) and the next unit of the use; the fewer of both sides. What the study breaks at ends the
// search: beyond it is another stretch. No other unit of the use: the gap is infinite, the rule is clear.
#include <algorithm>
#include <limits>

#include "libgeo/assess/frontage_row.h"

namespace geo {
namespace {

constexpr double kNoOther = std::numeric_limits<double>::infinity();

struct Gap {
    double units = kNoOther;
    std::size_t next = 0;  // position of the other unit
};

/// Walks from the proposal in one direction, first past its own run where groups are asked.
Gap gap_towards(const UnitRow& row, const std::vector<UnitCounts>& counts, UnitCounts least, Between between,
                int step) {
    const auto n = static_cast<std::ptrdiff_t>(row.size());
    auto k = static_cast<std::ptrdiff_t>(row.proposal);
    const auto in = [&](std::ptrdiff_t u) { return counts[static_cast<std::size_t>(u)] >= least; };
    const auto next = [&](std::ptrdiff_t u) -> std::ptrdiff_t {
        const std::ptrdiff_t to = u + step;
        if (to < 0 || to >= n) return -1;
        return row.break_before[static_cast<std::size_t>(step > 0 ? to : u)] != 0 ? -1 : to;
    };
    std::ptrdiff_t to = next(k);
    while (between == Between::groups && to >= 0 && in(to)) to = next(to);
    Gap gap;
    double others = 0.0;
    while (to >= 0 && !in(to)) {
        others += 1.0;
        to = next(to);
    }
    if (to >= 0) gap = {others, static_cast<std::size_t>(to)};
    return gap;
}

Gap least_gap(const UnitRow& row, const std::vector<UnitCounts>& counts, UnitCounts least, Between between) {
    const Gap back = gap_towards(row, counts, least, between, -1), on = gap_towards(row, counts, least, between, 1);
    return on.units < back.units ? on : back;
}

class BoundGap : public AlongFrontages {
  public:
    BoundGap(const GapMeasure& measure, const MeasureContext& context)
        : AlongFrontages(measure.counted, measure.along, context), between_(measure.between) {}

  protected:
    void measure_row(const UnitRow& row, Finding& finding) const override {
        const auto& counts = row.after;  // of a proposal that is not there, nothing is a gap
        if (counts[row.proposal] == UnitCounts::no) {
            finding.result = Result::clear;
            return;
        }
        const Gap sure = least_gap(row, counts, UnitCounts::yes, between_);
        // A unit that may count may close a gap, or join the proposal's run and reach farther.
        const Gap may = least_gap(row, counts, UnitCounts::maybe, between_);
        const Range range{sure.units, std::min(sure.units, may.units), std::max(sure.units, may.units)};
        put(row, range, finding);
        if (sure.units == kNoOther) {
            finding.notes |= bits(Note::no_other);
            return;
        }
        finding.first_unit = static_cast<std::uint32_t>(std::min(sure.next, row.proposal));
        finding.last_unit = static_cast<std::uint32_t>(std::max(sure.next, row.proposal));
        finding.after = sure.units;
    }

  private:
    Between between_;
};

}  // namespace

std::unique_ptr<BoundMeasure> bind_gap(const GapMeasure& measure, const MeasureContext& context) {
    return std::make_unique<BoundGap>(measure, context);
}

}  // namespace geo
