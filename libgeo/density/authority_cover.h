// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: on which days a layer of snapshots speaks for an area.
#pragma once

#include <cstdint>
#include <vector>

#include "libgeo/layers/places.h"
#include "libgeo/layers/premises.h"

namespace geo {

/// Which authority an area is of: that which registers most of the outlets in it (of two as many, the first known), for outlets of every use and day; where
/// there are none, that of the located outlet nearest to the area's centroid.
class AuthorityCover {
  public:
    AuthorityCover(const Premises& premises, const AreaLayer& areas, const std::vector<std::uint32_t>& area_of);
    bool covers(std::uint32_t area, Date day) const;

  private:
    void find_authorities(const AreaLayer& areas, const std::vector<std::uint32_t>& area_of);
    const Premises* premises_;
    std::vector<std::uint32_t> authority_;  // by area; empty where every snapshot holds every authority
};

}  // namespace geo
