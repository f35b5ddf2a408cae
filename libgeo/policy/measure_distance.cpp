// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "libgeo/base/text.h"
#include "libgeo/policy/measure_readers.h"

namespace geo {

From read_from(const TomlTable& table) {
    return word_of<From>(table, "from", "part of a place",
                         {{"boundary", From::boundary},
                          {"entrances", From::entrances},
                          {"centroid", From::centroid},
                          {"point", From::point}},
                         From::boundary);
}

Site read_site(const TomlTable& table) {
    return word_of<Site>(table, "site", "part of a site",
                         {{"boundary", Site::boundary}, {"point", Site::point}, {"entrance", Site::entrance}},
                         Site::as_given);
}

By read_by(const TomlTable& table) {
    return word_of<By>(table, "by", "way of measuring",
                       {{"straight-line", By::straight_line}, {"walking", By::walking}}, By::straight_line);
}

std::optional<double> read_speed(const TomlTable& table, By by) {
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
    if (by != By::walking) table.fail("speed", "has a meaning with by = \"walking\" only");
    return time == "h" ? length->value / 60.0 : length->value;
}

MeasureAndBreach read_distance(const TomlTable& rule, const KnownLayers& known) {
    const TomlTable table = *rule.optional_table("distance");
    table.expect_only({"to", "from", "site", "by", "speed"}, "distance");
    DistanceMeasure measure;
    measure.to = read_layers(table, "to", known);
    measure.from = read_from(table);
    measure.site = read_site(table);
    measure.by = read_by(table);
    measure.speed_m_per_min = read_speed(table, measure.by);

    const LimitShape shape = {.measure = "distance",
                              .example = "<= 400 m",
                              .expected = "a length such as 400 m",
                              .fits = [](Unit unit) { return unit == Unit::metres || unit == Unit::minutes; },
                              .judgement = true};
    Comparison breach = read_breach(rule, shape);
    if (breach.unit == Unit::minutes && measure.by != By::walking) {
        rule.fail("breach", fmt::format("\"{}\": minutes need distance with by = \"walking\"; in a straight line a "
                                        "length such as 400 m is expected",
                                        printable(breach.text)));
    }
    if (breach.unit == Unit::minutes) {
        breach.limit *= measure.speed_m_per_min.value_or(kWalkingSpeed);
        breach.unit = Unit::metres;
    }
    return {measure, breach, {}};
}

}  // namespace geo
