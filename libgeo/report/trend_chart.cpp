// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/trend_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "libgeo/base/text.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/markup.h"

namespace geo {
namespace {

// Okabe and Ito's colours, which stay apart for the colour-blind; after them again, with dashes.
constexpr std::array<std::string_view, 7> kColours = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                      "#56b4e9", "#e69f00", "#333333"};
constexpr std::array<std::string_view, 3> kDashes = {"", "6 3", "2 3"};
constexpr double kMarginLeft = 64, kMarginTop = 56, kMarginBottom = 64, kLegend = 190, kLegendLine = 18;
constexpr std::size_t kNameWidth = 24, kMostTicks = 8;

std::string px(double value) { return format_fixed(value, 2); }

/// Round steps: 1, 2 or 5 times a power of ten.
struct Scale {
    double least = 0, most = 1, step = 1;
    int decimals = 0;
};

Scale scale_for(double least, double most) {
    constexpr double kSteps = 6;
    Scale scale;
    least = std::min(0.0, least);
    most = std::max(most, 0.0);
    if (least == most) most = least + 1;
    const double rough = (most - least) / kSteps;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double times : {1.0, 2.0, 5.0, 10.0}) {
        scale.step = times * power;
        if (scale.step >= rough) break;
    }
    scale.decimals = std::clamp(static_cast<int>(-std::floor(std::log10(scale.step) + 1e-9)), 0, 12);
    scale.least = std::floor(least / scale.step) * scale.step;
    scale.most = std::ceil(most / scale.step) * scale.step;
    return scale;
}

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
        : chart_(chart), width_(width), height_(height), right_(width_ - kLegend), bottom_(height_ - kMarginBottom) {
        first_ = chart.days.empty() ? Date{} : chart.days.front();
        last_ = chart.days.empty() ? Date{} : chart.days.back();
        double least = 0, most = 0;
        for (const TrendSeries& series : chart.series) {
            for (const auto* figures : {&series.value, &series.lower, &series.upper}) {
                for (const double figure : *figures) {
                    if (!std::isfinite(figure)) continue;
                    least = std::min(least, figure);
                    most = std::max(most, figure);
                }
            }
        }
        scale_ = scale_for(least, most);
    }

    std::string draw() {
        head();
        axes();
        for (std::size_t k = 0; k < chart_.series.size(); ++k) band(k);
        for (std::size_t k = 0; k < chart_.series.size(); ++k) line(k);
        legend();
        if (!chart_.note.empty()) text(kMarginLeft, height_ - 10, chart_.note, "start", 11);
        return svg_ + "</svg>\n";
    }

  private:
    double x_of(Date day) const {
        if (first_ == last_) return (kMarginLeft + right_) / 2;
        const double share =
            static_cast<double>((day - first_).count()) / static_cast<double>((last_ - first_).count());
        return kMarginLeft + share * (right_ - kMarginLeft);
    }
    double y_of(double value) const {
        return bottom_ - (value - scale_.least) / (scale_.most - scale_.least) * (bottom_ - kMarginTop);
    }

    void text(double x, double y, std::string_view words, std::string_view anchor, int size) {
        svg_ += fmt::format(R"(<text x="{}" y="{}" font-size="{}" text-anchor="{}">{}</text>)", px(x), px(y), size,
                            anchor, escaped(words));
    }
    void rule(double x1, double y1, double x2, double y2, std::string_view colour) {
        svg_ += fmt::format(R"(<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}"/>)", px(x1), px(y1), px(x2), px(y2),
                            colour);
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

    void head() {
        svg_ = fmt::format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
            "role=\"img\" aria-labelledby=\"chart-title chart-desc\" font-family=\"sans-serif\">"
            "<title id=\"chart-title\">{2}</title><desc id=\"chart-desc\">{3}</desc>"
            "<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>",
            format_fixed(width_, 0), format_fixed(height_, 0), escaped(chart_.title), escaped(description()));
        text(kMarginLeft, 22, chart_.title, "start", 16);
        text(kMarginLeft, 42, chart_.axis, "start", 12);
    }

    void axes() {
        const auto steps = static_cast<int>(std::lround((scale_.most - scale_.least) / scale_.step));
        for (int k = 0; k <= steps; ++k) {
            const double value = scale_.least + k * scale_.step, y = y_of(value);
            rule(kMarginLeft, y, right_, y, k == 0 ? "#333333" : "#dddddd");
            text(kMarginLeft - 8, y + 4, format_fixed(value, scale_.decimals), "end", 11);
        }
        int step = 12;
        const std::vector<int> ticks = month_ticks(first_, last_, step);
        for (const int month : ticks) {
            const double x = x_of(first_of(month));
            rule(x, bottom_, x, bottom_ + 5, "#333333");
            const std::string day = format_date_long(first_of(month));  // `1 July 2020`
            text(x, bottom_ + 19,
                 step >= 12 ? day.substr(day.size() - 4) : day.substr(2, 3) + day.substr(day.size() - 5), "middle", 11);
        }
        if (!ticks.empty()) return;
        for (const Date day : first_ == last_ ? std::vector{first_} : std::vector{first_, last_})
            text(x_of(day), bottom_ + 19, format_date(day), "middle", 11);
    }

    static std::string_view colour_of(std::size_t series) { return kColours[series % kColours.size()]; }
    static std::string_view dashes_of(std::size_t series) { return kDashes[series / kColours.size() % kDashes.size()]; }

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
                rule(x, y_of(series.lower[first]), x, y_of(series.upper[first]), colour_of(number));
                continue;
            }
            std::string points;
            for (std::size_t k = first; k < end; ++k)
                points += fmt::format("{},{} ", px(x_of(chart_.days[k])), px(y_of(series.upper[k])));
            for (std::size_t k = end; k > first; --k)
                points += fmt::format("{},{} ", px(x_of(chart_.days[k - 1])), px(y_of(series.lower[k - 1])));
            points.pop_back();
            svg_ += fmt::format(R"(<polygon points="{}" fill="{}" fill-opacity="0.15"/>)", points, colour_of(number));
        }
    }

    void line(std::size_t number) {
        const TrendSeries& series = chart_.series[number];
        const std::string dashes =
            dashes_of(number).empty() ? "" : fmt::format(R"( stroke-dasharray="{}")", dashes_of(number));
        for (std::size_t first = 0, end = 0; first < series.value.size(); first = std::max(end, first + 1)) {
            std::string points;
            for (end = first; end < series.value.size() && std::isfinite(series.value[end]); ++end)
                points += fmt::format("{},{} ", px(x_of(chart_.days[end])), px(y_of(series.value[end])));
            if (end > first + 1) {
                points.pop_back();
                svg_ += fmt::format(R"(<polyline points="{}" fill="none" stroke="{}" stroke-width="2"{}/>)", points,
                                    colour_of(number), dashes);
            }
            for (std::size_t k = first; k < end; ++k)
                svg_ += fmt::format(R"(<circle cx="{}" cy="{}" r="3" fill="{}"/>)", px(x_of(chart_.days[k])),
                                    px(y_of(series.value[k])), colour_of(number));
        }
    }

    void legend() {
        const double left = right_ + 16;
        for (std::size_t k = 0; k < chart_.series.size(); ++k) {
            const double y = kMarginTop + 6 + kLegendLine * static_cast<double>(k);
            const std::string dashes =
                dashes_of(k).empty() ? "" : fmt::format(R"( stroke-dasharray="{}")", dashes_of(k));
            svg_ += fmt::format(R"(<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="2"{}/>)", px(left),
                                px(y), px(left + 18), px(y), colour_of(k), dashes);
            text(left + 24, y + 4, cut(printable(chart_.series[k].name, 120), kNameWidth), "start", 11);
        }
    }

    const TrendChart& chart_;
    double width_, height_, right_, bottom_;
    Date first_, last_;
    Scale scale_;
    std::string svg_;
};

}  // namespace

std::string trend_svg(const TrendChart& chart, unsigned width, unsigned height) {
    return Drawing(chart, width, height).draw();
}

}  // namespace geo
