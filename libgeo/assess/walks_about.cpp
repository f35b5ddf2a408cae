// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/walks_about.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "libgeo/assess/joins_about.h"

namespace geo {
namespace {

constexpr double kNowhere = std::numeric_limits<double>::infinity();
constexpr double kRounding = 0.003;  // metres: of three lengths in whole millimetres

struct Square {
    Point centre;
    double half;  // of its side
};

/// Some of it is no farther than `radius` from p.
bool reaches(const Square& square, Point p, double radius) {
    const double dx = std::max(std::fabs(square.centre.x - p.x) - square.half, 0.0);
    const double dy = std::max(std::fabs(square.centre.y - p.y) - square.half, 0.0);
    return dx * dx + dy * dy <= radius * radius;
}

}  // namespace

WalksAbout::WalksAbout(const WalkingStreets& streets, const PlaceWalks& walks, ShapeFilter open, SiteOnStreets site,
                       double accuracy)
    : streets_(&streets), walks_(&walks), open_(open), site_(std::move(site)), accuracy_(accuracy) {}

/// By every stretch of street that may be the nearest to one of the points.
WalksAbout::Bounds WalksAbout::bounds(Point centre, double radius) const {
    const double slack = walk_slack(radius) + kRounding, most_access = streets_->most_access();
    Bounds found{kNowhere, 0.0};
    double nearest = kNowhere;
    for (const NetworkPosition& at : streets_->positions().find_about(centre, radius, most_access)) {
        const PlaceWalks::Range range = walks_->range({at, centre}, open_);
        found.least = std::min(found.least, metres_of_walk(range.least) - slack);
        found.most = std::max(found.most, metres_of_walk(range.most) + slack);
        nearest = std::min(nearest, in_metres(at.access));
    }
    if (nearest + radius > most_access) found.most = kNowhere;  // one of them may be too far from every street
    return found;
}

template <typename Settles>
bool WalksAbout::all_about(Point site, const Settles& settles) const {
    if (settles(bounds(site, accuracy_))) return true;
    constexpr double kShare = 1.0 / 16, kLeast = 1.0;  // metres
    const double enough = std::max(kShare * accuracy_, kLeast);
    std::vector<Square> open{{site, accuracy_}};
    while (!open.empty()) {
        const Square square = open.back();
        open.pop_back();
        const double half = square.half / 2, radius = std::numbers::sqrt2 * half;
        if (std::numbers::sqrt2 * square.half <= enough) return false;
        for (const double dx : {-half, half})
            for (const double dy : {-half, half}) {
                const Square part{{square.centre.x + dx, square.centre.y + dy}, half};
                if (reaches(part, site, accuracy_) && !settles(bounds(part.centre, radius))) open.push_back(part);
            }
    }
    return true;
}

bool WalksAbout::all_within(double metres) const {
    return std::any_of(site_.joins.begin(), site_.joins.end(), [&](const SiteJoin& join) {
        if (site_.extent != nullptr) return metres_of_walk(walks_->range(join, open_).most) + accuracy_ <= metres;
        return all_about(join.from, [&](const Bounds& bounds) { return bounds.most <= metres; });
    });
}

bool WalksAbout::none_within(double metres) const {
    const std::vector<SiteJoin> joins = joins_with(*streets_, site_, walks_->starts());
    return std::all_of(joins.begin(), joins.end(), [&](const SiteJoin& join) {
        if (site_.extent != nullptr) return metres_of_walk(walks_->range(join, open_).least) - accuracy_ > metres;
        return all_about(join.from, [&](const Bounds& bounds) { return bounds.least > metres; });
    });
}

}  // namespace geo
