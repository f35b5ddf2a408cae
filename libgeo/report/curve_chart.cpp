// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/curve_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "libgeo/base/text.h"
#include "libgeo/report/chart_parts.h"

namespace geo {
namespace {

constexpr double kHead = 34, kMarkLine = 15, kFoot = 58;
constexpr double kPanelHead = 26, kPanelFoot = 26, kLegend = 230;
constexpr std::size_t kLegendWords = 32;
constexpr int kSmall = 11, kAxis = 12;
constexpr std::size_t kSeriesName = 60;

Scale scale_across(const CurveChart& chart) {
    double least = std::numeric_limits<double>::infinity(), most = -least;
    for (const CurvePanel& panel : chart.panels)
        for (const CurveSeries& series : panel.series)
            for (const double x : series.x) {
                least = std::min(least, x);
                most = std::max(most, x);
            }
    for (const CurveMark& mark : chart.marks) {
        least = std::min(least, mark.x);
        most = std::max(most, mark.x);
    }
    if (!std::isfinite(least)) return {};
    return scale_between(least, most);
}

Scale scale_up(const CurvePanel& panel) {
    double least = 0, most = 0;
    for (const CurveSeries& series : panel.series)
        for (const double value : series.value) {
            if (!std::isfinite(value)) continue;
            least = std::min(least, value);
            most = std::max(most, value);
        }
    return scale_for(least, most);
}

/// The ends of each line: `Applications that would breach. FH1: 12 at 200 m, 90 at 800 m.`
std::string description_of(const CurveChart& chart) {
    std::string words;
    const auto at = [&](double x) {
        return fmt::format("{}{}{}", format_shortest(x), chart.unit.empty() ? "" : " ", chart.unit);
    };
    for (const CurvePanel& panel : chart.panels) {
        const int decimals = scale_up(panel).decimals;
        words += fmt::format("{}{}", words.empty() ? "" : " ", panel.axis);
        for (const CurveSeries& series : panel.series) {
            const auto known = [](double value) { return std::isfinite(value); };
            const auto first = std::find_if(series.value.begin(), series.value.end(), known);
            words += fmt::format(". {}: ", printable(series.name, kSeriesName));
            if (first == series.value.end()) {
                words += "not known";
                continue;
            }
            const auto last = std::find_if(series.value.rbegin(), series.value.rend(), known).base() - 1;
            words += fmt::format("{} at {}", format_fixed(*first, decimals),
                                 at(series.x[static_cast<std::size_t>(first - series.value.begin())]));
            if (last != first)
                words += fmt::format(", {} at {}", format_fixed(*last, decimals),
                                     at(series.x[static_cast<std::size_t>(last - series.value.begin())]));
        }
        words += ".";
    }
    for (const CurveMark& mark : chart.marks)
        words += fmt::format(" Marked at {}: {}.", at(mark.x), printable(mark.words, kSeriesName));
    return words;
}

/// Each name once, in the order in which they come.
std::vector<std::string> names_of(const CurveChart& chart) {
    std::vector<std::string> names;
    for (const CurvePanel& panel : chart.panels)
        for (const CurveSeries& series : panel.series)
            if (std::find(names.begin(), names.end(), series.name) == names.end()) names.push_back(series.name);
    return names;
}

class Drawing {
  public:
    Drawing(const CurveChart& chart, unsigned width, unsigned panel_height)
        : chart_(chart),
          panel_height_(panel_height),
          right_(width - kLegend),
          marks_(kMarkLine * static_cast<double>(chart.marks.size())),
          height_(kHead + marks_ + panel_height_ * static_cast<double>(chart.panels.size()) + kFoot),
          across_(scale_across(chart)),
          names_(names_of(chart)),
          svg_(width, height_, chart.title, description_of(chart)) {}

    std::string draw() {
        // The words of the marks stand between the first panel's head and its plot.
        for (std::size_t k = 0; k < chart_.panels.size(); ++k) {
            const double top = kHead + panel_height_ * static_cast<double>(k) + (k == 0 ? 0 : marks_);
            panel(chart_.panels[k], top, top + kPanelHead + (k == 0 ? marks_ : 0));
        }
        svg_.text((kChartLeft + right_) / 2, height_ - kFoot + 18, chart_.across, "middle", kAxis);
        if (!chart_.note.empty()) svg_.text(kChartLeft, height_ - 10, chart_.note, "start", kSmall);
        svg_.legend(right_ + 16, kHead + marks_ + kPanelHead + 6, names_, kLegendWords);
        return svg_.end();
    }

  private:
    double x_of(double x) const {
        return kChartLeft + (x - across_.least) / (across_.most - across_.least) * (right_ - kChartLeft);
    }

    /// An upright through the plot; above the first one its words, one under the other, so that they never cover each other.
    void marks(double top, double above, double below) {
        const bool first = above - top > kPanelHead;
        for (std::size_t k = 0; k < chart_.marks.size(); ++k) {
            const CurveMark& mark = chart_.marks[k];
            const double x = x_of(mark.x), y = top + kPanelHead + kMarkLine * static_cast<double>(k) + 4;
            const bool left = x > (kChartLeft + right_) / 2;
            if (first) svg_.text(left ? x - 5 : x + 5, y, mark.words, left ? "end" : "start", kSmall);
            svg_.rule(x, first ? y - 8 : above, x, below, "#555555", R"( stroke-dasharray="3 3")");
        }
    }

    void panel(const CurvePanel& panel, double top, double above) {
        const double below = above + panel_height_ - kPanelHead - kPanelFoot;
        const Scale up = scale_up(panel);
        const auto y_of = [&](double value) {
            return below - (value - up.least) / (up.most - up.least) * (below - above);
        };
        svg_.text(kChartLeft, top + kPanelHead - 10, panel.axis, "start", kAxis);
        svg_.steps(up, kChartLeft, right_, y_of);
        marks(top, above, below);
        const auto steps = static_cast<int>(std::lround((across_.most - across_.least) / across_.step));
        for (int k = 0; k <= steps; ++k) {
            const double value = across_.least + k * across_.step, x = x_of(value);
            svg_.rule(x, below, x, below + 5, "#333333");
            svg_.text(x, below + 19, format_fixed(value, across_.decimals), "middle", kSmall);
        }
        for (const CurveSeries& series : panel.series) curve(series, y_of);
    }

    template <class Place>
    void curve(const CurveSeries& series, const Place& y_of) {
        const auto number =
            static_cast<std::size_t>(std::find(names_.begin(), names_.end(), series.name) - names_.begin());
        for (std::size_t first = 0, end = 0; first < series.value.size(); first = std::max(end, first + 1)) {
            std::vector<double> xs, ys;
            for (end = first; end < series.value.size() && std::isfinite(series.value[end]); ++end) {
                xs.push_back(x_of(series.x[end]));
                ys.push_back(y_of(series.value[end]));
            }
            svg_.curve(xs, ys, number);
        }
    }

    const CurveChart& chart_;
    double panel_height_, right_, marks_, height_;
    Scale across_;
    std::vector<std::string> names_;
    ChartSvg svg_;
};

}  // namespace

std::string curve_svg(const CurveChart& chart, unsigned width, unsigned panel_height) {
    return Drawing(chart, width, panel_height).draw();
}

}  // namespace geo
