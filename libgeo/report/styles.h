// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace geo {

enum class Symbol { marker, line, fill };

/// A QGIS style (QML): one colour a result, by the values of `field`. Colours keep apart for colour-blind readers.
std::string results_style(std::string_view field, Symbol symbol);
/// A QGIS style: areas in shades of one colour by a number, darker the more. `limits`: of the classes, ascending, one more than there are classes (at most
/// five); a class that ends where it begins is left out.
std::string shades_style(std::string_view field, const std::vector<double>& limits, int decimals);
/// Limits of fifths of the values: the least, four between, the greatest. Numbers only; empty where there are none.
std::vector<double> fifths(std::vector<double> values);
/// A QGIS style: all in one colour, `R,G,B`.
std::string single_style(Symbol symbol, std::string_view colour);
/// A QGIS style for issues: one small cross.
std::string issues_style();

}  // namespace geo
