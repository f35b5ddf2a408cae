// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geo.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "libgeo/assess/fields.h"
#include "libgeo/assess/needs.h"
#include "libgeo/base/text.h"
#include "libgeo/policy/catalogue.h"
#include "libgeo/report/at_place.h"
#include "libgeo/report/outputs.h"
#include "libgeo/report/remarks.h"
#include "libgeo/report/run_record.h"

namespace geo {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestPolicy = 4u << 20;

std::string text_of_policy(const fs::path& path, const std::string& shown) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) throw UsageError(shown + ": no such policy file");
    if (fs::file_size(path, error) > kLargestPolicy)
        throw UsageError(shown + ": larger than 4 MiB; a policy is a short text");
    std::ifstream file(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (!file) throw UsageError(shown + ": cannot be read");
    return text;
}

std::string unknown_policy(const std::string& written) {
    std::vector<std::string> ids;
    for (const CatalogueEntry& entry : catalogue()) ids.push_back(entry.id);
    std::string message = "there is no file " + printable(written) + ", and no policy of this id in the catalogue";
    if (const auto near = nearest_word(written, ids)) return message + "; did you mean " + *near + "?";
    return message + "; `cordon policies` lists it";
}

/// One policy, by a path or an id of the catalogue. `where`: the place that names it, for messages.
Policy one_policy(const std::string& written, const fs::path& folder, const std::string& where,
                  std::span<const std::string> layers) {
    std::error_code error;
    const fs::path path = folder / written;
    std::string text, name = written;
    if (fs::exists(path, error)) {
        text = text_of_policy(path, where + printable(written));
    } else if (const auto carried = catalogue_text(written)) {
        text = *carried;
        name = "catalogue:" + written;
    } else {
        throw UsageError(where + unknown_policy(written));
    }
    Policy policy = read_policy(text, name, layers);
    policy.file = name;
    policy.sha256 = sha256_of_text(text);
    return policy;
}

LoadOptions load_options(const CheckRequest& request, std::span<const Policy> policies) {
    LoadOptions load;
    load.grids = request.grids;
    load.attributes = layer_attributes(policies);
    load.fields = application_fields(policies);
    const Needs needs = needs_of(policies);
    load.outlets = needs.outlets;
    load.frontages = needs.frontages;
    load.not_before = request.on;
    return load;
}

AssessOptions assess_options(const CheckRequest& request, const Study& study) {
    AssessOptions options;
    options.on = request.on;
    options.study_as_at = study.as_at;
    options.today = today();
    options.tie_m = request.tie_m;
    options.threads = request.threads;
    return options;
}

WriterOptions writer_options(const CheckRequest& request, const Study& study, const ProposalReader& proposals) {
    WriterOptions options;
    options.title = study.title;
    options.crs = *study.crs;
    options.grids = request.grids;
    options.kept = proposals.kept_columns();
    options.replace = request.replace;
    options.by_policy = request.by_policy;
    return options;
}

std::vector<LayerFacts> facts_of_proposals(const Study& study, const ProposalReader& proposals) {
    std::vector<LayerFacts> facts;
    for (const LayerSpec& layer : study.layers)
        if (layer.kind == LayerKind::proposals) facts.push_back(proposals.facts(facts.size()));
    return facts;
}

/// The operation of the layer of proposals that tells most of the grid: one that used it or missed it.
OperationInfo telling_operation(const std::vector<LayerFacts>& facts) {
    for (const LayerFacts& layer : facts)
        if (!layer.operation.identity) return layer.operation;
    return facts.front().operation;
}

std::string tie_words(std::span<const Policy> policies, const AssessOptions& options) {
    if (options.tie_m) return format_shortest(*options.tie_m) + " m (--tie)";
    std::set<double> ties;
    for (const Policy& policy : policies) ties.insert(policy.tie_m);
    std::vector<std::string> words;
    for (const double tie : ties) words.push_back(format_shortest(tie) + " m");
    return join_words(words);
}

/// `cordon check --at`: the same stages, with one made proposal in place of the reader.
CheckAnswer check_at(const CheckRequest& request, const Study& study, std::span<const Policy> policies) {
    if (!request.out.empty() || request.findings || request.places) {
        throw UsageError("--at prints its answer; it cannot be given together with --out, --findings or --places");
    }
    CheckAnswer answer;
    const AtFound found = find_at(*request.at, study, request.grids, answer.issues);
    const Layers layers = load_layers(study, load_options(request, policies), answer.issues);
    const Assessment assessment(policies, layers, std::span(&found.facts, 1), assess_options(request, study));
    const ProposalBatch batch = proposals_at(found, policies);
    const Assessed assessed = assessment.assess(batch);
    answer.issues.verify_accounts();
    answer.tally.proposals = answer.tally.sites = 1;
    Result worst = Result::not_applicable;
    for (const Verdict& verdict : assessed.verdicts) worst = std::max(worst, verdict.result);
    ++answer.tally.by_result[static_cast<std::size_t>(worst)];
    answer.provenance = run_record(study, policies, facts_of(layers), {}, found.facts.operation);
    answer.text = at_text(assessment, batch, assessed, found.place, answer.issues, request.width);
    answer.incomplete = answer.issues.may_hide_breach() > 0;
    return answer;
}

}  // namespace

