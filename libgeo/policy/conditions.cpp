// SPDX-License-Identifier: Apache-2.0
//
// `when` and `unless`: what narrows a rule, what exempts from it; and that between them something is left to test.
#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/policy/field_tests.h"
#include "libgeo/policy/rule_parts.h"

namespace geo {
namespace {

constexpr int kDay = 24 * 60;

std::optional<InsideCondition> read_inside(const TomlTable& table, const KnownLayers& known) {
    if (!table.has("inside")) {
        if (table.has("extent")) table.fail("extent", "has a meaning beside inside only; inside is missing");
        return std::nullopt;
    }
    return InsideCondition{read_layers(table, "inside", known), read_extent(table)};
}

/// `open-within = "17:00-23:30"`.
std::optional<OpenWithin> read_open_within(const TomlTable& table) {
    if (!table.has("open-within")) return std::nullopt;
    const std::string written = table.text("open-within");
    const auto span = parse_span_of_day(trimmed(written));
    if (!span) {
        table.fail("open-within", fmt::format("\"{}\" is no span of one day; one such as 17:00-23:30 is expected "
                                              "(24:00 is the end of the day)",
                                              printable(written)));
    }
    if (span->first == 0 && span->second == kDay)
        table.fail("open-within",
                   fmt::format("\"{}\" is the whole day, which exempts everything; a part of it is expected",
                               printable(written)));
    return OpenWithin{span->first, span->second, std::string(trimmed(written))};
}

/// How widely an extent takes in sites that lie partly in an area.
int reach(Extent extent) { return extent == Extent::any ? 2 : extent == Extent::partly_is_borderline ? 1 : 0; }

/// The first layer that both conditions name, so that whatever is in it by `narrow` is in it by `wide`.
const LayerFilter* shared_layer(const InsideCondition& wide, const InsideCondition& narrow) {
    if (reach(wide.extent) < reach(narrow.extent)) return nullptr;
    for (const LayerFilter& layer : narrow.of) {
        LayerFilter whole;
        whole.layer = layer.layer;
        for (const LayerFilter& other : wide.of) {
            if (other == layer || other == whole) return &layer;
        }
    }
    return nullptr;
}

/// All that `narrow` names is named by `wide` too.
bool takes_in(const InsideCondition& wide, const InsideCondition& narrow) {
    return std::all_of(narrow.of.begin(), narrow.of.end(), [&](const LayerFilter& layer) {
        return shared_layer(wide, InsideCondition{{layer}, narrow.extent}) != nullptr;
    });
}

/// An area that exempts, and is the one the rule is about.
void check_inside(const TomlTable& table, const Rule& rule) {
    const auto* const measure = std::get_if<InsideMeasure>(&rule.measure);
    if (rule.unless.inside && measure != nullptr && measure->breach_inside) {
        if (const LayerFilter* same = shared_layer(*rule.unless.inside, measure->where)) {
            table.fail("unless", fmt::format("inside {} exempts from the very thing that the rule is about, inside {}: "
                                             "nothing there could be contrary to it",
                                             printable(same->layer), printable(same->layer)));
        }
    }
    if (rule.unless.inside && rule.when.inside && takes_in(*rule.unless.inside, *rule.when.inside)) {
        table.fail("unless", fmt::format("inside {} exempts all that when leaves to test",
                                         printable(rule.unless.inside->of.front().layer)));
    }
    if (rule.when.inside && measure != nullptr && !measure->breach_inside &&
        takes_in(measure->where, *rule.when.inside)) {
        table.fail("when", fmt::format("inside {} leaves nothing that could be outside it, which is what the rule is "
                                       "about",
                                       printable(rule.when.inside->of.front().layer)));
    }
}

/// A figure whose test exempts whatever the rule is about.
void check_fields(const TomlTable& table, const Rule& rule) {
    std::vector<FieldTest> given = rule.when.fields;
    if (const auto* const measure = std::get_if<AttributeMeasure>(&rule.measure))
        given.insert(given.end(), measure->tests.begin(), measure->tests.end());
    const std::vector<FieldTest>& exempting = rule.unless.fields;
    for (std::size_t i = 0; i < exempting.size(); ++i) {
        const auto everything = [&](const FieldTest& known) { return holds_if(exempting[i], known); };
        const auto between_them = [&](const FieldTest& other) { return one_always_holds(exempting[i], other); };
        if (always_holds(exempting[i]) || std::any_of(given.begin(), given.end(), everything) ||
            std::any_of(exempting.begin(), exempting.begin() + static_cast<std::ptrdiff_t>(i), between_them)) {
            table.fail("unless", fmt::format("the test of {} exempts everything that the rule tests; a narrower one is "
                                             "expected",
                                             printable(exempting[i].field)));
        }
    }
}

}  // namespace

When read_when(const TomlTable& rule, const KnownLayers& known) {
    const auto table = rule.optional_table("when");
    if (!table) return {};
    table->expect_only({"use", "from", "until", "inside", "extent", "attribute", "same-street"}, "when");
    if (table->keys().empty())
        rule.fail("when", "is empty; use, from, until, inside, attribute or same-street is expected");
    const Period period = read_period(*table);
    When when;
    when.uses = read_uses(*table, "use");
    when.from = period.from;
    when.until = period.until;
    when.inside = read_inside(*table, known);
    when.fields = read_field_tests(*table, known);
    check_can_all_hold(*table, "attribute", when.fields);
    when.same_street = table->optional_boolean("same-street").value_or(false);
    return when;
}

Unless read_unless(const TomlTable& rule, const KnownLayers& known) {
    const auto table = rule.optional_table("unless");
    if (!table) return {};
    table->expect_only({"inside", "extent", "attribute", "open-within"}, "unless");
    Unless unless;
    unless.inside = read_inside(*table, known);
    unless.fields = read_field_tests(*table, known);
    unless.open_within = read_open_within(*table);
    if (table->keys().empty())
        rule.fail("unless", "is empty; inside with layers of areas, attribute or open-within is expected");
    return unless;
}

void check_conditions(const TomlTable& table, const Rule& rule) {
    if (rule.when.same_street) {
        const auto* const distance = std::get_if<DistanceMeasure>(&rule.measure);
        const auto when = table.optional_table("when");
        if (distance == nullptr) when->fail("same-street", "has a meaning with distance only");
        if (distance->by == By::walking)
            when->fail("same-street", "has a meaning in a straight line only; by = \"straight-line\" is expected");
    }
    check_inside(table, rule);
    check_fields(table, rule);
}

}  // namespace geo
