// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: the records of an outlets layer as they are compared with each other: every text is a number, equal where the texts count as equal.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libgeo/base/uses.h"
#include "libgeo/geometry/shapes.h"
#include "libgeo/layers/places.h"

namespace geo {

/// What one record says of premises; 0 where it does not say. Of premises over time: what was said last.
struct Face {
    std::uint32_t id = 0, name = 0, postcode = 0, address = 0, door = 0, uprn = 0, authority = 0;
    std::uint32_t place = 0;  ///< postcode and door together
    UseSet uses = 0;
    bool located = false;
    Point at;
};

/// One entry a row of the layer.
struct Records {
    std::vector<std::uint32_t> id, name, postcode, address, door, uprn, place;
    std::vector<std::uint32_t> authority;          ///< index into `authorities`
    std::vector<std::string> authorities;          ///< ascending; [0] is empty
    std::uint32_t ids = 0, places = 0, uprns = 0;  ///< numbers given, with 0
    const OutletLayer* layer = nullptr;

    std::size_t size() const { return id.size(); }
    Face face(std::uint32_t row) const;
    /// The order of records that nothing else tells apart: id, x, y, then all that they say. Never the row.
    bool before(std::uint32_t a, std::uint32_t b) const;
};
Records records_of(const OutletLayer& layer);

double distance_between(Point a, Point b);

/// The two records speak of different addresses. What is not stated contradicts nothing.
bool contradicts(const Face& a, const Face& b);

}  // namespace geo
