// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: one layer of proposals while it streams.
#pragma once

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "libgeo/layers/layer_file.h"
#include "libgeo/layers/layer_rows.h"
#include "libgeo/layers/proposals.h"
#include "libgeo/layers/row_dates.h"
#include "libgeo/layers/row_uses.h"

namespace geo {

/// A row of the file held apart, because its reference stands in an earlier row too.
struct HeldRow {
    std::int64_t row = 0;
    std::vector<std::string> cells;    ///< in the order of LayerFile::selected
    Shapes shape;                      ///< one
    std::vector<RowTrouble> troubles;  ///< their `row` is 0
};

/// Rows whose reference occurs more than once. Small: only the later rows are held.
struct DoubledRows {
    struct Group {
        std::int64_t first = 0;  ///< row of the proposal's first site
        std::vector<HeldRow> other_sites;
    };
    std::vector<Group> groups;        ///< sorted by `first`
    std::vector<std::int64_t> later;  ///< every row that does not stand at its own place, sorted
    std::vector<std::int64_t> same;   ///< of them: the same row again, sorted
};

struct ProposalLayer {
    ProposalLayer(const Study& study_given, const LayerSpec& spec_given, LayerFile file_given,
                  const std::vector<std::string>& kept);

    const Study& study;
    const LayerSpec& spec;
    LayerFile file;
    LayerFacts facts;
    UseReader uses;
    FileDates dates;
    Date undated{};  ///< the day for use classes where a row has no date
    bool use_given = true;
    bool on_one_day = false;  ///< every row is assessed as at a day that was asked for: dates of decision do not matter
    std::vector<std::optional<std::size_t>> kept;  ///< cell of each kept column of the reader
    std::shared_ptr<const DoubledRows> doubled;
    std::optional<Box> near_area;  ///< rows beyond it are said to be far from the study area

    // Counted by decode on any thread.
    UnreadUses unread_uses;
    std::atomic<std::uint64_t> read{0}, not_used{0}, ruled_out{0}, blank_references{0}, far_away{0};
};

/// The pass before the stream: checks the coordinates of the first located rows, settles how dates are written, finds doubled references. 8 bytes a
/// row while it lasts. The table is rewound after it.
void scan_proposals(ProposalLayer& layer, const std::optional<Box>& area, Issues& issues);

/// Thread-safe.
ProposalBatch decode_proposals(ProposalLayer& layer, Batch&& batch);

}  // namespace geo
