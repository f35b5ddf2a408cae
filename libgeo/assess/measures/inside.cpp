// SPDX-License-Identifier: Apache-2.0
//
// Where the site lies. breach = "outside": only in listed centres; on the edge counts as inside.
#include "libgeo/assess/conditions.h"
#include "libgeo/assess/measures/measure.h"

namespace geo {
namespace {

class BoundInside : public BoundMeasure {
  public:
    BoundInside(const InsideMeasure& measure, const MeasureContext& context)
        : breach_inside_(measure.breach_inside), test_(measure.where, context.layers, context.proposals) {
        for (const LayerFilter& filter : measure.where.of)
            if (context.layers.area_layer(filter.layer) == nullptr) miss(context, filter.layer);
    }

    void measure(const ProposalBatch& batch, std::uint32_t row, Date, Finding& finding) const override {
        const InsideTest::Answer answer = test_.test(batch.shapes, row);
        finding.layer = answer.layer;
        finding.place = answer.area;
        finding.site = batch.shapes.first_point(row);
        finding.plain = answer.as_plotted == breach_inside_ && answer.holds != Holds::missing;
        switch (answer.holds) {
            case Holds::yes:
            case Holds::no:
                finding.result = finding.plain ? Result::breach : Result::clear;
                break;
            case Holds::missing:  // in none of the layers that there are; another is missing
                leave_unknown(finding, Note::layer_missing);
                break;
            case Holds::near_edge:
                finding.result = Result::borderline;
                finding.notes |= bits(Note::near_area_edge);
                break;
            case Holds::partly:
                finding.result = Result::borderline;
                finding.notes |= bits(Note::partly_inside);
                break;
        }
    }

  private:
    bool breach_inside_;
    InsideTest test_;
};

}  // namespace

std::unique_ptr<BoundMeasure> bind_inside(const InsideMeasure& measure, const MeasureContext& context) {
    return std::make_unique<BoundInside>(measure, context);
}

}  // namespace geo
