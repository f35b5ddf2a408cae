// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/premises_notes.h"

#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/layers/premises_steps.h"

namespace geo {
namespace {

std::string date_of(const OutletLayer& layer, std::uint32_t row) {
    return format_date(layer.snapshot_dates[static_cast<std::size_t>(layer.snapshot[row])]);
}

/// The first few ids in the order of the alphabet, whatever the order of the rows.
std::string some_ids(const OutletLayer& layer, const std::vector<std::uint32_t>& rows) {
    constexpr std::size_t kShown = 5;
    std::vector<std::string> ids;
    for (const std::uint32_t row : rows) ids.push_back(printable(layer.id[row], 60));
    std::sort(ids.begin(), ids.end());
    if (ids.size() > kShown) ids.resize(kShown), ids.emplace_back("…");
    return join_words(ids, ", ");
}

}  // namespace

std::string called(const OutletLayer& layer, std::uint32_t row) {
    std::string id = printable(layer.id[row], 60);
    if (layer.name[row].empty()) return id;
    return printable(layer.name[row], 60) + " (" + (layer.has_id[row] != 0 ? "id " : "") + id + ")";
}

void PremisesNotes::may_be(std::uint32_t row, std::uint32_t other, bool opened) {
    issues_.add(issue_of_row(layer_, row, "unmatched-outlet",
                             called(layer_, row) + " of " + date_of(layer_, row) + " may be " + called(layer_, other) +
                                 " of " + date_of(layer_, other) + "; what is on file does not tell",
                             opened ? "taken as opened" : "taken as closed"));
}

void PremisesNotes::end_step(Date date) {
    const auto add = [&](std::vector<std::uint32_t>& rows, const char* code, const std::string& what,
                         const std::string& action) {
        if (rows.empty()) return;
        Issue issue = issue_of_row(layer_, rows.front(), code, what + ": " + some_ids(layer_, rows), action);
        issue.row = 0, issue.id.clear(), issue.has_place = false, issue.x = issue.y = 0.0;
        issues_.add(std::move(issue));
        rows.clear();
    };
    add(back_again_, "back-again",
        counted(back_again_.size(), "outlet") + " in the snapshot of " + format_date(date) +
            " had closed before, by the snapshots between",
        "closed and opened again, as the same premises");
    add(jumps_, "point-differs",
        counted(jumps_.size(), "outlet") + " in the snapshot of " + format_date(date) +
            " with the id of one that stood farther away than the accuracy, and no postcode or address that says it "
            "moved",
        "taken as one place, at the most accurate point");
}

void note_filled_locations(const Premises& premises, Issues& issues) {
    const OutletLayer& layer = *premises.layer;
    if (layer.snapshot_dates.empty()) return;
    std::vector<std::vector<std::uint32_t>> filled(layer.snapshot_dates.size());
    std::vector<std::uint64_t> without(layer.snapshot_dates.size());
    for (std::uint32_t row = 0; row < layer.size(); ++row) {
        if (layer.shapes.has_location(row)) continue;
        const auto snapshot = static_cast<std::size_t>(layer.snapshot[row]);
        ++without[snapshot];
        const std::uint32_t spell = premises.spell_of_row[row];
        if (spell != Premises::kNone && premises.shapes.has_location(spell)) filled[snapshot].push_back(row);
    }
    for (std::size_t s = 0; s < filled.size(); ++s) {
        if (filled[s].empty()) continue;
        Issue issue = issue_of_row(layer, filled[s].front(), "location-filled",
                                   grouped(filled[s].size()) + " of " + counted(without[s], "row") +
                                       " without a location: the same premises have one in "
                                       "another snapshot",
                                   "taken to stand there");
        issue.row = 0, issue.id.clear(), issue.has_place = false;
        issues.add(std::move(issue));
    }
}

}  // namespace geo
