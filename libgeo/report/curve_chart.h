// SPDX-License-Identifier: Apache-2.0
//
// Figures over a distance as a drawing: panels above one another, one line a series, and uprights where something is marked.
#pragma once

#include <string>
#include <vector>

namespace geo {

/// One figure at each of `x`, ascending; NaN where it is not known, and the line is broken there.
struct CurveSeries {
    std::string name;  ///< the same name has the same colour in every panel
    std::vector<double> x, value;
};

struct CurvePanel {
    std::string axis;  ///< what the upright axis measures: `Applications that would breach`
    std::vector<CurveSeries> series;
};

/// An upright through every panel, with words beside it: `as adopted: 400 m`.
struct CurveMark {
    double x = 0;
    std::string words;
};

struct CurveChart {
    std::string title;
    std::string across;  ///< what lies along: `Limit in metres`
    std::string unit;    ///< of `x`, for the description: `m`
    std::string note;    ///< a line under the chart; empty: none
    std::vector<CurvePanel> panels;
    std::vector<CurveMark> marks;
};

/// One SVG element of `width` px, each panel `panel_height` high: no scripts, no outside files, <title> and <desc> (the ends of each line, in words) for those who
/// cannot see it. Lines keep apart by colour (Okabe and Ito's), then by dashes. The upright axes begin at 0. The same chart gives the same bytes.
std::string curve_svg(const CurveChart& chart, unsigned width = 840, unsigned panel_height = 300);

}  // namespace geo
