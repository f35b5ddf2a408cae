// SPDX-License-Identifier: Apache-2.0
//
// Areas in shades: which figure, on which day, in which classes. Private to figures of a study.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/report/figure.h"
#include "libgeo/report/map_data.h"
#include "libgeo/report/table.h"

namespace geo {

struct AreaShades {
    std::string heading, subtitle, as_at;
    bool of_residents = false;  ///< rates: whose residents they are of is a source too
    const Shapes* shapes = nullptr;
    std::vector<std::uint32_t> shape;  ///< areas
    std::vector<std::uint8_t> of;      ///< class of each
    std::vector<std::string> names;
    std::vector<FigureClass> classes;
    std::vector<std::string> notes;
};

/// Rates on the latest day that has any, in fifths of the areas. Why there are none; empty where there are.
std::string no_rate_shades(const MapData& data, std::optional<Use> use);
AreaShades rate_shades(const MapData& data, std::optional<Use> use);

/// The column `change` of `density` on its last day, in classes around 0.
std::string no_change_shades(const AnswerTable& density, std::optional<Use> use);
AreaShades change_shades(const AnswerTable& density, std::optional<Use> use);

/// Lower and upper ends of classes of whole numbers: two below 0, 0, two above; as far out on either side as the largest of them. Classes that would be empty by
/// their ends are left out with `first > last`.
struct ChangeClass {
    std::int64_t first = 0, last = 0;
};
std::vector<ChangeClass> change_classes(const std::vector<std::int64_t>& changes);

}  // namespace geo
