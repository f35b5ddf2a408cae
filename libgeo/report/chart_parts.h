// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: what the charts share. Lengths are px.
#pragma once

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace geo {

inline constexpr double kChartLeft = 64, kChartLegend = 190;
/// Characters of a name in the legend.
inline constexpr std::size_t kLegendName = 24;

/// `12.34`: a coordinate of a drawing.
std::string px(double value);

/// An axis with round steps: 1, 2 or 5 times a power of ten.
struct Scale {
    double least = 0, most = 1, step = 1;
    int decimals = 0;
};
/// From 0, or from below it, to 0 or above it.
Scale scale_for(double least, double most);
/// From about `least` to about `most`, wherever 0 is.
Scale scale_between(double least, double most);

/// Okabe and Ito's colours, which stay apart for the colour-blind; after them again, with dashes.
std::string_view colour_of_series(std::size_t series);
/// ` stroke-dasharray="6 3"`, with the blank before it; empty: a whole line.
std::string dashes_of_series(std::size_t series);

/// An SVG that grows.
class ChartSvg {
  public:
    /// White, with <title>, <desc> and the title above.
    ChartSvg(double width, double height, std::string_view title, const std::string& description);
    void text(double x, double y, std::string_view words, std::string_view anchor, int size);
    void rule(double x1, double y1, double x2, double y2, std::string_view colour, std::string_view more = {});
    /// Horizontal rules with their figures, from `left` to `right`, `y_of` the place of a value.
    template <class Place>
    void steps(const Scale& scale, double left, double right, const Place& y_of);
    /// A line through points that follow each other, and a dot at each.
    void curve(const std::vector<double>& xs, const std::vector<double>& ys, std::size_t series);
    /// The names of series, from `top` downwards, cut to `width` characters.
    void legend(double left, double top, const std::vector<std::string>& names, std::size_t width = kLegendName);
    void add(std::string_view markup) { svg_ += markup; }
    std::string end() { return svg_ + "</svg>\n"; }

  private:
    void step(double value, double y, bool base, double left, double right, int decimals);
    std::string svg_;
};

template <class Place>
void ChartSvg::steps(const Scale& scale, double left, double right, const Place& y_of) {
    const auto steps = static_cast<int>(std::lround((scale.most - scale.least) / scale.step));
    for (int k = 0; k <= steps; ++k) {
        const double value = scale.least + k * scale.step;
        step(value, y_of(value), k == 0, left, right, scale.decimals);
    }
}

}  // namespace geo
