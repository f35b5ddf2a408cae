// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/regression.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>

#include "libgeo/base/errors.h"

namespace geo {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr unsigned kMostRounds = 100;
constexpr double kSettled = 1e-12;    // change of the deviance, of itself
constexpr double kDependent = 1e-10;  // of the largest pivot: below it a term is one of the others again
constexpr double kLeastMean = 1e-8;   // fitted events of a row: below it a rate runs off to 0

Matrix matrix_of(std::span<const Term> terms, std::size_t rows) {
    Matrix x(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(terms.size()));
    for (std::size_t k = 0; k < terms.size(); ++k) {
        if (terms[k].values.size() != rows)
            throw std::invalid_argument("regression: term " + terms[k].name + " has another length");
        x.col(static_cast<Eigen::Index>(k)) =
            Eigen::Map<const Vector>(terms[k].values.data(), static_cast<Eigen::Index>(rows));
    }
    return x;
}

Vector vector_of(std::span<const double> values, std::size_t rows, double otherwise) {
    if (values.empty()) return Vector::Constant(static_cast<Eigen::Index>(rows), otherwise);
    if (values.size() != rows) throw std::invalid_argument("regression: columns of different lengths");
    return Eigen::Map<const Vector>(values.data(), static_cast<Eigen::Index>(rows));
}

std::vector<double> rows_of(const Matrix& m) {
    std::vector<double> values;
    values.reserve(static_cast<std::size_t>(m.size()));
    for (Eigen::Index i = 0; i < m.rows(); ++i)
        for (Eigen::Index j = 0; j < m.cols(); ++j) values.push_back(m(i, j));
    return values;
}

std::vector<double> list_of(const Vector& v) { return {v.data(), v.data() + v.size()}; }

std::string names_of(std::span<const Term> terms) {
    std::string names;
    for (const Term& term : terms) names += (names.empty() ? "" : ", ") + term.name;
    return names;
}

/// One weighted least squares problem, solved by QR of √w X: its condition is not squared as that of X'WX would be.
struct Solved {
    Vector coefficients;
    Matrix unscaled;
};
Solved solve(const Matrix& x, const Vector& y, const Vector& weights, std::span<const Term> terms) {
    const Vector root = weights.cwiseSqrt();
    Eigen::ColPivHouseholderQR<Matrix> qr;
    qr.setThreshold(kDependent);
    qr.compute(root.asDiagonal() * x);
    if (qr.rank() < x.cols()) {
        const auto extra = static_cast<std::size_t>(qr.colsPermutation().indices()(qr.rank()));
        throw DataError(
            fmt::format("regression on {}: {} can be put together from the others in these data; leave it out, or give "
                        "data in which they differ",
                        names_of(terms), terms[extra].name));
    }
    Solved solved;
    solved.coefficients = qr.solve(root.asDiagonal() * y);
    const Matrix r = qr.matrixR().topLeftCorner(x.cols(), x.cols()).triangularView<Eigen::Upper>();
    const Matrix inverse = r.triangularView<Eigen::Upper>().solve(Matrix::Identity(x.cols(), x.cols()));
    const Matrix permuted = inverse * inverse.transpose();
    solved.unscaled = qr.colsPermutation() * permuted * qr.colsPermutation().transpose();
    return solved;
}

void expect_rows(std::span<const Term> terms, std::size_t rows, std::size_t needed) {
    if (terms.empty() || rows < needed)
        throw DataError(fmt::format("regression on {}: {} rows for {} terms; at least {} are needed", names_of(terms),
                                    rows, terms.size(), needed));
}

Fit fit_of(std::span<const Term> terms, const Solved& solved, const Vector& fitted, const Vector& scores) {
    Fit fit;
    for (const Term& term : terms) fit.names.push_back(term.name);
    fit.coefficients = list_of(solved.coefficients);
    fit.unscaled = rows_of(solved.unscaled);
    fit.fitted = list_of(fitted);
    fit.scores = list_of(scores);
    fit.degrees = static_cast<std::size_t>(fitted.size()) - terms.size();
    return fit;
}

void scale(Fit& fit, double by) {
    fit.covariance = fit.unscaled;
    for (double& value : fit.covariance) value *= by;
}

/// Of a Poisson model: 2 Σ (y log(y / mu) - (y - mu)).
double deviance_of(const Vector& y, const Vector& mean) {
    double sum = 0;
    for (Eigen::Index i = 0; i < y.size(); ++i)
        sum += (y[i] > 0 ? y[i] * std::log(y[i] / mean[i]) : 0.0) - (y[i] - mean[i]);
    return 2 * sum;
}

[[noreturn]] void does_not_converge(std::span<const Term> terms) {
    throw DataError(
        fmt::format("Poisson regression on {}: does not converge; some group of rows has no events at all, or too few",
                    names_of(terms)));
}

}  // namespace

double Fit::error(std::size_t term) const {
    const std::size_t p = coefficients.size();
    return std::sqrt(covariance[term * p + term]);
}

