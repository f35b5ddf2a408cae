// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace geo {

/// The quantile of a rank among n, 1 = most deprived, as OHID has it (PHEindicatormethods 2.1, phe_quantile), in whole numbers:
/// quantiles + 1 - ceil((n + 1 - rank) * quantiles / n). 0: none, where n < quantiles or the rank is not in 1..n.
std::uint32_t quantile_of_rank(std::uint64_t rank, std::uint64_t n, unsigned quantiles);

/// Quantiles of areas among themselves: by the order of their deprivation ranks (least number = most deprived; equal ones share the least place). 0: none, where the
/// rank is NaN, or fewer areas than quantiles have one.
std::vector<std::uint32_t> local_quantiles(std::span<const double> deprivation_rank, unsigned quantiles);

/// Quantiles of areas in the whole ranking of n areas that their ranks come from. 0: none, where the rank is NaN, no whole number or beyond n.
std::vector<std::uint32_t> national_quantiles(std::span<const double> deprivation_rank, std::uint64_t n,
                                              unsigned quantiles);

}  // namespace geo
