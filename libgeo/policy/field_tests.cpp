// SPDX-License-Identifier: Apache-2.0
#include "libgeo/policy/field_tests.h"

#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/policy/limits.h"

namespace geo {
namespace {

bool same_figure(const FieldTest& a, const FieldTest& b) { return folded(a.field) == folded(b.field) && a.of == b.of; }

/// The figures for which a test holds; none where it asks for values, or its limit is not known here.
std::optional<FigureRange> range_of(const FieldTest& test) {
    return test.is.empty() ? geo::range_of(test.holds) : std::nullopt;
}

bool accepts(const FieldTest& test, const std::string& value) {
    return std::any_of(test.is.begin(), test.is.end(),
                       [&](const std::string& accepted) { return folded(accepted) == folded(value); });
}

bool exclude(const FieldTest& a, const FieldTest& b) {
    if (!same_figure(a, b)) return false;
    if (!a.is.empty() && !b.is.empty())
        return std::none_of(a.is.begin(), a.is.end(), [&](const std::string& value) { return accepts(b, value); });
    const auto x = range_of(a), y = range_of(b);
    return x && y && apart(*x, *y);
}

}  // namespace

bool holds_if(const FieldTest& test, const FieldTest& given) {
    if (!same_figure(test, given) || test.is.empty() != given.is.empty()) return false;
    if (!test.is.empty()) {
        return std::all_of(given.is.begin(), given.is.end(),
                           [&](const std::string& value) { return accepts(test, value); });
    }
    const auto wide = range_of(test), narrow = range_of(given);
    if (wide && narrow) return holds_within(*narrow, *wide);
    return !wide && !narrow && test.holds.field == given.holds.field && test.holds.comparator == given.holds.comparator;
}

bool one_always_holds(const FieldTest& a, const FieldTest& b) {
    const auto x = range_of(a), y = range_of(b);
    return same_figure(a, b) && x && y && cover_all(*x, *y);
}

bool always_holds(const FieldTest& test) {
    const auto range = range_of(test);
    if (!range) return false;
    const bool percent = test.holds.unit == Unit::percent;
    const FigureRange possible{0.0, percent ? 100.0 : std::numeric_limits<double>::infinity(), true, percent};
    return holds_within(possible, *range);
}

void check_can_all_hold(const TomlTable& table, std::string_view key, const std::vector<FieldTest>& tests) {
    for (auto test = tests.begin(); test != tests.end(); ++test) {
        for (auto other = tests.begin(); other != test; ++other) {
            if (exclude(*test, *other)) {
                table.fail(key, fmt::format("two tests of {} exclude each other, so they never hold together",
                                            printable(test->field)));
            }
        }
    }
}

}  // namespace geo
