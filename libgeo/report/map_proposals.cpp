// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/map_proposals.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "libgeo/report/geojson_shape.h"
#include "libgeo/report/measured_words.h"
#include "libgeo/report/words.h"

namespace geo {

MapProposals::Columns MapProposals::columns_of() {
    const std::vector<OutputField> fields = finding_fields();
    const auto at = [&](std::string_view name) {
        for (std::size_t k = 0; k < fields.size(); ++k)
            if (fields[k].name == name) return k;
        throw std::logic_error("findings have no column " + std::string(name));
    };
    return {at("policy"),     at("policy_status"), at("rule"),           at("measured"),  at("limit"),
            at("unit"),       at("margin"),        at("tolerance"),      at("layer"),     at("place_id"),
            at("place_name"), at("from"),          at("site"),           at("exempt_by"), at("outcome"),
            at("cite"),       at("start_kind"),    at("access_place_m"), at("network_m"), at("access_site_m")};
}

MapProposals::MapProposals(const Assessment& assessment, const std::vector<std::string>& kept, std::size_t most,
                           MapData& data, MapCells& cells)
    : assessment_(assessment),
      labels_(rule_labels(assessment)),
      rows_(assessment),
      at_(columns_of()),
      most_(most),
      data_(data),
      cells_(cells) {
    data_.kept = kept_names(kept);
}

void MapProposals::take(const ProposalBatch& batch, const Assessed& assessed, std::string&&) {
    rows_.each(batch, assessed, false, [&](std::size_t row, const VerdictRow& verdict) {
        ++data_.proposals_in_all;
        ++data_.verdicts[static_cast<std::size_t>(verdict.verdict)];
        if (!gathered_ && data_.proposals.size() == most_) gather();
        if (gathered_)
            cells_.add_proposal(verdict.at, verdict.verdict);
        else
            data_.proposals.push_back(make(batch, assessed, row, verdict));
    });
}

void MapProposals::gather() {
    gathered_ = true;
    for (const MapProposal& proposal : data_.proposals) cells_.add_proposal(proposal.at, proposal.verdict);
    data_.proposals.clear();
    data_.proposals.shrink_to_fit();
    data_.sites = {};
}

MapProposal MapProposals::make(const ProposalBatch& batch, const Assessed& assessed, std::size_t row,
                               const VerdictRow& verdict) {
    MapProposal out;
    out.reference = verdict.reference;
    out.name = verdict.name;
    out.use = verdict.use;
    out.as_at = verdict.as_at;
    out.decided = batch.decided[row];
    out.verdict = verdict.verdict;
    out.triggered = assessed.verdicts[row].triggered;
    out.outcome = verdict.outcome;
    out.why = verdict_reason(batch, assessed, row, assessment_);
    out.nearest_layer = verdict.nearest_layer;
    out.nearest_id = verdict.nearest_id;
    out.nearest_name = verdict.nearest_name;
    append_fixed(out.nearest_m, verdict.nearest_m, 3);
    out.nearest_walked = verdict.nearest_walked;
    for (const auto& column : batch.kept) out.kept.emplace_back(column[row]);
    out.shape = static_cast<std::uint32_t>(data_.sites.size());
    append_together(batch.shapes, row, end_of_sites(batch, row), data_.sites);
    out.at = verdict.at;
    add_findings(batch, assessed, row, out);
    return out;
}

void MapProposals::add_findings(const ProposalBatch& batch, const Assessed& assessed, std::size_t row,
                                MapProposal& out) {
    const std::int32_t deciding = deciding_slot(assessed, row, assessment_);
    for (std::size_t slot = 0; slot < labels_.size(); ++slot) {
        for (std::size_t site = row, end = end_of_sites(batch, row); site < end; ++site) {
            const Finding& of = assessed.findings[slot][site];
            if (of.result == Result::not_applicable) continue;
            const bool decides = std::cmp_equal(slot, deciding) && site == assessed.verdicts[row].site;
            if (decides) out.deciding = static_cast<std::int32_t>(out.findings.size());
            out.findings.push_back(finding(batch, site, of, slot));
            add_walk(batch, site, of, slot, decides, out.findings.back());
            if (of.result == Result::triggered && out.findings.back().counts && out.triggers.empty())
                out.triggers = out.findings.back().sentence;
        }
    }
}

MapFinding MapProposals::finding(const ProposalBatch& batch, std::size_t site, const Finding& of, std::size_t slot) {
    const Slot& what = assessment_.slots()[slot];
    FindingRow row;
    make_finding_row(batch, site, of, what, labels_[slot], assessment_, row);
    texts_.clear();
    finding_row_cells(row, texts_);
    const std::vector<std::string_view> cells = texts_.views();
    const auto cell = [&](std::size_t k) { return std::string(cells[k]); };

    MapFinding out;
    out.policy = cell(at_.policy);
    out.policy_status = cell(at_.status);
    out.rule = cell(at_.rule);
    out.cite = cell(at_.cite);
    out.result = of.result;
    out.counts = what.counts;
    out.sentence = reason(of, what, assessment_, batch.use_note[site]);
    out.layer = cell(at_.layer);
    out.place_id = cell(at_.place_id);
    out.place = cell(at_.place_name);
    out.measured = cell(at_.measured);
    out.limit = cell(at_.limit);
    out.unit = cell(at_.unit);
    out.margin = cell(at_.margin);
    out.tolerance = cell(at_.tolerance);
    out.from = cell(at_.from);
    out.site_from = cell(at_.site);
    out.exempt_by = cell(at_.exempt_by);
    out.outcome = cell(at_.outcome);
    out.site = of.site;
    out.at_place = of.place_point;
    out.line = row.distance && of.measured_something && std::isfinite(of.measured) && !out.place_id.empty();
    if (out.line) out.measured_words = metres_words(of.measured, of.limit) + (row.walked ? " on foot" : "");
    out.walked = row.walked;
    out.start_kind = cell(at_.start_kind);
    out.access_place = cell(at_.access_place);
    out.along = cell(at_.along);
    out.access_site = cell(at_.access_site);
    return out;
}

void MapProposals::add_walk(const ProposalBatch& batch, std::size_t site, const Finding& of, std::size_t slot,
                            bool decides, MapFinding& out) const {
    // The way is kept where the map draws it: of what decided, and of what is near a limit.
    const bool near = of.result != Result::clear && of.result != Result::unknown;
    if (!out.walked || !out.line || !(decides || near)) return;
    if (const auto route = assessment_.route(batch, site, static_cast<std::uint32_t>(slot), of))
        add_parts(*route, out.way);
}

}  // namespace geo
