// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "libgeo/base/uses.h"
#include "libgeo/layers/places.h"

namespace geo {

/// What a unit's use rests on. As the policy's word (`states`), kept apart because layers know no policies.
enum class Occupancy : std::uint8_t { observed, lawful, permitted, vacant_lawful, vacant };

/// Units of frontages in the study's CRS. Units of one frontage stand together, in order along it: by `sequence`; where the file has none by the
/// street's numbers (odd and even apart where the study breaks at the other side of the road); where it has neither by how far along the parade's line they
/// lie. (Of these the first that places every unit of the frontage; else that which places most.) A unit that has no place in the order stands last, broken from
/// the one before, its `along` NaN. Rows of one id at different times are one unit's history and stand side by side. Frontages are sorted by id. Units not on the ground floor are left out and counted as ruled out. A corner unit that names several parades stands in each.
struct FrontageLayer {
    LayerFacts facts;
    // Units, columns of equal length.
    TextColumn id, name, uprn, street, number;
    std::vector<Use> use;
    std::vector<std::uint16_t> uses;   ///< every use that the row states, bit 1 << Use
    std::vector<Occupancy> state;      ///< observed where the file says nothing
    std::vector<Date> opened, closed;  ///< [opened, closed); always where the file says nothing
    std::vector<double> metres;        ///< of frontage; NaN where not known
    std::vector<double> along;         ///< position: the sequence number, the street number, or metres along the line
    Shapes shapes;                     ///< one a unit; without location where none is known
    std::vector<std::uint8_t>
        break_before;  ///< 1: what the study breaks at (a side street, a gap in metres, the other side of the road) lies between this unit and the one before: they are not adjacent
    std::vector<std::uint32_t> frontage;  ///< of each unit
    // Frontages.
    TextColumn frontage_id, frontage_name;
    std::vector<std::uint32_t> first;  ///< units of frontage f: [first[f], first[f + 1]); one more than frontages
    std::map<std::string, TextColumn> attributes;  ///< of units: columns that some policy names, folded name → values
    std::size_t size() const { return id.size(); }
    std::size_t frontages() const { return frontage_id.size(); }
};

}  // namespace geo
