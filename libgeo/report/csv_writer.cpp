// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/forms.h"
#include "libgeo/report/rows.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

/// What the CSV writers share: a file, a header, bytes that were made in parallel.
class CsvWriter : public Writer {
  public:
    CsvWriter(const std::filesystem::path& path, bool replace) : file_(path, replace) {}
    void take(const ProposalBatch&, const Assessed&, std::string&& bytes) override { file_.write(bytes); }
    void finish(const Tally&, const Issues&, const Provenance&) override { file_.prepare(); }
    void commit() override { file_.commit(); }

  protected:
    void header(const std::vector<OutputField>& fields) {
        std::string line;
        CsvCells cells(line);
        for (const OutputField& field : fields) cells.text({}, field.name);
        cells.end_row();
        file_.write(line);
    }

  private:
    OutputFile file_;
};

class VerdictCsv : public CsvWriter {
  public:
    VerdictCsv(const std::filesystem::path& path, const Assessment& assessment, const WriterOptions& options)
        : CsvWriter(path, options.replace),
          rows_(assessment),
          kept_(kept_names(options.kept)),
          by_policy_(options.by_policy) {
        header(verdict_fields(kept_, by_policy_));
    }
    std::string format(const ProposalBatch& batch, const Assessed& assessed) const override {
        std::string out;
        out.reserve(batch.size() * 192);
        CsvCells cells(out);
        rows_.each(batch, assessed, by_policy_, [&](std::size_t i, const VerdictRow& row) {
            verdict_cells(row, kept_, &batch, i, by_policy_, cells);
            cells.end_row();
        });
        return out;
    }

  private:
    VerdictRows rows_;
    std::vector<std::string> kept_;
    bool by_policy_;
};

class FindingsCsv : public CsvWriter {
  public:
    FindingsCsv(const std::filesystem::path& path, const Assessment& assessment, const WriterOptions& options)
        : CsvWriter(path, options.replace), assessment_(assessment), labels_(rule_labels(assessment)) {
        header(finding_fields());
    }
    std::string format(const ProposalBatch& batch, const Assessed& assessed) const override {
        const std::vector<Slot>& slots = assessment_.slots();
        std::string out;
        out.reserve(batch.size() * slots.size() * 256);
        CsvCells cells(out);
        FindingRow row;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            for (std::size_t slot = 0; slot < slots.size(); ++slot) {
                make_finding_row(batch, i, assessed.findings[slot][i], slots[slot], labels_[slot], assessment_, row);
                finding_row_cells(row, cells);
                cells.end_row();
            }
        }
        return out;
    }

  private:
    const Assessment& assessment_;
    std::vector<std::string> labels_;
};

class PlacesCsv : public CsvWriter {
  public:
    PlacesCsv(const std::filesystem::path& path, const Assessment& assessment, const WriterOptions& options)
        : CsvWriter(path, options.replace), assessment_(assessment), labels_(rule_labels(assessment)) {
        const Comparison none{};
        PlaceRow row;
        row.breach = &none;
        NamedCells names;
        place_cells(row, names);
        header(names.fields());
    }
    std::string format(const ProposalBatch& batch, const Assessed& assessed) const override {
        std::string out;
        CsvCells cells(out);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const std::size_t first = batch.site_of[i];
            for (const Assessment::NearPlace& near : assessment_.near_places(batch, i, assessed.as_at[first])) {
                place_cells(make_place_row(batch, i, near, labels_[near.slot], assessment_), cells);
                cells.end_row();
            }
        }
        return out;
    }

  private:
    const Assessment& assessment_;
    std::vector<std::string> labels_;
};

}  // namespace

std::unique_ptr<Writer> csv_verdicts(const std::filesystem::path& path, const Assessment& assessment,
                                     const WriterOptions& options) {
    return std::make_unique<VerdictCsv>(path, assessment, options);
}

std::unique_ptr<Writer> findings_writer(const std::filesystem::path& path, const Assessment& assessment,
                                        const WriterOptions& options) {
    return std::make_unique<FindingsCsv>(path, assessment, options);
}

std::unique_ptr<Writer> places_writer(const std::filesystem::path& path, const Assessment& assessment,
                                      const WriterOptions& options) {
    return std::make_unique<PlacesCsv>(path, assessment, options);
}

}  // namespace geo
