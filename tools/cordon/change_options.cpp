// SPDX-License-Identifier: Apache-2.0
#include "tools/cordon/change_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "tools/cordon/shared.h"

namespace cordon {

std::vector<geo::Date> at_dates_option(const std::string& value) {
    std::vector<geo::Date> dates;
    for (std::size_t first = 0; !value.empty() && first <= value.size();) {
        const std::size_t end = std::min(value.find(',', first), value.size());
        const std::string part(geo::trimmed(std::string_view(value).substr(first, end - first)));
        if (part.empty())
            throw geo::UsageError("--at-dates " + geo::printable(value) + ": a date is missing between the commas");
        dates.push_back(*date_option("--at-dates", part));
        first = end + 1;
    }
    return dates;
}

std::vector<geo::Use> uses_option(const std::vector<std::string>& values) {
    std::vector<geo::Use> uses;
    for (const std::string& written : values) {
        const auto use = geo::use_from_word(written);
        if (!use || *use == geo::Use::unstated) {
            const auto near = geo::nearest_word(written, geo::use_words());
            throw geo::UsageError(
                fmt::format("--use {}: no such use; {}", geo::printable(written),
                            near ? "did you mean " + *near + "?" : "there are " + geo::join_words(geo::use_words())));
        }
        uses.push_back(*use);
    }
    return uses;
}

double per_option(const std::string& value, double otherwise) {
    constexpr double kMost = 1e9;
    if (value.empty()) return otherwise;
    const auto per = geo::parse_number(value);
    if (per && *per > 0 && *per <= kMost) return *per;
    throw geo::UsageError(
        fmt::format("--per {}: expected a number of residents, such as 1000 or 100000", geo::printable(value)));
}

double confidence_option(const std::string& value, double otherwise) {
    constexpr double kLeast = 0.90, kMost = 0.998, kPerCent = 100.0;
    if (value.empty()) return otherwise;
    auto share = geo::parse_number(value);
    if (share && *share > 1.0) *share /= kPerCent;
    if (share && *share >= kLeast && *share <= kMost) return *share;
    throw geo::UsageError(
        fmt::format("--confidence {}: expected from 0.90 to 0.998, such as 0.95", geo::printable(value)));
}

}  // namespace cordon
