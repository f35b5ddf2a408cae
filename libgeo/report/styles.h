// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace geo {

enum class Symbol { marker, line, fill };

/// A QGIS style (QML): one colour a result, by the values of `field`. Colours keep apart for colour-blind readers.
std::string results_style(std::string_view field, Symbol symbol);
/// A QGIS style for issues: one small cross.
std::string issues_style();

}  // namespace geo
