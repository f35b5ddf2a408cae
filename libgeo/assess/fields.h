// SPDX-License-Identifier: Apache-2.0
//
// Figures of areas and applications: the measure `attribute`, and conditions on figures in `when` and `unless`.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/assess/conditions.h"
#include "libgeo/assess/measures/measure.h"

namespace geo {

/// Columns of the application that the policies ask for, folded, sorted: LoadOptions::fields.
std::vector<std::string> application_fields(std::span<const Policy> policies);
/// Columns of areas and places that they ask for, folded, sorted: LoadOptions::attributes.
std::vector<std::string> layer_attributes(std::span<const Policy> policies);

/// The value of a field of an area on a day: of the latest year not after it, else the one stated without a year. `year` 0: without. Empty: none.
struct FieldValue {
    std::string_view text;
    int year = 0;
};
FieldValue field_of_area(const AreaLayer& areas, const std::string& folded_field, std::uint32_t area, Date as_at);

/// One FieldTest tied to its layer, or to a column of the application.
class BoundField {
  public:
    BoundField(const FieldTest& test, const MeasureContext& context);

    struct Answer {
        Holds holds = Holds::missing;   ///< near_edge: which area holds the site is not clear, and they differ
        bool as_plotted = false;        ///< holds in the area that has the site as plotted
        std::optional<Range> range;     ///< the figure, where it is a number
        std::uint32_t area = kNoShape;  ///< of the layer
        int year = 0;                   ///< of the figure; 0: stated without one
        std::uint64_t notes = 0;        ///< why it is missing or near
    };
    Answer test(const ProposalBatch& batch, std::uint32_t row, Date as_at) const;
    const std::optional<Comparison>& comparison() const { return comparison_; }
    bool layer_missing() const { return layer_missing_; }

  private:
    struct One {
        bool known = false, holds = false, numeric = false;
        double value = 0;
    };
    One look(std::string_view text) const;
    Answer of_application(const ProposalBatch& batch, std::uint32_t row) const;
    Answer of_areas(const ProposalBatch& batch, std::uint32_t row, Date as_at) const;

    const FieldTest& test_;
    std::string field_;  // folded
    std::optional<Comparison> comparison_;
    std::vector<std::string> accepted_;  // folded
    std::optional<AreaTest> areas_;
    std::size_t column_ = 0;  // of the application
    bool layer_missing_ = false;
};

}  // namespace geo
