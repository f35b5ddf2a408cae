// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "libgeo/base/uses.h"
#include "libgeo/layers/premises.h"

namespace geo {

/// What a change in the number of records is made of.
enum class ChangeKind : std::uint8_t {
    opened,           ///< premises that were not there
    opened_again,     ///< premises that had closed in a snapshot between
    closed,           ///< premises that are there no longer
    unmatched_new,    ///< records that may be one of the unmatched_gone: counted as opened, listed
    unmatched_gone,   ///< records that may be one of the unmatched_new: counted as closed, listed
    use_in,           ///< premises that had another use before
    use_out,          ///< premises that have another use now
    moved_in,         ///< from another authority
    moved_out,        ///< to another authority
    moved,            ///< within the authority: no change in number
    new_operator,     ///< another id or name in the same shop: no change in number
    location_gained,  ///< no change in number, one more with a location
    location_lost,    ///< no change in number, one fewer with a location
};
inline constexpr std::size_t kChangeKinds = 13;
/// `opened`, `new-operator`, …
std::string_view word(ChangeKind kind);

/// The records of one use in one authority, in a snapshot and in the next one that covers the authority. before + the sum of `change` over all parts == after,
/// and the same of those with a location of their own (before any is filled from another snapshot).
struct ChangePart {
    std::uint64_t premises =
        0;  ///< how many it happened to; one premises may be under several kinds that change no number
    std::int64_t change = 0;   ///< in the number of records
    std::int64_t located = 0;  ///< in the number of records with a location
};
struct ChangeParts {
    std::uint32_t authority = 0;     ///< index into Premises::authorities; 0: not stated
    std::uint32_t from = 0, to = 0;  ///< indices into Premises::snapshot_dates
    std::int64_t before = 0, after = 0;
    std::int64_t before_located = 0, after_located = 0;
    std::array<ChangePart, kChangeKinds> parts;
    const ChangePart& operator[](ChangeKind kind) const { return parts[static_cast<std::size_t>(kind)]; }
    ChangePart& operator[](ChangeKind kind) { return parts[static_cast<std::size_t>(kind)]; }
};

/// One entry an authority and pair of consecutive snapshots that cover it, by authority, then snapshot. An authority that is not stated is left out where it
/// has no records on either side. Empty for a table with dates. Throws std::logic_error where the parts do not sum to the change: a fault of ours.
std::vector<ChangeParts> change_parts(const Premises& premises, Use use);

}  // namespace geo
