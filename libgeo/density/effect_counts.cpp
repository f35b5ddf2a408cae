// SPDX-License-Identifier: Apache-2.0
#include "libgeo/density/effect_counts.h"

#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/errors.h"
#include "libgeo/density/area_counts.h"

namespace geo {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month_day;

constexpr double kDaysOfYear = 365.25;
constexpr unsigned kMonthsOfYear = 12;

Date first_of_month(Date day) {
    const year_month_day ymd(day);
    return Date(ymd.year() / ymd.month() / 1);
}

/// So many months later; the 31st of a month that has none is its last day.
Date later(Date day, int by) {
    const year_month_day ymd = year_month_day(day) + months(by);
    return ymd.ok() ? Date(ymd) : Date(ymd.year() / ymd.month() / std::chrono::last);
}

/// What the layers have on record.
struct Record {
    Date first = Date::min(), end = Date::max();  // [first, end) that all layers cover
    std::vector<Date> snapshots;
    bool dated = false;
};

void narrow(Record& record, Date first, Date end) {
    record.first = std::max(record.first, first);
    record.end = std::min(record.end, end);
}

void take_dated(Record& record, const Premises& layer) {
    Date first = Date::max(), last = Date::min();
    for (std::size_t spell = 0; spell < layer.size(); ++spell) {
        if (layer.opens(spell)) {
            first = std::min(first, layer.opened[spell].by);
            last = std::max(last, layer.opened[spell].by);
        }
        if (layer.closes(spell)) last = std::max(last, layer.closed[spell].by);
    }
    if (first > last)
        throw DataError(
            fmt::format("layer {}: no outlet has an opening date; give a file with dates of opening and closing, or "
                        "dated snapshots",
                        layer.layer->facts.name));
    record.dated = true;
    narrow(record, first_of_month(first), later(first_of_month(last), 1));
}

void take_snapshots(Record& record, const Premises& layer) {
    if (layer.snapshot_dates.size() < 2)
        throw DataError(
            fmt::format("layer {}: one snapshot, of {}: openings are what changes from one to the next; give at least "
                        "two before the policy and two under it",
                        layer.layer->facts.name, format_date(layer.snapshot_dates.front())));
    record.snapshots.insert(record.snapshots.end(), layer.snapshot_dates.begin(), layer.snapshot_dates.end());
    narrow(record, layer.snapshot_dates.front() + days(1), layer.snapshot_dates.back() + days(1));
}

std::vector<Date> cuts_of_months(const EffectWindow& window, int step) {
    std::vector<Date> cuts;
    int k = 0;
    while (later(window.policy, (k - 1) * step) > window.from) --k;
    cuts.push_back(window.from);
    for (; later(window.policy, k * step) < window.until; ++k) cuts.push_back(later(window.policy, k * step));
    cuts.push_back(window.until);
    return cuts;
}

std::vector<Date> cuts_of_snapshots(const EffectWindow& window, std::vector<Date> snapshots) {
    std::vector<Date> cuts;
    std::sort(snapshots.begin(), snapshots.end());
    for (const Date day : snapshots) {
        const Date cut = day + days(1);  // what a snapshot shows as new came by its day
        if (cut >= window.from && cut <= window.until && (cuts.empty() || cuts.back() != cut)) cuts.push_back(cut);
    }
    return cuts;
}

void expect_both_sides(const EffectWindow& window) {
    if (window.cuts.size() >= 2 && window.years(-1) > 0 && window.years(1) > 0) return;
    throw DataError(
        fmt::format("the policy came into force on {}, and outlets are on record from {} to {}{}: before and after "
                    "cannot be compared; give data that begin well before it and go on under it",
                    format_date(window.policy), format_date(window.from), format_date(window.until - days(1)),
                    window.snapshots ? " (openings only between snapshots)" : ""));
}

/// Where a day that is known to lie in (after, by] falls.
enum class Side : std::uint8_t { outside, before, after, straddles };
Side side_of(const DayBetween& when, const EffectWindow& window) {
    if (when.by == kBeforeRecords || when.by == kNotEnded || when.after == kBeforeRecords) return Side::outside;
    const Date earliest = when.after + days(1);
    if (earliest < window.from || when.by >= window.until) return Side::outside;
    if (when.by < window.policy) return Side::before;
    return earliest >= window.policy ? Side::after : Side::straddles;
}

class Counting {
  public:
    Counting(const EffectWindow& window, std::size_t areas) : window_(window) {
        for (std::size_t zone = 0; zone < kZones; ++zone) {
            counts.by_area[zone].resize(areas);
            counts.opened[zone].resize(window.periods());
            counts.closed[zone].resize(window.periods());
            counts.stock[zone].resize(window.periods());
        }
    }
    void spell(const Premises& layer, std::size_t spell, Zone zone, std::uint32_t area) {
        const auto z = static_cast<std::size_t>(zone);
        EffectCounts::Tally& tally = counts.by_area[z][area];
        const auto trades = [&](Date day) { return layer.trades(spell, day) ? 1 : 0; };
        tally.stock_first += trades(window_.from);
        tally.stock_policy += trades(window_.policy);
        tally.stock_last += trades(window_.until - days(1));
        for (std::size_t k = 0; k < window_.periods(); ++k)
            counts.stock[z][k] += trades(k + 1 < window_.periods() ? window_.cuts[k + 1] : window_.until - days(1));
        if (layer.opens(spell)) event(layer.opened[spell], tally.opened_before, tally.opened_after, counts.opened[z]);
        if (layer.closes(spell)) event(layer.closed[spell], tally.closed_before, tally.closed_after, counts.closed[z]);
    }
    /// Trades, opens or closes in the window.
    bool seen(const Premises& layer, std::size_t spell) const {
        return layer.opened[spell].by < window_.until && (layer.closed[spell].by >= window_.from);
    }
    EffectCounts counts;

