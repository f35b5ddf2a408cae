// SPDX-License-Identifier: Apache-2.0
//
// How each measure is read: one function in the table below. Deciding one is the business of assess/measures/.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "libgeo/base/text.h"
#include "libgeo/policy/rule_parts.h"

namespace geo {
namespace {

/// `80 m/min`, `4.8 km/h`: metres a minute.
std::optional<double> read_speed(const TomlTable& table) {
    const auto written = table.optional_text("speed");
    if (!written) return std::nullopt;
    const std::size_t slash = written->find('/');
    const auto length = parse_length(std::string_view(*written).substr(0, slash));
    const std::string_view time =
        slash == std::string::npos ? "" : trimmed(std::string_view(*written).substr(slash + 1));
    if (!length || length->value <= 0.0 || (time != "min" && time != "h")) {
        table.fail("speed", fmt::format("\"{}\" is no speed; one such as \"80 m/min\" or \"4.8 km/h\" is expected",
                                        printable(*written)));
    }
    return time == "h" ? length->value / 60.0 : length->value;
}

/// A comparison in the rule's `breach`, its limit above 0.
Comparison read_breach(const TomlTable& rule, std::string_view example) {
    if (rule.has("bands")) rule.fail("bands", fmt::format("is not built yet; breach = \"{}\" is", example));
    if (!rule.has("breach")) {
        rule.fail("breach", fmt::format("is missing; a comparison such as \"{}\" is expected", example));
    }
    if (rule.kind("breach") == TomlTable::Kind::number) {
        rule.fail("breach",
                  fmt::format("is the bare number {}; a text with comparison and unit, such as \"{}\", is expected",
                              format_shortest(*rule.optional_number("breach")), example));
    }
    const std::string written = rule.text("breach");
    const auto comparison = parse_comparison(written);
    if (!comparison) {
        rule.fail("breach",
                  fmt::format("\"{}\" is no comparison; <=, <, >= or > with a number and its unit, such as \"{}\", is "
                              "expected (or judgement, where the policy gives no number)",
                              printable(written), example));
    }
    if (!comparison->judgement && !(comparison->limit > 0.0)) {
        rule.fail("breach", fmt::format("\"{}\": a limit above 0 is expected", printable(written)));
    }
    return *comparison;
}

MeasureAndBreach read_distance(const TomlTable& rule, const KnownLayers& known) {
    const TomlTable table = *rule.optional_table("distance");
    table.expect_only({"to", "from", "site", "by", "speed"}, "distance");
    DistanceMeasure measure;
    measure.to = read_layers(table, "to", known);
    measure.from = word_of<From>(table, "from", "part of a place",
                                 {{"boundary", From::boundary},
                                  {"entrances", From::entrances},
                                  {"centroid", From::centroid},
                                  {"point", From::point}},
                                 From::boundary);
    measure.site = word_of<Site>(table, "site", "part of a site",
                                 {{"boundary", Site::boundary}, {"point", Site::point}, {"entrance", Site::entrance}},
                                 Site::as_given);
    measure.by = word_of<By>(table, "by", "way of measuring",
                             {{"straight-line", By::straight_line}, {"walking", By::walking}}, By::straight_line);
    measure.speed_m_per_min = read_speed(table);
    if (measure.speed_m_per_min && measure.by != By::walking)
        table.fail("speed", "has a meaning with by = \"walking\" only");

    const Comparison breach = read_breach(rule, "<= 400 m");
    const bool minutes = breach.unit == Unit::minutes;
    if (minutes && measure.by != By::walking) {
        rule.fail(
            "breach",
            fmt::format("\"{}\": minutes need distance with by = \"walking\"; in a straight line a length such as "
                        "400 m is expected",
                        printable(breach.text)));
    }
    if (!breach.judgement && !minutes && breach.unit != Unit::metres) {
        rule.fail("breach",
                  fmt::format("\"{}\" does not fit distance; a length such as 400 m is expected{}",
                              printable(breach.text), breach.unit == Unit::none ? ", its unit is missing" : ""));
    }
    return {measure, breach};
}

struct MeasureReader {
    std::string_view name;
    MeasureAndBreach (*read)(const TomlTable& rule,
                             const KnownLayers& known);  // null: a word of the language, not built yet
};

constexpr std::array kMeasures = {
    MeasureReader{"distance", read_distance}, MeasureReader{"inside", nullptr}, MeasureReader{"count", nullptr},
    MeasureReader{"share", nullptr},          MeasureReader{"run", nullptr},    MeasureReader{"gap", nullptr},
    MeasureReader{"attribute", nullptr},
};

std::vector<std::string> built_measures() {
    std::vector<std::string> names;
    for (const MeasureReader& measure : kMeasures) {
        if (measure.read != nullptr) names.emplace_back(measure.name);
    }
    return names;
}

}  // namespace

std::span<const std::string> measure_words() {
    static const std::vector<std::string> words = [] {
        std::vector<std::string> names;
        for (const MeasureReader& measure : kMeasures) names.emplace_back(measure.name);
        return names;
    }();
    return words;
}

MeasureAndBreach read_measure(const TomlTable& rule, const KnownLayers& known) {
    const MeasureReader* found = nullptr;
    std::vector<std::string> given;
    for (const MeasureReader& measure : kMeasures) {
        if (!rule.has(measure.name)) continue;
        found = &measure;
        given.emplace_back(measure.name);
    }
    const std::vector<std::string> built = built_measures();
    if (found == nullptr)
        rule.fail("", fmt::format("no measure; exactly one is expected, known measures: {}", join_words(built)));
    if (given.size() > 1) {
        rule.fail(given.back(), fmt::format("a second measure; exactly one is expected, not {}", join_words(given)));
    }
    if (found->read == nullptr) {
        rule.fail(found->name,
                  fmt::format("this measure is not built yet; known measures: {}. List the rule in not-encoded instead",
                              join_words(built)));
    }
    return found->read(rule, known);
}

}  // namespace geo
