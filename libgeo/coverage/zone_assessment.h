// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "libgeo/assess/assess.h"

namespace geo {

/// Where a point stands as rules see it: no rule applies there; none reaches it; no walk to it is known (it stands too far from a street, no way leads there), and a
/// straight line leaves open whether one would; one would, were it not for an exemption; a proposal there would breach.
enum class Covered : std::uint8_t { elsewhere, beyond, untold, exempt, breach };

/// Rules about where (coverage/zone_policy.h) asked of points as though each were a proposal, as `cordon check` decides: exact distances, the policy's own edges and tie,
/// exemptions; tolerance aside: the plain comparison, the point as plotted. No zone is drawn for it.
class ZoneAssessment {
  public:
    /// `policies`: narrowed to such rules. `points`: facts of each layer of points, in the order of ProposalBatch::layer.
    ZoneAssessment(std::vector<Policy> policies, const Layers& layers, std::span<const LayerFacts> points, Date day,
                   std::optional<double> tie_m = std::nullopt);

    ZoneAssessment(const ZoneAssessment&) = delete;
    ZoneAssessment& operator=(const ZoneAssessment&) = delete;

    Assessed assess(const ProposalBatch& batch) const { return assessment_.assess(batch); }
    const Assessment& assessment() const { return assessment_; }
    /// By the findings of these slots; the worst counts.
    Covered of_row(const Assessed& assessed, const ProposalBatch& batch, std::size_t row,
                   std::span<const std::uint32_t> slots) const;
    /// By all of them.
    Covered of_row(const Assessed& assessed, const ProposalBatch& batch, std::size_t row) const {
        return of_row(assessed, batch, row, every_slot_);
    }

  private:
    bool is_exempt(const Finding& finding, const Rule& rule, const ProposalBatch& batch, std::size_t row) const;

    std::vector<Policy> policies_;
    const Layers& layers_;
    Assessment assessment_;
    std::vector<std::uint32_t> every_slot_;
};

}  // namespace geo
