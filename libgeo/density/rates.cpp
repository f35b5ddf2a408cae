// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/rates.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

namespace geo {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kByarFrom = 10.0;  // OHID's switch

double z_of(double confidence) { return boost::math::quantile(boost::math::normal(), 0.5 + confidence / 2); }

double chi_squared(double probability, double degrees) {
    return boost::math::quantile(boost::math::chi_squared(degrees), probability);
}

/// One limit of Byar's approximation; `sign` -1 for the lower with O, +1 for the upper with O + 1.
double byar_limit(double count, double z, double sign) {
    const double cube_root = 1.0 - 1.0 / (9.0 * count) + sign * z / (3.0 * std::sqrt(count));
    return count * cube_root * cube_root * cube_root;
}

Estimate exact_interval(double count, double confidence) {
    const double tail = (1.0 - confidence) / 2.0;
    const double lower = count > 0 ? chi_squared(tail, 2.0 * count) / 2.0 : 0.0;
    return {count, lower, chi_squared(1.0 - tail, 2.0 * count + 2.0) / 2.0, IntervalMethod::exact};
}

}  // namespace

std::string_view word(IntervalMethod method) {
    switch (method) {
        case IntervalMethod::byar:
            return "byar";
        case IntervalMethod::exact:
            return "exact";
        case IntervalMethod::wilson:
            return "wilson";
        case IntervalMethod::none:
            break;
    }
    return {};
}

Estimate byar_interval(double count, double confidence) {
    const double z = z_of(confidence);
    const double lower = count > 0 ? byar_limit(count, z, -1.0) : 0.0;
    return {count, lower < 0 ? kNone : lower, byar_limit(count + 1.0, z, 1.0), IntervalMethod::byar};
}

Estimate count_interval(double count, double confidence) {
    if (!(count >= 0) || !std::isfinite(count)) return {kNone, kNone, kNone, IntervalMethod::none};
    return count < kByarFrom ? exact_interval(count, confidence) : byar_interval(count, confidence);
}

Estimate crude_rate(double count, double population, double per, double confidence) {
    if (!(population > 0) || !std::isfinite(population)) return {kNone, kNone, kNone, IntervalMethod::none};
    Estimate rate = count_interval(count, confidence);
    for (double* figure : {&rate.value, &rate.lower, &rate.upper}) *figure *= per / population;
    return rate;
}

Estimate proportion(double x, double n, double confidence) {
    if (!(n > 0) || !(x >= 0) || !(x <= n)) return {kNone, kNone, kNone, IntervalMethod::none};
    const double z = z_of(confidence), z2 = z * z;
    const double half = z * std::sqrt(z2 + 4.0 * x * (1.0 - x / n));
    return {x / n, (2.0 * x + z2 - half) / (2.0 * (n + z2)), (2.0 * x + z2 + half) / (2.0 * (n + z2)),
            IntervalMethod::wilson};
}

}  // namespace geo