  private:
    void event(const DayBetween& when, std::int64_t& before, std::int64_t& after, std::vector<std::int64_t>& periods) {
        const Side side = side_of(when, window_);
        if (side == Side::outside) return;
        if (side == Side::straddles) {
            ++counts.straddling;
            return;
        }
        ++(side == Side::before ? before : after);
        const auto next = std::upper_bound(window_.cuts.begin(), window_.cuts.end(), when.by);
        const auto period = static_cast<std::size_t>(next - window_.cuts.begin()) - 1;
        if (when.after + days(1) >= window_.cuts[period])
            ++periods[period];
        else
            ++counts.across_periods;
    }
    const EffectWindow& window_;
};

}  // namespace

double EffectWindow::years(int of_side) const {
    double sum = 0;
    for (std::size_t k = 0; k < periods(); ++k)
        if (side(k) == of_side) sum += static_cast<double>((cuts[k + 1] - cuts[k]).count());
    return sum / kDaysOfYear;
}

void EffectCounts::Tally::add(const Tally& other) {
    stock_first += other.stock_first;
    stock_policy += other.stock_policy;
    stock_last += other.stock_last;
    opened_before += other.opened_before;
    opened_after += other.opened_after;
    closed_before += other.closed_before;
    closed_after += other.closed_after;
}

EffectCounts::Tally EffectCounts::total(Zone zone) const {
    Tally sum;
    for (const Tally& tally : by_area[static_cast<std::size_t>(zone)]) sum.add(tally);
    return sum;
}

EffectWindow effect_window(std::span<const Premises> premises, Date policy_from, Date policy_until,
                           const WindowOptions& options) {
    Record record;
    for (const Premises& layer : premises) {
        if (layer.snapshot_dates.empty())
            take_dated(record, layer);
        else
            take_snapshots(record, layer);
    }
    if (options.as_at) record.end = std::min(record.end, *options.as_at + days(1));
    EffectWindow window;
    window.policy = policy_from;
    window.snapshots = !record.dated;
    window.from = options.from.value_or(record.first);
    window.until = std::min(options.until.value_or(record.end), policy_until);
    if (window.from >= window.policy || window.until <= window.policy) expect_both_sides(window);
    window.cuts = window.snapshots ? cuts_of_snapshots(window, record.snapshots)
                                   : cuts_of_months(window, static_cast<int>(options.months));
    if (!window.snapshots && kMonthsOfYear % options.months == 0)
        window.periods_a_year = kMonthsOfYear / options.months;
    expect_both_sides(window);
    window.from = window.cuts.front();
    window.until = window.cuts.back();
    return window;
}

EffectCounts effect_counts(std::span<const Premises> premises, std::span<const std::vector<Zone>> zones,
                           std::span<const std::vector<std::uint32_t>> area_of, std::size_t areas, UseSet uses,
                           const EffectWindow& window) {
    Counting counting(window, areas);
    EffectCounts& counts = counting.counts;
    for (std::size_t l = 0; l < premises.size(); ++l) {
        const Premises& layer = premises[l];
        for (std::size_t spell = 0; spell < layer.size(); ++spell) {
            if ((layer.uses[spell] & uses) == 0) continue;
            if (layer.unclear[spell] != 0) {
                ++counts.unclear;
                continue;
            }
            if (!counting.seen(layer, spell)) continue;
            const Zone zone = zones[l][spell];
            if (zone == Zone::untold && layer.shapes.has_location(spell))
                ++counts.not_walked;
            else if (zone == Zone::untold)
                ++counts.without_location;
            else if (zone == Zone::elsewhere)
                ++counts.elsewhere;
            else if (area_of[l][spell] == kNoArea)
                ++counts.outside_areas;
            else {
                ++counts.outlets;
                counting.spell(layer, spell, zone, area_of[l][spell]);
            }
        }
    }
    return std::move(counting.counts);
}

}  // namespace geo
