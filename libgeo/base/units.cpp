// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/units.h"

#include <array>
#include <charconv>
#include <cmath>

#include "libgeo/base/text.h"

namespace geo {
namespace {

struct UnitWord {
    std::string_view word;
    Unit unit;
    double times;
    double divided_by = 1.0;  // 5 / 1000 is the nearest number to 0.005; 5 * 0.001 need not be
};

constexpr std::array kUnitWords = {
    UnitWord{"", Unit::none, 1.0},
    UnitWord{"none", Unit::none, 1.0},
    UnitWord{"m", Unit::metres, 1.0},
    UnitWord{"metre", Unit::metres, 1.0},
    UnitWord{"metres", Unit::metres, 1.0},
    UnitWord{"mm", Unit::metres, 1.0, 1000.0},
    UnitWord{"cm", Unit::metres, 1.0, 100.0},
    UnitWord{"km", Unit::metres, 1000.0},
    UnitWord{"ft", Unit::metres, 0.3048},
    UnitWord{"feet", Unit::metres, 0.3048},
    UnitWord{"mi", Unit::metres, 1609.344},
    UnitWord{"mile", Unit::metres, 1609.344},
    UnitWord{"miles", Unit::metres, 1609.344},
    UnitWord{"min", Unit::minutes, 1.0},
    UnitWord{"minute", Unit::minutes, 1.0},
    UnitWord{"minutes", Unit::minutes, 1.0},
    UnitWord{"%", Unit::percent, 1.0},
    UnitWord{"per cent", Unit::percent, 1.0},
    UnitWord{"unit", Unit::units, 1.0},
    UnitWord{"units", Unit::units, 1.0},
};

}  // namespace

std::optional<Quantity> parse_quantity(std::string_view text) {
    text = trimmed(text);
    const std::size_t digits = text.find_first_not_of("0123456789.eE+-");
    std::string_view number = text.substr(0, digits);
    // `5e` would be the front of `5 e…`; parse_number takes it or leaves it, as a whole.
    const std::string_view unit = digits == std::string_view::npos ? std::string_view{} : trimmed(text.substr(digits));
    const auto value = parse_number(number);
    if (!value) return std::nullopt;
    for (const UnitWord& known : kUnitWords) {
        if (unit != known.word) continue;
        const double converted = *value * known.times / known.divided_by;
        if (!std::isfinite(converted)) return std::nullopt;
        return Quantity{converted, known.unit};
    }
    return std::nullopt;
}

std::optional<Metres> parse_length(std::string_view text) {
    const auto quantity = parse_quantity(text);
    if (!quantity || quantity->value < 0.0) return std::nullopt;
    const bool bare_zero = quantity->unit == Unit::none && quantity->value == 0.0;
    if (quantity->unit != Unit::metres && !bare_zero) return std::nullopt;
    return Metres{quantity->value == 0.0 ? 0.0 : quantity->value};
}

std::string_view symbol(Unit unit) {
    switch (unit) {
        case Unit::metres:
            return "m";
        case Unit::minutes:
            return "min";
        case Unit::percent:
            return "%";
        case Unit::units:
            return "units";
        case Unit::none:
            break;
    }
    return "";
}

}  // namespace geo
