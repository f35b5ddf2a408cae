// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/in_areas.h"

#include <algorithm>

namespace geo {

InAreas::InAreas(const std::vector<LayerFilter>& in, const MeasureContext& context) : limits_(context) {
    for (std::size_t k = 0; k < in.size(); ++k) {
        const AreaLayer* areas = context.layers.area_layer(in[k].layer);
        if (areas == nullptr) {
            miss(context, in[k].layer);
        } else {
            parts_.push_back({areas, &in[k], AreaTest(areas, in[k], context.proposals), static_cast<std::int16_t>(k)});
        }
    }
}

void InAreas::measure(const ProposalBatch& batch, std::uint32_t row, Date as_at, Finding& finding) const {
    finding.result = Result::not_applicable;
    const Finding fresh = finding;
    bool any = false, sure = false;
    for (std::size_t part = 0; part < parts_.size(); ++part) {
        for (const AreaTest::Answer& in : parts_[part].test.all(batch.shapes, row, Extent::partly_is_borderline)) {
            Finding one = fresh;
            one.layer = parts_[part].number;
            one.place = in.area;
            one.site = batch.shapes.first_point(row);
            measure_area(part, batch, row, as_at, one);
            if (!any || one.result > finding.result) finding = one;
            any = true;
            sure |= in.holds == Holds::yes;
        }
    }
    if (!any) {
        finding.notes |= bits(Note::no_area);
        if (layer_missing()) leave_unknown(finding, Note::layer_missing);
    } else if (!sure && finding.result == Result::breach) {
        finding.result = Result::borderline;
        finding.notes |= bits(Note::two_areas);
    }
}

void InAreas::put(std::size_t part, const Range& range, double units, Finding& finding) const {
    put_against(finding, range, limits_.choose(units, AttributesOf{parts_[part].areas->attributes, finding.place}));
}

bool names_areas(const std::vector<LayerFilter>& layers, const Layers& of_study) {
    return std::any_of(layers.begin(), layers.end(),
                       [&](const LayerFilter& filter) { return of_study.area_layer(filter.layer) != nullptr; });
}

}  // namespace geo
