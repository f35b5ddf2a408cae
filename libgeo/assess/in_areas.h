// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "libgeo/assess/conditions.h"
#include "libgeo/assess/measures/measure.h"

namespace geo {

/// A measure of the area that holds the site: finds it in each of the layers and measures each that may hold it; the worst stands. In none: not-applicable
/// (unknown where a layer is missing). Where none holds it surely, a breach is borderline.
class InAreas : public BoundMeasure {
  public:
    InAreas(const std::vector<LayerFilter>& in, const MeasureContext& context);
    void measure(const ProposalBatch& batch, std::uint32_t row, Date as_at, Finding& finding) const override;

  protected:
    /// A layer of the measure that the study has.
    struct Part {
        const AreaLayer* areas = nullptr;
        const LayerFilter* filter = nullptr;
        AreaTest test;
        std::int16_t number = 0;  ///< in the measure's list
    };
    const std::vector<Part>& parts() const { return parts_; }
    /// Measures area `finding.place` of parts()[part].
    virtual void measure_area(std::size_t part, const ProposalBatch& batch, std::uint32_t row, Date as_at,
                              Finding& finding) const = 0;
    /// The limit for an area of so many units (NaN: not known) with its attributes.
    void put(std::size_t part, const Range& range, double units, Finding& finding) const;

  private:
    std::vector<Part> parts_;
    Limits limits_;
};

/// True when the study has one of these layers as areas.
bool names_areas(const std::vector<LayerFilter>& layers, const Layers& of_study);

}  // namespace geo
