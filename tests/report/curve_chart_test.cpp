// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/curve_chart.h"

#include <doctest/doctest.h>

#include <limits>

using namespace geo;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

CurveChart chart() {
    CurveChart made;
    made.title = "What other limits would decide";
    made.across = "Limit in metres";
    made.unit = "m";
    made.panels = {
        {"Applications that would breach",
         {{"boundary", {200, 400, 600, 800}, {10, 20, 30, 40}}, {"entrances", {200, 400, 600, 800}, {5, 10, 15, 20}}}},
        {"Share of the study area, %", {{"boundary", {200, 400, 600, 800}, {8, 16, 30, 45}}}}};
    made.marks = {{400, "R1 as adopted: 400 m"}};
    return made;
}

}  // namespace

TEST_CASE(
    "two panels over one axis in metres, a line a series, uprights where it is marked, words for those who cannot see "
    "it") {
    const std::string svg = curve_svg(chart(), 840, 300);
    CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"840\" height=\"707\""));
    CHECK(holds(svg, "role=\"img\" aria-labelledby=\"chart-title chart-desc\""));
    CHECK(holds(svg, "<title id=\"chart-title\">What other limits would decide</title>"));
    CHECK(holds(
        svg,
        "Applications that would breach. boundary: 10 at 200 m, 40 at 800 m. entrances: 5 at 200 m, 20 at 800 m."));
    CHECK(holds(svg, "Marked at 400 m: R1 as adopted: 400 m."));
    CHECK(count(svg, "<polyline ") == 3);
    CHECK(count(svg, "<circle ") == 12);
    // 200 at the left, 800 at the right, the mark a third of the way; both panels have the axis.
    CHECK(holds(svg, "cx=\"64.00\""));
    CHECK(holds(svg, "cx=\"610.00\""));
    CHECK(count(svg, "<line x1=\"246.00\"") == 4);  // the mark and a tick, in each panel
    CHECK(count(svg, ">800<") == 2);
    CHECK(svg.ends_with("</svg>\n"));
    CHECK(svg == curve_svg(chart(), 840, 300));
}

TEST_CASE("a name has the same colour in every panel") {
    CurveChart made = chart();
    made.panels[1].series = {{"entrances", {200, 800}, {1, 2}}};
    const std::string svg = curve_svg(made);
    CHECK(count(svg, "stroke=\"#d55e00\" stroke-width=\"2\"") == 3);  // two lines and the legend
    CHECK(count(svg, ">entrances<") == 1);
}

TEST_CASE("what is not known breaks the line, one limit alone is a point, nothing at all is drawn too") {
    CurveChart made = chart();
    made.panels[0].series = {{"boundary", {200, 400, 600, 800}, {10, kNone, 30, 40}}};
    made.panels.pop_back();
    CHECK(count(curve_svg(made), "<polyline ") == 1);
    CHECK(count(curve_svg(made), "<circle ") == 3);
    made.panels[0].series = {{"boundary", {400}, {10}}};
    const std::string one = curve_svg(made);
    CHECK(count(one, "<polyline ") == 0);
    CHECK(count(one, "<circle ") == 1);
    made.panels[0].series = {{"boundary", {400}, {kNone}}};
    CHECK(holds(curve_svg(made), "boundary: not known"));
    made.panels[0].series.clear();
    made.marks.clear();
    for (const std::string& svg : {one, curve_svg(made)}) {
        CHECK_FALSE(holds(svg, "nan"));
        CHECK_FALSE(holds(svg, "inf"));
        CHECK(svg.ends_with("</svg>\n"));
    }
}

TEST_CASE("names from data cannot leave their place") {
    CurveChart made = chart();
    made.title = "A <script> & \"more\"";
    made.panels[0].series[0].name = "</text><x>";
    made.marks[0].words = "<b>";
    const std::string svg = curve_svg(made);
    CHECK(holds(svg, "A &lt;script&gt; &amp; &quot;more&quot;"));
    for (const char* raw : {"<script>", "<x>", "<b>"}) CHECK_MESSAGE(!holds(svg, raw), std::string(raw));
}
