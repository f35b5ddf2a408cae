// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/inequality.h"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <random>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"

namespace geo {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr Estimate kNoEstimate{kNone, kNone, kNone, IntervalMethod::none};
constexpr std::size_t kLeastQuantiles = 5, kMostQuantiles = 100;  // OHID's limits
constexpr std::size_t kDraws = 100'000;                           // OHID's number

using Fit = Eigen::Matrix<double, 2, Eigen::Dynamic>;  // coefficients = Fit * values

double z_of(double confidence) { return boost::math::quantile(boost::math::normal(), 0.5 + confidence / 2); }

double to_scale(double value, ValueScale scale) {
    if (scale == ValueScale::plain) return value;
    if (scale == ValueScale::log) return value > 0 ? std::log(value) : kNone;
    return value > 0 && value < 1 ? std::log(value / (1 - value)) : kNone;
}

double from_scale(double y, ValueScale scale) {
    if (scale == ValueScale::plain) return y;
    return scale == ValueScale::log ? std::exp(y) : 1 / (1 + std::exp(-y));
}

/// d(value) / d(y), given the value.
double spread_of_scale(double value, ValueScale scale) {
    if (scale == ValueScale::plain) return 1;
    return scale == ValueScale::log ? value : value * (1 - value);
}

/// The middle of each quantile's range of population, 0 to 1, most deprived first.
std::vector<double> middles(std::span<const double> population) {
    const double total = std::accumulate(population.begin(), population.end(), 0.0);
    std::vector<double> middle;
    middle.reserve(population.size());
    double before = 0;
    for (const double n : population) {
        middle.push_back((before + n / 2) / total);
        before += n;
    }
    return middle;
}

void expect_population(std::span<const double> population) {
    for (const double n : population) {
        if (!(n > 0) || !std::isfinite(n))
            throw DataError("inequality: a quantile has a population of " +
                            (std::isnan(n) ? "nothing" : format_shortest(n)) + "; more than 0 is expected");
    }
}

/// Least squares with the share of population as weight; row 0 gives the intercept, row 1 the slope.
Fit weighted_fit(std::span<const double> population) {
    expect_population(population);
    const auto n = static_cast<Eigen::Index>(population.size());
    const double total = std::accumulate(population.begin(), population.end(), 0.0);
    const std::vector<double> middle = middles(population);
    Eigen::MatrixXd design(n, 2);
    Eigen::VectorXd root(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        const auto k = static_cast<std::size_t>(i);
        root(i) = std::sqrt(population[k] / total);
        design.row(i) << root(i), root(i) * middle[k];
    }
    return design.colPivHouseholderQr().solve(Eigen::MatrixXd(root.asDiagonal()));
}

void expect_values(const QuantileValues& values, const SlopeOptions& options) {
    const std::size_t n = values.population.size();
    if (n < kLeastQuantiles || n > kMostQuantiles || values.value.size() != n || values.standard_error.size() != n)
        throw UsageError("inequality: " + std::to_string(n) + " quantiles; 5 to 100 are expected");
    if (!(options.confidence >= 0.90) || !(options.confidence < 1))
        throw UsageError("inequality: a confidence of " + format_shortest(options.confidence) +
                         "; 0.9 to below 1 is expected");
}

/// Both ends of the line.
struct Ends {
    double most, least;  ///< deprived
    double sii() const { return least - most; }
    double rii() const { return most > 0 && least > 0 ? least / most : kNone; }
};

Ends ends_of(double intercept, double slope, ValueScale fitted_on) {
    return {from_scale(intercept, fitted_on), from_scale(intercept + slope, fitted_on)};
}

Estimate times(Estimate sii, double multiplier) {
    Estimate out{sii.value * multiplier, sii.lower * multiplier, sii.upper * multiplier, sii.method};
    if (multiplier < 0) std::swap(out.lower, out.upper);
    return out;
}

Estimate turned(Estimate rii, double multiplier) {
    if (!(multiplier < 0)) return rii;
    return {1 / rii.value, 1 / rii.upper, 1 / rii.lower, rii.method};
}

/// What is fitted, and how: shared by both kinds of interval.
struct Fitted {
    Fit fit;
    Eigen::VectorXd y;  ///< on `scale`
    ValueScale scale = ValueScale::plain;
    Eigen::Vector2d line;
    Ends ends{};
};

Fitted fit_values(const QuantileValues& values, const SlopeOptions& options) {
    expect_values(values, options);
    Fitted fitted;
    fitted.fit = weighted_fit(values.population);
    fitted.scale = options.transform ? values.scale : ValueScale::plain;
    fitted.y.resize(fitted.fit.cols());
    for (Eigen::Index i = 0; i < fitted.y.size(); ++i)
        fitted.y(i) = to_scale(values.value[static_cast<std::size_t>(i)], fitted.scale);
    fitted.line = fitted.fit * fitted.y;
    fitted.ends = ends_of(fitted.line(0), fitted.line(1), fitted.scale);
    return fitted;
}

/// Variances of the values on the scale that is fitted.
Eigen::VectorXd variances(const QuantileValues& values, ValueScale fitted_on) {
    Eigen::VectorXd out(static_cast<Eigen::Index>(values.value.size()));
    for (std::size_t i = 0; i < values.value.size(); ++i) {
        const double spread = fitted_on == values.scale ? 1 : spread_of_scale(values.value[i], values.scale);
        out(static_cast<Eigen::Index>(i)) = std::pow(spread * values.standard_error[i], 2);
    }
    return out;
}

/// An unlike number for unlike inputs (FNV-1a over their bytes).
std::uint64_t seed_of(const QuantileValues& values, const SlopeOptions& options) {
    std::uint64_t hash = 14695981039346656037ULL;
    const auto mix = [&hash](double number) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, &number, sizeof bits);
        for (unsigned shift = 0; shift < 64; shift += 8) hash = (hash ^ ((bits >> shift) & 0xffU)) * 1099511628211ULL;
    };
    for (const auto& column : {values.population, values.value, values.standard_error})
        std::for_each(column.begin(), column.end(), mix);
    mix(options.transform ? 1 : 0);
    return hash;
}

