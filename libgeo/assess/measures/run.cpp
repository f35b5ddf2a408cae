// SPDX-License-Identifier: Apache-2.0
//
// Units in the longest adjacent run with the proposal in it. What the study breaks at parts a run.
#include <algorithm>

#include "libgeo/assess/frontage_row.h"

namespace geo {
namespace {

struct Stretch {
    std::size_t first = 0, last = 0;
    double units() const { return static_cast<double>(last - first + 1); }
};

/// The run around the proposal, which itself must count; none otherwise.
std::optional<Stretch> run_around(const UnitRow& row, const std::vector<UnitCounts>& counts, UnitCounts least) {
    const auto in = [&](std::size_t k) { return counts[k] >= least; };
    if (!in(row.proposal)) return std::nullopt;
    Stretch run{row.proposal, row.proposal};
    while (run.first > 0 && row.break_before[run.first] == 0 && in(run.first - 1)) --run.first;
    while (run.last + 1 < row.size() && row.break_before[run.last + 1] == 0 && in(run.last + 1)) ++run.last;
    return run;
}

double length(const std::optional<Stretch>& run) { return run ? run->units() : 0.0; }

class BoundRun : public AlongFrontages {
  public:
    BoundRun(const RunMeasure& measure, const MeasureContext& context)
        : AlongFrontages(measure.counted, measure.along, context) {}

  protected:
    void measure_row(const UnitRow& row, Finding& finding) const override {
        const auto& counts = row.counts(counted_.proposal);
        const auto sure = run_around(row, counts, UnitCounts::yes), most = run_around(row, counts, UnitCounts::maybe);
        const Range range{length(sure), length(sure), length(most)};
        finding.before = length(run_around(row, row.before, UnitCounts::yes));
        finding.after = length(run_around(row, row.after, UnitCounts::yes));
        if (sure) {
            finding.first_unit = static_cast<std::uint32_t>(sure->first);
            finding.last_unit = static_cast<std::uint32_t>(sure->last);
        }
        put(row, range, finding);
    }
};

}  // namespace

std::unique_ptr<BoundMeasure> bind_run(const RunMeasure& measure, const MeasureContext& context) {
    return std::make_unique<BoundRun>(measure, context);
}

}  // namespace geo
