// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/timeline.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

#include "libgeo/layers/frontages.h"

namespace geo {

std::int32_t Timeline::snapshot_index(Date day) const {
    const auto& dates = outlets_->snapshot_dates;  // ascending
    const auto after = std::upper_bound(dates.begin(), dates.end(), day);
    return static_cast<std::int32_t>(after - dates.begin()) - 1;
}

bool Timeline::covers(Date day) const { return outlets_->snapshot_dates.empty() || snapshot_index(day) >= 0; }

std::optional<Date> Timeline::snapshot_for(Date day) const {
    const std::int32_t index = snapshot_index(day);
    if (outlets_->snapshot_dates.empty() || index < 0) return std::nullopt;
    return outlets_->snapshot_dates[static_cast<std::size_t>(index)];
}

Trades Timeline::on(std::size_t outlet, Date day) const {
    if (!outlets_->snapshot_dates.empty() && outlets_->snapshot[outlet] != snapshot_index(day)) return Trades::no;
    if (outlets_->unclear[outlet] != 0) return Trades::unclear;
    return outlets_->opened[outlet] <= day && day < outlets_->closed[outlet] ? Trades::yes : Trades::no;
}

std::vector<std::uint32_t> units_on(const FrontageLayer& units, Date day) {
    std::vector<std::uint32_t> there;
    std::set<std::tuple<std::string_view, double, double>> seen;
    for (std::uint32_t unit = 0; unit < units.size(); ++unit) {
        if (units.opened[unit] > day || units.closed[unit] <= day) continue;
        const Point at = units.shapes.has_location(unit) ? units.shapes.first_point(unit) : Point{};
        if (seen.emplace(units.id[unit], at.x, at.y).second) there.push_back(unit);
    }
    return there;
}

}  // namespace geo
