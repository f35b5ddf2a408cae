// SPDX-License-Identifier: Apache-2.0
//
// The fictional borough has a hot spot and a gap by deprivation planted in its openings (datasets/fernhill/README.md): they are found.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "libgeo/density/area_counts.h"
#include "libgeo/density/concentrations.h"
#include "libgeo/density/regression.h"
#include "libgeo/geometry/distance.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/premises.h"
#include "libgeo/layers/study.h"

using namespace geo;

namespace {

constexpr Point kHotSpot{657900, 255100};
constexpr double kHotRadius = 650;

struct Fernhill {
    Layers layers;
    Shops openings;  ///< every takeaway that opened from 2011 to 2025
    const AreaLayer* areas = nullptr;

    Fernhill() {
        Issues issues;
        LoadOptions options;
        options.grids = {{CORDON_GRID_DIR}};
        layers =
            load_layers(read_study(std::string(CORDON_SOURCE_DIR) + "/datasets/fernhill/study.toml"), options, issues);
        areas = layers.area_layer("lsoas");
        const Premises premises = premises_of(*layers.outlet_layer("takeaways"), issues);
        for (std::size_t spell = 0; spell < premises.size(); ++spell) {
            if (!premises.opens(spell)) continue;
            openings.points.add_copy(premises.shapes, spell);
            openings.uses.push_back(premises.uses[spell]);
        }
    }
    double metres_to_hot_spot(std::size_t area) const {
        const Point c = centroid(areas->shapes, area);
        return std::hypot(c.x - kHotSpot.x, c.y - kHotSpot.y);
    }
};

const Fernhill& fernhill() {
    static const Fernhill borough;
    return borough;
}

const Date kDay = std::chrono::year(2018) / 7 / 1;

}  // namespace

TEST_CASE("Gi* on small areas finds the planted hot spot, and no other") {
    const Fernhill& f = fernhill();
    const std::vector<Use> takeaways = {Use::hot_food_takeaway};
    const AreaHeats heats = area_heat(f.openings, *f.areas, takeaways, kDay, {});
    REQUIRE(heats.per_residents);
    REQUIRE(heats.rows.size() == 2 * f.areas->size());
    const auto first_of_use = heats.rows.begin() + static_cast<std::ptrdiff_t>(f.areas->size());
    const auto hottest = std::max_element(first_of_use, heats.rows.end(),
                                          [](const AreaHeat& a, const AreaHeat& b) { return a.z < b.z; });
    CHECK(f.metres_to_hot_spot(hottest->area) < kHotRadius);
    CHECK(hottest->z > 5);
    int within = 0;
    for (auto heat = first_of_use; heat != heats.rows.end(); ++heat) {
        const double metres = f.metres_to_hot_spot(heat->area);
        if (metres < kHotRadius / 2) {
            ++within;
            CHECK_MESSAGE(heat->z > 2.58, f.areas->code[heat->area], " ", heat->z);
        }
        // Neighbours reach `within_m` farther than the circle, and their own size.
        if (metres > kHotRadius + 2 * heats.within_m)
            CHECK_MESSAGE(heat->z < 3.29, f.areas->code[heat->area], " ", heat->z);
    }
    CHECK(within >= 1);
}

TEST_CASE("Kernel density of the openings is highest in the planted hot spot") {
    const Fernhill& f = fernhill();
    std::vector<Point> points;
    Box box = Box::empty();
    for (std::size_t shop = 0; shop < f.openings.size(); ++shop) {
        points.push_back(f.openings.points.first_point(shop));
        box.add(points.back().x, points.back().y);
    }
    const PointGrid grid = grid_over(box, 100);
    const std::vector<double> density = kernel_density(points, {}, grid, 400, 0);
    const auto peak = static_cast<std::size_t>(std::max_element(density.begin(), density.end()) - density.begin());
    const Point p = grid.at(peak % grid.columns, peak / grid.columns);
    CHECK(std::hypot(p.x - kHotSpot.x, p.y - kHotSpot.y) < kHotRadius);
}

TEST_CASE("The planted gap: openings per resident go up with deprivation by a factor of 2.5") {
    const Fernhill& f = fernhill();
    const std::vector<std::uint32_t> area_of = area_of_each(f.openings.points, *f.areas, 0);
    const std::vector<double> people = population_on(*f.areas, kDay, false);
    const std::vector<double>& rank = f.areas->deprivation_rank;
    REQUIRE(rank.size() == f.areas->size());
    std::vector<Term> terms = {{"intercept", {}}, {"deprivation", {}}};
    std::vector<double> counts, offset;
    for (std::uint32_t area = 0; area < f.areas->size(); ++area) {
        if (f.metres_to_hot_spot(area) < 2 * kHotRadius) continue;  // that is another story
        // Rank 1 is the most deprived; 0 is the least deprived area of the borough, 1 the most.
        const auto less_deprived =
            std::count_if(rank.begin(), rank.end(), [&](double other) { return other > rank[area]; });
        terms[0].values.push_back(1);
        terms[1].values.push_back(static_cast<double>(less_deprived) / static_cast<double>(rank.size() - 1));
        counts.push_back(static_cast<double>(std::count(area_of.begin(), area_of.end(), area)));
        offset.push_back(std::log(people[area]));
    }
    const Fit fit = poisson_regression(terms, counts, offset, Spread::quasi_poisson);
    const Interval gap = ratio_around(fit.coefficients[1], fit.error(1), 0.95, static_cast<double>(fit.degrees));
    MESSAGE("gap ", gap.value, " (", gap.lower, " to ", gap.upper, ")");
    CHECK(gap.lower < 2.5);
    CHECK(gap.upper > 2.5);
    CHECK(gap.lower > 1.3);
}
