// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/trend_chart.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace geo;

namespace {

Date day(int year, unsigned month, unsigned d) {
    return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(d);
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

TrendChart chart() {
    TrendChart made;
    made.title = "Takeaways";
    made.axis = "per 1,000 residents";
    made.days = {day(2020, 1, 1), day(2021, 1, 1), day(2022, 1, 1), day(2023, 1, 1)};
    made.series = {{"all areas", {1.0, 1.5, 2.0, 1.0}, {0.5, 1.0, 1.5, 0.5}, {1.5, 2.0, 2.5, 1.5}}};
    return made;
}

}  // namespace

TEST_CASE("a line, its band, round ticks from 0, a legend, words for those who cannot see it") {
    const std::string svg = trend_svg(chart(), 840, 440);
    CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"840\" height=\"440\""));
    CHECK(holds(svg, "<title id=\"chart-title\">Takeaways</title>"));
    CHECK(holds(svg, "all areas: 1.00 on 2020-01-01, 1.00 on 2023-01-01."));
    CHECK(count(svg, "<polyline ") == 1);
    CHECK(count(svg, "<polygon ") == 1);
    CHECK(count(svg, "<circle ") == 4);
    for (const char* tick : {">0.0<", ">0.5<", ">1.0<", ">2.5<", ">2020<", ">2023<"})
        CHECK_MESSAGE(holds(svg, tick), std::string(tick));
    // 0 is on the base line, 2.5 at the top; the first day at the left, the last at the right.
    CHECK(holds(svg, "cx=\"64.00\" cy=\"248.00\""));
    CHECK(holds(svg, "cx=\"650.00\" cy=\"248.00\""));
    CHECK(svg == trend_svg(chart(), 840, 440));
}

TEST_CASE("what is not known breaks the line, a day alone is a point with an upright") {
    TrendChart made = chart();
    made.series[0].value[1] = made.series[0].lower[1] = made.series[0].upper[1] = kNone;
    const std::string svg = trend_svg(made);
    CHECK(count(svg, "<polyline ") == 1);
    CHECK(count(svg, "<circle ") == 3);
    CHECK(count(svg, "<polygon ") == 1);
    CHECK_FALSE(holds(svg, "nan"));
}

TEST_CASE("names from data cannot leave their place") {
    TrendChart made = chart();
    made.title = "A <script> & \"more\"";
    made.series[0].name = "</text><x>";
    const std::string svg = trend_svg(made);
    CHECK(holds(svg, "A &lt;script&gt; &amp; &quot;more&quot;"));
    CHECK_FALSE(holds(svg, "<script>"));
    CHECK_FALSE(holds(svg, "<x>"));
}

TEST_CASE("one day, no figure, negative figures, months") {
    TrendChart one = chart();
    one.days = {day(2020, 7, 21)};
    one.series = {{"a", {3}, {}, {}}};
    CHECK(holds(trend_svg(one), ">2020-07-21<"));
    one.series = {{"a", {kNone}, {}, {}}};
    CHECK(holds(trend_svg(one), "a: not known"));
    TrendChart below = chart();
    below.series[0].value = {-2, 1, 0, 1};
    CHECK(holds(trend_svg(below), ">-2<"));
    TrendChart months = chart();
    months.days = {day(2020, 7, 21), day(2020, 11, 14), day(2021, 5, 1), day(2021, 8, 20)};
    CHECK(holds(trend_svg(months), ">Sep 2020<"));
}

TEST_CASE("many series: colours come again with dashes") {
    TrendChart made = chart();
    for (int k = 0; k < 9; ++k) made.series.push_back(made.series.front());
    CHECK(count(trend_svg(made), "stroke-dasharray=\"6 3\"") == 6);  // 3 lines and their legend
}