Fit weighted_least_squares(std::span<const Term> terms, std::span<const double> y, std::span<const double> weights) {
    expect_rows(terms, y.size(), terms.size() + 1);
    const Matrix x = matrix_of(terms, y.size());
    const Vector observed = vector_of(y, y.size(), 0), weight = vector_of(weights, y.size(), 1);
    const Solved solved = solve(x, observed, weight, terms);
    const Vector fitted = x * solved.coefficients;
    const Vector residual = observed - fitted;
    Fit fit = fit_of(terms, solved, fitted, weight.cwiseProduct(residual));
    fit.deviance = (weight.array() * residual.array().square()).sum();
    fit.dispersion = fit.deviance / static_cast<double>(fit.degrees);
    fit.rounds = 1;
    scale(fit, fit.dispersion);
    return fit;
}

Fit poisson_regression(std::span<const Term> terms, std::span<const double> counts, std::span<const double> offset,
                       Spread spread) {
    const bool quasi = spread == Spread::quasi_poisson;
    expect_rows(terms, counts.size(), terms.size() + (quasi ? 1 : 0));
    if (std::any_of(counts.begin(), counts.end(), [](double count) { return !(count >= 0); }))
        throw DataError("Poisson regression: a count is negative or not a number");
    const Matrix x = matrix_of(terms, counts.size());
    const Vector y = vector_of(counts, counts.size(), 0), off = vector_of(offset, counts.size(), 0);
    Vector mean = y.array() + 0.5;  // where no count is 0 the fit begins at the data
    double deviance = std::numeric_limits<double>::infinity();
    Solved solved;
    unsigned round = 0;
    for (bool settled = false; !settled; ++round) {
        if (round == kMostRounds) does_not_converge(terms);
        const Vector working = (mean.array().log() - off.array() + (y - mean).array() / mean.array()).matrix();
        solved = solve(x, working, mean, terms);
        const Vector predictor = x * solved.coefficients;
        mean = (predictor + off).array().exp();
        if (!mean.allFinite() || mean.minCoeff() < kLeastMean) does_not_converge(terms);
        const double now = deviance_of(y, mean);
        settled = std::fabs(now - deviance) < kSettled * (std::fabs(now) + 1);
        deviance = now;
    }
    solved.unscaled = solve(x, y, mean, terms).unscaled;  // at the means that the fit ended with
    Fit fit = fit_of(terms, solved, mean, y - mean);
    fit.deviance = deviance;
    fit.rounds = round;
    const double pearson = ((y - mean).array().square() / mean.array()).sum();
    fit.dispersion = fit.degrees > 0 ? pearson / static_cast<double>(fit.degrees) : kNaN;
    scale(fit, quasi ? fit.dispersion : 1.0);
    return fit;
}

std::vector<double> clustered_covariance(const Fit& fit, std::span<const Term> terms,
                                         std::span<const std::uint32_t> clusters, bool linear) {
    const std::size_t rows = fit.fitted.size(), p = terms.size();
    if (clusters.size() != rows) throw std::invalid_argument("clustered errors: a cluster for each row");
    const Matrix x = matrix_of(terms, rows);
    std::map<std::uint32_t, Vector> sums;  // in the order of the clusters, so that sums are the same every time
    for (std::size_t i = 0; i < rows; ++i) {
        Vector& sum = sums.try_emplace(clusters[i], Vector::Zero(static_cast<Eigen::Index>(p))).first->second;
        sum += fit.scores[i] * x.row(static_cast<Eigen::Index>(i)).transpose();
    }
    if (sums.size() < 2) throw DataError("clustered errors: all rows lie in one area; smaller areas are needed");
    Matrix meat = Matrix::Zero(static_cast<Eigen::Index>(p), static_cast<Eigen::Index>(p));
    for (const auto& [cluster, sum] : sums) meat += sum * sum.transpose();
    const auto g = static_cast<double>(sums.size());
    double factor = g / (g - 1);
    if (linear) factor *= static_cast<double>(rows - 1) / static_cast<double>(fit.degrees);
    const Eigen::Map<const Matrix> bread(fit.unscaled.data(), static_cast<Eigen::Index>(p),
                                         static_cast<Eigen::Index>(p));
    return rows_of(factor * (bread * meat * bread));
}

Interval interval_around(double value, double error, double confidence, double degrees) {
    const double tail = (1 - confidence) / 2;
    const double quantile = degrees > 0
                                ? boost::math::quantile(boost::math::complement(boost::math::students_t(degrees), tail))
                                : boost::math::quantile(boost::math::complement(boost::math::normal(), tail));
    return {value, value - quantile * error, value + quantile * error};
}

Interval ratio_around(double log_value, double error, double confidence, double degrees) {
    const Interval logs = interval_around(log_value, error, confidence, degrees);
    return {std::exp(logs.value), std::exp(logs.lower), std::exp(logs.upper)};
}

}  // namespace geo
