// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: what is said of premises that could not be told apart, or that were put together with a doubt.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libgeo/base/issues.h"
#include "libgeo/layers/premises.h"
#include "libgeo/layers/premises_records.h"

namespace geo {

/// `Golden Fry (id 12)`.
std::string called(const OutletLayer& layer, std::uint32_t row);

/// Notes of one step after the other.
class PremisesNotes {
  public:
    PremisesNotes(const OutletLayer& layer, Issues& issues) : layer_(layer), issues_(issues) {}

    /// The record could be `other`, of the snapshot before (`opened`) or after, and cannot be told: an issue each.
    void may_be(std::uint32_t row, std::uint32_t other, bool opened);
    void back_again(std::uint32_t row) { back_again_.push_back(row); }
    void jump(std::uint32_t row) { jumps_.push_back(row); }
    /// One issue for each kind that was noted.
    void end_step(Date date);

  private:
    const OutletLayer& layer_;
    Issues& issues_;
    std::vector<std::uint32_t> back_again_, jumps_;
};

/// How many rows without a location stand where the same premises stand in another snapshot: one issue a snapshot.
void note_filled_locations(const Premises& premises, Issues& issues);

/// Outlets that trade at the same time under one name and use at one place, under several ids: counted each, listed.
void note_likely_doubles(const Premises& premises, const Records& records, Issues& issues);

}  // namespace geo
