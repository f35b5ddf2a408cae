// SPDX-License-Identifier: Apache-2.0
#include "libgeo/policy/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/base/text.h"

namespace geo {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Comparison parsed(const TomlTable& table, std::string_view key, const LimitShape& shape) {
    if (!table.has(key))
        table.fail(key, fmt::format("is missing; a comparison such as \"{}\" is expected", shape.example));
    if (table.kind(key) == TomlTable::Kind::number) {
        table.fail(key,
                   fmt::format("is the bare number {}; a text with comparison and unit, such as \"{}\", is expected",
                               format_shortest(*table.optional_number(key)), shape.example));
    }
    const std::string written = table.text(key);
    auto comparison = parse_comparison(written);
    if (!comparison) {
        table.fail(key, fmt::format("\"{}\" is no comparison; <=, <, >= or > with a number and its unit, such as "
                                    "\"{}\", is expected{}{}",
                                    printable(written), shape.example,
                                    shape.field ? ", or with a value of the study such as field:national.rate" : "",
                                    shape.judgement ? " (or judgement, where the policy gives no number)" : ""));
    }
    return *std::move(comparison);
}

/// The figures of `shape` for which nothing is left to test.
void check_can_turn(const TomlTable& table, std::string_view key, const Comparison& comparison,
                    const LimitShape& shape) {
    const FigureRange possible{shape.least, shape.most, true, std::isfinite(shape.most)};
    const FigureRange range = *range_of(comparison);
    const char* how = apart(possible, range)          ? "can never hold"
                      : holds_within(possible, range) ? "always holds"
                                                      : nullptr;
    if (how == nullptr) return;
    const std::string upwards = std::isfinite(shape.most) ? "to " + format_shortest(shape.most) : "upwards";
    table.fail(key, fmt::format("\"{}\" {}, as {} is from {} {}; a limit between is expected",
                                printable(comparison.text), how, shape.measure, format_shortest(shape.least), upwards));
}

void check_number(const TomlTable& table, std::string_view key, const Comparison& comparison, const LimitShape& shape) {
    const std::string written = printable(comparison.text);
    if (shape.zero && !(comparison.limit >= 0.0))
        table.fail(key, fmt::format("\"{}\": a limit of 0 or above is expected", written));
    if (!shape.zero && !(comparison.limit > 0.0))
        table.fail(key, fmt::format("\"{}\": a limit above 0 is expected", written));
    if (!shape.fits(comparison.unit)) {
        table.fail(key, fmt::format("\"{}\" does not fit {}; {} is expected{}", written, shape.measure, shape.expected,
                                    comparison.unit == Unit::none ? ", its unit is missing" : ""));
    }
    if (shape.whole && comparison.limit != std::floor(comparison.limit))
        table.fail(key, fmt::format("\"{}\": units are counted; a whole number is expected", written));
    check_can_turn(table, key, comparison, shape);
}

/// The numbers of units that a band is for: [from, until], 0 to infinity where it does not say.
FigureRange units_of(const Band& band) {
    FigureRange range = band.units ? *range_of(*band.units) : FigureRange{0.0, kInfinity, true, false};
    if (!range.with_from) range.from += 1.0;
    if (!range.with_until) range.until -= 1.0;  // infinity stays so
    range.from = std::max(range.from, 0.0);
    return range;
}

using Attributes = std::map<std::string, std::vector<std::string>>;

/// Whatever has the attributes `inner` has those of `outer`.
bool narrower(const Attributes& inner, const Attributes& outer) {
    return std::all_of(outer.begin(), outer.end(), [&](const auto& wanted) {
        const auto found = std::find_if(inner.begin(), inner.end(),
                                        [&](const auto& given) { return folded(given.first) == folded(wanted.first); });
        if (found == inner.end()) return false;
        return std::all_of(found->second.begin(), found->second.end(), [&](const std::string& value) {
            return std::any_of(wanted.second.begin(), wanted.second.end(),
                               [&](const std::string& accepted) { return folded(accepted) == folded(value); });
        });
    });
}

/// Whether the bands before it leave nothing to a band. Each of them reaches down to 0, or upwards without end.
bool is_reached(const Band& band, std::span<const Band> before) {
    double low = -1.0, high = kInfinity;  // taken: 0 to low, and from high on
    for (const Band& earlier : before) {
        if (!narrower(band.where, earlier.where)) continue;
        const FigureRange taken = units_of(earlier);
        if (taken.from <= 0.0) low = std::max(low, taken.until);
        if (taken.until == kInfinity) high = std::min(high, taken.from);
    }
    const FigureRange own = units_of(band);
    return low + 1.0 < high && own.until > low && own.from < high;
}

Attributes read_attributes(const TomlTable& table) {
    Attributes out;
    const auto where = table.optional_table("where");
    if (!where) return out;
    for (const std::string& attribute : where->keys()) out[attribute] = full_texts(*where, attribute);
    if (out.empty()) table.fail("where", "is empty; an attribute with its values is expected");
    return out;
}

Band read_band(const TomlTable& table, const LimitShape& shape) {
    table.expect_only({"units", "where", "breach"}, "a band");
    static constexpr LimitShape kUnits = {.measure = "a band",
                                          .example = ">= 40",
                                          .expected = "a number of units such as 40",
                                          .fits = [](Unit unit) { return unit == Unit::none || unit == Unit::units; },
                                          .zero = true,
                                          .whole = true};
    Band band;
    band.line = table.line();
    if (table.has("units")) band.units = read_limit(table, "units", kUnits);
    band.where = read_attributes(table);
    band.breach = read_limit(table, "breach", shape);
    return band;
}

}  // namespace

