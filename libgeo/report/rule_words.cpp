// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/rule_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

template <typename... Words>
struct ForEach : Words... {
    using Words::operator()...;
};
template <typename... Words>
ForEach(Words...) -> ForEach<Words...>;

std::string values_words(const std::vector<std::string>& values) {
    std::vector<std::string> words;
    for (const std::string& value : values) words.push_back(printable(value, 60));
    return join_words(words, " or ");
}

std::string where_words(const std::map<std::string, std::vector<std::string>>& where, std::string_view is) {
    std::vector<std::string> words;
    for (const auto& [field, values] : where)
        words.push_back(fmt::format("{}{}{}", printable(field, 60), is, values_words(values)));
    return join_words(words);
}

std::string filter_words(const LayerFilter& filter) {
    std::vector<std::string> narrowed;
    if (!filter.kinds.empty()) narrowed.push_back(values_words(filter.kinds));
    if (!filter.states.empty()) narrowed.push_back(values_words(filter.states));
    if (!filter.where.empty()) narrowed.push_back(where_words(filter.where, " "));
    const std::string words = printable(filter.layer, 60);
    return narrowed.empty() ? words : words + " (" + join_words(narrowed, ", ") + ")";
}

std::string layers_words(const std::vector<LayerFilter>& layers) {
    std::vector<std::string> words;
    for (const LayerFilter& layer : layers) words.push_back(filter_words(layer));
    return join_words(words, " or ");
}

/// One of a layer: `town centre` for `town-centres`, `youth facility`; as it is where it has no such ending.
std::string one_of(std::string layer) {
    const auto ends = [&](std::string_view end) { return layer.size() > end.size() && layer.ends_with(end); };
    if (ends("ies")) {
        layer.replace(layer.size() - 3, 3, "y");
    } else if (ends("s") && !ends("ss")) {
        layer.pop_back();
    }
    std::replace(layer.begin(), layer.end(), '-', ' ');
    return layer;
}

/// `the site's frontage`, `the site's town centre (class District)`: of layers of areas or frontages, the one that counts.
std::string own_words(const std::vector<LayerFilter>& layers) {
    std::vector<std::string> words;
    for (LayerFilter layer : layers) {
        layer.layer = one_of(layer.layer);
        words.push_back(filter_words(layer));
    }
    return "the site's " + join_words(words, " or ");
}

/// `betting shops`, `restaurants or cafes`.
std::string plural_words(Use use) {
    if (use == Use::other) return "premises of other uses";
    std::string words = plain_words(use) + "s";
    if (const std::size_t at = words.find(" or "); at != std::string::npos) words.insert(at, "s");
    return words;
}

std::string counted_uses(const Counted& counted) {
    std::vector<std::string> words;
    for (const Use use : counted.of) words.push_back(plural_words(use));
    return join_words(words, " or ");
}

std::string_view site_words(Site site) {
    switch (site) {
        case Site::as_given:
            return "the site as it is given";
        case Site::boundary:
            return "the site's boundary";
        case Site::point:
            return "the site's point";
        case Site::entrance:
            break;
    }
    return "the site's entrance";
}

std::string_view from_words(From from) {
    switch (from) {
        case From::boundary:
            return "the boundary";
        case From::entrances:
            return "the nearest entrance";
        case From::centroid:
            return "the centre";
        case From::point:
            break;
    }
    return "the point";
}

std::string speed_words(const std::optional<double>& metres_a_minute) {
    return metres_a_minute ? ", at " + format_shortest(*metres_a_minute) + " m a minute" : "";
}

std::string words_of(const DistanceMeasure& measure) {
    return fmt::format("{} distance from {} to {} of the nearest of: {}{}", word(measure.by), site_words(measure.site),
                       from_words(measure.from), layers_words(measure.to), speed_words(measure.speed_m_per_min));
}

std::string words_of(const InsideMeasure& measure) {
    return "whether the site lies inside " + layers_words(measure.where.of);
}

/// `window = { units = 21, centred = true }`.
std::string window_words(const CountMeasure& measure) {
    const std::string uses = counted_uses(measure.counted), along = layers_words(measure.along);
    const int units = measure.window->units;
    if (!measure.window->centred) {
        return fmt::format("the most {} in any {} units in a row along {} that have the proposal's among them", uses,
                           units, along);
    }
    return fmt::format("{} in {} units in a row along {}: the proposal's and {} on either side", uses, units, along,
                       units / 2);
}

