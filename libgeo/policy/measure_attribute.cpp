// SPDX-License-Identifier: Apache-2.0
//
// Figures of areas and of the application: the measure, and the tests of `when` and `unless`.
#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/policy/field_tests.h"
#include "libgeo/policy/measure_readers.h"

namespace geo {
namespace {

LimitShape figure_shape(bool of_the_measure) {
    return {.measure = "attribute",
            .example = "> 10 %",
            .expected = "a percentage, a length, a number of units or a plain number",
            .fits = [](Unit unit) { return unit != Unit::minutes; },
            .zero = true,
            .field = true,
            .judgement = of_the_measure};
}

/// `of` and `field`.
FieldTest read_figure(const TomlTable& table, const KnownLayers& known) {
    FieldTest test;
    test.line = table.line();
    if (table.has("of")) {
        std::vector<LayerFilter> layers = read_layers(table, "of", known);
        if (layers.size() > 1) table.fail("of", "names several layers; the figure of one layer is expected");
        test.of = std::move(layers.front());
    }
    test.field = table.text("field");
    return test;
}

void check_no_twins(const TomlTable& table, std::string_view key, const std::vector<FieldTest>& tests) {
    for (std::size_t i = 0; i < tests.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            const std::string figure = printable(tests[i].field);
            if (holds_if(tests[i], tests[k]) && holds_if(tests[k], tests[i]))
                table.fail(key, fmt::format("the same test of {} stands twice", figure));
        }
    }
}

std::vector<FieldTest> read_all(const TomlTable& table, const KnownLayers& known) {
    std::vector<FieldTest> tests;
    for (const TomlTable& test : table.tables("all")) tests.push_back(read_field_test(test, known));
    if (tests.empty())
        table.fail("all", "is empty; at least one test such as { of = …, field = …, breach = … } is expected");
    check_no_twins(table, "all", tests);
    check_can_all_hold(table, "all", tests);
    return tests;
}

MeasureAndBreach of_tests(std::vector<FieldTest> tests) {
    const auto figure = std::find_if(tests.begin(), tests.end(), [](const FieldTest& test) { return test.is.empty(); });
    Comparison breach = figure == tests.end() ? Comparison{} : figure->holds;
    return {AttributeMeasure{std::move(tests)}, std::move(breach), {}};
}

}  // namespace

FieldTest read_field_test(const TomlTable& table, const KnownLayers& known) {
    table.expect_only({"of", "field", "is", "breach"}, "a test of an attribute");
    FieldTest test = read_figure(table, known);
    test.is = full_texts(table, "is");
    if (!test.is.empty() && table.has("breach"))
        table.fail("is", "stands beside breach; either accepted values or a comparison is expected");
    if (test.is.empty() && !table.has("breach")) {
        table.fail("breach", "is missing; a comparison such as \"> 10 %\", or is = with accepted values, is expected");
    }
    if (test.is.empty()) test.holds = read_limit(table, "breach", figure_shape(false));
    return test;
}

std::vector<FieldTest> read_field_tests(const TomlTable& table, const KnownLayers& known) {
    std::vector<FieldTest> tests;
    for (const TomlTable& test : table.tables("attribute")) tests.push_back(read_field_test(test, known));
    if (tests.empty() && table.has("attribute"))
        table.fail("attribute", "is empty; a test such as { of = …, field = …, breach = … } is expected");
    check_no_twins(table, "attribute", tests);
    return tests;
}

MeasureAndBreach read_attribute(const TomlTable& rule, const KnownLayers& known) {
    const TomlTable table = *rule.optional_table("attribute");
    if (rule.has("bands")) rule.fail("bands", "has a meaning with count and share only, not with attribute");
    if (table.has("all")) {
        table.expect_only({"all"}, "attribute with all");
        if (rule.has("breach"))
            rule.fail("breach", "has no meaning beside attribute with all, whose tests have each their own");
        return of_tests(read_all(table, known));
    }
    table.expect_only({"of", "field", "all", "is"}, "attribute");
    FieldTest test = read_figure(table, known);
    test.is = full_texts(table, "is");
    if (!test.is.empty() && rule.has("breach"))
        rule.fail("breach", "stands beside attribute with is; either accepted values or a comparison is expected");
    if (test.is.empty()) test.holds = read_breach(rule, figure_shape(true));
    return of_tests({std::move(test)});
}

}  // namespace geo
