// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace geo {

/// A length on the grid of the study's CRS, in metres.
struct Metres {
    double value = 0.0;
    constexpr auto operator<=>(const Metres&) const = default;
    friend constexpr Metres operator+(Metres a, Metres b) { return {a.value + b.value}; }
    friend constexpr Metres operator-(Metres a, Metres b) { return {a.value - b.value}; }
};

enum class Unit { metres, minutes, percent, units, none };

/// A number with its unit, lengths already in metres.
struct Quantity {
    double value = 0.0;
    Unit unit = Unit::none;
};

/// `400 m`, `0.25 mi`, `200 ft`, `1.2 km`, `10 min`, `5 %`, `2 units`, `3`. ft is the international foot (0.3048 m),
/// mi 1609.344 m. None for anything else, or a number that is not finite.
std::optional<Quantity> parse_quantity(std::string_view text);

/// A length of at least 0: `5 m`, `1 mm`, `0.1 km`, `0 m`; `0` alone is 0 m. None otherwise.
std::optional<Metres> parse_length(std::string_view text);

/// `m`, `min`, `%`, `units`, ``.
std::string_view symbol(Unit unit);

}  // namespace geo
