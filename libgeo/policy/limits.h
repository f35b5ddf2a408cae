// SPDX-License-Identifier: Apache-2.0
//
// Numbers of a rule: the limit of `breach`, the bands, and what a comparison can be true of.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "libgeo/policy/rule_parts.h"

namespace geo {

/// What a measure's limit may be.
struct LimitShape {
    std::string_view measure;   ///< `distance`, for messages
    std::string_view example;   ///< `<= 400 m`
    std::string_view expected;  ///< what fits: `a length such as 400 m`
    bool (*fits)(Unit unit) = nullptr;
    bool zero = false;       ///< a limit of 0 has a meaning
    bool whole = false;      ///< units are counted: no fractions
    bool field = false;      ///< `field:NAME` may stand for the number
    bool judgement = false;  ///< the policy may give no number
    double least = 0.0;      ///< smallest and largest figure that the measure can give
    double most = std::numeric_limits<double>::infinity();
};

/// The comparison of a table's `key`. Throws unless it is there, fits, and can be both true and false.
Comparison read_limit(const TomlTable& table, std::string_view key, const LimitShape& shape);
/// `breach`, and no `bands`.
Comparison read_breach(const TomlTable& rule, const LimitShape& shape);
/// Either `breach` or `bands`.
struct RuleLimits {
    Comparison breach;
    std::vector<Band> bands;
};
RuleLimits read_limits(const TomlTable& rule, const LimitShape& shape);

/// The figures for which a comparison holds.
struct FigureRange {
    double from, until;
    bool with_from, with_until;  ///< whether the ends belong to it
};
/// `within`: the figures that there can be. None for a judgement or a limit that the study gives.
std::optional<FigureRange> range_of(const Comparison& comparison);
/// Every figure of `inner` is one of `outer`.
bool holds_within(const FigureRange& inner, const FigureRange& outer);
/// No figure is in both.
bool apart(const FigureRange& a, const FigureRange& b);
/// Every figure is in one of the two.
bool cover_all(const FigureRange& a, const FigureRange& b);

}  // namespace geo
