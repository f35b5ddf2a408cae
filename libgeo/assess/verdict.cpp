// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/verdict.h"

#include <cmath>

namespace geo {
namespace {

/// The nearest place over the rules that count, of one site.
std::int32_t nearest_slot(const Assessed& assessed, const std::vector<Slot>& slots, std::size_t row) {
    std::int32_t best = -1;
    double least = 0;
    for (std::size_t k = 0; k < slots.size(); ++k) {
        const Finding& finding = assessed.findings[k][row];
        if (!slots[k].counts || std::isnan(finding.nearest) || (best >= 0 && finding.nearest >= least)) continue;
        best = static_cast<std::int32_t>(k);
        least = finding.nearest;
    }
    return best;
}

}  // namespace

std::string_view word(Result result) {
    switch (result) {
        case Result::not_applicable:
            return "not-applicable";
        case Result::clear:
            return "clear";
        case Result::exempt:
            return "exempt";
        case Result::unknown:
            return "unknown";
        case Result::triggered:
            return "triggered";
        case Result::borderline:
            return "borderline";
        case Result::breach:
            return "breach";
    }
    return "";
}

Result in_verdict(Result result, const Outcome& outcome) {
    if (outcome.can_breach() || result <= Result::clear || result == Result::unknown) return result;
    return Result::clear;
}

void put_together(const ProposalBatch& batch, const std::vector<Slot>& slots, const Assessment& assessment,
                  Assessed& assessed) {
    assessed.verdicts.assign(batch.size(), {});
    for (std::uint32_t row = 0; row < batch.size(); ++row) {
        Result worst = Result::not_applicable;
        bool triggered = false;
        for (std::size_t k = 0; k < slots.size(); ++k) {
            if (!slots[k].counts) continue;
            const Result result = assessed.findings[k][row].result;
            triggered |= result == Result::triggered;
            worst = std::max(worst, in_verdict(result, assessment.rule(slots[k]).outcome));
        }
        Verdict& verdict = assessed.verdicts[batch.site_of[row]];
        verdict.triggered |= triggered;
        if (row == batch.site_of[row] || worst > verdict.result) {
            verdict.result = worst;
            verdict.site = row;
            verdict.nearest_slot = nearest_slot(assessed, slots, row);
        }
    }
}

}  // namespace geo
