// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/unit_areas.h"

#include <map>

namespace geo {

UnitAreas::UnitAreas(const AreaLayer& areas, const LayerFilter& filter, const MeasureContext& context)
    : by_area_(areas.size()) {
    for (const FrontageLayer& layer : context.layers.frontages) {
        const AreaTest test(&areas, filter, layer.facts);
        std::map<std::string_view, std::uint32_t>
            frontage_of;  // of the first row of each unit; more rows in it are its history
        for (std::uint32_t unit = 0; unit < layer.size(); ++unit) {
            const std::string_view who = layer.uprn[unit].empty() ? layer.id[unit] : layer.uprn[unit];
            if (!layer.shapes.has_location(unit)) continue;
            if (frontage_of.emplace(who, layer.frontage[unit]).first->second != layer.frontage[unit]) continue;
            for (const AreaTest::Answer& in : test.all(layer.shapes, unit, Extent::partly_is_borderline))
                by_area_[in.area].push_back({&layer, unit, in.holds == Holds::yes});
        }
        LayerFilter all;
        all.layer = layer.facts.name;
        finders_.emplace_back(&layer, UnitFinder(layer, all, context.proposals));
    }
}

UnitFinder::Found UnitAreas::find(const ProposalBatch& batch, std::uint32_t row, const FrontageLayer*& layer) const {
    for (const auto& [of, finder] : finders_) {
        UnitFinder::Found found = finder.find(batch, row);
        if (found.units.empty()) continue;
        layer = of;
        return found;
    }
    return {{}, Note::no_unit, false, false};
}

}  // namespace geo