std::string words_of(const CountMeasure& measure) {
    const std::string uses = counted_uses(measure.counted);
    if (measure.window) return window_words(measure);
    if (measure.within_m) {
        const std::string_view walk = measure.by == By::walking ? "on foot" : "in a straight line";
        return fmt::format("{} within {} m ({}) of {}, measured to {}{}", uses, format_shortest(*measure.within_m),
                           walk, site_words(measure.site), from_words(measure.from),
                           speed_words(measure.speed_m_per_min));
    }
    std::string words = uses + " in " + own_words(measure.in);
    if (!measure.per_residents) return words;
    const double per = *measure.per_residents;
    const bool whole = per < 1e9 && per == static_cast<double>(static_cast<std::uint64_t>(per));
    return words + ", for each " + (whole ? grouped(static_cast<std::uint64_t>(per)) : format_shortest(per)) +
           " residents";
}

std::string words_of(const ShareMeasure& measure) {
    const std::string_view whole = measure.among == Among::units             ? "units"
                                   : measure.among == Among::frontage_metres ? "metres of frontage"
                                                                             : "food outlets";
    return fmt::format("{} as a share of the {} of {}", counted_uses(measure.counted), whole, own_words(measure.in));
}

std::string words_of(const RunMeasure& measure) {
    return fmt::format("{} side by side along {}: the units of the run that the proposal is in",
                       counted_uses(measure.counted), layers_words(measure.along));
}

std::string words_of(const GapMeasure& measure) {
    const std::string uses = counted_uses(measure.counted);
    const std::string along = layers_words(measure.along);
    if (measure.between == Between::units)
        return fmt::format("other units along {} between the proposal's and the nearest of {}", along, uses);
    return fmt::format("other units along {} between the run of {} that the proposal is in and the nearest beyond it",
                       along, uses);
}

/// `year6 of the site's ward`, `floorspace of the application`.
std::string figure_words(const FieldTest& test) {
    return printable(test.field, 60) + " of " + (test.of ? own_words({*test.of}) : "the application");
}

std::string value_words(const Comparison& comparison) {
    return comparison.field.empty() ? limit_words(comparison)
                                    : printable(comparison.field, 80) + " (a value that the study gives)";
}

/// Written in minutes; the limit is in metres.
bool in_minutes(const Comparison& comparison) {
    return comparison.unit == Unit::metres && value_words(comparison).find(" on foot") != std::string::npos;
}

/// The speed that stands behind minutes where the policy gives none.
std::string assumed_speed_words(const Rule& rule) {
    const auto* const distance = std::get_if<DistanceMeasure>(&rule.measure);
    if (distance == nullptr || distance->speed_m_per_min || !in_minutes(rule.breach)) return {};
    return fmt::format("; the policy states no speed: {} m a minute ({} km/h) is taken", format_shortest(kWalkingSpeed),
                       format_shortest(kWalkingSpeed * 60.0 / 1000.0));
}

/// `at 400 m or less`, `above 5 %`.
std::string compared_words(const Comparison& comparison) {
    const std::string value = value_words(comparison);
    switch (comparison.comparator) {
        case Comparator::at_most:
            return "at " + value + " or less";
        case Comparator::below:
            return "below " + value;
        case Comparator::at_least:
            return "at " + value + " or more";
        case Comparator::above:
            break;
    }
    return "above " + value;
}

std::string test_words(const FieldTest& test) {
    return figure_words(test) + (test.is.empty() ? " " + compared_words(test.holds) : " is " + values_words(test.is));
}

std::string tests_words(const std::vector<FieldTest>& tests, std::string_view last) {
    std::vector<std::string> words;
    for (const FieldTest& test : tests) words.push_back(test_words(test));
    return join_words(words, last);
}

std::string words_of(const AttributeMeasure& measure) {
    std::vector<std::string> words;
    for (const FieldTest& test : measure.tests) {
        const std::string figure = figure_words(test);
        if (std::find(words.begin(), words.end(), figure) == words.end()) words.push_back(figure);
    }
    return join_words(words);
}

/// Whether exactly the limit is within it: said of what is measured, not of what is counted.
std::string edge_words(const Comparison& comparison) {
    const bool counted = comparison.unit == Unit::units || comparison.unit == Unit::none;
    if (counted || !comparison.field.empty()) return {};
    const bool included = comparison.comparator == Comparator::at_most || comparison.comparator == Comparator::at_least;
    const std::string value =
        in_minutes(comparison) ? format_shortest(comparison.limit) + " m" : value_words(comparison);
    return " (exactly " + value + (included ? " included)" : " not included)");
}

std::string limit_sentence(const Comparison& breach) {
    if (breach.judgement) return "the policy states no number: the figure is shown, the officer judges";
    return "holds " + compared_words(breach) + edge_words(breach);
}

std::string inside_words(const InsideCondition& inside) {
    std::string words = "inside " + layers_words(inside.of);
    if (inside.extent == Extent::any) words += ", any part of the site";
    if (inside.extent == Extent::all) words += ", the whole site";
    return words;
}

