// SPDX-License-Identifier: Apache-2.0
#include "libgeo/loaded_study.h"

#include <algorithm>
#include <set>

#include "libgeo/assess/fields.h"
#include "libgeo/assess/needs.h"
#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/geo.h"
#include "libgeo/layers/presets.h"
#include "libgeo/report/run_record.h"
#include "libgeo/report/writers.h"

namespace geo {
namespace {

/// The operation of the layer of proposals that tells most of the grid: one that used it or missed it.
OperationInfo telling_operation(const std::vector<LayerFacts>& facts) {
    for (const LayerFacts& layer : facts)
        if (!layer.operation.identity) return layer.operation;
    return facts.front().operation;
}

/// The study says, itself or by a preset that it names, where the lines of its streets meet: they can be walked without asking anything more.
bool streets_can_be_walked(const Study& study) {
    bool any = false;
    for (const LayerSpec& layer : study.layers) {
        if (layer.kind != LayerKind::streets) continue;
        const Preset* const preset = preset_by_id(layer.files.front().preset);
        if (!layer.streets.topology && (preset == nullptr || preset->topology.empty())) return false;
        any = true;
    }
    return any;
}

std::string tie_words(std::span<const Policy> policies, const AssessOptions& options) {
    if (options.tie_m) return format_shortest(*options.tie_m) + " m (--tie)";
    std::set<double> ties;
    for (const Policy& policy : policies) ties.insert(policy.tie_m);
    std::vector<std::string> words;
    for (const double tie : ties) words.push_back(format_shortest(tie) + " m");
    return join_words(words);
}

}  // namespace

std::vector<std::string> measured_from_entrances(std::span<const Policy> policies) {
    std::vector<std::string> layers;
    for (const Policy& policy : policies)
        for (const Rule& rule : policy.rules) {
            const auto* distance = std::get_if<DistanceMeasure>(&rule.measure);
            if (distance == nullptr || distance->from != From::entrances) continue;
            for (const LayerFilter& to : distance->to) layers.push_back(to.layer);
        }
    return layers;
}

LoadedStudy::LoadedStudy(const StudyRequest& asked, bool needs_policy)
    : own_(asked.read ? nullptr : std::make_shared<LoadedLayers>()),
      request(asked),
      study(read_study(asked.study)),
      policies(read_policies(study, asked.policies)),
      read(own_ ? own_ : asked.read),
      layers(read->layers) {
    if (policies.empty() && needs_policy) {
        throw UsageError(study.file +
                         ": names no policies; add `policies = [\"…\"]` to [study], or give --policy (`cordon "
                         "policies` lists what there is)");
    }
    options.grids = request.grids;
    options.attributes = layer_attributes(policies);
    options.fields = application_fields(policies);
    const Needs needs = needs_of(policies);
    options.outlets = needs.outlets;
    options.frontages = needs.frontages;
    options.walking = needs.walking;
    options.not_before = request.on;
    options.entrances_of = measured_from_entrances(policies);
}

void LoadedStudy::walk_where_possible() { options.walking = options.walking || streets_can_be_walked(study); }

bool LoadedStudy::has_proposals() const {
    return std::any_of(study.layers.begin(), study.layers.end(),
                       [](const LayerSpec& layer) { return layer.kind == LayerKind::proposals; });
}

AssessOptions LoadedStudy::assess_options() const {
    AssessOptions assess;
    assess.on = request.on;
    assess.study_as_at = study.as_at;
    assess.today = today();
    assess.tie_m = request.tie_m;
    assess.threads = request.threads;
    return assess;
}

void LoadedStudy::load(bool everything) {
    options.outlets = options.outlets || everything;
    options.frontages = options.frontages || everything;
    if (own_) *own_ = read_layers(study, options);
    read->say(options, issues);
    options.study_area = layers.study_area_box();
}

void LoadedStudy::open_proposals() {
    proposals = std::make_unique<ProposalReader>(study, options, issues);
    for (const LayerSpec& layer : study.layers)
        if (layer.kind == LayerKind::proposals) proposal_facts.push_back(proposals->facts(proposal_facts.size()));
    assessment = std::make_unique<Assessment>(policies, layers, proposal_facts, assess_options());
}

void LoadedStudy::finish() {
    const std::vector<FileRecord> files = proposals->finish(issues);
    issues.verify_accounts();
    provenance = run_record(study, policies, facts_of(layers, options), files, telling_operation(proposal_facts));
    provenance.as_at = as_at_words(assessment->options());
    provenance.tie = tie_words(policies, assessment->options());
}

Provenance LoadedStudy::record() const { return run_record(study, policies, facts_of(layers, options), {}, {}); }

}  // namespace geo