/// The order statistics of OHID: round(R (1 - c)) and round(R c), counted from 1.
Estimate between(double value, std::vector<double> draws, double confidence) {
    if (std::any_of(draws.begin(), draws.end(), [](double d) { return std::isnan(d); }) || std::isnan(value))
        return {value, kNone, kNone, IntervalMethod::none};
    std::sort(draws.begin(), draws.end());
    const double upper_share = 0.5 + confidence / 2, count = static_cast<double>(draws.size());
    const auto at = [&](double share) {
        const double place = std::clamp(std::round(count * share), 1.0, count);
        return draws[static_cast<std::size_t>(place) - 1];
    };
    return {value, at(1 - upper_share), at(upper_share), IntervalMethod::none};
}

}  // namespace

std::vector<double> standard_errors(std::span<const double> lower, std::span<const double> upper, ValueScale scale,
                                    double confidence) {
    std::vector<double> out(lower.size());
    const double z = z_of(confidence);
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = (to_scale(upper[i], scale) - to_scale(lower[i], scale)) / (2 * z);
    return out;
}

std::vector<double> slope_weights(std::span<const double> population) {
    const Fit fit = weighted_fit(population);
    std::vector<double> out;
    for (Eigen::Index i = 0; i < fit.cols(); ++i) out.push_back(fit(1, i));
    return out;
}

Slope slope_of_inequality(const QuantileValues& values, const SlopeOptions& options) {
    const Fitted fitted = fit_values(values, options);
    const Ends& ends = fitted.ends;
    const Eigen::Matrix2d covariance =
        fitted.fit * variances(values, fitted.scale).asDiagonal() * fitted.fit.transpose();
    const double by_most = spread_of_scale(ends.most, fitted.scale);
    const double by_least = spread_of_scale(ends.least, fitted.scale);
    const Eigen::Vector2d sii_by(by_least - by_most, by_least);
    const Eigen::Vector2d log_rii_by(by_least / ends.least - by_most / ends.most, by_least / ends.least);
    const double z = z_of(options.confidence);
    const double sii_reach = z * std::sqrt(sii_by.dot(covariance * sii_by));
    const double rii_reach = z * std::sqrt(log_rii_by.dot(covariance * log_rii_by));
    const Estimate sii{ends.sii(), ends.sii() - sii_reach, ends.sii() + sii_reach, IntervalMethod::none};
    const Estimate rii{ends.rii(), ends.rii() * std::exp(-rii_reach), ends.rii() * std::exp(rii_reach),
                       IntervalMethod::none};
    return {times(sii, options.multiplier), turned(rii, options.multiplier), ends.most};
}

