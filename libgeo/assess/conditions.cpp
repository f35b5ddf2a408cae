// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/conditions.h"

#include <algorithm>

#include "libgeo/base/errors.h"

namespace geo {
namespace {

Holds holds_of(const LieInside& lie, double tolerance, Extent extent) {
    if (lie.lie == Lie::partly) {
        if (extent == Extent::any) return Holds::yes;
        return extent == Extent::all ? Holds::no : Holds::partly;
    }
    if (lie.edge < tolerance) return Holds::near_edge;
    return lie.lie == Lie::inside ? Holds::yes : Holds::no;
}

}  // namespace

double crs_loss(const LayerFacts& a, const LayerFacts& b) { return loss_between(a.operation, b.operation); }

const AreaLayer* area_layer_with(const Layers& layers, std::string_view code) {
    for (const AreaLayer& areas : layers.areas)
        for (std::size_t i = 0; i < areas.size(); ++i)
            if (areas.code[i] == code) return &areas;
    return nullptr;
}

std::vector<std::uint8_t> rows_where(const std::map<std::string, std::vector<std::string>>& where,
                                     const std::map<std::string, TextColumn>& attributes, std::size_t rows,
                                     const std::string& layer) {
    std::vector<std::uint8_t> taken(rows, 1);
    for (const auto& [name, values] : where) {
        const auto column = attributes.find(folded(name));
        if (column == attributes.end())
            throw UsageError("layer " + layer + " has no column \"" + printable(name) +
                             "\" that a policy's `where` asks for");
        std::vector<std::string> wanted;
        for (const std::string& value : values) wanted.push_back(folded(value));
        for (std::size_t i = 0; i < rows; ++i)
            if (std::find(wanted.begin(), wanted.end(), folded(column->second[i])) == wanted.end()) taken[i] = 0;
    }
    return taken;
}

AreaTest::AreaTest(const AreaLayer* layer, const LayerFilter& filter, const LayerFacts& sites) : layer_(layer) {
    if (layer == nullptr) return;
    index_ = std::make_unique<NearestIndex>(layer->shapes);
    taken_ = rows_where(filter.where, layer->attributes, layer->size(), filter.layer);
    tolerance_ = layer->facts.accuracy.value + sites.accuracy.value + crs_loss(layer->facts, sites);
}

void AreaTest::take_only(std::string_view code) {
    for (std::size_t i = 0; i < taken_.size(); ++i)
        if (layer_->code[i] != code) taken_[i] = 0;
}

AreaTest::Answer AreaTest::test(const Shapes& sites, std::size_t site, Extent extent) const {
    if (layer_ == nullptr) return {Holds::missing, kNoShape, false};
    Answer best;
    index_->near(sites.box(site), tolerance_, [&](std::uint32_t area) {
        if (taken_[area] == 0 || best.holds == Holds::yes) return;
        const LieInside lie = lie_inside(sites, site, layer_->shapes, area);
        const Holds holds = holds_of(lie, tolerance_, extent);
        if (holds > best.holds) best = {holds, area, lie.lie == Lie::inside};
    });
    return best;
}

std::vector<AreaTest::Answer> AreaTest::all(const Shapes& sites, std::size_t site, Extent extent) const {
    std::vector<Answer> answers;
    if (layer_ == nullptr) return answers;
    index_->near(sites.box(site), tolerance_, [&](std::uint32_t area) {
        if (taken_[area] == 0) return;
        const LieInside lie = lie_inside(sites, site, layer_->shapes, area);
        const Holds holds = holds_of(lie, tolerance_, extent);
        if (holds != Holds::no) answers.push_back({holds, area, lie.lie == Lie::inside});
    });
    return answers;
}

InsideTest::InsideTest(const InsideCondition& condition, const Layers& layers, const LayerFacts& sites)
    : extent_(condition.extent) {
    for (const LayerFilter& filter : condition.of) {
        if (layers.place_layer(filter.layer) != nullptr)
            throw UsageError("layer " + filter.layer + " is of kind places; `inside` needs areas");
        tests_.emplace_back(layers.area_layer(filter.layer), filter, sites);
    }
}

InsideTest::Answer InsideTest::test(const Shapes& sites, std::size_t site) const {
    Answer best;
    for (std::size_t k = 0; k < tests_.size(); ++k) {
        const AreaTest::Answer answer = tests_[k].test(sites, site, extent_);
        if (answer.holds > best.holds)
            best = {answer.holds, static_cast<std::int16_t>(k), answer.area, answer.as_plotted};
    }
    return best;
}

}  // namespace geo
