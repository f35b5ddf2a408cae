// SPDX-License-Identifier: Apache-2.0
//
// Linear and Poisson regression, and how sure their coefficients are. Linear algebra by Eigen (met in regression.cpp only), distributions by Boost.Math.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace geo {

/// One column of a design: a value for each row.
struct Term {
    std::string name;
    std::vector<double> values;
};

/// A model that was fitted. `covariance` is that of the coefficients, row by row: sigma² (X'WX)⁻¹, where sigma² is `dispersion` for linear and quasi-Poisson
/// models and 1 for Poisson.
struct Fit {
    std::vector<std::string> names;
    std::vector<double> coefficients, covariance;
    std::vector<double> fitted;    ///< means, by row
    std::vector<double> scores;    ///< weight × (observed - fitted) by row: what clustered errors sum
    std::vector<double> unscaled;  ///< (X'WX)⁻¹, row by row
    double dispersion = 1;         ///< Pearson chi² / (n - p); of a linear model the residual variance
    double deviance = 0;           ///< residual; of a linear model the weighted sum of squares
    std::size_t degrees = 0;       ///< n - p
    unsigned rounds = 0;           ///< of reweighting
    double error(std::size_t term) const;
};

enum class Spread : std::uint8_t {
    poisson,        ///< variance = mean
    quasi_poisson,  ///< variance = dispersion × mean
};

/// Weighted least squares of y on the terms (an intercept is a term like any other). `weights` empty: all 1. Throws DataError where terms are linearly dependent
/// or there are no more rows than terms; std::invalid_argument where lengths differ.
Fit weighted_least_squares(std::span<const Term> terms, std::span<const double> y,
                           std::span<const double> weights = {});

/// log E[count] = offset + terms × coefficients, by iteratively reweighted least squares (McCullagh and Nelder 1989, section 2.5), until the deviance changes by less
/// than 1e-12 of itself. `offset` empty: none. Throws DataError where terms are linearly dependent, there are fewer rows than terms (as many: a
/// Poisson fit is exact, its dispersion NaN), a count is negative, or it does not converge (as where all counts of a group are 0).
Fit poisson_regression(std::span<const Term> terms, std::span<const double> counts, std::span<const double> offset,
                       Spread spread);

/// Covariance of the coefficients that allows for rows of a cluster to go together: (X'WX)⁻¹ (Σ s s') (X'WX)⁻¹ × G / (G - 1), s the sums of scores of a cluster
/// (Liang and Zeger 1986; for a linear model also × (n - 1) / (n - p), as is usual). `clusters`: a number a row. Throws DataError with fewer than 2 clusters.
std::vector<double> clustered_covariance(const Fit& fit, std::span<const Term> terms,
                                         std::span<const std::uint32_t> clusters, bool linear);

/// An interval around an estimate that is normal (or Student's t with `degrees`) on its own scale.
struct Interval {
    double value, lower, upper;
};
inline constexpr double kNormal = 0;
/// value ± quantile × error. `degrees` kNormal: normal, else Student's t.
Interval interval_around(double value, double error, double confidence, double degrees);
/// The same on the log scale, taken back: ratios.
Interval ratio_around(double log_value, double error, double confidence, double degrees);

}  // namespace geo
