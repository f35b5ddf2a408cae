// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "libgeo/base/text.h"
#include "libgeo/policy/measure_readers.h"

namespace geo {
namespace {

constexpr int kLongestWindow = 1000;

/// `within = "400 m"`; minutes when walking, as the radius is kept in metres.
double read_within(const TomlTable& table, const CountMeasure& measure) {
    const std::string written = table.text("within");
    const auto radius = parse_quantity(written);
    const bool minutes = radius && radius->unit == Unit::minutes;
    if (!radius || !(radius->value > 0.0) || (radius->unit != Unit::metres && !minutes)) {
        table.fail("within",
                   fmt::format("\"{}\" is no radius; a length above 0 such as 400 m is expected{}", printable(written),
                               radius && radius->unit == Unit::none ? ", its unit is missing" : ""));
    }
    if (!minutes) return radius->value;
    if (measure.by != By::walking) {
        table.fail("within", fmt::format("\"{}\": minutes need by = \"walking\"; a length such as 400 m is expected",
                                         printable(written)));
    }
    return radius->value * measure.speed_m_per_min.value_or(kWalkingSpeed);
}

UnitWindow read_window(const TomlTable& count) {
    const TomlTable table = *count.optional_table("window");
    table.expect_only({"units", "centred"}, "a window");
    const auto units = table.optional_integer("units");
    if (!units) table.fail("units", "is missing; the number of units of the window, such as 21, is expected");
    if (*units < 2 || *units > kLongestWindow) {
        table.fail("units",
                   fmt::format("{} is no length of a window; 2 to {} units are expected", *units, kLongestWindow));
    }
    const UnitWindow window{static_cast<int>(*units), table.optional_boolean("centred").value_or(false)};
    if (window.centred && window.units % 2 == 0) {
        table.fail("units", fmt::format("{} is even; a centred window has as many units on either side of the "
                                        "proposal's, so an odd number such as {} is expected",
                                        window.units, window.units + 1));
    }
    return window;
}

/// `per = "1000 residents"`.
double read_per(const TomlTable& table, const CountMeasure& measure) {
    const std::string written = table.text("per");
    const std::string_view text = trimmed(written);
    const std::size_t blank = text.find(' ');
    const auto residents = parse_number(text.substr(0, blank));
    const std::string_view of = blank == std::string_view::npos ? "" : trimmed(text.substr(blank));
    if (!residents || !(*residents > 0.0) || of != "residents") {
        table.fail("per", fmt::format("\"{}\" is no number of residents; one such as \"1000 residents\" is expected",
                                      printable(written)));
    }
    for (const LayerFilter& layer : measure.in) {
        if (layer.layer == "frontages")
            table.fail("per", "has a meaning with areas such as wards only; frontages have no residents");
    }
    return *residents;
}

/// A key that belongs to another one of within, in and window.
void expect_with(const TomlTable& table, std::initializer_list<std::string_view> keys, std::string_view owner) {
    if (table.has(owner)) return;
    for (const std::string_view key : keys) {
        if (table.has(key)) table.fail(key, fmt::format("has a meaning with {} only", owner));
    }
}

/// The one of within, in and window that says where outlets are counted.
void read_where_counted(const TomlTable& table, const KnownLayers& known, CountMeasure& measure) {
    std::vector<std::string> given;
    for (const char* key : {"within", "in", "window"}) {
        if (table.has(key)) given.emplace_back(key);
    }
    const std::string expected = "exactly one of within (a radius), in (layers) and window (units along a frontage)";
    if (given.empty()) table.fail("", fmt::format("count: says not where; {} is expected", expected));
    if (given.size() > 1)
        table.fail(given.back(), fmt::format("stands beside {}; {} is expected", given.front(), expected));
    expect_with(table, {"from", "site", "by", "speed"}, "within");
    expect_with(table, {"per"}, "in");
    expect_with(table, {"along"}, "window");
    measure.from = read_from(table);
    measure.site = read_site(table);
    measure.by = read_by(table);
    measure.speed_m_per_min = read_speed(table, measure.by);
    if (table.has("within")) measure.within_m = read_within(table, measure);
    if (table.has("in")) measure.in = read_layers(table, "in", known);
    if (table.has("per")) measure.per_residents = read_per(table, measure);
    if (table.has("window")) {
        measure.window = read_window(table);
        measure.along = read_along(table, known);
    }
}

}  // namespace

MeasureAndBreach read_count(const TomlTable& rule, const KnownLayers& known) {
    const TomlTable table = *rule.optional_table("count");
    table.expect_only(
        {"of", "states", "proposal", "within", "from", "site", "by", "speed", "in", "per", "window", "along"}, "count");
    CountMeasure measure;
    measure.counted = read_counted(table);
    read_where_counted(table, known, measure);
    LimitShape shape = units_shape("count", ">= 3");
    shape.expected = "a number such as 3";
    shape.field = true;
    shape.zero = true;
    if (measure.per_residents) shape.whole = false;
    if (measure.window) shape.most = measure.window->units;
    RuleLimits limits = read_limits(rule, shape);
    return {measure, std::move(limits.breach), std::move(limits.bands)};
}

}  // namespace geo
