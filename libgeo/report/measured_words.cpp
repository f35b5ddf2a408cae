// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/measured_words.h"

#include <fmt/format.h>

#include <cmath>

#include "libgeo/assess/fields.h"
#include "libgeo/base/text.h"
#include "libgeo/layers/frontages.h"
#include "libgeo/report/walked_words.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

/// Two decimals at most, none where it is whole.
std::string figure_words(double value) {
    if (std::isinf(value)) return "no";
    return format_shortest(std::round(value * 100.0) / 100.0);
}

std::string plural_word(Use use) {
    switch (use) {
        case Use::restaurant_or_cafe:
            return "restaurants or cafes";
        case Use::bank_or_office:
            return "banks or offices";
        case Use::other:
            return "other uses";
        default:
            return plain_words(use) + "s";
    }
}

std::string subject_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Subject subject = subject_of(finding, slot, assessment);
    std::string layer = layer_of_finding(finding, slot, assessment);
    if (!subject.known()) return layer;
    const std::string id = printable(subject.id, 40);
    const bool nameless = subject.name.empty() || subject.name == subject.id;
    if (nameless && finding.frontage != 0xffffffffU) return "frontage " + id;
    if (nameless) return layer + " " + id;
    return fmt::format("{} ({} {})", printable(subject.name, 60), layer, id);
}

/// `5`, or `4 to 6` where it is not sure.
std::string range_words(const Finding& finding) {
    if (!(finding.least < finding.most)) return figure_words(finding.measured);
    return fmt::format("{} to {}", figure_words(finding.least), figure_words(finding.most));
}

bool is_one(const Finding& finding) { return finding.measured == 1.0 && !(finding.least < finding.most); }

std::string singular_words(const std::vector<Use>& uses) {
    std::vector<std::string> words;
    for (const Use use : uses) words.push_back(plain_words(use));
    return join_words(words, " or ");
}

bool included(const Rule& rule) {
    const Counted* counted = counted_of(rule);
    return counted == nullptr || counted->proposal == Presence::included;
}

std::string before_words(const Finding& finding, const Rule& rule, std::string_view unit) {
    if (!included(rule) || std::isnan(finding.before) || finding.before == finding.after) return {};
    return fmt::format(" ({}{} before)", figure_words(finding.before), unit);
}

std::string with_limit(std::string words, const Finding& finding, const Rule& rule) {
    const Comparison& comparison = comparison_of(finding, rule);
    if (comparison.judgement || std::isnan(finding.limit)) return words;
    return words + ", " + comparison_words(comparison, finding.limit);
}

std::string unit_name(const Finding& finding, const Slot& slot, const Assessment& assessment, std::uint32_t unit) {
    const FrontageLayer* layer = assessment.layers().frontage_layer(layer_of_finding(finding, slot, assessment));
    return layer != nullptr && unit < layer->size() ? printable(layer->id[unit], 40) : std::string("?");
}

std::string units_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    std::string where = subject_words(finding, slot, assessment);
    if (finding.first_unit == 0xffffffffU) return where;
    const std::string first = unit_name(finding, slot, assessment, finding.first_unit);
    const std::string last = unit_name(finding, slot, assessment, finding.last_unit);
    return first == last ? fmt::format("unit {} of {}", first, where)
                         : fmt::format("units {} to {} of {}", first, last, where);
}

/// `312.4 m from the boundary of Ash Primary School (schools 1001)`, or `in Fern Park (parks P7)`; of a walk `412.0 m on foot (12.0 m to the street, 395.0 m along it,
/// 5.0 m to the site; 310.0 m in a straight line) from the entrance of …`.
std::string distance_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const std::string place = place_words(slot, assessment, finding.place);
    if (finding.measured == 0.0 && anchor_used(finding, slot, assessment) == "boundary") return "in " + place;
    const double limit = std::isnan(finding.limit) ? 0.0 : finding.limit;
    const std::string metres = metres_words(finding.measured, limit);
    const Rule& rule = assessment.rule(slot);
    if (is_walked(finding, rule)) {
        const std::string straight = straight_words(finding, slot, assessment);
        return fmt::format("{} on foot ({}{}{}) from {} {}", metres, walk_parts_words(finding),
                           straight.empty() ? "" : "; ", straight, start_words(finding, slot, assessment), place);
    }
    return fmt::format("{}{} from the {} of {}", metres, asks_walking(rule) ? " in a straight line" : "",
                       anchor_used(finding, slot, assessment), place);
}

