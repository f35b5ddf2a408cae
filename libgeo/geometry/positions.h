// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// A British National Grid reference (`TQ 30123 75456`, `TQ3012375456`, `TQ 301 754`): the middle of the square it names, in
/// EPSG:27700, and half the square's side. None when it is no grid reference or not in Great Britain's 100 km squares.
struct GridReference {
    Point point;
    double half_square_m = 0.5;
};
std::optional<GridReference> parse_grid_reference(std::string_view text);
/// The metre square of the National Grid that holds a point of EPSG:27700: `TQ 30123 75456`. None outside Great Britain's 100 km squares.
std::optional<std::string> grid_reference_of(Point point);

/// What `--at` was given.
struct At {
    enum class Kind { projected, latitude_longitude, grid_reference, postcode, uprn };
    Kind kind = Kind::projected;
    Point point;                 ///< easting, northing; or longitude, latitude (in this order here)
    std::string code;            ///< postcode in capitals with one blank, or the digits of a UPRN
    double half_square_m = 0.0;  ///< for a grid reference
};
/// `530123,175456` · `51.4613,-0.1156` (latitude, longitude: both within ±90 and ±180 and with a decimal point) · `TQ 30123 75456` ·
/// `SW2 1RW` · `uprn:100023336956`. None for anything else.
std::optional<At> parse_at(std::string_view text);

/// A UK postcode in capitals with one blank (`sw21rw` → `SW2 1RW`). None when its form is wrong.
std::optional<std::string> normal_postcode(std::string_view text);

}  // namespace geo