std::vector<Policy> read_policies(const Study& study, const std::vector<std::string>& instead) {
    const std::vector<std::string> layers = study.layer_names();
    std::vector<Policy> policies;
    if (instead.empty()) {
        for (const Study::PolicyRef& ref : study.policies) {
            policies.push_back(
                one_policy(ref.written, study.folder, study.file + ":" + std::to_string(ref.line) + ": ", layers));
        }
    } else {
        for (const std::string& written : instead) policies.push_back(one_policy(written, {}, "--policy: ", layers));
    }
    for (const Policy& policy : policies) expect_kinds(policy, study);
    std::set<std::string> ids;
    for (const Policy& policy : policies) {
        if (!ids.insert(policy.id).second)
            throw UsageError(policy.file + ": the policy " + printable(policy.id) + " is named twice");
    }
    return policies;
}

CheckAnswer check(const CheckRequest& request) {
    const Study study = read_study(request.study);
    const std::vector<Policy> policies = read_policies(study, request.policies);
    if (policies.empty()) {
        throw UsageError(study.file +
                         ": names no policies; add `policies = [\"…\"]` to [study], or give --policy (`cordon "
                         "policies` lists what there is)");
    }
    if (request.at) return check_at(request, study, policies);
    Outputs outputs({request.out, request.findings, request.places, request.replace, request.policies}, study);

    CheckAnswer answer;
    LoadOptions load = load_options(request, policies);
    const Layers layers = load_layers(study, load, answer.issues);
    load.study_area = layers.study_area_box();
    ProposalReader proposals(study, load, answer.issues);
    const std::vector<LayerFacts> facts = facts_of_proposals(study, proposals);
    const Assessment assessment(policies, layers, facts, assess_options(request, study));

    outputs.open(assessment, writer_options(request, study, proposals));
    if (request.out.empty()) outputs.add(text_writer(answer.text, assessment, study.title, request.width));
    answer.tally = run(proposals, assessment, outputs.sinks(), answer.issues, request.progress);

    const std::vector<FileRecord> proposal_files = proposals.finish(answer.issues);
    answer.issues.verify_accounts();
    answer.provenance = run_record(study, policies, facts_of(layers), proposal_files, telling_operation(facts));
    answer.provenance.as_at = as_at_words(assessment.options());
    answer.provenance.tie = tie_words(policies, assessment.options());
    answer.incomplete = answer.issues.may_hide_breach() > 0;
    outputs.commit(answer.tally, answer.issues, answer.provenance);
    return answer;
}

InspectAnswer inspect(const fs::path& study_file, const GridFolders& grids, unsigned width) {
    const Study study = read_study(study_file);
    InspectAnswer answer;
    LoadOptions load;
    load.grids = grids;
    const Layers layers = load_layers(study, load, answer.issues);
    load.study_area = layers.study_area_box();
    std::vector<LayerFacts> proposal_layers;
    const auto is_proposals = [](const LayerSpec& layer) { return layer.kind == LayerKind::proposals; };
    if (std::any_of(study.layers.begin(), study.layers.end(), is_proposals)) {
        ProposalReader proposals(study, load, answer.issues);
        while (auto raw = proposals.next()) {
            for (Issue& issue : proposals.decode(std::move(raw)).issues) answer.issues.add(std::move(issue));
        }
        const std::vector<FileRecord> files = proposals.finish(answer.issues);
        const auto count =
            static_cast<std::size_t>(std::count_if(study.layers.begin(), study.layers.end(), is_proposals));
        for (std::size_t layer = 0; layer < count; ++layer) {
            LayerFacts facts = proposals.facts(layer);
            facts.files.clear();
            std::copy_if(files.begin(), files.end(), std::back_inserter(facts.files),
                         [&](const FileRecord& file) { return file.layer == facts.name; });
            proposal_layers.push_back(std::move(facts));
        }
    }
    answer.issues.verify_accounts();
    answer.text = inspect_text(study, layers, proposal_layers, answer.issues, width);
    return answer;
}

}  // namespace geo