std::string inside_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const bool in = finding.place != 0xffffffffU;
    const auto& rule = assessment.rule(slot);
    const auto& where = std::get<InsideMeasure>(rule.measure);
    if (!in) return "outside " + layer_of_finding(finding, slot, assessment);
    const bool as_plotted = finding.plain == where.breach_inside;
    return (as_plotted ? "in " : "outside ") + subject_words(finding, slot, assessment);
}

std::string count_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    const auto& count = std::get<CountMeasure>(rule.measure);
    const std::string with = included(rule) ? " with this one" : "";
    const std::string uses = is_one(finding) ? singular_words(count.counted.of) : plural_words(count.counted.of);
    std::string words = fmt::format("{} {}", range_words(finding), uses);
    if (count.within_m) {
        words += fmt::format(" within {} m{}{}", format_shortest(*count.within_m),
                             count.by == By::walking ? " on foot" : "", with);
    } else if (count.per_residents) {
        words += fmt::format(" per {} residents{} in {} ({} for {} residents{})",
                             grouped(static_cast<std::uint64_t>(*count.per_residents)), with,
                             subject_words(finding, slot, assessment), figure_words(finding.numerator),
                             grouped(static_cast<std::uint64_t>(std::max(0.0, finding.denominator))),
                             finding.year == 0 ? std::string() : fmt::format(" of {}", finding.year));
    } else if (count.window) {
        words += fmt::format("{} among {} units ({})", with, figure_words(finding.denominator),
                             units_words(finding, slot, assessment));
    } else {
        words += fmt::format("{} in {}", with, subject_words(finding, slot, assessment));
    }
    return words + before_words(finding, rule, "");
}

std::string share_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    const auto& share = std::get<ShareMeasure>(rule.measure);
    const std::string among = share.among == Among::units          ? "units"
                              : share.among == Among::food_outlets ? "food outlets"
                                                                   : "metres of frontage";
    return fmt::format("{} % {}{}: {} of {} {} of {}{}", range_words(finding), plural_words(share.counted.of),
                       included(rule) ? " with this one" : "", figure_words(finding.numerator),
                       figure_words(finding.denominator), among, subject_words(finding, slot, assessment),
                       before_words(finding, rule, " %"));
}

std::string run_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const auto& run = std::get<RunMeasure>(assessment.rule(slot).measure);
    return fmt::format("a run of {} {} with this one ({})", range_words(finding),
                       is_one(finding) ? singular_words(run.counted.of) : plural_words(run.counted.of),
                       units_words(finding, slot, assessment));
}

std::string gap_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const auto& gap = std::get<GapMeasure>(assessment.rule(slot).measure);
    if (std::isinf(finding.measured) && !(finding.least < finding.most))
        return fmt::format("no other {} along {}", singular_words(gap.counted.of),
                           subject_words(finding, slot, assessment));
    const bool one = is_one(finding);
    return fmt::format("{} other {} between it{} and the next {} ({})", range_words(finding), one ? "unit" : "units",
                       gap.between == Between::groups ? " (or its run)" : "", singular_words(gap.counted.of),
                       units_words(finding, slot, assessment));
}

std::string attribute_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const auto& measure = std::get<AttributeMeasure>(assessment.rule(slot).measure);
    const std::size_t k = finding.layer < 0 ? 0 : static_cast<std::size_t>(finding.layer);
    const FieldTest& test = measure.tests[std::min(k, measure.tests.size() - 1)];
    const std::string of = test.of ? subject_words(finding, slot, assessment) : std::string("the application");
    const std::string year = finding.year == 0 ? std::string() : fmt::format(" ({})", finding.year);
    return fmt::format("{} of {} is {}{}", printable(test.field, 60), of, range_words(finding), year);
}

}  // namespace

