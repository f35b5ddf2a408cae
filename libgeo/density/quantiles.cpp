// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/quantiles.h"

#include <algorithm>
#include <cmath>

namespace geo {

std::uint32_t quantile_of_rank(std::uint64_t rank, std::uint64_t n, unsigned quantiles) {
    if (quantiles == 0 || n < quantiles || rank < 1 || rank > n) return 0;
    const std::uint64_t whole = ((n + 1 - rank) * quantiles + n - 1) / n;  // rounded up
    return static_cast<std::uint32_t>(std::max<std::uint64_t>(quantiles + 1 - whole, 1));
}

std::vector<std::uint32_t> local_quantiles(std::span<const double> deprivation_rank, unsigned quantiles) {
    std::vector<double> sorted;
    for (const double rank : deprivation_rank) {
        if (!std::isnan(rank)) sorted.push_back(rank);
    }
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::uint32_t> out(deprivation_rank.size(), 0);
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (std::isnan(deprivation_rank[i])) continue;
        const auto place = std::lower_bound(sorted.begin(), sorted.end(), deprivation_rank[i]) - sorted.begin();
        out[i] = quantile_of_rank(static_cast<std::uint64_t>(place) + 1, sorted.size(), quantiles);
    }
    return out;
}

std::vector<std::uint32_t> national_quantiles(std::span<const double> deprivation_rank, std::uint64_t n,
                                              unsigned quantiles) {
    std::vector<std::uint32_t> out(deprivation_rank.size(), 0);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double rank = deprivation_rank[i];
        if (rank >= 1 && rank <= static_cast<double>(n) && rank == std::floor(rank))
            out[i] = quantile_of_rank(static_cast<std::uint64_t>(rank), n, quantiles);
    }
    return out;
}

}  // namespace geo
