// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: what the cells of units, outlets and proposals say, where they are neither dates nor uses.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "libgeo/layers/frontages.h"

namespace geo {

/// `observed`, `lawful`, `permitted`, `vacant-lawful`, `vacant`, compared folded.
std::optional<Occupancy> occupancy_from(std::string_view word);
std::span<const std::string> occupancy_words();

/// A UPRN as all files are compared by: its digits (at most 12) without leading zeros and without the `.0` of a spreadsheet; a part of `cell`. Empty where
/// the cell is blank or 0. None where it is no UPRN (`1.00099E+11`, two at once).
std::optional<std::string_view> uprn_from(std::string_view cell);

/// Whether a floor is the ground floor: `ground`, `g`, `gf`, `0`, or blank; also where it is one of several (`ground and first`).
bool is_ground_floor(std::string_view cell);

/// `12`, `12A`, `40-42`: the first number and the letter after it. None where it does not begin with a number.
struct StreetNumber {
    std::uint32_t number = 0;
    unsigned letter = 0;  ///< A is 1; 0: none
    double along() const { return number + letter / 100.0; }
};
std::optional<StreetNumber> street_number_from(std::string_view cell);

/// 1 for `new-build`, 0 for `change-of-use`, compared folded. None for another word.
std::optional<std::uint8_t> counts_as_from(std::string_view cell);

/// A cell that says in so many signs that there is no value: blank, `*`, `-`, `..`, `[c]`, `n/a`, `suppressed`.
bool is_withheld(std::string_view cell);

}  // namespace geo
