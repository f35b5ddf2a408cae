// SPDX-License-Identifier: Apache-2.0
//
// Options that the commands of change over time share. Each throws UsageError with one message: option, value, what was expected.
#pragma once

#include <string>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/uses.h"

namespace cordon {

/// `--at-dates 2018-01-01,2024-01-01`; none for an empty value.
std::vector<geo::Date> at_dates_option(const std::string& value);
/// `--use hot-food-takeaway`, each time it was given.
std::vector<geo::Use> uses_option(const std::vector<std::string>& values);
/// `--per`; `otherwise` for an empty value.
double per_option(const std::string& value, double otherwise);
/// `--confidence`: 0.90 to 0.998, or per cent; `otherwise` for an empty value.
double confidence_option(const std::string& value, double otherwise);

}  // namespace cordon
