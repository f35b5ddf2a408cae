// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/base/units.h"
#include "libgeo/coverage/sweep.h"
#include "libgeo/policy/policy.h"

namespace geo {
namespace {

constexpr double kFarthest = 100'000.0;  // metres: more than any rule about places asks

[[noreturn]] void refuse(std::string_view written, const std::string& why) {
    throw UsageError("--limit " + printable(written) + ": " + why +
                     "; expected is such as 200:800:50 (from, to and step in metres), 200,300,400 or \"0.25 mi\"");
}

double length_of(std::string_view part, std::string_view written) {
    if (const auto number = parse_number(part)) {
        if (*number <= 0 || *number > kFarthest) refuse(written, "a limit is more than 0 and at most 100 km");
        return *number;
    }
    const auto quantity = parse_quantity(trimmed(part));
    if (quantity && quantity->unit == Unit::minutes)
        refuse(written, "limits are metres, also when walking; at 80 m a minute " + format_shortest(quantity->value) +
                            " minutes are " + format_shortest(quantity->value * kWalkingSpeed) + " m");
    const auto length = parse_length(part);
    if (!length) refuse(written, "\"" + printable(trimmed(part)) + "\" is no distance");
    if (length->value <= 0 || length->value > kFarthest) refuse(written, "a limit is more than 0 and at most 100 km");
    return length->value;
}

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t first = 0; first <= text.size();) {
        const std::size_t end = std::min(text.find(separator, first), text.size());
        parts.push_back(text.substr(first, end - first));
        first = end + 1;
    }
    return parts;
}

void add_range(const std::vector<std::string_view>& ends, std::string_view written, std::vector<double>& limits) {
    constexpr std::size_t kEnds = 3;
    constexpr double kRounding = 1e-9;
    if (ends.size() != kEnds) refuse(written, "a range is from, to and step");
    const double from = length_of(ends[0], written), to = length_of(ends[1], written),
                 step = length_of(ends[2], written);
    if (to < from) refuse(written, "the range ends before it begins");
    const double steps = std::floor((to - from) / step + kRounding);
    if (steps >= static_cast<double>(kMostVariants))
        refuse(written, "that is " + grouped(static_cast<std::uint64_t>(std::min(steps, 1e9)) + 1) +
                            " limits, and at most " + std::to_string(kMostVariants) + " can be tried at once");
    for (int k = 0; k <= static_cast<int>(steps); ++k) limits.push_back(from + k * step);
}

}  // namespace

std::vector<double> sweep_limits(std::string_view written) {
    std::vector<double> limits;
    for (const std::string_view part : parts_of(written, ',')) {
        if (trimmed(part).empty()) refuse(written, "a limit is missing");
        const auto ends = parts_of(part, ':');
        if (ends.size() == 1)
            limits.push_back(length_of(part, written));
        else
            add_range(ends, written, limits);
    }
    std::sort(limits.begin(), limits.end());
    limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
    return limits;
}

}  // namespace geo