const Counted* counted_of(const Rule& rule) {
    if (const auto* count = std::get_if<CountMeasure>(&rule.measure)) return &count->counted;
    if (const auto* share = std::get_if<ShareMeasure>(&rule.measure)) return &share->counted;
    if (const auto* run = std::get_if<RunMeasure>(&rule.measure)) return &run->counted;
    if (const auto* gap = std::get_if<GapMeasure>(&rule.measure)) return &gap->counted;
    return nullptr;
}

std::string plural_words(const std::vector<Use>& uses) {
    std::vector<std::string> words;
    for (const Use use : uses) words.push_back(plural_word(use));
    return join_words(words, " or ");
}

const Comparison& comparison_of(const Finding& finding, const Rule& rule) {
    if (finding.band < rule.bands.size()) return rule.bands[finding.band].breach;
    const auto* attribute = std::get_if<AttributeMeasure>(&rule.measure);
    if (attribute != nullptr && finding.layer >= 0 && static_cast<std::size_t>(finding.layer) < attribute->tests.size())
        return attribute->tests[static_cast<std::size_t>(finding.layer)].holds;
    return rule.breach;
}

std::string layer_of_finding(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    if (slot.places != nullptr) return slot.places->facts.name;
    if (const auto* distance = std::get_if<DistanceMeasure>(&rule.measure)) return distance->to[slot.layer].layer;
    if (const auto* attribute = std::get_if<AttributeMeasure>(&rule.measure)) {
        const std::size_t k = finding.layer < 0 ? 0 : static_cast<std::size_t>(finding.layer);
        const FieldTest& test = attribute->tests[std::min(k, attribute->tests.size() - 1)];
        return test.of ? test.of->layer : std::string("application");
    }
    const std::vector<LayerFilter> layers = layers_of(rule.measure);
    if (layers.empty()) return "outlets";
    if (finding.layer >= 0 && static_cast<std::size_t>(finding.layer) < layers.size())
        return layers[static_cast<std::size_t>(finding.layer)].layer;
    std::vector<std::string> names;
    for (const LayerFilter& layer : layers) names.push_back(layer.layer);
    return join_words(names, " or ");
}

Subject subject_of(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    if (slot.places != nullptr) {
        if (finding.place >= slot.places->size()) return {};
        return {slot.places->id[finding.place], slot.places->name[finding.place]};
    }
    const std::string name = layer_of_finding(finding, slot, assessment);
    if (const AreaLayer* areas = assessment.layers().area_layer(name);
        areas != nullptr && finding.place < areas->size())
        return {areas->code[finding.place], areas->name[finding.place]};
    const FrontageLayer* frontages = assessment.layers().frontage_layer(name);
    if (frontages != nullptr && finding.frontage < frontages->frontages())
        return {frontages->frontage_id[finding.frontage], frontages->frontage_name[finding.frontage]};
    return {};
}

std::string measured_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    if (std::holds_alternative<InsideMeasure>(rule.measure)) {
        const bool looked = finding.result != Result::not_applicable && !has(finding.notes, Note::layer_missing) &&
                            !has(finding.notes, Note::no_location);
        return looked ? inside_words(finding, slot, assessment) : std::string();
    }
    if (!finding.measured_something) return {};
    std::string words;
    if (std::holds_alternative<DistanceMeasure>(rule.measure)) words = distance_words(finding, slot, assessment);
    if (std::holds_alternative<CountMeasure>(rule.measure)) words = count_words(finding, slot, assessment);
    if (std::holds_alternative<ShareMeasure>(rule.measure)) words = share_words(finding, slot, assessment);
    if (std::holds_alternative<RunMeasure>(rule.measure)) words = run_words(finding, slot, assessment);
    if (std::holds_alternative<GapMeasure>(rule.measure)) words = gap_words(finding, slot, assessment);
    if (std::holds_alternative<AttributeMeasure>(rule.measure)) words = attribute_words(finding, slot, assessment);
    return with_limit(std::move(words), finding, rule);
}

}  // namespace geo