Slope simulated_slope(const QuantileValues& values, const SlopeOptions& options) {
    const Fitted fitted = fit_values(values, options);
    std::mt19937_64 generator(seed_of(values, options));
    const boost::math::normal normal;
    std::vector<double> sii, rii;
    sii.reserve(kDraws), rii.reserve(kDraws);
    Eigen::VectorXd y(fitted.y.size());
    for (std::size_t draw = 0; draw < kDraws; ++draw) {
        for (Eigen::Index i = 0; i < y.size(); ++i) {
            const auto k = static_cast<std::size_t>(i);
            // The middle of one of 2^53 equal parts of (0, 1): never 0 or 1.
            const double uniform = (static_cast<double>(generator() >> 11U) + 0.5) * 0x1p-53;
            const double on_scale = to_scale(values.value[k], values.scale) +
                                    values.standard_error[k] * boost::math::quantile(normal, uniform);
            y(i) = options.transform ? on_scale : from_scale(on_scale, values.scale);
        }
        const Eigen::Vector2d line = fitted.fit * y;
        const Ends ends = ends_of(line(0), line(1), fitted.scale);
        sii.push_back(ends.sii());
        rii.push_back(ends.rii());
    }
    return {times(between(fitted.ends.sii(), std::move(sii), options.confidence), options.multiplier),
            turned(between(fitted.ends.rii(), std::move(rii), options.confidence), options.multiplier),
            fitted.ends.most};
}

Estimate sum_of_counts(std::span<const WeightedCount> counts, double confidence) {
    double value = 0, below = 0, above = 0;
    for (const auto& [weight, count] : counts) {
        if (!std::isfinite(weight)) return kNoEstimate;
        const Estimate limits = count_interval(count, confidence);
        const double down = weight * (count - (weight > 0 ? limits.lower : limits.upper));
        const double up = weight * ((weight > 0 ? limits.upper : limits.lower) - count);
        value += weight * count;
        below += down * down;
        above += up * up;
    }
    return {value, value - std::sqrt(below), value + std::sqrt(above), IntervalMethod::none};
}

Estimate rate_gap(const CountOf& most, const CountOf& least, double per, double confidence) {
    if (!(most.population > 0) || !(least.population > 0)) return kNoEstimate;
    const WeightedCount both[] = {{per / most.population, most.count}, {-per / least.population, least.count}};
    return sum_of_counts(both, confidence);
}

Estimate rate_ratio(const CountOf& most, const CountOf& least, double confidence) {
    using Binomial = boost::math::binomial_distribution<double>;
    const double both = most.count + least.count;
    if (!(most.population > 0) || !(least.population > 0) || !(most.count >= 0) || !(least.count >= 0) || !(both > 0))
        return kNoEstimate;
    const double tail = (1 - confidence) / 2;
    const auto ratio = [&](double share) {
        return share < 1 ? share / (1 - share) * (least.population / most.population) : kNone;
    };
    return {ratio(most.count / both), ratio(Binomial::find_lower_bound_on_p(both, most.count, tail)),
            ratio(Binomial::find_upper_bound_on_p(both, most.count, tail)), IntervalMethod::none};
}

Estimate concentration_index(std::span<const double> population, std::span<const double> count, double confidence) {
    expect_population(population);
    const double total_people = std::accumulate(population.begin(), population.end(), 0.0);
    const double total = std::accumulate(count.begin(), count.end(), 0.0);
    if (!(total > 0)) return kNoEstimate;
    double index = 0, people = 0, held = 0;  // shares up to the quantile before
    for (std::size_t i = 0; i < population.size(); ++i) {
        const double people_now = people + population[i] / total_people, held_now = held + count[i] / total;
        index += people * held_now - people_now * held;
        people = people_now;
        held = held_now;
    }
    if (std::count_if(count.begin(), count.end(), [](double c) { return c > 0; }) < 2)
        return {index, kNone, kNone, IntervalMethod::none};
    const std::vector<double> middle = middles(population);
    double variance = 0;
    for (std::size_t i = 0; i < count.size(); ++i)
        variance += count[i] * std::pow((2 * middle[i] - 1 - index) / total, 2);
    const double reach = z_of(confidence) * std::sqrt(variance);
    return {index, index - reach, index + reach, IntervalMethod::none};
}

}  // namespace geo
