// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>
#include <vector>

#include "libgeo/base/text.h"

namespace geo {
namespace {

/// The four cells, of all areas or of one.
struct Cells {
    std::array<double, 4> events{};  // before and after where treated, before and after elsewhere
    void add(const BeforeAfter& row, double times = 1) {
        events[row.treated ? 0 : 2] += times * row.before;
        events[row.treated ? 1 : 3] += times * row.after;
    }
    Cells without(const Cells& other) const {
        Cells rest = *this;
        for (std::size_t k = 0; k < events.size(); ++k) rest.events[k] -= other.events[k];
        return rest;
    }
    bool has_empty() const {
        return std::ranges::any_of(events, [](double count) { return count <= 0; });
    }
    double log_ratio() const { return std::log(events[1] / events[0] * (events[2] / events[3])); }
};

constexpr std::array<const char*, 4> kCells = {"in the zone before", "in the zone after", "in the comparison before",
                                               "in the comparison after"};

Difference refused(std::string why) {
    Difference difference;
    difference.refusal = std::move(why);
    return difference;
}

std::string too_few(const Cells& all) {
    for (std::size_t k = 0; k < kCells.size(); ++k)
        if (all.events[k] < kLeastEvents)
            return fmt::format(
                "{} {}; at least {:.0f} are needed before and after, in the zone and in the comparison: a longer "
                "record, or several authorities together",
                counted(static_cast<std::uint64_t>(all.events[k]), "opening"), kCells[k], kLeastEvents);
    return {};
}

std::string too_few_areas(std::size_t areas) {
    return fmt::format(
        "{} areas have openings; at least {} are needed to tell how much areas differ: give smaller areas (--by)",
        areas, kLeastAreas);
}

std::map<std::uint32_t, Cells> cells_by_area(std::span<const BeforeAfter> rows) {
    std::map<std::uint32_t, Cells> by_area;
    for (const BeforeAfter& row : rows)
        if (row.before + row.after > 0) by_area[row.area].add(row);
    return by_area;
}

/// A row for each area, side and time; the last coefficient is the difference.
struct MeanDesign {
    std::vector<Term> terms = {{"intercept", {}}, {"treated", {}}, {"after", {}}, {"treated and after", {}}};
    std::vector<double> y;
    std::vector<std::uint32_t> clusters;
    void add(const BeforeAfter& row, bool after, double events_a_year) {
        const double treated = row.treated ? 1 : 0, later = after ? 1 : 0;
        terms[0].values.push_back(1);
        terms[1].values.push_back(treated);
        terms[2].values.push_back(later);
        terms[3].values.push_back(treated * later);
        y.push_back(events_a_year);
        clusters.push_back(row.area);
    }
};

}  // namespace

Difference ratio_of_ratios(std::span<const BeforeAfter> rows, double confidence) {
    Cells all;
    for (const BeforeAfter& row : rows) all.add(row);
    if (std::string why = too_few(all); !why.empty()) return refused(std::move(why));
    const std::map<std::uint32_t, Cells> by_area = cells_by_area(rows);
    if (by_area.size() < kLeastAreas) return refused(too_few_areas(by_area.size()));
    const double value = all.log_ratio();
    double sum = 0;
    for (const auto& [area, cells] : by_area) {
        const Cells rest = all.without(cells);
        if (rest.has_empty())
            return refused(
                "all openings before, or all after, in the zone or in the comparison, lie in a single area; give "
                "smaller areas (--by), or a longer record");
        const double moved = rest.log_ratio() - value;
        sum += moved * moved;
    }
    const auto areas = static_cast<double>(by_area.size());
    Difference difference;
    difference.areas = by_area.size();
    difference.error = std::sqrt((areas - 1) / areas * sum);
    difference.degrees = areas - 1;
    difference.estimate = ratio_around(value, difference.error, confidence, difference.degrees);
    return difference;
}

Difference difference_of_means(std::span<const BeforeAfter> rows, double years_before, double years_after,
                               double confidence) {
    if (!(years_before > 0) || !(years_after > 0))
        throw std::invalid_argument("difference of means: periods without length");
    const auto treated = std::ranges::count_if(rows, &BeforeAfter::treated);
    if (treated == 0 || treated == std::ssize(rows))
        return refused("no area on one side of the policy's edge; there is nothing to compare with");
    MeanDesign design;
    for (const BeforeAfter& row : rows) {
        design.add(row, false, row.before / years_before);
        design.add(row, true, row.after / years_after);
    }
    const std::set<std::uint32_t> areas(design.clusters.begin(), design.clusters.end());
    if (areas.size() < kLeastAreas) return refused(too_few_areas(areas.size()));
    const Fit fit = weighted_least_squares(design.terms, design.y);
    const std::vector<double> covariance = clustered_covariance(fit, design.terms, design.clusters, true);
    Difference difference;
    difference.areas = areas.size();
    difference.error = std::sqrt(covariance.back());
    difference.degrees = static_cast<double>(areas.size() - 1);
    difference.estimate = interval_around(fit.coefficients.back(), difference.error, confidence, difference.degrees);
    return difference;
}

}  // namespace geo
