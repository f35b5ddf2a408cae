// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/fields.h"

#include <algorithm>
#include <set>

#include "libgeo/base/text.h"

namespace geo {
namespace {

template <class With>
void each_test(const Policy& policy, With with) {
    for (const Rule& rule : policy.rules) {
        if (const auto* attribute = std::get_if<AttributeMeasure>(&rule.measure))
            for (const FieldTest& test : attribute->tests) with(test);
        for (const FieldTest& test : rule.when.fields) with(test);
        for (const FieldTest& test : rule.unless.fields) with(test);
    }
}

std::vector<std::string> listed(const std::set<std::string>& names) { return {names.begin(), names.end()}; }

void add_columns(const std::map<std::string, std::vector<std::string>>& where, std::set<std::string>& names) {
    for (const auto& [column, values] : where) names.insert(folded(column));
}

void add_attributes(const Rule& rule, std::set<std::string>& names) {
    for (const LayerFilter& filter : layers_of(rule.measure)) add_columns(filter.where, names);
    for (const auto* inside : {&rule.unless.inside, &rule.when.inside}) {
        if (!*inside) continue;
        for (const LayerFilter& filter : (*inside)->of) add_columns(filter.where, names);
    }
    for (const Band& band : rule.bands) add_columns(band.where, names);
    if (rule.when.same_street) names.insert("street");
}

/// A number as tables write it: `12.3`, `12.3 %`, `1,234`.
std::optional<double> figure(std::string_view text) {
    text = trimmed(text);
    if (!text.empty() && text.back() == '%') text = trimmed(text.substr(0, text.size() - 1));
    if (const auto number = parse_number(text)) return number;
    const auto quantity = parse_quantity(text);
    return quantity ? std::optional(quantity->value) : std::nullopt;
}

}  // namespace

std::vector<std::string> application_fields(std::span<const Policy> policies) {
    std::set<std::string> names;
    for (const Policy& policy : policies) {
        each_test(policy, [&](const FieldTest& test) {
            if (!test.of) names.insert(folded(test.field));
        });
        for (const Rule& rule : policy.rules)
            if (rule.unless.open_within) names.insert({"opens", "closes"});
    }
    return listed(names);
}

std::vector<std::string> layer_attributes(std::span<const Policy> policies) {
    std::set<std::string> names;
    for (const Policy& policy : policies) {
        each_test(policy, [&](const FieldTest& test) {
            if (!test.of) return;
            add_columns(test.of->where, names);
            names.insert(folded(test.field));
        });
        for (const Rule& rule : policy.rules) add_attributes(rule, names);
    }
    return listed(names);
}

FieldValue field_of_area(const AreaLayer& areas, const std::string& folded_field, std::uint32_t area, Date as_at) {
    if (const auto years = areas.by_year.find(folded_field); years != areas.by_year.end()) {
        auto after = years->second.upper_bound(static_cast<int>(std::chrono::year_month_day(as_at).year()));
        if (after == years->second.begin()) return {};
        --after;
        return {after->second[area], after->first};
    }
    const auto column = areas.attributes.find(folded_field);
    if (column == areas.attributes.end()) return {};
    return {column->second[area], 0};
}

BoundField::BoundField(const FieldTest& test, const MeasureContext& context) : test_(test), field_(folded(test.field)) {
    if (test.is.empty()) comparison_ = with_value(test.holds, context);
    for (const std::string& value : test.is) accepted_.push_back(folded(value));
    if (test.of) {
        const AreaLayer* layer = context.layers.area_layer(test.of->layer);
        layer_missing_ = layer == nullptr;
        if (layer != nullptr && !layer->attributes.contains(field_) && !layer->by_year.contains(field_)) {
            context.remarks.push_back(context.policy.id + " " + context.rule.id + " not tested: layer " +
                                      test.of->layer + " has no field " + printable(test.field) +
                                      " (key `attributes` of the layer)");
        }
        areas_.emplace(layer, *test.of, context.proposals);
        return;
    }
    const auto found = std::find(context.fields.begin(), context.fields.end(), field_);
    column_ = static_cast<std::size_t>(found - context.fields.begin());
}

BoundField::One BoundField::look(std::string_view text) const {
    One one;
    if (trimmed(text).empty()) return one;
    if (!accepted_.empty()) {
        one.known = true;
        one.holds = std::find(accepted_.begin(), accepted_.end(), folded(text)) != accepted_.end();
        return one;
    }
    const auto value = figure(text);
    if (!value) return one;
    one.known = one.numeric = true;
    one.value = *value;
    one.holds = comparison_ && !comparison_->judgement && geo::holds(*comparison_, *value, 0.0);
    return one;
}

BoundField::Answer BoundField::of_application(const ProposalBatch& batch, std::uint32_t row) const {
    Answer answer;
    if (column_ >= batch.fields.size() || batch.fields[column_].size() <= row) {
        answer.notes = bits(Note::value_missing);
        return answer;
    }
    const One one = look(batch.fields[column_][row]);
    if (!one.known) {
        answer.notes = bits(Note::value_missing);
        return answer;
    }
    answer.holds = one.holds ? Holds::yes : Holds::no;
    answer.as_plotted = one.holds;
    if (one.numeric) answer.range = Range::exactly(one.value);
    return answer;
}

BoundField::Answer BoundField::of_areas(const ProposalBatch& batch, std::uint32_t row, Date as_at) const {
    Answer answer;
    if (layer_missing_) {
        answer.notes = bits(Note::layer_missing);
        return answer;
    }
    bool any = false, all = true, sure = false, missing = false, plotted = false;
    for (const AreaTest::Answer& in : areas_->all(batch.shapes, row, Extent::partly_is_borderline)) {
        const FieldValue figure_there = field_of_area(*areas_->layer(), field_, in.area, as_at);
        const One one = look(figure_there.text);
        sure |= in.holds == Holds::yes;
        missing |= !one.known;
        any |= one.holds;
        all = all && one.holds;
        if (one.numeric) {
            if (!answer.range) answer.range = Range::exactly(one.value);
            answer.range->least = std::min(answer.range->least, one.value);
            answer.range->most = std::max(answer.range->most, one.value);
        }
        if (answer.area != kNoShape && (plotted || !in.as_plotted)) continue;
        plotted = in.as_plotted;
        answer.area = in.area;
        answer.as_plotted = one.holds;
        answer.year = figure_there.year;
        if (one.numeric) answer.range->value = one.value;
    }
    if (answer.area == kNoShape) {
        answer.notes = bits(Note::no_area);
        return answer;
    }
    if (missing) {
        answer.notes = bits(Note::value_missing);
        return answer;
    }
    // Near the outer edge of all areas, it may lie in none.
    if (any != all || (!sure && !plotted)) {
        answer.holds = Holds::near_edge;
        answer.notes = bits(Note::two_areas);
    } else {
        answer.holds = any ? Holds::yes : Holds::no;
    }
    return answer;
}

BoundField::Answer BoundField::test(const ProposalBatch& batch, std::uint32_t row, Date as_at) const {
    Answer answer = areas_ ? of_areas(batch, row, as_at) : of_application(batch, row);
    if (accepted_.empty() && !comparison_) {
        answer.holds = Holds::missing;
        answer.notes |= bits(Note::value_not_given);
    }
    return answer;
}

}  // namespace geo
