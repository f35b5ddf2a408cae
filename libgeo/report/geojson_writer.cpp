// SPDX-License-Identifier: Apache-2.0
#include <mutex>

#include "libgeo/report/forms.h"
#include "libgeo/report/geojson_shape.h"
#include "libgeo/report/rows.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

/// Transformations for many threads: one is taken, used, and given back.
class Transformations {
  public:
    explicit Transformations(Transformation first) : first_(std::move(first)) {}
    Transformation take() {
        const std::scoped_lock lock(mutex_);
        if (free_.empty()) return first_.clone();
        Transformation one = std::move(free_.back());
        free_.pop_back();
        return one;
    }
    void give_back(Transformation one) {
        const std::scoped_lock lock(mutex_);
        free_.push_back(std::move(one));
    }

  private:
    std::mutex mutex_;
    Transformation first_;
    std::vector<Transformation> free_;
};

/// RFC 7946: one feature a proposal, its sites together, in WGS 84 longitude and latitude.
class VerdictGeoJson : public Writer {
  public:
    VerdictGeoJson(const std::filesystem::path& path, const Assessment& assessment, const WriterOptions& options)
        : file_(path, options.replace),
          assessment_(assessment),
          rows_(assessment),
          kept_(kept_names(options.kept)),
          by_policy_(options.by_policy),
          to_wgs84_(Transformation::between(options.crs, Crs::from_text("EPSG:4326"), options.grids)) {
        file_.write("{\"type\": \"FeatureCollection\", \"features\": [");
    }

    std::string format(const ProposalBatch& batch, const Assessed& assessed) const override {
        Shapes shapes;
        std::vector<std::uint32_t> shape_of(batch.size());
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch.site_of[i] != i) continue;
            shape_of[i] = static_cast<std::uint32_t>(shapes.size());
            append_together(batch.shapes, i, end_of_sites(batch, i), shapes);
        }
        Transformation transformation = to_wgs84_.take();
        transformation.apply(shapes.all_xs(), shapes.all_ys());
        to_wgs84_.give_back(std::move(transformation));

        std::string out;
        rows_.each(batch, assessed, by_policy_, [&](std::size_t i, const VerdictRow& row) {
            if (!out.empty()) out += ',';
            out += "\n{\"type\": \"Feature\", \"properties\": ";
            Json json(out);
            JsonCells cells(json);
            json.begin_object();
            verdict_cells(row, kept_, &batch, i, by_policy_, cells);
            json.text("reason", verdict_reason(batch, assessed, i, assessment_));
            json.end_object();
            out += ", \"geometry\": ";
            append_geojson(out, shapes, shape_of[i]);
            out += '}';
        });
        return out;
    }

    void take(const ProposalBatch&, const Assessed&, std::string&& bytes) override {
        if (bytes.empty()) return;
        if (any_) file_.write(",");
        any_ = true;
        file_.write(bytes);
    }

    void finish(const Tally&, const Issues&, const Provenance&) override {
        file_.write("\n]}\n");
        file_.prepare();
    }
    void commit() override { file_.commit(); }

  private:
    OutputFile file_;
    const Assessment& assessment_;
    VerdictRows rows_;
    std::vector<std::string> kept_;
    bool by_policy_;
    mutable Transformations to_wgs84_;
    bool any_ = false;
};

}  // namespace

std::unique_ptr<Writer> geojson_verdicts(const std::filesystem::path& path, const Assessment& assessment,
                                         const WriterOptions& options) {
    return std::make_unique<VerdictGeoJson>(path, assessment, options);
}

}  // namespace geo
