// SPDX-License-Identifier: Apache-2.0
//
// Several uses together: which parades have them all, and where they pile up.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/uses.h"
#include "libgeo/density/hot_spots.h"
#include "libgeo/layers/frontages.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/premises.h"

namespace geo {

/// Shops in trade on a day, each once however many uses it has.
struct Shops {
    Shapes points;
    std::vector<UseSet> uses;
    std::uint64_t without_location = 0, unclear = 0;  ///< left out
    UseSet from_outlets = 0;  ///< uses that the outlets layers tell of; the others come from the units of frontages
    UseSet there = 0;         ///< uses that some source tells of, on any day
    std::size_t size() const { return uses.size(); }
};
/// Of a use that some layer of outlets has (on any day), the outlets; of another, the units of frontages that trade (observed or lawful). Never both, so that a
/// shop that is on both does not count twice.
Shops shops_on(Date day, std::span<const Premises> premises, std::span<const FrontageLayer> frontages, UseSet uses);

/// What stands near one frontage.
struct ParadeCounts {
    std::uint32_t frontage = 0;
    std::uint32_t units = 0;
    std::vector<std::int64_t> of, good;  ///< shops within the radius, by use as asked
    std::int64_t total = 0;              ///< shops of any of `of`
    std::uint32_t kinds = 0;             ///< how many of the uses `of` are there
    bool all = false;                    ///< every one of them
    bool all_good = false;               ///< and every one of the good ones (false where none is asked for)
    std::uint32_t rank = 0;              ///< 1: worst
    double metres = 0;  ///< to the nearest of the good ones from the parade, infinite where there is none anywhere
};
/// Shops no farther than `radius_m` in a straight line from any unit of the frontage (the unit's own shop is at 0; exactly so far counts). Ranked by kinds, then total
/// (more is worse), then good ones (fewer is worse); equal figures share a rank. Sorted by rank, then id. A frontage of which no unit has a location is left out.
std::vector<ParadeCounts> parade_counts(const FrontageLayer& frontages, const Shops& shops, std::span<const Use> of,
                                        std::span<const Use> good, double radius_m);

/// One area, one use (or all together) and its Gi*.
struct AreaHeat {
    std::uint32_t area = 0;
    int use = -1;  ///< index into `of`; -1: any of them
    std::int64_t outlets = 0;
    double population = 0;  ///< NaN: not known
    double value = 0;       ///< what is compared: shops per 1,000 residents where residents are known, else per km²
    std::uint32_t neighbours = 0;
    double z = 0, p = 0;  ///< Gi*, and two-sided probability of so extreme a z; NaN where not defined
};
struct HeatOptions {
    double within_m =
        0;  ///< areas whose centroids are no farther apart are neighbours; 0: the least distance at which every area has one
    unsigned threads = 0;
};
struct AreaHeats {
    std::vector<AreaHeat> rows;  ///< by use (all together first), then area
    double within_m = 0;
    bool per_residents = false;
    std::uint64_t outside = 0;  ///< shops in no area
};
AreaHeats area_heat(const Shops& shops, const AreaLayer& areas, std::span<const Use> of, Date day,
                    const HeatOptions& options);

}  // namespace geo
