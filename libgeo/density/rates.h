// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

namespace geo {

enum class IntervalMethod : std::uint8_t { none, exact, byar, wilson };
/// `byar`; empty for none.
std::string_view word(IntervalMethod method);

/// A figure with its interval. NaN where it is not defined.
struct Estimate {
    static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    double value = kNone, lower = kNone, upper = kNone;
    IntervalMethod method = IntervalMethod::none;
};

/// Crude rate per `per` residents: count / population * per. Interval: Byar's approximation at 10 and above, exact Poisson (chi-squared) below, as OHID does
/// (PHEindicatormethods 2.1). `confidence` in [0.90, 1). Population 0, negative or NaN: no rate. Byar's lower limit below 0: NaN.
Estimate crude_rate(double count, double population, double per, double confidence = 0.95);
/// The interval of a count alone, same methods.
Estimate count_interval(double count, double confidence = 0.95);
/// Byar's approximation at any count.
Estimate byar_interval(double count, double confidence = 0.95);
/// x of n, Wilson's score interval.
Estimate proportion(double x, double n, double confidence = 0.95);

}  // namespace geo