/// `40 units or more`, `fewer than 40 units`.
std::string units_words(const Comparison& units) {
    const std::string number = format_shortest(units.limit) + (units.limit == 1.0 ? " unit" : " units");
    switch (units.comparator) {
        case Comparator::at_most:
            return "up to " + number;
        case Comparator::below:
            return "fewer than " + number;
        case Comparator::at_least:
            return number + " or more";
        case Comparator::above:
            break;
    }
    return "more than " + number;
}

std::string band_words(const Band& band) {
    std::vector<std::string> fits;
    if (band.units) {
        fits.push_back(units_words(*band.units));
    }
    if (!band.where.empty()) fits.push_back("where " + where_words(band.where, " is "));
    return (fits.empty() ? std::string("otherwise") : join_words(fits)) + ": " + limit_sentence(band.breach);
}

}  // namespace

std::string uses_words(const std::vector<Use>& uses) {
    std::vector<std::string> words;
    for (const Use use : uses) words.push_back(plural_words(use));
    return words.empty() ? "any use" : join_words(words, " or ");
}

std::string measured_words(const Rule& rule) {
    return std::visit([](const auto& measure) { return words_of(measure); }, rule.measure);
}

const Counted* counted_by(const Rule& rule) {
    return std::visit(
        ForEach{[](const CountMeasure& m) { return &m.counted; }, [](const ShareMeasure& m) { return &m.counted; },
                [](const RunMeasure& m) { return &m.counted; }, [](const GapMeasure& m) { return &m.counted; },
                [](const auto&) -> const Counted* { return nullptr; }},
        rule.measure);
}

std::string states_words(const Counted& counted) {
    std::vector<std::string> states;
    for (const UnitState state : counted.states) {
        states.emplace_back(state == UnitState::observed    ? "what trades there"
                            : state == UnitState::lawful    ? "the lawful use"
                            : state == UnitState::permitted ? "a permission not taken up"
                                                            : "the lawful use of a vacant unit");
    }
    return join_words(states, " or ") + " counts";
}

std::string presence_words(const Counted& counted) {
    return counted.proposal == Presence::included
               ? "with the proposal in place: a change of use takes its unit over, a new building adds one"
               : "as things stand, without the proposal";
}

std::string breach_words(const Rule& rule) {
    if (const auto* const inside = std::get_if<InsideMeasure>(&rule.measure)) {
        std::string words = inside->breach_inside ? "holds for a site inside" : "holds for a site outside";
        if (inside->where.extent == Extent::any) words += "; one partly inside counts as inside";
        if (inside->where.extent == Extent::all) words += "; one partly inside counts as outside";
        return words;
    }
    const auto* const figures = std::get_if<AttributeMeasure>(&rule.measure);
    const bool of_its_own = figures != nullptr && (figures->tests.size() > 1 || !figures->tests.front().is.empty());
    if (of_its_own) {
        return (figures->tests.size() > 1 ? "holds where all of these do: " : "holds where ") +
               tests_words(figures->tests, " and ");
    }
    if (rule.bands.empty()) return limit_sentence(rule.breach) + assumed_speed_words(rule);
    std::string words;
    for (const Band& band : rule.bands) words += (words.empty() ? "" : "; ") + band_words(band);
    return words;
}

std::string when_words(const When& when) {
    std::vector<std::string> words;
    if (!when.uses.empty()) words.push_back("for " + uses_words(when.uses));
    if (when.from) words.push_back("from " + format_date_long(*when.from));
    if (when.until) words.push_back(to_the_end_of(*when.until));
    if (when.inside) words.push_back(inside_words(*when.inside));
    if (!when.fields.empty()) words.push_back("where " + tests_words(when.fields, " and "));
    if (when.same_street) words.emplace_back("for places of the proposal's own street");
    return join_words(words);
}

std::string unless_words(const Unless& unless) {
    std::vector<std::string> words;
    if (unless.inside) words.push_back(inside_words(*unless.inside));
    if (!unless.fields.empty()) words.push_back("where " + tests_words(unless.fields, " or "));
    if (unless.open_within)
        words.push_back("the application keeps to the hours " + printable(unless.open_within->text, 40));
    return join_words(words, " or ");
}

std::string outcome_words(const Rule& rule) {
    std::string words;
    switch (rule.outcome.kind) {
        case Outcome::Kind::refuse:
        case Outcome::Kind::resist:
            words = fmt::format("a proposal for which it holds is contrary to {} (the policy says: {})", cited(rule),
                                word(rule.outcome.kind));
            break;
        case Outcome::Kind::condition:
            words = "a condition is asked for";
            break;
        case Outcome::Kind::contribute:
            words = "a contribution is asked for";
            break;
        case Outcome::Kind::consult:
            words = "consult";
            break;
        case Outcome::Kind::flag:
            words = "the proposal is flagged";
            break;
    }
    return rule.outcome.details.empty() ? words : words + ": " + printable(rule.outcome.details, 300);
}

}  // namespace geo
