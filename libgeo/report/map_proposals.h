// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/report/map_cells.h"
#include "libgeo/report/map_data.h"
#include "libgeo/report/rows.h"

namespace geo {

/// Takes the verdicts and findings of a run into what a map shows: the very cells that `check` writes. From the proposal after `most` on they are counted by
/// cells of a grid, those before too, so that ten million proposals need no more memory than the grid.
class MapProposals : public Sink {
  public:
    MapProposals(const Assessment& assessment, const std::vector<std::string>& kept, std::size_t most, MapData& data,
                 MapCells& cells);
    void take(const ProposalBatch& batch, const Assessed& assessed, std::string&& bytes) override;

  private:
    /// The cells of a row of `findings` that a map shows, found by name once.
    struct Columns {
        std::size_t policy, status, rule, measured, limit, unit, margin, tolerance, layer, place_id, place_name, from,
            site, exempt_by, outcome, cite, start_kind, access_place, along, access_site;
    };
    static Columns columns_of();
    MapProposal make(const ProposalBatch& batch, const Assessed& assessed, std::size_t row, const VerdictRow& verdict);
    void add_findings(const ProposalBatch& batch, const Assessed& assessed, std::size_t row, MapProposal& out);
    MapFinding finding(const ProposalBatch& batch, std::size_t site, const Finding& of, std::size_t slot);
    void add_walk(const ProposalBatch& batch, std::size_t site, const Finding& of, std::size_t slot, bool decides,
                  MapFinding& out) const;
    void gather();

    const Assessment& assessment_;
    std::vector<std::string> labels_;
    VerdictRows rows_;
    Columns at_;
    std::size_t most_;
    MapData& data_;
    MapCells& cells_;
    TextCells texts_;
    bool gathered_ = false;
};

}  // namespace geo
