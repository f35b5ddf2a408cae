// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/proposals.h"

#include <algorithm>
#include <numeric>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/layers/loaders.h"
#include "libgeo/layers/proposal_layer.h"

namespace geo {

ProposalBatch bare_proposals(std::size_t n, std::size_t fields) {
    ProposalBatch batch;
    batch.row.resize(n);
    batch.site_of.resize(n);
    std::iota(batch.row.begin(), batch.row.end(), 0);
    std::iota(batch.site_of.begin(), batch.site_of.end(), 0U);
    for (auto* texts : {&batch.reference, &batch.name, &batch.decision, &batch.uprn, &batch.unit, &batch.street})
        texts->resize(n);
    for (auto* dates : {&batch.received, &batch.validated, &batch.decided}) dates->assign(n, kBeforeRecords);
    batch.use.assign(n, Use::unstated);
    batch.existing_use.assign(n, Use::unstated);
    batch.uses.assign(n, 0);
    batch.use_note.resize(n);
    batch.nothing_changes.assign(n, 0);
    batch.adds_unit.assign(n, 0);
    batch.decided_as.assign(n, Decision::unstated);
    batch.fields.assign(fields, std::vector<std::string_view>(n));
    return batch;
}

ProposalLayer::ProposalLayer(const Study& study_given, const LayerSpec& spec_given, LayerFile file_given,
                             const std::vector<std::string>& kept_columns)
    : study(study_given),
      spec(spec_given),
      file(std::move(file_given)),
      facts(facts_of(spec_given, file)),
      uses(spec_given, file.by_preset["use"] ? file.preset : nullptr),
      undated(study_given.as_at.value_or(today())) {
    use_given = spec.use || file.cell("use") || file.cell("description");
    for (const std::string& name : kept_columns) {
        const auto own = std::find(spec.keep.begin(), spec.keep.end(), name);
        kept.push_back(own == spec.keep.end()
                           ? std::nullopt
                           : std::optional(file.kept[static_cast<std::size_t>(own - spec.keep.begin())]));
    }
}

namespace {

struct RawRows : ProposalReader::Raw {
    std::uint64_t number = 0;
    std::size_t layer = 0;
    std::unique_ptr<Table::Raw> rows;
};

}  // namespace

struct ProposalReader::State {
    std::vector<std::string> kept;
    std::vector<std::unique_ptr<ProposalLayer>> layers;
    std::size_t current = 0;
    std::uint64_t next_number = 0;
};

namespace {

/// Beyond this from the study area a proposal is said to be far away: likely a wrong coordinate.
constexpr double kFar = 20'000.0;

LayerFile open_proposals(const Study& study, const LayerSpec& spec, const LoadOptions& options, Issues& issues) {
    FileRequest request;
    request.study = &study;
    request.layer = spec.name;
    request.kind = word(spec.kind);
    request.spec = &spec.files.front();
    request.words = {"reference", "name",         "address",     "received", "validated", "decided", "decision",
                     "use",       "existing-use", "description", "uprn",     "unit",      "street",  "counts-as"};
    request.keep = spec.keep;
    request.fields = options.fields;
    request.grids = &options.grids;
    return open_layer_file(request, issues);
}

void note_once(const ProposalLayer& layer, Issues& issues) {
    if (!layer.file.cell("reference")) {
        issues.add(
            layer.file.issue("no-id", "the rows have no reference: the file has no such column", "named by their row"));
    }
    if (!layer.use_given) {
        issues.add(layer.file.issue("use-not-given",
                                    "the layer states no use: it has no use column, no description and no `use`",
                                    "every row is taken as what each policy applies to"));
    }
}

}  // namespace

ProposalReader::ProposalReader(const Study& study, const LoadOptions& options, Issues& issues)
    : state_(std::make_unique<State>()) {
    std::vector<const LayerSpec*> specs;
    for (const LayerSpec& spec : study.layers) {
        if (spec.kind != LayerKind::proposals) continue;
        specs.push_back(&spec);
        for (const std::string& name : spec.keep) {
            if (std::find(state_->kept.begin(), state_->kept.end(), name) == state_->kept.end())
                state_->kept.push_back(name);
        }
    }
    if (specs.empty())
        throw UsageError(
            study.file +
            ": the study has no layer of kind proposals; add [layers.applications] with kind = \"proposals\"");
    const std::optional<Box> area = options.study_area ? options.study_area : read_study_area_box(study, options);
    for (const LayerSpec* spec : specs) {
        auto layer =
            std::make_unique<ProposalLayer>(study, *spec, open_proposals(study, *spec, options, issues), state_->kept);
        layer->on_one_day =
            options.not_before.has_value();  // `--on`: no proposal is assessed before it, and none after
        if (area)
            layer->near_area = Box{area->min_x - kFar, area->min_y - kFar, area->max_x + kFar, area->max_y + kFar};
        note_once(*layer, issues);
        layer->file.stamps.watch(layer->file.source.shown, [&] { scan_proposals(*layer, area, issues); });
        state_->layers.push_back(std::move(layer));
    }
}

ProposalReader::~ProposalReader() = default;

const LayerFacts& ProposalReader::facts(std::size_t layer) const { return state_->layers.at(layer)->facts; }

const std::vector<std::string>& ProposalReader::kept_columns() const { return state_->kept; }

std::unique_ptr<ProposalReader::Raw> ProposalReader::next() {
    for (; state_->current < state_->layers.size(); ++state_->current) {
        const LayerFile& file = state_->layers[state_->current]->file;
        auto rows = file.stamps.watch(file.source.shown, [&file] { return file.table->next(); });
        if (!rows) continue;
        auto out = std::make_unique<RawRows>();
        out->number = state_->next_number++;
        out->layer = state_->current;
        out->rows = std::move(rows);
        return out;
    }
    return nullptr;
}

ProposalBatch ProposalReader::decode(std::unique_ptr<Raw> raw) const {
    auto& mine = static_cast<RawRows&>(*raw);
    ProposalLayer& layer = *state_->layers[mine.layer];
    ProposalBatch batch = layer.file.stamps.watch(layer.file.source.shown, [&] {
        return decode_proposals(layer, layer.file.table->decode(std::move(mine.rows)));
    });
    batch.number = mine.number;
    batch.layer = mine.layer;
    return batch;
}

double ProposalReader::progress() const {
    if (state_->current >= state_->layers.size()) return 1.0;
    const double whole = static_cast<double>(state_->current) + state_->layers[state_->current]->file.table->progress();
    return whole / static_cast<double>(state_->layers.size());
}

std::vector<FileRecord> ProposalReader::finish(Issues& issues) {
    std::vector<FileRecord> records;
    for (const auto& layer : state_->layers) {
        LayerFile& file = layer->file;
        file.account.read = layer->read;
        file.account.not_used = layer->not_used;
        file.account.ruled_out = layer->ruled_out;
        file.account.used = layer->read - layer->not_used - layer->ruled_out;
        if (file.cell("reference") && layer->blank_references > 0) {
            issues.add(file.issue("no-id",
                                  counted(layer->blank_references, "row has", "rows have") + " a blank reference",
                                  "named by their row"));
        }
        if (layer->unread_uses.rows() > 0) {
            issues.add(file.issue(
                "unknown-use",
                counted(layer->unread_uses.rows(), "row states", "rows state") + " a use in the column " +
                    printable(file.column_of("use")) + " that is not understood: " + layer->unread_uses.words(),
                "taken as not stated, so that rules about a use are unknown; say what such a value is: uses = { \"" +
                    printable(layer->unread_uses.first(), 60) + "\" = \"hot-food-takeaway\" }"));
        }
        if (layer->far_away > 0) {
            issues.add(file.issue(
                "far-from-study-area",
                counted(layer->far_away, "proposal lies", "proposals lie") + " more than 20 km outside the study area",
                "assessed where they are; look at their coordinates"));
        }
        issues.accounts().push_back(file.account);
        FileRecord record = file_record(file, &layer->spec);
        record.sha256 = hash_of_source(file, &record.bytes);  // after the last byte was read, for rows and for the hash
        records.push_back(record);
        layer->facts.files = {record};
    }
    return records;
}

}  // namespace geo
