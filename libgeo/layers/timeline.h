// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "libgeo/layers/places.h"

namespace geo {

enum class Trades : std::uint8_t { no, yes, unclear };

/// Which outlets of a layer trade on a day: by their dates [opened, closed), or by the latest snapshot not after the day. An outlet whose dates cannot be read
/// or are the wrong way round is unclear. (Matching premises between snapshots is not done here.)
class Timeline {
  public:
    explicit Timeline(const OutletLayer& outlets) : outlets_(&outlets) {}
    /// False: a layer of snapshots of which none is on or before the day; nothing can then be said.
    bool covers(Date day) const;
    /// The day of the snapshot that speaks for `day`; none for a layer with dates, or before the first.
    std::optional<Date> snapshot_for(Date day) const;
    Trades on(std::size_t outlet, Date day) const;

  private:
    std::int32_t snapshot_index(Date day) const;  ///< -1: none
    const OutletLayer* outlets_;
};

/// Units of frontages that are there on the day, ascending; a corner unit, which stands in several frontages, once.
std::vector<std::uint32_t> units_on(const FrontageLayer& units, Date day);

}  // namespace geo
