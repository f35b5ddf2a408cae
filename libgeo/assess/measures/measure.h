// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libgeo/assess/finding.h"
#include "libgeo/assess/measures/number.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/proposals.h"
#include "libgeo/policy/policy.h"

namespace geo {

class WalkingStreets;  // assess/walks.h

/// What a rule is bound to. All outlive the measure.
struct MeasureContext {
    const Policy& policy;
    const Rule& rule;
    const Layers& layers;
    const LayerFacts& proposals;
    std::span<const std::string> fields;  ///< of ProposalBatch::fields
    std::vector<std::string>& remarks;    ///< what can be said before any proposal is seen: a layer is missing
    std::shared_ptr<const WalkingStreets> streets;  ///< null: the study has none, or nothing asked for walking
};

/// A rule's measure tied to the layers that it needs. Distance, which goes along the curve with a memory, is not one of these (assess.cpp).
class BoundMeasure {
  public:
    virtual ~BoundMeasure() = default;
    /// Measures one site that passed the gate: fills the figures, `limit`, `plain` and the result: clear, borderline, breach, unknown (with the note that says
    /// what is missing) or not-applicable. Exemptions and outcomes are put on afterwards. Safe from many threads.
    virtual void measure(const ProposalBatch& batch, std::uint32_t row, Date as_at, Finding& finding) const = 0;
    /// True when a layer that the measure needs is not in the study: every finding is then `unknown`.
    bool layer_missing() const { return layer_missing_; }

  protected:
    /// Says that `layer` is not in the study, once.
    void miss(const MeasureContext& context, const std::string& layer);
    bool layer_missing_ = false;
};

std::unique_ptr<BoundMeasure> bind_inside(const InsideMeasure& measure, const MeasureContext& context);
std::unique_ptr<BoundMeasure> bind_count(const CountMeasure& measure, const MeasureContext& context);
std::unique_ptr<BoundMeasure> bind_share(const ShareMeasure& measure, const MeasureContext& context);
std::unique_ptr<BoundMeasure> bind_run(const RunMeasure& measure, const MeasureContext& context);
std::unique_ptr<BoundMeasure> bind_gap(const GapMeasure& measure, const MeasureContext& context);
std::unique_ptr<BoundMeasure> bind_attribute(const AttributeMeasure& measure, const MeasureContext& context);
/// The measure of the context's rule; null for distance.
std::unique_ptr<BoundMeasure> bind_measure(const MeasureContext& context);

/// A comparison with the study's value in place of `field:…`. None (and a remark) when the study does not give it.
std::optional<Comparison> with_value(const Comparison& comparison, const MeasureContext& context);

/// The attributes of one area or unit of a layer.
struct AttributesOf {
    const std::map<std::string, TextColumn>& columns;  ///< folded name → values
    std::uint32_t row = 0;
    /// Empty where the layer has no such column.
    std::string_view operator[](const std::string& name) const;
};

/// The rule's comparison, or its bands: which one counts for a frontage or an area of so many units with these attributes.
class Limits {
  public:
    explicit Limits(const MeasureContext& context);
    struct Chosen {
        const Comparison* comparison = nullptr;  ///< null: see `note`
        std::uint8_t band = 0xff;
        Note note = Note::none;  ///< why there is none: no_band, value_not_given
    };
    /// `units`: NaN where not known.
    Chosen choose(double units, const AttributesOf& attributes) const;
    bool banded() const { return !bands_.empty(); }

  private:
    const Rule& rule_;
    std::vector<std::optional<Comparison>> bands_;
    std::optional<Comparison> breach_;
};

/// Finds the limit and puts the number, or says why there is no limit (unknown; no band: not-applicable).
void put_against(Finding& finding, const Range& range, const Limits::Chosen& chosen);

/// Whether the row's proposal is of one of the uses counted: a batch without uses is what the policy applies to.
bool proposes_one_of(const std::vector<Use>& uses, const ProposalBatch& batch, std::uint32_t row);
/// Stops the finding: unknown because of `note`.
void leave_unknown(Finding& finding, Note note);
UseSet uses_of(const Counted& counted);

}  // namespace geo
