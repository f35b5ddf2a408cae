// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/measures/measure.h"

#include <algorithm>

#include "libgeo/base/text.h"

namespace geo {
namespace {

std::string named(const MeasureContext& context) { return context.policy.id + " " + context.rule.id; }

void say_once(std::vector<std::string>& remarks, std::string remark) {
    if (std::find(remarks.begin(), remarks.end(), remark) == remarks.end()) remarks.push_back(std::move(remark));
}

}  // namespace

void BoundMeasure::miss(const MeasureContext& context, const std::string& layer) {
    layer_missing_ = true;
    say_once(context.remarks, named(context) + " not tested: the study has no layer " + layer);
}

std::unique_ptr<BoundMeasure> bind_measure(const MeasureContext& context) {
    const Measure& measure = context.rule.measure;
    if (const auto* inside = std::get_if<InsideMeasure>(&measure)) return bind_inside(*inside, context);
    if (const auto* count = std::get_if<CountMeasure>(&measure)) return bind_count(*count, context);
    if (const auto* share = std::get_if<ShareMeasure>(&measure)) return bind_share(*share, context);
    if (const auto* run = std::get_if<RunMeasure>(&measure)) return bind_run(*run, context);
    if (const auto* gap = std::get_if<GapMeasure>(&measure)) return bind_gap(*gap, context);
    if (const auto* attribute = std::get_if<AttributeMeasure>(&measure)) return bind_attribute(*attribute, context);
    return nullptr;
}

std::optional<Comparison> with_value(const Comparison& comparison, const MeasureContext& context) {
    if (comparison.field.empty()) return comparison;
    const auto value = context.layers.values.find(comparison.field);
    if (value == context.layers.values.end()) {
        say_once(context.remarks,
                 named(context) + " not tested: the study gives no value " + comparison.field + " (table [values])");
        return std::nullopt;
    }
    Comparison bound = comparison;
    bound.limit = value->second;
    return bound;
}

Limits::Limits(const MeasureContext& context) : rule_(context.rule) {
    for (const Band& band : rule_.bands) bands_.push_back(with_value(band.breach, context));
    if (bands_.empty()) breach_ = with_value(rule_.breach, context);
}

std::string_view AttributesOf::operator[](const std::string& name) const {
    const auto column = columns.find(folded(name));
    return column == columns.end() ? std::string_view{} : column->second[row];
}

Limits::Chosen Limits::choose(double units, const AttributesOf& attributes) const {
    if (bands_.empty()) return {breach_ ? &*breach_ : nullptr, 0xff, breach_ ? Note::none : Note::value_not_given};
    const auto fits = [&](const Band& band) {
        if (band.units && !holds(*band.units, units, 0.0)) return false;
        return std::all_of(band.where.begin(), band.where.end(), [&](const auto& asked) {
            const std::string value = folded(attributes[asked.first]);
            return std::any_of(asked.second.begin(), asked.second.end(),
                               [&](const std::string& one) { return folded(one) == value; });
        });
    };
    for (std::size_t k = 0; k < bands_.size(); ++k) {
        if (!fits(rule_.bands[k])) continue;
        return {bands_[k] ? &*bands_[k] : nullptr, static_cast<std::uint8_t>(k),
                bands_[k] ? Note::none : Note::value_not_given};
    }
    return {nullptr, 0xff, Note::no_band};
}

void put_against(Finding& finding, const Range& range, const Limits::Chosen& chosen) {
    if (chosen.comparison != nullptr) {
        put_number(finding, range, *chosen.comparison);
        finding.band = chosen.band;
        return;
    }
    Comparison none;
    none.judgement = true;
    put_number(finding, range, none);
    finding.notes |= bits(chosen.note);
    finding.result = chosen.note == Note::no_band ? Result::not_applicable : Result::unknown;
}

bool proposes_one_of(const std::vector<Use>& uses, const ProposalBatch& batch, std::uint32_t row) {
    if (!batch.use_given) return true;
    return std::any_of(uses.begin(), uses.end(), [&](Use use) {
        return batch.use[row] == use || (!batch.uses.empty() && (batch.uses[row] & use_bit(use)) != 0);
    });
}

void leave_unknown(Finding& finding, Note note) {
    finding.result = Result::unknown;
    finding.notes |= bits(note);
}

UseSet uses_of(const Counted& counted) { return use_set(counted.of); }

}  // namespace geo
