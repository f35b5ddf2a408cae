// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "libgeo/layers/premises.h"

namespace geo {

/// The days to count on, ascending, each once. `asked`: as given. Else the dates of all snapshots; else, for tables with dates, 1 January of each year from the
/// first date on record to `as_at` (without it, to the last date). Throws UsageError where there is no date at all.
std::vector<Date> days_to_count(std::span<const Date> asked, std::span<const Premises> premises,
                                std::optional<Date> as_at);

/// The uses to count, in the order of the enumeration, each once: `asked`, else all that any outlet has, `unstated` aside. Throws UsageError where no outlet has
/// a use that was asked for, or none has any.
std::vector<Use> uses_to_count(std::span<const Use> asked, std::span<const Premises> premises);

}  // namespace geo
