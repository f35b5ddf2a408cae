// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/trend_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/base/text.h"
#include "libgeo/report/chart_parts.h"

namespace geo {
namespace {

constexpr double kMarginTop = 56, kMarginBottom = 64;
constexpr std::size_t kMostTicks = 8;

int month_number(Date day) {
    const std::chrono::year_month_day ymd(day);
    return static_cast<int>(ymd.year()) * 12 + static_cast<int>(static_cast<unsigned>(ymd.month())) - 1;
}

Date first_of(int month) {
    return std::chrono::sys_days(std::chrono::year(month / 12) /
                                 std::chrono::month(static_cast<unsigned>(month % 12 + 1)) / 1);
}

/// Firsts of months at round steps, few enough to be read.
std::vector<int> month_ticks(Date first, Date last, int& step) {
    constexpr int kYear = 12;
    const bool years = month_number(last) - month_number(first) >= 2 * kYear;
    for (const int wanted : {1, 2, 3, 6, kYear, 24, 60, 120, 240, 600}) {
        if (years && wanted < kYear) continue;
        step = wanted;
        std::vector<int> ticks;
        int month = month_number(first);
        month += (step - month % step) % step;
        for (; first_of(month) <= last; month += step)
            if (first_of(month) >= first) ticks.push_back(month);
        if (ticks.size() <= kMostTicks) return ticks;
    }
    return {};
}

class Drawing {
  public:
    Drawing(const TrendChart& chart, unsigned width, unsigned height)
        : chart_(chart),
          height_(height),
          right_(width - kChartLegend),
          bottom_(height_ - kMarginBottom),
          first_(chart.days.empty() ? Date{} : chart.days.front()),
          last_(chart.days.empty() ? Date{} : chart.days.back()),
          scale_(scale_of(chart)),
          svg_(width, height, chart.title, description()) {}

    std::string draw() {
        svg_.text(kChartLeft, 42, chart_.axis, "start", 12);
        axes();
        for (std::size_t k = 0; k < chart_.series.size(); ++k) band(k);
        for (std::size_t k = 0; k < chart_.series.size(); ++k) line(k);
        std::vector<std::string> names;
        for (const TrendSeries& series : chart_.series) names.push_back(series.name);
        svg_.legend(right_ + 16, kMarginTop + 6, names);
        if (!chart_.note.empty()) svg_.text(kChartLeft, height_ - 10, chart_.note, "start", 11);
        return svg_.end();
    }

  private:
    static Scale scale_of(const TrendChart& chart) {
        double least = 0, most = 0;
        for (const TrendSeries& series : chart.series)
            for (const auto* figures : {&series.value, &series.lower, &series.upper})
                for (const double figure : *figures) {
                    if (!std::isfinite(figure)) continue;
                    least = std::min(least, figure);
                    most = std::max(most, figure);
                }
        return scale_for(least, most);
    }

    double x_of(Date day) const {
        if (first_ == last_) return (kChartLeft + right_) / 2;
        const double share =
            static_cast<double>((day - first_).count()) / static_cast<double>((last_ - first_).count());
        return kChartLeft + share * (right_ - kChartLeft);
    }
    double y_of(double value) const {
        return bottom_ - (value - scale_.least) / (scale_.most - scale_.least) * (bottom_ - kMarginTop);
    }

    /// The first and the last known figure of each series, in words.
    std::string description() const {
        std::string words = chart_.axis;
        for (const TrendSeries& series : chart_.series) {
            std::size_t first = series.value.size(), last = 0;
            for (std::size_t k = 0; k < series.value.size(); ++k) {
                if (!std::isfinite(series.value[k])) continue;
                first = std::min(first, k);
                last = k;
            }
            if (first == series.value.size()) {
                words += fmt::format(". {}: not known", printable(series.name, 60));
                continue;
            }
            words += fmt::format(". {}: {} on {}", printable(series.name, 60), figure(series.value[first]),
                                 format_date(chart_.days[first]));
            if (last != first)
                words += fmt::format(", {} on {}", figure(series.value[last]), format_date(chart_.days[last]));
        }
        return words + ".";
    }
    std::string figure(double value) const {
        return format_fixed(value, scale_.decimals == 0 ? 0 : scale_.decimals + 1);
    }

    void axes() {
        svg_.steps(scale_, kChartLeft, right_, [this](double value) { return y_of(value); });
        int step = 12;
        const std::vector<int> ticks = month_ticks(first_, last_, step);
        for (const int month : ticks) {
            const double x = x_of(first_of(month));
            svg_.rule(x, bottom_, x, bottom_ + 5, "#333333");
            const std::string day = format_date_long(first_of(month));  // `1 July 2020`
            svg_.text(x, bottom_ + 19,
                      step >= 12 ? day.substr(day.size() - 4) : day.substr(2, 3) + day.substr(day.size() - 5), "middle",
                      11);
        }
        if (!ticks.empty()) return;
        for (const Date day : first_ == last_ ? std::vector{first_} : std::vector{first_, last_})
            svg_.text(x_of(day), bottom_ + 19, format_date(day), "middle", 11);
    }

    bool has_interval(const TrendSeries& series, std::size_t k) const {
        return k < series.lower.size() && k < series.upper.size() && std::isfinite(series.lower[k]) &&
               std::isfinite(series.upper[k]);
    }

    /// Behind the lines: a surface over days that follow each other, an upright where a day stands alone.
    void band(std::size_t number) {
        const TrendSeries& series = chart_.series[number];
        for (std::size_t first = 0, end = 0; first < chart_.days.size(); first = std::max(end, first + 1)) {
            for (end = first; end < chart_.days.size() && has_interval(series, end);) ++end;
            if (end == first) continue;
            if (end == first + 1) {
                const double x = x_of(chart_.days[first]);
                svg_.rule(x, y_of(series.lower[first]), x, y_of(series.upper[first]), colour_of_series(number));
                continue;
            }
            std::string points;
            for (std::size_t k = first; k < end; ++k)
                points += fmt::format("{},{} ", px(x_of(chart_.days[k])), px(y_of(series.upper[k])));
            for (std::size_t k = end; k > first; --k)
                points += fmt::format("{},{} ", px(x_of(chart_.days[k - 1])), px(y_of(series.lower[k - 1])));
            points.pop_back();
            svg_.add(fmt::format(R"(<polygon points="{}" fill="{}" fill-opacity="0.15"/>)", points,
                                 colour_of_series(number)));
        }
    }

    void line(std::size_t number) {
        const TrendSeries& series = chart_.series[number];
        for (std::size_t first = 0, end = 0; first < series.value.size(); first = std::max(end, first + 1)) {
            std::vector<double> xs, ys;
            for (end = first; end < series.value.size() && std::isfinite(series.value[end]); ++end) {
                xs.push_back(x_of(chart_.days[end]));
                ys.push_back(y_of(series.value[end]));
            }
            svg_.curve(xs, ys, number);
        }
    }

    const TrendChart& chart_;
    double height_, right_, bottom_;
    Date first_, last_;
    Scale scale_;
    ChartSvg svg_;
};

}  // namespace

std::string trend_svg(const TrendChart& chart, unsigned width, unsigned height) {
    return Drawing(chart, width, height).draw();
}

}  // namespace geo
