// SPDX-License-Identifier: Apache-2.0
//
// One reader a measure; the table of them is in measures.cpp. Each throws UsageError `file:line: key: …`.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "libgeo/policy/limits.h"
#include "libgeo/policy/rule_parts.h"

namespace geo {

MeasureAndBreach read_distance(const TomlTable& rule, const KnownLayers& known);
MeasureAndBreach read_inside_measure(const TomlTable& rule, const KnownLayers& known);
MeasureAndBreach read_count(const TomlTable& rule, const KnownLayers& known);
MeasureAndBreach read_share(const TomlTable& rule, const KnownLayers& known);
MeasureAndBreach read_run(const TomlTable& rule, const KnownLayers& known);
MeasureAndBreach read_gap(const TomlTable& rule, const KnownLayers& known);
MeasureAndBreach read_attribute(const TomlTable& rule, const KnownLayers& known);

/// From where and how a distance is measured: `from`, `site`, `by`, `speed`.
From read_from(const TomlTable& table);
Site read_site(const TomlTable& table);
By read_by(const TomlTable& table);
/// `80 m/min`, `4.8 km/h`: metres a minute. Has a meaning when walking only.
std::optional<double> read_speed(const TomlTable& table, By by);

/// `of`, `states`, `proposal`.
Counted read_counted(const TomlTable& table);
/// The frontages layers of `along`; `frontages` where the key is missing.
std::vector<LayerFilter> read_along(const TomlTable& table, const KnownLayers& known);

/// Units: `units` or a bare number.
bool counts_units(Unit unit);
/// What a limit in units is like.
LimitShape units_shape(std::string_view measure, std::string_view example);

}  // namespace geo
