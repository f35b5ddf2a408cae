// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/density_table.h"

#include <cmath>

#include "libgeo/geometry/distance.h"

namespace geo {
namespace {

constexpr double kSquareMetresPerKm2 = 1e6;

/// Rates with their intervals; the same counts come again and again, so intervals of counts are kept.
class Rates {
  public:
    Rates(double per, double confidence) : per_(per), confidence_(confidence) {}

    Estimate of(std::int64_t outlets, double population) {
        if (outlets < 0 || !(population > 0)) return {};
        const auto at = static_cast<std::size_t>(outlets);
        if (at >= kKept) return crude_rate(static_cast<double>(outlets), population, per_, confidence_);
        while (intervals_.size() <= at)
            intervals_.push_back(count_interval(static_cast<double>(intervals_.size()), confidence_));
        Estimate rate = intervals_[at];
        for (double* figure : {&rate.value, &rate.lower, &rate.upper}) *figure *= per_ / population;
        return rate;
    }

  private:
    static constexpr std::size_t kKept = 1024;
    double per_, confidence_;
    std::vector<Estimate> intervals_;  // by count
};

/// Adds up what totals are made of.
struct Total {
    std::int64_t outlets = 0, opened = 0, closed = 0, change = 0, before = 0;
    double population = 0.0, km2 = 0.0;
    std::uint32_t covered = 0, on_both_days = 0;

    void add(const DensityRow& row, std::int64_t outlets_before) {
        if (row.outlets == DensityRow::kNotKnown) return;
        ++covered;
        outlets += row.outlets;
        population += row.population;  // NaN stays: then the total has no rate
        km2 += row.km2;
        if (row.change == DensityRow::kNotKnown) return;
        ++on_both_days;
        opened += row.opened;
        closed += row.closed;
        change += row.change;
        before += outlets_before;
    }
};

class Rows {
  public:
    Rows(const AreaCounts& counts, const AreaLayer& areas, const DensityOptions& options)
        : counts_(counts), rates_(options.per, options.confidence), km2_(areas.size()) {
        for (std::size_t area = 0; area < areas.size(); ++area)
            km2_[area] = geo::area(areas.shapes, area) / kSquareMetresPerKm2;
        for (const Date day : counts.days) population_.push_back(population_on(areas, day, options.interpolate));
    }

    std::vector<DensityRow> make() {
        rows_.reserve(counts_.uses.size() * counts_.days.size() * (counts_.areas + 1));
        for (std::uint32_t use = 0; use < counts_.uses.size(); ++use) {
            for (std::uint32_t day = 0; day < counts_.days.size(); ++day) add_day(use, day);
        }
        return std::move(rows_);
    }

  private:
    static std::int64_t known(std::int32_t count) { return count < 0 ? DensityRow::kNotKnown : count; }

    void add_day(std::uint32_t use, std::uint32_t day) {
        Total total;
        for (std::uint32_t area = 0; area < counts_.areas; ++area) {
            DensityRow row = row_of(use, day, area);
            const std::int64_t before =
                day == 0 ? DensityRow::kNotKnown : known(counts_.outlets[counts_.at(use, day - 1, area)]);
            if (before != DensityRow::kNotKnown && row.outlets != DensityRow::kNotKnown)
                row.change = row.outlets - before;
            derive(row, before);
            total.add(row, before);
            rows_.push_back(row);
        }
        rows_.push_back(row_of(use, day, total));
    }

    DensityRow row_of(std::uint32_t use, std::uint32_t day, std::uint32_t area) const {
        const std::size_t at = counts_.at(use, day, area);
        DensityRow row = blank(use, day);
        row.area = area;
        row.outlets = known(counts_.outlets[at]);
        row.opened = known(counts_.opened[at]);
        row.closed = known(counts_.closed[at]);
        row.population = population_[day][area];
        row.km2 = km2_[area];
        return row;
    }

    DensityRow row_of(std::uint32_t use, std::uint32_t day, const Total& total) {
        DensityRow row = blank(use, day);
        row.covered = total.covered;
        if (total.covered == 0) return row;
        row.outlets = total.outlets;
        row.population = total.population;
        row.km2 = total.km2;
        if (total.on_both_days > 0) {
            row.opened = total.opened;
            row.closed = total.closed;
            row.change = total.change;
        }
        derive(row, total.before);
        return row;
    }

    static DensityRow blank(std::uint32_t use, std::uint32_t day) {
        DensityRow row;
        row.use = use;
        row.day = day;
        return row;
    }

    /// What follows from the counts of a row.
    void derive(DensityRow& row, std::int64_t before) {
        if (row.outlets == DensityRow::kNotKnown) return;
        const auto outlets = static_cast<double>(row.outlets);
        row.rate = rates_.of(row.outlets, row.population);
        if (row.km2 > 0) row.per_km2 = outlets / row.km2;
        row.few_residents =
            row.area != kNoArea && row.population > 0 && row.population < outlets * kFewResidentsPerOutlet;
        if (row.change != DensityRow::kNotKnown && before > 0)
            row.change_percent = 100.0 * static_cast<double>(row.change) / static_cast<double>(before);
    }

    const AreaCounts& counts_;
    Rates rates_;
    std::vector<double> km2_;                      // by area
    std::vector<std::vector<double>> population_;  // by day and area
    std::vector<DensityRow> rows_;
};

}  // namespace

std::vector<DensityRow> density_rows(const AreaCounts& counts, const AreaLayer& areas, const DensityOptions& options) {
    return Rows(counts, areas, options).make();
}

}  // namespace geo
