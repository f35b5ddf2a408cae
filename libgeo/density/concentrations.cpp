// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/concentrations.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

#include "libgeo/density/area_counts.h"
#include "libgeo/geometry/distance.h"
#include "libgeo/geometry/nearest_index.h"

namespace geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kPerResidents = 1000, kSquareMetres = 1e6;

bool trades(const FrontageLayer& units, std::size_t unit, Date day) {
    const bool state = units.state[unit] == Occupancy::observed || units.state[unit] == Occupancy::lawful;
    return state && units.opened[unit] <= day && day < units.closed[unit];
}

void add_shop(Shops& shops, const Shapes& shapes, std::size_t i, UseSet uses) {
    if (!shapes.has_location(i)) {
        ++shops.without_location;
        return;
    }
    const Point p = shapes.is_single_point(i) ? shapes.first_point(i) : centroid(shapes, i);
    shops.points.add_point(p.x, p.y);
    shops.uses.push_back(uses);
}

void add_outlets(Shops& shops, const Premises& layer, Date day, UseSet wanted) {
    for (std::size_t spell = 0; spell < layer.size(); ++spell) {
        const auto uses = static_cast<UseSet>(layer.uses[spell] & wanted);
        if (uses == 0) continue;
        if (layer.unclear[spell] != 0)
            ++shops.unclear;
        else if (layer.trades(spell, day))
            add_shop(shops, layer.shapes, spell, uses);
    }
}

/// A corner unit stands in two parades, with one row in each: the same id, one shop.
void add_units(Shops& shops, const FrontageLayer& units, Date day, UseSet wanted) {
    std::vector<std::uint32_t> order(units.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::make_pair(units.id[a], a) < std::make_pair(units.id[b], b);
    });
    std::string_view last;
    bool taken = false;
    for (const std::uint32_t unit : order) {
        if (units.id[unit] != last) taken = false;
        last = units.id[unit];
        const auto uses = static_cast<UseSet>(units.uses[unit] & wanted);
        if (taken || uses == 0 || !trades(units, unit, day)) continue;
        add_shop(shops, units.shapes, unit, uses);
        taken = true;
    }
}

UseSet all_uses(const std::vector<UseSet>& of) {
    unsigned set = 0;
    for (const UseSet uses : of) set |= uses;
    return static_cast<UseSet>(set);
}

/// Shops within the radius of a frontage, each once, ascending.
std::vector<std::uint32_t> shops_near(const FrontageLayer& frontages, std::uint32_t frontage, const NearestIndex& index,
                                      double radius_m) {
    std::vector<std::uint32_t> near;
    for (std::uint32_t unit = frontages.first[frontage]; unit < frontages.first[frontage + 1]; ++unit) {
        if (!frontages.shapes.has_location(unit)) continue;
        index.near(frontages.shapes.box(unit), radius_m, [&](std::uint32_t shop) {
            const Point p = index.shapes().first_point(shop);
            if (separation(p, frontages.shapes, unit).squared <= radius_m * radius_m) near.push_back(shop);
        });
    }
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    return near;
}

/// Metres from the frontage to the nearest shop of any of the uses.
double nearest_of(const FrontageLayer& frontages, std::uint32_t frontage, const NearestIndex& index,
                  const std::vector<std::uint8_t>& mask) {
    double squared = std::numeric_limits<double>::infinity();
    for (std::uint32_t unit = frontages.first[frontage]; unit < frontages.first[frontage + 1]; ++unit)
        if (frontages.shapes.has_location(unit))
            squared = std::min(squared, index.nearest(frontages.shapes, unit, {mask, {}, {}, {}}).squared);
    return std::sqrt(squared);
}