Comparison read_limit(const TomlTable& table, std::string_view key, const LimitShape& shape) {
    Comparison comparison = parsed(table, key, shape);
    const auto refuse = [&](const char* what) {
        table.fail(key, fmt::format("\"{}\": {} has no meaning with {}; a number such as \"{}\" is expected",
                                    printable(comparison.text), what, shape.measure, shape.example));
    };
    if (comparison.judgement) {
        if (!shape.judgement) refuse("judgement");
        return comparison;
    }
    if (!comparison.field.empty()) {
        if (!shape.field) refuse("a value of the study");
        // The value comes without a unit: it is taken in that of the measure.
        if (!shape.fits(Unit::none)) comparison.unit = Unit::percent;
        return comparison;
    }
    check_number(table, key, comparison, shape);
    return comparison;
}

Comparison read_breach(const TomlTable& rule, const LimitShape& shape) {
    if (rule.has("bands")) {
        rule.fail("bands", fmt::format("has a meaning with count and share only, not with {}; breach is expected",
                                       shape.measure));
    }
    return read_limit(rule, "breach", shape);
}

RuleLimits read_limits(const TomlTable& rule, const LimitShape& shape) {
    if (!rule.has("bands")) return {read_breach(rule, shape), {}};
    if (rule.has("breach")) {
        rule.fail("bands", "stands beside breach; either bands, each with its own breach, or one breach is expected");
    }
    RuleLimits limits;
    for (const TomlTable& table : rule.tables("bands")) {
        Band band = read_band(table, shape);
        if (!is_reached(band, limits.bands)) {
            table.fail("", fmt::format("bands: band {} is never reached, those before it take all that it fits; the "
                                       "first band that fits counts, so the narrower ones come first",
                                       limits.bands.size() + 1));
        }
        limits.bands.push_back(std::move(band));
    }
    if (limits.bands.empty()) {
        rule.fail("bands", fmt::format("is empty; at least one such as {{ units = \">= 40\", breach = \"{}\" }} is "
                                       "expected",
                                       shape.example));
    }
    return limits;
}

std::optional<FigureRange> range_of(const Comparison& comparison) {
    if (comparison.judgement || !comparison.field.empty()) return std::nullopt;
    switch (comparison.comparator) {
        case Comparator::at_most:
            return FigureRange{-kInfinity, comparison.limit, false, true};
        case Comparator::below:
            return FigureRange{-kInfinity, comparison.limit, false, false};
        case Comparator::at_least:
            return FigureRange{comparison.limit, kInfinity, true, false};
        case Comparator::above:
            break;
    }
    return FigureRange{comparison.limit, kInfinity, false, false};
}

bool holds_within(const FigureRange& inner, const FigureRange& outer) {
    const bool from = inner.from > outer.from || (inner.from == outer.from && (outer.with_from || !inner.with_from));
    const bool until =
        inner.until < outer.until || (inner.until == outer.until && (outer.with_until || !inner.with_until));
    return from && until;
}

bool apart(const FigureRange& a, const FigureRange& b) {
    const auto before = [](const FigureRange& x, const FigureRange& y) {
        return x.until < y.from || (x.until == y.from && !(x.with_until && y.with_from));
    };
    return before(a, b) || before(b, a);
}

bool cover_all(const FigureRange& a, const FigureRange& b) {
    const auto meet = [](const FigureRange& low, const FigureRange& high) {
        return low.from == -kInfinity && high.until == kInfinity &&
               (low.until > high.from || (low.until == high.from && (low.with_until || high.with_from)));
    };
    return meet(a, b) || meet(b, a);
}

}  // namespace geo
