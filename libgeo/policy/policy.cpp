// SPDX-License-Identifier: Apache-2.0
#include "libgeo/policy/policy.h"

#include <array>
#include <limits>

#include "libgeo/base/text.h"

namespace geo {
namespace {

constexpr std::string_view kField = "field:";

/// `national.rate`: words of letters, digits, - and _, joined with dots.
bool is_name_of_value(std::string_view name) {
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
    const bool dots_part_words =
        !name.starts_with('.') && !name.ends_with('.') && name.find("..") == std::string_view::npos;
    return !name.empty() && dots_part_words && name.find_first_not_of(kLetters) == std::string_view::npos;
}

}  // namespace

std::string_view word(From from) {
    switch (from) {
        case From::boundary:
            return "boundary";
        case From::entrances:
            return "entrances";
        case From::centroid:
            return "centroid";
        case From::point:
            break;
    }
    return "point";
}

std::string_view word(Site site) {
    switch (site) {
        case Site::as_given:
            return "as-given";
        case Site::boundary:
            return "boundary";
        case Site::point:
            return "point";
        case Site::entrance:
            break;
    }
    return "entrance";
}

std::string_view word(By by) { return by == By::walking ? "walking" : "straight-line"; }

std::string_view word(UnitState state) {
    switch (state) {
        case UnitState::observed:
            return "observed";
        case UnitState::lawful:
            return "lawful";
        case UnitState::permitted:
            return "permitted";
        case UnitState::vacant_lawful:
            break;
    }
    return "vacant-lawful";
}

std::string_view word(Among among) {
    switch (among) {
        case Among::units:
            return "units";
        case Among::frontage_metres:
            return "frontage-metres";
        case Among::food_outlets:
            break;
    }
    return "food-outlets";
}

std::string_view word(Outcome::Kind kind) {
    switch (kind) {
        case Outcome::Kind::refuse:
            return "refuse";
        case Outcome::Kind::resist:
            return "resist";
        case Outcome::Kind::condition:
            return "condition";
        case Outcome::Kind::contribute:
            return "contribute";
        case Outcome::Kind::consult:
            return "consult";
        case Outcome::Kind::flag:
            break;
    }
    return "flag";
}

std::string_view word(Policy::Status status) {
    switch (status) {
        case Policy::Status::adopted:
            return "adopted";
        case Policy::Status::emerging:
            return "emerging";
        case Policy::Status::withdrawn:
            break;
    }
    return "withdrawn";
}

std::span<const std::string> catalogue_layer_names() {
    static const std::vector<std::string> names = {
        "schools", "youth-facilities", "leisure-centres", "community-centres", "colleges", "parks", "town-centres",
        "parades", "frontages",        "wards",           "streets",
    };
    return names;
}

bool holds(const Comparison& comparison, double value, double tie) {
    if (comparison.judgement) return false;
    switch (comparison.comparator) {
        case Comparator::at_most:
            return value <= comparison.limit + tie;
        case Comparator::below:
            return value < comparison.limit - tie;
        case Comparator::at_least:
            return value >= comparison.limit - tie;
        case Comparator::above:
            break;
    }
    return value > comparison.limit + tie;
}

std::optional<Comparison> parse_comparison(std::string_view text) {
    struct Sign {
        std::string_view written;
        Comparator comparator;
    };
    // The longer signs first.
    constexpr std::array kSigns = {
        Sign{"<=", Comparator::at_most}, Sign{"≤", Comparator::at_most}, Sign{">=", Comparator::at_least},
        Sign{"≥", Comparator::at_least}, Sign{"<", Comparator::below},   Sign{">", Comparator::above},
    };
    text = trimmed(text);
    Comparison out;
    out.text = std::string(text);
    if (text == "judgement") {
        out.judgement = true;
        return out;
    }
    for (const Sign& sign : kSigns) {
        if (!text.starts_with(sign.written)) continue;
        out.comparator = sign.comparator;
        const std::string_view limit = trimmed(text.substr(sign.written.size()));
        if (limit.starts_with(kField)) {
            const std::string_view name = limit.substr(kField.size());
            if (!is_name_of_value(name)) return std::nullopt;
            out.field = std::string(name);
            out.limit = std::numeric_limits<double>::quiet_NaN();  // holds nowhere until it is bound
            return out;
        }
        const auto quantity = parse_quantity(limit);
        if (!quantity) return std::nullopt;
        out.limit = quantity->value;
        out.unit = quantity->unit;
        return out;
    }
    return std::nullopt;
}

}  // namespace geo
