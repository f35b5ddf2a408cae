// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/styles.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "libgeo/base/text.h"

namespace geo {
namespace {

struct Category {
    std::string_view value, label, colour;  // colour: R,G,B
};

// Red to blue through white leaves no red-green pair (ColorBrewer RdBu, with purple and grey beside it).
constexpr Category kCategories[] = {
    {"breach", "breach", "178,24,43"},
    {"borderline", "borderline: check on site", "239,138,98"},
    {"unknown", "unknown", "118,42,131"},
    {"exempt", "exempt", "146,197,222"},
    {"clear", "clear", "33,102,172"},
    {"triggered", "triggered", "27,120,55"},
    {"not-applicable", "not applicable", "150,150,150"},
};

// Light to dark, in print and for the colour-blind too (ColorBrewer OrRd).
constexpr std::string_view kShades[] = {"254,240,217", "253,204,138", "252,141,89", "227,74,51", "179,0,0"};
constexpr int kFaint = 60, kShaded = 220;  // of 255

using Settings = std::vector<std::pair<std::string_view, std::string>>;

std::string symbol_layer(std::string_view type, std::string_view name, std::string_view layer_class,
                         const Settings& settings) {
    std::string options, props;
    for (const auto& [key, value] : settings) {
        options += fmt::format(R"(<Option type="QString" name="{}" value="{}"/>)", key, value);
        props += fmt::format(R"(<prop k="{}" v="{}"/>)", key, value);
    }
    return fmt::format(
        R"(<symbol type="{}" name="{}" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="{}" enabled="1" locked="0" pass="0">)"
        R"(<Option type="Map">{}</Option>{}</layer></symbol>)",
        type, name, layer_class, options, props);
}

std::string symbol_of(Symbol symbol, std::string_view name, std::string_view colour, int opacity = kFaint) {
    const std::string solid = fmt::format("{},255", colour);
    switch (symbol) {
        case Symbol::marker:
            return symbol_layer("marker", name, "SimpleMarker",
                                {{"name", "circle"},
                                 {"color", solid},
                                 {"outline_color", "255,255,255,255"},
                                 {"outline_width", "0.3"},
                                 {"size", "2.8"},
                                 {"size_unit", "MM"}});
        case Symbol::line:
            return symbol_layer("line", name, "SimpleLine",
                                {{"line_color", solid}, {"line_width", "0.4"}, {"line_style", "solid"}});
        case Symbol::fill:
            return symbol_layer("fill", name, "SimpleFill",
                                {{"color", fmt::format("{},{}", colour, opacity)},
                                 {"style", "solid"},
                                 {"outline_color", solid},
                                 {"outline_width", "0.5"}});
    }
    return {};
}

std::string qml(const std::string& renderer) {
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis version=\"3.22.16\" "
           "styleCategories=\"Symbology\">" +
           renderer + "</qgis>";
}

}  // namespace

std::string results_style(std::string_view field, Symbol symbol) {
    std::string categories, symbols;
    int number = 0;
    for (const Category& category : kCategories) {
        categories += fmt::format(R"(<category value="{}" label="{}" symbol="{}" type="string" render="true"/>)",
                                  category.value, category.label, number);
        symbols += symbol_of(symbol, std::to_string(number), category.colour);
        ++number;
    }
    return qml(fmt::format(
        R"(<renderer-v2 type="categorizedSymbol" attr="{}" forceraster="0" symbollevels="0" enableorderby="0">)"
        "<categories>{}</categories><symbols>{}</symbols></renderer-v2>",
        field, categories, symbols));
}

std::string shades_style(std::string_view field, const std::vector<double>& limits, int decimals) {
    std::string ranges, symbols;
    int number = 0;
    for (std::size_t k = 0; k + 1 < limits.size() && k < std::size(kShades); ++k) {
        const bool only = limits.front() == limits.back() && k == 0;
        if (limits[k] == limits[k + 1] && !only) continue;
        ranges += fmt::format(R"(<range lower="{}" upper="{}" label="{} to {}" symbol="{}" render="true"/>)",
                              format_shortest(limits[k]), format_shortest(limits[k + 1]),
                              format_fixed(limits[k], decimals), format_fixed(limits[k + 1], decimals), number);
        symbols += symbol_of(Symbol::fill, std::to_string(number), kShades[k], kShaded);
        ++number;
    }
    return qml(fmt::format(
        R"(<renderer-v2 type="graduatedSymbol" attr="{}" graduatedMethod="GraduatedColor" forceraster="0" symbollevels="0" enableorderby="0">)"
        "<ranges>{}</ranges><symbols>{}</symbols></renderer-v2>",
        field, ranges, symbols));
}

std::vector<double> fifths(std::vector<double> values) {
    constexpr std::size_t kClasses = 5;
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    if (values.empty()) return {};
    std::sort(values.begin(), values.end());
    std::vector<double> limits;
    for (std::size_t k = 0; k <= kClasses; ++k) limits.push_back(values[(values.size() - 1) * k / kClasses]);
    return limits;
}

std::string single_style(Symbol symbol, std::string_view colour) {
    return qml("<renderer-v2 type=\"singleSymbol\" forceraster=\"0\" symbollevels=\"0\" enableorderby=\"0\"><symbols>" +
               symbol_of(symbol, "0", colour) + "</symbols></renderer-v2>");
}

std::string issues_style() {
    const std::string cross = symbol_layer("marker", "0", "SimpleMarker",
                                           {{"name", "cross2"},
                                            {"color", "0,0,0,255"},
                                            {"outline_color", "0,0,0,255"},
                                            {"outline_width", "0.5"},
                                            {"size", "3"},
                                            {"size_unit", "MM"}});
    return qml("<renderer-v2 type=\"singleSymbol\" forceraster=\"0\" symbollevels=\"0\" enableorderby=\"0\"><symbols>" +
               cross + "</symbols></renderer-v2>");
}

}  // namespace geo
