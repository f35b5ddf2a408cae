// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/forms.h"
#include "libgeo/report/provenance_json.h"
#include "libgeo/report/rows.h"
#include "libgeo/report/strip.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

/// One JSON object: study, as_at, policies, proposals (one a line, written as they come), tally, not_tested, rows, issues, provenance.
class VerdictJson : public Writer {
  public:
    VerdictJson(const std::filesystem::path& path, const Assessment& assessment, const WriterOptions& options)
        : file_(path, options.replace),
          assessment_(assessment),
          rows_(assessment),
          labels_(rule_labels(assessment)),
          kept_(options.kept),
          by_policy_(options.by_policy) {
        std::string head;
        Json json(head, 2);
        json.begin_object();
        json.text("study", options.title);
        json.text("as_at", as_at_words(assessment.options()));
        put_policies(json, "policies", assessment);
        head += ",\n  \"proposals\": [";
        file_.write(head);
    }

    std::string format(const ProposalBatch& batch, const Assessed& assessed) const override {
        std::string out;
        rows_.each(batch, assessed, by_policy_, [&](std::size_t i, const VerdictRow& row) {
            if (!out.empty()) out += ',';
            out += "\n    ";
            put_proposal(out, batch, assessed, i, row);
        });
        return out;
    }

    void take(const ProposalBatch&, const Assessed&, std::string&& bytes) override {
        if (bytes.empty()) return;
        if (any_) file_.write(",");
        any_ = true;
        file_.write(bytes);
    }

    void finish(const Tally& tally, const Issues& issues, const Provenance& provenance) override {
        // A whole object is made and its opening brace left out: it goes on with the one that the head began.
        std::string members;
        Json json(members, 2);
        json.begin_object();
        put_tally(json, "tally", tally, assessment_);
        put_not_tested(json, "not_tested", assessment_);
        put_accounts(json, "rows", issues);
        json.boolean("complete", issues.may_hide_breach() == 0);
        put_issues(json, "issues", issues);
        put_provenance(json, "provenance", provenance);
        json.end_object();
        file_.write(any_ ? "\n  ]," : "],");
        file_.write(std::string_view(members).substr(1));
        file_.write("\n");
        file_.prepare();
    }

    void commit() override { file_.commit(); }

  private:
    void put_proposal(std::string& out, const ProposalBatch& batch, const Assessed& assessed, std::size_t i,
                      const VerdictRow& row) const {
        Json json(out);
        JsonCells cells(json);
        json.begin_object();
        verdict_cells(row, {}, nullptr, 0, by_policy_, cells);
        json.text("reason", verdict_reason(batch, assessed, i, assessment_));
        json.text_if("disagreement", by_policy_ ? std::string() : disagreement(rows_, batch, assessed, i, assessment_));
        json.text_if("use_read", batch.use_note[i]);
        if (!kept_.empty()) {
            json.begin_object("kept");
            for (std::size_t k = 0; k < kept_.size(); ++k) json.text(kept_[k], batch.kept[k][i]);
            json.end_object();
        }
        json.begin_array("findings");
        for (std::size_t site = i, end = end_of_sites(batch, i); site < end; ++site)
            put_findings(json, batch, assessed, site, row.policy);
        json.end_array();
        json.end_object();
    }

    void put_findings(Json& json, const ProposalBatch& batch, const Assessed& assessed, std::size_t site,
                      std::string_view policy) const {
        const std::vector<Slot>& slots = assessment_.slots();
        FindingRow row;
        for (std::size_t slot = 0; slot < slots.size(); ++slot) {
            if (by_policy_ && assessment_.policy(slots[slot]).id != policy) continue;
            const Finding& finding = assessed.findings[slot][site];
            make_finding_row(batch, site, finding, slots[slot], labels_[slot], assessment_, row);
            row.reference = {};
            JsonCells cells(json);
            json.begin_object();
            finding_row_cells(row, cells);
            json.text("reason", reason(finding, slots[slot], assessment_, batch.use_note[site]));
            json.text_if("strip", strip_text(strip_of(finding, slots[slot], assessment_, assessed.as_at[site])));
            json.end_object();
        }
    }

    OutputFile file_;
    const Assessment& assessment_;
    VerdictRows rows_;
    std::vector<std::string> labels_;
    std::vector<std::string> kept_;
    bool by_policy_;
    bool any_ = false;
};

}  // namespace

std::unique_ptr<Writer> json_verdicts(const std::filesystem::path& path, const Assessment& assessment,
                                      const WriterOptions& options) {
    return std::make_unique<VerdictJson>(path, assessment, options);
}

}  // namespace geo
