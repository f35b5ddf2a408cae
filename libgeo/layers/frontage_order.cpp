// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "libgeo/base/text.h"
#include "libgeo/geometry/distance.h"
#include "libgeo/layers/frontage_parts.h"

namespace geo {
namespace {

constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();
enum class Way { sequence, number, line };
constexpr Way kWays[] = {Way::sequence, Way::number, Way::line};

double sequence_of(const UnitRow& unit) { return unit.sequence.value_or(kNotKnown); }
double number_of(const UnitRow& unit) { return unit.number ? unit.number->along() : kNotKnown; }

class Orderer {
  public:
    Orderer(const FrontageContext& context, const std::string& parade, std::vector<Standing>& standings)
        : context_(context), parade_(parade), standings_(standings) {}

    OrderDoubts order() {
        choose_way();
        std::sort(standings_.begin(), standings_.end(),
                  [this](const Standing& a, const Standing& b) { return key(a) < key(b); });
        for (const Standing& standing : standings_) {
            if (std::isnan(standing.along)) doubts_.without_place.push_back(unit(standing).line);
        }
        note_doubles();
        return std::move(doubts_);
    }

  private:
    const UnitRow& unit(const Standing& standing) const { return (*context_.units)[standing.unit]; }

    double place(Way way, const Standing& standing) {
        if (way == Way::sequence) return sequence_of(unit(standing));
        if (way == Way::number) return number_of(unit(standing));
        const bool known =
            context_.lines && context_.lines->has(parade_) && context_.shapes->has_location(standing.unit);
        if (!known) return kNotKnown;
        const auto foot = context_.lines->foot(parade_, centroid(*context_.shapes, standing.unit));
        if (foot.distance > context_.far_m) far_.push_back(unit(standing).line);
        return foot.along;
    }

    /// How many units the way puts in one order: numbers do so along one street only.
    std::size_t placed_in_one_order(Way way, const std::vector<double>& places) const {
        std::map<std::string_view, std::size_t> of_street;
        std::size_t most = 0;
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (std::isnan(places[i])) continue;
            const std::string_view street = way == Way::number ? std::string_view(unit(standings_[i]).street) : "";
            most = std::max(most, ++of_street[street]);
        }
        return most;
    }

    void choose_way() {
        std::vector<double> best;
        std::size_t most = 0;
        for (const Way way : kWays) {
            std::vector<double> places;
            far_.clear();
            for (const Standing& standing : standings_) places.push_back(place(way, standing));
            const std::size_t placed = placed_in_one_order(way, places);
            if (!best.empty() && placed <= most) continue;
            most = placed;
            way_ = way;
            best = std::move(places);
            doubts_.far_from_line = far_;
            if (most == standings_.size()) break;
        }
        for (std::size_t i = 0; i < standings_.size(); ++i) standings_[i].along = best[i];
        static constexpr const char* kNames[] = {"sequence", "street number", "parade line"};
        doubts_.way = kNames[static_cast<std::size_t>(way_)];
        if (way_ == Way::number) keep_sides_apart();
    }

    /// By number the streets of a frontage stand one after another, and so do the sides of a street where the study breaks there.
    void keep_sides_apart() {
        std::set<std::string> streets;
        for (Standing& standing : standings_) {
            streets.insert(unit(standing).street);
            standing.even =
                context_.breaks->other_side && unit(standing).number && unit(standing).number->number % 2 == 0;
        }
        if (streets.size() > 1) doubts_.streets.assign(streets.begin(), streets.end());
    }

    std::tuple<bool, std::string_view, bool, double, std::string_view, Date, std::int64_t> key(
        const Standing& standing) const {
        const UnitRow& u = unit(standing);
        const bool last = std::isnan(standing.along);
        const std::string_view street = way_ == Way::number ? std::string_view(u.street) : std::string_view();
        return {last, street, standing.even, last ? 0.0 : standing.along, u.id, u.opened, u.line};
    }

    static bool at_one_time(const UnitRow& a, const UnitRow& b) { return a.opened < b.closed && b.opened < a.closed; }

