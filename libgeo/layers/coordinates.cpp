// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/coordinates.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "libgeo/base/text.h"

namespace geo {

void CoordinateSample::see(Point p, std::int64_t row) {
    if (located++ == 0) first = p, first_row = row;
    degree_like += std::abs(p.x) <= 180.0 && std::abs(p.y) <= 90.0;
    if (points.size() < kPointsABatch) points.push_back(p);
}

void CoordinateSample::see_unreadable(std::string_view column, std::string_view value, std::int64_t row) {
    if (unreadable++ != 0) return;
    unreadable_column = column;
    unreadable_value = value;
    unreadable_row = row;
}

void CoordinateSample::merge(const CoordinateSample& later) {
    if (located == 0) first = later.first, first_row = later.first_row;
    if (unreadable == 0) {
        unreadable_value = later.unreadable_value;
        unreadable_column = later.unreadable_column;
        unreadable_row = later.unreadable_row;
    }
    located += later.located;
    degree_like += later.degree_like;
    unreadable += later.unreadable;
    numbers += later.numbers;
    decimals += later.decimals;
    for (const Point& p : later.points) {
        if (points.size() < kPointsKept) points.push_back(p);
    }
}

unsigned decimals_of(std::string_view number) {
    const std::size_t point = number.find('.');
    if (point == std::string_view::npos) return 0;
    unsigned n = 0;
    for (std::size_t i = point + 1; i < number.size() && number[i] >= '0' && number[i] <= '9'; ++i) ++n;
    return n;
}

namespace {

std::string shown(Point p) { return "(" + format_shortest(p.x) + ", " + format_shortest(p.y) + ")"; }

std::string row_words(const LayerFile& file, std::int64_t row) {
    return (file.table->format() == "CSV" ? "line " : "row ") + std::to_string(row);
}

Box grown(const Box& box, double by) { return {box.min_x - by, box.min_y - by, box.max_x + by, box.max_y + by}; }

/// How many of the sampled points fall into `box` once in the study's CRS.
std::size_t inside(const LayerFile& file, const std::vector<Point>& points, bool swapped, const Box& box) {
    std::vector<double> xs, ys;
    for (const Point& p : points) {
        xs.push_back(swapped ? p.y : p.x);
        ys.push_back(swapped ? p.x : p.y);
    }
    file.transformation->apply(xs, ys);
    std::size_t n = 0;
    for (std::size_t i = 0; i < xs.size(); ++i) n += box.contains({xs[i], ys[i]});  // NaN is in no box
    return n;
}

void check_label(const LayerFile& file, const CoordinateSample& s) {
    const std::string label = "labelled " + printable(file.crs->code());
    if (!file.crs->is_geographic() && s.degree_like == s.located) {
        file.fail("all " + counted(s.located, "coordinate") + " look like degrees, yet the layer is " + label +
                  ", which is in metres: " + row_words(file, s.first_row) + " is at " + shown(s.first) +
                  "; the label is wrong; say crs = \"EPSG:4326\" if these are longitude and latitude");
    }
    if (file.crs->is_geographic() && s.located > 2 * s.degree_like) {
        file.fail("coordinates are out of range for longitude and latitude, yet the layer is " + label + ": " +
                  row_words(file, s.first_row) + " is at " + shown(s.first) +
                  "; the label is wrong; say crs = \"EPSG:27700\" if these are eastings and northings");
    }
}

void check_axes(const LayerFile& file, const CoordinateSample& s, const std::optional<Box>& area) {
    Box near = Box::empty();
    if (area) {
        near = grown(*area, std::max({20'000.0, area->max_x - area->min_x, area->max_y - area->min_y}));
    } else if (file.bounds) {
        near = *file.bounds;
    } else {
        return;
    }
    const std::size_t n = s.points.size();
    if (inside(file, s.points, false, near) * 10 > n || inside(file, s.points, true, near) * 2 <= n) return;
    const std::string order = file.crs->is_geographic() ? "longitude before latitude" : "easting before northing";
    file.fail("axes look swapped: " + row_words(file, s.first_row) + " is at " + shown(s.first) + ", outside " +
              (area ? "and far from the study area" : "the area of use of the study's CRS") +
              ", and inside it with the two numbers exchanged; " + order + " is expected");
}

void check_reach(const LayerFile& file, const CoordinateSample& s, const Crs& study_crs) {
    if (!file.bounds || inside(file, s.points, false, *file.bounds) > 0) return;
    file.fail("no coordinate lies inside the area of use of the study's " + study_crs.code() + ": " +
              row_words(file, s.first_row) + " is at " + shown(s.first) + " (" + printable(file.crs->code()) +
              "); its coordinate system or the order of its axes is wrong");
}

/// Half of the last decimal, east and north together, at the sample's latitude.
double rounding_metres(int decimals, double latitude) {
    const double half = 0.5 * std::pow(10.0, -decimals) * 111'320.0;
    return std::hypot(half, half * std::cos(latitude * std::numbers::pi / 180.0));
}

void note_coarse(const LayerFile& file, const CoordinateSample& s, Issues& issues) {
    if (!file.crs->is_geographic() || s.numbers == 0) return;
    const double mean = static_cast<double>(s.decimals) / static_cast<double>(s.numbers);
    if (mean >= 5.5) return;
    const int decimals = static_cast<int>(std::lround(mean));
    issues.add(file.issue("coarse-coordinates",
                          "longitude and latitude have " + format_fixed(mean, 1) +
                              " decimals on average: a position is rounded by up to " +
                              format_fixed(rounding_metres(decimals, s.first.y), decimals >= 5 ? 1 : 0) + " m",
                          "used as they are; state the layer's accuracy so that results near a limit say so"));
}

}  // namespace

void check_coordinates(const LayerFile& file, const CoordinateSample& sample, const Crs& study_crs,
                       const std::optional<Box>& area, Issues& issues) {
    if (sample.located == 0) {
        if (sample.unreadable == 0) return;
        file.fail("no row has coordinates that can be read: " + printable(sample.unreadable_column) + " on " +
                  row_words(file, sample.unreadable_row) + " is \"" + printable(sample.unreadable_value) +
                  "\"; a plain number such as 430300.5 is expected");
    }
    check_label(file, sample);
    check_axes(file, sample, area);
    check_reach(file, sample, study_crs);
    note_coarse(file, sample, issues);
}

}  // namespace geo
