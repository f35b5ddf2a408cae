// SPDX-License-Identifier: Apache-2.0
//
// A figure of the area that holds the site, or of the application: the value of the latest year not after the day. With `all`, every one must hold.
#include "libgeo/assess/fields.h"

namespace geo {
namespace {

class BoundAttribute : public BoundMeasure {
  public:
    BoundAttribute(const AttributeMeasure& measure, const MeasureContext& context) : tests_(measure.tests) {
        for (const FieldTest& test : measure.tests) {
            fields_.emplace_back(test, context);
            if (fields_.back().layer_missing()) miss(context, test.of->layer);
        }
    }

    void measure(const ProposalBatch& batch, std::uint32_t row, Date as_at, Finding& finding) const override {
        Holds worst = Holds::yes;
        bool plain = true, missing = false;
        std::size_t shown = fields_.size();  // the first that does not hold, else the first
        for (std::size_t k = 0; k < fields_.size(); ++k) {
            const BoundField::Answer answer = fields_[k].test(batch, row, as_at);
            finding.notes |= answer.notes;
            plain = plain && answer.as_plotted;
            missing |= answer.holds == Holds::missing;
            const bool decides = answer.holds == Holds::no && worst != Holds::no;
            if (answer.holds == Holds::no)
                worst = Holds::no;
            else if (answer.holds != Holds::yes && worst != Holds::no)
                worst = Holds::near_edge;
            if (k == 0 || (decides && shown == 0)) show(finding, answer, k, shown);
        }
        finding.site = batch.shapes.first_point(row);
        conclude(finding, worst, missing, plain);
    }

  private:
    void show(Finding& finding, const BoundField::Answer& answer, std::size_t k, std::size_t& shown) const {
        shown = k;
        finding.layer = static_cast<std::int16_t>(k);
        finding.place = answer.area;
        finding.year = static_cast<std::int16_t>(answer.year);
        finding.measured_something = answer.range.has_value();
        if (answer.range) {
            finding.measured = answer.range->value;
            finding.least = answer.range->least;
            finding.most = answer.range->most;
        }
        if (const auto& comparison = fields_[k].comparison(); comparison && !comparison->judgement)
            finding.limit = comparison->limit;
    }

    /// One figure that surely does not hold clears the rule, whatever is missing of the others.
    static void conclude(Finding& finding, Holds worst, bool missing, bool plain) {
        finding.plain = plain && !missing;
        if (worst == Holds::no)
            finding.result = Result::clear;
        else if (missing)
            finding.result = Result::unknown;
        else
            finding.result = worst == Holds::yes ? Result::breach : Result::borderline;
    }

    const std::vector<FieldTest>& tests_;
    std::vector<BoundField> fields_;
};

}  // namespace

std::unique_ptr<BoundMeasure> bind_attribute(const AttributeMeasure& measure, const MeasureContext& context) {
    return std::make_unique<BoundAttribute>(measure, context);
}

}  // namespace geo