    void note_doubles() {
        std::map<std::string_view, std::vector<const UnitRow*>> by_id;
        for (const Standing& standing : standings_) by_id[unit(standing).id].push_back(&unit(standing));
        for (auto& [id, rows] : by_id) {
            std::sort(rows.begin(), rows.end(), [](const UnitRow* a, const UnitRow* b) {
                return std::tie(a->opened, a->line) < std::tie(b->opened, b->line);
            });
            const UnitRow* longest = rows.front();
            for (std::size_t i = 1; i < rows.size(); ++i) {
                if (at_one_time(*longest, *rows[i])) add_both(doubts_.same_id, *longest, *rows[i]);
                if (rows[i]->closed > longest->closed) longest = rows[i];
            }
        }
        for (std::size_t i = 1; i < standings_.size(); ++i) {
            const UnitRow &a = unit(standings_[i - 1]), &b = unit(standings_[i]);
            const bool one_place = standings_[i - 1].along == standings_[i].along &&
                                   standings_[i - 1].even == standings_[i].even &&
                                   (way_ != Way::number || a.street == b.street);
            if (a.id != b.id && one_place && at_one_time(a, b)) add_both(doubts_.same_place, a, b);
        }
    }

    static void add_both(std::vector<std::int64_t>& lines, const UnitRow& a, const UnitRow& b) {
        if (lines.empty() || lines.back() != a.line) lines.push_back(a.line);
        lines.push_back(b.line);
    }

    const FrontageContext& context_;
    const std::string& parade_;
    std::vector<Standing>& standings_;
    Way way_ = Way::sequence;
    std::vector<std::int64_t> far_;
    OrderDoubts doubts_;
};

}  // namespace

OrderDoubts put_in_order(const FrontageContext& context, const std::string& parade, std::vector<Standing>& standings) {
    return Orderer(context, parade, standings).order();
}

namespace {

/// A millimetre more is a matter of how coordinates were rounded.
constexpr double kTie = 0.001;

class Breaker {
  public:
    Breaker(const FrontageContext& context, BreakDoubts& doubts)
        : context_(context), breaks_(*context.breaks), doubts_(doubts) {}

    bool between(const Standing& a, const Standing& b) {
        const UnitRow &one = (*context_.units)[a.unit], &other = (*context_.units)[b.unit];
        if (std::isnan(a.along) || std::isnan(b.along)) return true;
        const bool gap = breaks_.gap && wide_gap(a.unit, b.unit);
        const bool sides = breaks_.other_side && on_two_sides(one, other);
        const bool street = breaks_.side_streets && street_between(a.unit, b.unit);
        return gap || sides || street;
    }

  private:
    bool located(std::uint32_t a, std::uint32_t b) const {
        return context_.shapes->has_location(a) && context_.shapes->has_location(b);
    }

    bool wide_gap(std::uint32_t a, std::uint32_t b) {
        if (!located(a, b)) {
            ++doubts_.no_distance;
            return false;
        }
        const double most = breaks_.gap->value + kTie;
        return separation(*context_.shapes, a, *context_.shapes, b).squared > most * most;
    }

    /// Numbers of two streets say nothing of the sides of one.
    bool on_two_sides(const UnitRow& a, const UnitRow& b) {
        if (a.street != b.street && !a.street.empty() && !b.street.empty()) return false;
        if (!a.number || !b.number) {
            ++doubts_.no_side;
            return false;
        }
        return a.number->number % 2 != b.number->number % 2;
    }

    bool street_between(std::uint32_t a, std::uint32_t b) {
        if (!located(a, b)) {
            ++doubts_.no_place;
            return false;
        }
        return context_.streets->cross(centroid(*context_.shapes, a), centroid(*context_.shapes, b),
                                       (*context_.units)[a].street, (*context_.units)[b].street);
    }

    const FrontageContext& context_;
    const FrontageBreaks& breaks_;
    BreakDoubts& doubts_;
};

}  // namespace

void find_breaks(const FrontageContext& context, const OrderDoubts& order, std::vector<Standing>& standings,
                 BreakDoubts& doubts) {
    Breaker breaker(context, doubts);
    const auto& units = *context.units;
    for (std::size_t i = 1; i < standings.size(); ++i) {
        const UnitRow &here = units[standings[i].unit], &last = units[standings[i - 1].unit];
        if (here.id == last.id && standings[i].along == standings[i - 1].along) {
            // The same unit at another time: broken from the unit before as it was then.
            standings[i].break_before = standings[i - 1].break_before;
            continue;
        }
        const bool other_street = !order.streets.empty() && here.street != last.street;
        standings[i].break_before = other_street || breaker.between(standings[i - 1], standings[i]);
    }
}

}  // namespace geo
