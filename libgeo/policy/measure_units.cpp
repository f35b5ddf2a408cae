// SPDX-License-Identifier: Apache-2.0
//
// Measures along a frontage and of its units: share, run and gap; and what they have in common with count.
#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/policy/measure_readers.h"

namespace geo {
namespace {

std::vector<UnitState> read_unit_states(const TomlTable& table) {
    static constexpr UnitState kAll[] = {UnitState::observed, UnitState::lawful, UnitState::permitted,
                                         UnitState::vacant_lawful};
    std::vector<UnitState> states;
    for (const std::string& written : full_texts(table, "states")) {
        const auto* const found =
            std::find_if(std::begin(kAll), std::end(kAll), [&](UnitState state) { return word(state) == written; });
        if (found == std::end(kAll)) {
            std::vector<std::string> known;
            for (const UnitState state : kAll) known.emplace_back(word(state));
            fail_word(table, "states", written, "state of a unit", known);
        }
        if (std::find(states.begin(), states.end(), *found) != states.end())
            table.fail("states", fmt::format("{} is named twice", written));
        states.push_back(*found);
    }
    return states;
}

}  // namespace

Counted read_counted(const TomlTable& table) {
    Counted counted;
    counted.of = read_uses(table, "of");
    if (counted.of.empty()) table.fail("of", "is missing; a use such as \"hot-food-takeaway\" is expected");
    for (auto use = counted.of.begin(); use != counted.of.end(); ++use) {
        if (std::find(counted.of.begin(), use, *use) != use)
            table.fail("of", fmt::format("{} is named twice", word(*use)));
    }
    if (table.has("states")) counted.states = read_unit_states(table);
    counted.proposal =
        word_of<Presence>(table, "proposal", "way to count the proposal",
                          {{"included", Presence::included}, {"excluded", Presence::excluded}}, Presence::included);
    return counted;
}

std::vector<LayerFilter> read_along(const TomlTable& table, const KnownLayers& known) {
    if (table.has("along")) return read_layers(table, "along", known);
    LayerFilter frontages;
    frontages.layer = "frontages";
    frontages.line = table.line();
    return {frontages};
}

bool counts_units(Unit unit) { return unit == Unit::units || unit == Unit::none; }

LimitShape units_shape(std::string_view measure, std::string_view example) {
    return {.measure = measure,
            .example = example,
            .expected = "a number of units such as 2 units",
            .fits = counts_units,
            .whole = true,
            .judgement = true};
}

MeasureAndBreach read_share(const TomlTable& rule, const KnownLayers& known) {
    const TomlTable table = *rule.optional_table("share");
    table.expect_only({"of", "states", "proposal", "among", "in"}, "share");
    ShareMeasure measure;
    measure.counted = read_counted(table);
    if (!table.has("among")) table.fail("among", "is missing; units, frontage-metres or food-outlets is expected");
    measure.among = word_of<Among>(
        table, "among", "whole of a share",
        {{"units", Among::units}, {"frontage-metres", Among::frontage_metres}, {"food-outlets", Among::food_outlets}},
        Among::units);
    measure.in = read_layers(table, "in", known);
    const LimitShape shape = {.measure = "share",
                              .example = "> 5 %",
                              .expected = "a percentage such as 5 %",
                              .fits = [](Unit unit) { return unit == Unit::percent; },
                              .zero = true,
                              .field = true,
                              .judgement = true,
                              .most = 100.0};
    RuleLimits limits = read_limits(rule, shape);
    return {measure, std::move(limits.breach), std::move(limits.bands)};
}

MeasureAndBreach read_run(const TomlTable& rule, const KnownLayers& known) {
    const TomlTable table = *rule.optional_table("run");
    table.expect_only({"of", "states", "proposal", "along"}, "run");
    const RunMeasure measure{read_counted(table), read_along(table, known)};
    LimitShape shape = units_shape("run", "> 2 units");
    if (measure.counted.proposal == Presence::included) shape.least = 1.0;  // the proposal itself
    return {measure, read_breach(rule, shape), {}};
}

MeasureAndBreach read_gap(const TomlTable& rule, const KnownLayers& known) {
    const TomlTable table = *rule.optional_table("gap");
    table.expect_only({"of", "states", "proposal", "along", "between"}, "gap");
    GapMeasure measure{read_counted(table), read_along(table, known), Between::groups};
    measure.between = word_of<Between>(table, "between", "way to count a gap",
                                       {{"groups", Between::groups}, {"units", Between::units}}, Between::groups);
    return {measure, read_breach(rule, units_shape("gap", "< 2 units")), {}};
}

}  // namespace geo
