// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/forms.h"
#include "libgeo/report/geojson_shape.h"
#include "libgeo/report/record_layers.h"
#include "libgeo/report/rows.h"
#include "libgeo/report/spool.h"
#include "libgeo/report/styles.h"
#include "libgeo/report/walked_words.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

std::vector<OutputField> with_reason(std::vector<OutputField> fields) {
    fields.push_back({"reason", FieldType::text});
    return fields;
}

/// One layer of verdicts, the sites as they are.
class VerdictFlatGeobuf : public Writer {
  public:
    VerdictFlatGeobuf(const std::filesystem::path& path, const Assessment& assessment, const WriterOptions& options)
        : file_(path, options.replace, "FlatGeobuf", options.crs.code()),
          assessment_(assessment),
          rows_(assessment),
          kept_(kept_names(options.kept)),
          by_policy_(options.by_policy) {
        file_.begin_layer({"verdicts", with_reason(verdict_fields(kept_, by_policy_)), true, {}});
    }
    void take(const ProposalBatch& batch, const Assessed& assessed, std::string&&) override {
        TextCells cells;
        rows_.each(batch, assessed, by_policy_, [&](std::size_t i, const VerdictRow& row) {
            cells.clear();
            verdict_cells(row, kept_, &batch, i, by_policy_, cells);
            cells.text("reason", verdict_reason(batch, assessed, i, assessment_));
            Shapes sites;
            append_together(batch.shapes, i, end_of_sites(batch, i), sites);
            file_.add_row(cells.views(), sites.has_location(0) ? &sites : nullptr, 0);
        });
    }
    void finish(const Tally&, const Issues&, const Provenance&) override { file_.prepare(); }
    void commit() override { file_.commit(); }

  private:
    LayerWriter file_;
    const Assessment& assessment_;
    VerdictRows rows_;
    std::vector<std::string> kept_;
    bool by_policy_;
};

/// Layers `verdicts` (points), `findings` (lines from the site to the place: straight, or the way that was walked), `sites` (red lines), `issues`, `provenance`: one geometry a layer, so that
/// QGIS opens each as it is styled. A layer is written whole before the next: findings and sites wait in a spool.
class VerdictGeoPackage : public Writer {
  public:
    VerdictGeoPackage(const std::filesystem::path& path, const Assessment& assessment, const WriterOptions& options)
        : file_(path, options.replace, "GPKG", options.crs.code()),
          assessment_(assessment),
          rows_(assessment),
          labels_(rule_labels(assessment)),
          kept_(kept_names(options.kept)),
          by_policy_(options.by_policy),
          findings_(path),
          sites_(path) {
        file_.begin_layer({"verdicts", with_reason(verdict_fields(kept_, by_policy_)), true,
                           results_style("verdict", Symbol::marker)});
    }

    void take(const ProposalBatch& batch, const Assessed& assessed, std::string&&) override {
        TextCells cells;
        rows_.each(batch, assessed, by_policy_, [&](std::size_t i, const VerdictRow& row) {
            cells.clear();
            verdict_cells(row, kept_, &batch, i, by_policy_, cells);
            cells.text("reason", verdict_reason(batch, assessed, i, assessment_));
            Shapes at;
            if (std::isfinite(row.at.x)) at.add_point(row.at.x, row.at.y);
            file_.add_row(cells.views(), at.size() == 0 ? nullptr : &at, 0);
        });
        set_findings_aside(batch, assessed);
        set_sites_aside(batch, assessed);
    }

    void finish(const Tally&, const Issues& issues, const Provenance& provenance) override {
        const auto copy = [this](const std::vector<std::string_view>& cells, const Shapes* shapes) {
            file_.add_row(cells, shapes, 0);
        };
        file_.begin_layer({"findings", with_reason(finding_fields()), true, results_style("result", Symbol::line)});
        findings_.replay(copy);
        if (sites_.rows() != 0) {
            file_.begin_layer({"sites", {{"reference"}, {"verdict"}}, true, results_style("verdict", Symbol::fill)});
            sites_.replay(copy);
        }
        write_issue_layer(file_, issues);
        write_provenance_layer(file_, provenance, issues.may_hide_breach() == 0, {},
                               provenance_json(provenance, issues));
        file_.prepare();
    }

    void commit() override { file_.commit(); }

  private:
    void set_findings_aside(const ProposalBatch& batch, const Assessed& assessed) {
        const std::vector<Slot>& slots = assessment_.slots();
        FindingRow row;
        TextCells cells;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            for (std::size_t slot = 0; slot < slots.size(); ++slot) {
                const Finding& finding = assessed.findings[slot][i];
                make_finding_row(batch, i, finding, slots[slot], labels_[slot], assessment_, row);
                cells.clear();
                finding_row_cells(row, cells);
                cells.text("reason", reason(finding, slots[slot], assessment_, batch.use_note[i]));
                const Shapes line = line_of(batch, i, static_cast<std::uint32_t>(slot), finding);
                findings_.add(cells.views(), line.size() == 0 ? nullptr : &line, 0);
            }
        }
    }

    /// What was measured: the way of a walk, else the straight line. Nothing to draw where the site lies in the place.
    Shapes line_of(const ProposalBatch& batch, std::size_t row, std::uint32_t slot, const Finding& finding) const {
        Shapes line;
        if (!finding.measured_something || !(finding.measured > 0.0)) return line;
        if (is_walked(finding, assessment_.rule(assessment_.slots()[slot]))) {
            if (const auto route = assessment_.route(batch, row, slot, finding)) return geo::line_of(*route);
        }
        line.add_vertex(finding.site.x, finding.site.y);
        line.add_vertex(finding.place_point.x, finding.place_point.y);
        line.end_part(PartKind::line);
        line.end_shape();
        return line;
    }

    void set_sites_aside(const ProposalBatch& batch, const Assessed& assessed) {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch.shapes.has_surface(i)) {
                sites_.add({batch.reference[i], word(assessed.verdicts[batch.site_of[i]].result)}, &batch.shapes, i);
            }
        }
    }

    LayerWriter file_;
    const Assessment& assessment_;
    VerdictRows rows_;
    std::vector<std::string> labels_;
    std::vector<std::string> kept_;
    bool by_policy_;
    Spool findings_, sites_;
};

}  // namespace

std::unique_ptr<Writer> geopackage_verdicts(const std::filesystem::path& path, const Assessment& assessment,
                                            const WriterOptions& options) {
    return std::make_unique<VerdictGeoPackage>(path, assessment, options);
}

std::unique_ptr<Writer> flatgeobuf_verdicts(const std::filesystem::path& path, const Assessment& assessment,
                                            const WriterOptions& options) {
    return std::make_unique<VerdictFlatGeobuf>(path, assessment, options);
}

}  // namespace geo
