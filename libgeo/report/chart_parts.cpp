// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/chart_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "libgeo/base/text.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/markup.h"

namespace geo {
namespace {

constexpr std::array<std::string_view, 7> kColours = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                      "#56b4e9", "#e69f00", "#333333"};
constexpr std::array<std::string_view, 3> kDashes = {"", "6 3", "2 3"};
constexpr double kLegendLine = 18;
constexpr std::size_t kLongest = 4000;  // characters of a description

}  // namespace

std::string px(double value) { return format_fixed(value, 2); }

Scale scale_for(double least, double most) { return scale_between(std::min(0.0, least), std::max(most, 0.0)); }

Scale scale_between(double least, double most) {
    constexpr double kSteps = 6;
    constexpr int kMostDecimals = 12;
    Scale scale;
    if (least == most) most = least + 1;
    const double rough = (most - least) / kSteps;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double times : {1.0, 2.0, 5.0, 10.0}) {
        scale.step = times * power;
        if (scale.step >= rough) break;
    }
    scale.decimals = std::clamp(static_cast<int>(-std::floor(std::log10(scale.step) + 1e-9)), 0, kMostDecimals);
    scale.least = std::floor(least / scale.step) * scale.step;
    scale.most = std::ceil(most / scale.step) * scale.step;
    return scale;
}

std::string_view colour_of_series(std::size_t series) { return kColours[series % kColours.size()]; }

std::string dashes_of_series(std::size_t series) {
    const std::string_view dashes = kDashes[series / kColours.size() % kDashes.size()];
    return dashes.empty() ? std::string() : fmt::format(R"( stroke-dasharray="{}")", dashes);
}

ChartSvg::ChartSvg(double width, double height, std::string_view title, const std::string& description) {
    constexpr double kTitle = 22;
    constexpr int kTitleSize = 16;
    svg_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
        "role=\"img\" aria-labelledby=\"chart-title chart-desc\" font-family=\"sans-serif\">"
        "<title id=\"chart-title\">{2}</title><desc id=\"chart-desc\">{3}</desc>"
        "<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>",
        format_fixed(width, 0), format_fixed(height, 0), escaped(title), escaped(description, kLongest));
    text(kChartLeft, kTitle, title, "start", kTitleSize);
}

void ChartSvg::text(double x, double y, std::string_view words, std::string_view anchor, int size) {
    svg_ += fmt::format(R"(<text x="{}" y="{}" font-size="{}" text-anchor="{}">{}</text>)", px(x), px(y), size, anchor,
                        escaped(words));
}

void ChartSvg::rule(double x1, double y1, double x2, double y2, std::string_view colour, std::string_view more) {
    svg_ += fmt::format(R"(<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}"{}/>)", px(x1), px(y1), px(x2), px(y2),
                        colour, more);
}

void ChartSvg::step(double value, double y, bool base, double left, double right, int decimals) {
    rule(left, y, right, y, base ? "#333333" : "#dddddd");
    text(left - 8, y + 4, format_fixed(value, decimals), "end", 11);
}

void ChartSvg::curve(const std::vector<double>& xs, const std::vector<double>& ys, std::size_t series) {
    if (xs.size() > 1) {
        std::string points;
        for (std::size_t k = 0; k < xs.size(); ++k)
            points += fmt::format("{}{},{}", k == 0 ? "" : " ", px(xs[k]), px(ys[k]));
        svg_ += fmt::format(R"(<polyline points="{}" fill="none" stroke="{}" stroke-width="2"{}/>)", points,
                            colour_of_series(series), dashes_of_series(series));
    }
    for (std::size_t k = 0; k < xs.size(); ++k)
        svg_ +=
            fmt::format(R"(<circle cx="{}" cy="{}" r="3" fill="{}"/>)", px(xs[k]), px(ys[k]), colour_of_series(series));
}

void ChartSvg::legend(double left, double top, const std::vector<std::string>& names, std::size_t width) {
    constexpr double kSample = 18, kName = 24;
    for (std::size_t k = 0; k < names.size(); ++k) {
        const double y = top + kLegendLine * static_cast<double>(k);
        svg_ += fmt::format(R"(<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="2"{}/>)", px(left),
                            px(y), px(left + kSample), px(y), colour_of_series(k), dashes_of_series(k));
        text(left + kName, y + 4, cut(printable(names[k]), width), "start", 11);
    }
}

}  // namespace geo
