// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/premises.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "libgeo/layers/premises_chain.h"
#include "libgeo/layers/premises_notes.h"
#include "libgeo/layers/premises_records.h"
#include "libgeo/layers/premises_steps.h"

namespace geo {
namespace {

DayBetween on_day(Date day) {
    if (day == kBeforeRecords || day == kNotEnded) return {day, day};
    return {day - std::chrono::days(1), day};
}

/// A table with dates: a spell a row.
Premises dated(const OutletLayer& layer, const Records& records) {
    Premises out;
    out.layer = &layer;
    out.spell_of_row.resize(layer.size());
    out.previous_row.assign(layer.size(), Premises::kNone);
    out.renamed.assign(layer.size(), 0);
    out.authorities = records.authorities;
    out.authority = records.authority;
    out.shapes = layer.shapes;
    out.uses = layer.uses;
    out.unclear = layer.unclear;
    out.began.assign(layer.size(), Happening::opened);
    out.ended.assign(layer.size(), Happening::closed);
    for (std::uint32_t i = 0; i < layer.size(); ++i) {
        out.premises.push_back(i);
        out.first_row.push_back(i);
        out.last_row.push_back(i);
        out.spell_of_row[i] = i;
        out.opened.push_back(on_day(layer.opened[i]));
        out.closed.push_back(on_day(layer.closed[i]));
        if (out.opens(i)) out.events.push_back({Happening::opened, Premises::kNone, i, out.opened[i], false, false});
        if (out.closes(i)) out.events.push_back({Happening::closed, i, Premises::kNone, out.closed[i], false, false});
    }
    std::stable_sort(out.events.begin(), out.events.end(),
                     [](const auto& a, const auto& b) { return a.when.by < b.when.by; });
    return out;
}

}  // namespace

std::string_view word(Happening happening) {
    static constexpr std::array<std::string_view, 8> kWords = {
        "opened", "closed", "moved", "new-operator", "new-use", "location-gained", "location-lost", "unmatched"};
    return kWords[static_cast<std::size_t>(happening)];
}

bool Premises::covers(std::uint32_t authority_index, Date day) const {
    if (snapshot_dates.empty()) return true;
    const auto after = std::upper_bound(snapshot_dates.begin(), snapshot_dates.end(), day);
    return after != snapshot_dates.begin() &&
           covered[static_cast<std::size_t>(after - snapshot_dates.begin()) - 1][authority_index] != 0;
}

Premises premises_of(const OutletLayer& layer, Issues& issues) {
    const Records records = records_of(layer);
    Premises premises = layer.snapshot_dates.empty() ? dated(layer, records)
                                                     : chained(layer, records, steps_of(records, issues), issues);
    note_filled_locations(premises, issues);
    note_likely_doubles(premises, records, issues);
    return premises;
}

}  // namespace geo