std::int64_t sum(const std::vector<std::int64_t>& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

void rank(std::vector<ParadeCounts>& parades, const FrontageLayer& frontages) {
    const auto key = [](const ParadeCounts& p) {
        return std::make_tuple(-static_cast<std::int64_t>(p.kinds), -p.total, sum(p.good));
    };
    std::sort(parades.begin(), parades.end(), [&](const ParadeCounts& a, const ParadeCounts& b) {
        return std::make_tuple(key(a), frontages.frontage_id[a.frontage], a.frontage) <
               std::make_tuple(key(b), frontages.frontage_id[b.frontage], b.frontage);
    });
    for (std::size_t i = 0; i < parades.size(); ++i)
        parades[i].rank =
            i > 0 && key(parades[i]) == key(parades[i - 1]) ? parades[i - 1].rank : static_cast<std::uint32_t>(i + 1);
}

void count(ParadeCounts& parade, const Shops& shops, const std::vector<std::uint32_t>& near, std::span<const Use> of,
           std::span<const Use> good) {
    const UseSet any = use_set(of);
    const auto of_use = [&](Use use) {
        return std::count_if(near.begin(), near.end(),
                             [&](std::uint32_t shop) { return (shops.uses[shop] & use_bit(use)) != 0; });
    };
    for (const Use use : of) parade.of.push_back(of_use(use));
    for (const Use use : good) parade.good.push_back(of_use(use));
    parade.total =
        std::count_if(near.begin(), near.end(), [&](std::uint32_t shop) { return (shops.uses[shop] & any) != 0; });
    parade.kinds = static_cast<std::uint32_t>(
        std::count_if(parade.of.begin(), parade.of.end(), [](std::int64_t n) { return n > 0; }));
    parade.all = !of.empty() && parade.kinds == of.size();
    parade.all_good = parade.all && !good.empty() &&
                      std::all_of(parade.good.begin(), parade.good.end(), [](std::int64_t n) { return n > 0; });
}

bool has_location(const FrontageLayer& frontages, std::uint32_t frontage) {
    for (std::uint32_t unit = frontages.first[frontage]; unit < frontages.first[frontage + 1]; ++unit)
        if (frontages.shapes.has_location(unit)) return true;
    return false;
}

double two_sided(double z) {
    if (!std::isfinite(z)) return kNaN;
    return 2 * boost::math::cdf(boost::math::complement(boost::math::normal(), std::fabs(z)));
}

/// Per 1,000 residents where any area has residents; an area without has no value then. Else per km².
std::vector<double> values_of(const std::vector<std::int64_t>& outlets, const std::vector<double>& population,
                              const AreaLayer& areas, bool per_residents) {
    std::vector<double> values(outlets.size(), kNaN);
    for (std::size_t area = 0; area < outlets.size(); ++area) {
        const double base =
            per_residents ? population[area] / kPerResidents : std::fabs(geo::area(areas.shapes, area)) / kSquareMetres;
        if (base > 0) values[area] = static_cast<double>(outlets[area]) / base;
    }
    return values;
}

void add_use(AreaHeats& heats, int use, const std::vector<std::int64_t>& outlets, const std::vector<double>& population,
             const AreaLayer& areas, const Neighbours& neighbours) {
    const std::vector<double> values = values_of(outlets, population, areas, heats.per_residents);
    const std::vector<double> z = getis_ord(values, neighbours, WeightForm::binary, true);
    for (std::uint32_t area = 0; area < outlets.size(); ++area)
        heats.rows.push_back({area, use, outlets[area], population[area], values[area],
                              static_cast<std::uint32_t>(neighbours.of(area).size()), z[area], two_sided(z[area])});
}

}  // namespace

Shops shops_on(Date day, std::span<const Premises> premises, std::span<const FrontageLayer> frontages, UseSet uses) {
    Shops shops;
    unsigned from_units = 0;
    for (const Premises& layer : premises)
        shops.from_outlets = static_cast<UseSet>(shops.from_outlets | all_uses(layer.uses));
    for (const FrontageLayer& layer : frontages) from_units |= all_uses(layer.uses);
    shops.from_outlets = static_cast<UseSet>(shops.from_outlets & uses);
    const auto other = static_cast<UseSet>(from_units & uses & ~unsigned{shops.from_outlets});
    shops.there = static_cast<UseSet>(shops.from_outlets | other);
    for (const Premises& layer : premises) add_outlets(shops, layer, day, shops.from_outlets);
    for (const FrontageLayer& layer : frontages) add_units(shops, layer, day, other);
    return shops;
}

std::vector<ParadeCounts> parade_counts(const FrontageLayer& frontages, const Shops& shops, std::span<const Use> of,
                                        std::span<const Use> good, double radius_m) {
    const NearestIndex index(shops.points);
    const UseSet wanted = use_set(good);
    std::vector<std::uint8_t> is_good(shops.size());
    for (std::size_t shop = 0; shop < shops.size(); ++shop) is_good[shop] = (shops.uses[shop] & wanted) != 0 ? 1 : 0;
    std::vector<ParadeCounts> parades;
    for (std::uint32_t frontage = 0; frontage < frontages.frontages(); ++frontage) {
        if (!has_location(frontages, frontage)) continue;
        ParadeCounts& parade = parades.emplace_back();
        parade.frontage = frontage;
        parade.units = frontages.first[frontage + 1] - frontages.first[frontage];
        count(parade, shops, shops_near(frontages, frontage, index, radius_m), of, good);
        parade.metres = nearest_of(frontages, frontage, index, is_good);
    }
    rank(parades, frontages);
    return parades;
}

AreaHeats area_heat(const Shops& shops, const AreaLayer& areas, std::span<const Use> of, Date day,
                    const HeatOptions& options) {
    AreaHeats heats;
    std::vector<Point> centres;
    for (std::size_t area = 0; area < areas.size(); ++area) centres.push_back(centroid(areas.shapes, area));
    heats.within_m = options.within_m > 0 ? options.within_m : least_common_distance(centres);
    const Neighbours neighbours = neighbours_within(centres, heats.within_m);
    const std::vector<double> population = population_on(areas, day, false);
    heats.per_residents = std::any_of(population.begin(), population.end(), [](double people) { return people > 0; });
    const std::vector<std::uint32_t> area_of = area_of_each(shops.points, areas, options.threads);
    const UseSet any = use_set(of);
    std::vector<std::vector<std::int64_t>> outlets(of.size() + 1, std::vector<std::int64_t>(areas.size(), 0));
    for (std::size_t shop = 0; shop < shops.size(); ++shop) {
        if ((shops.uses[shop] & any) == 0) continue;
        if (area_of[shop] == kNoArea) {
            ++heats.outside;
            continue;
        }
        ++outlets[0][area_of[shop]];
        for (std::size_t k = 0; k < of.size(); ++k)
            if ((shops.uses[shop] & use_bit(of[k])) != 0) ++outlets[k + 1][area_of[shop]];
    }
    for (std::size_t k = 0; k < outlets.size(); ++k)
        add_use(heats, static_cast<int>(k) - 1, outlets[k], population, areas, neighbours);
    return heats;
}

}  // namespace geo
