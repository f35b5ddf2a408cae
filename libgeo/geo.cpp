// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geo.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "libgeo/assess/fields.h"
#include "libgeo/assess/needs.h"
#include "libgeo/base/text.h"
#include "libgeo/layers/walking_network.h"
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

/// `cordon check --at`: the same stages, with one made proposal in place of the reader.
CheckAnswer check_at(const CheckRequest& request, LoadedStudy& loaded) {
    if (!request.out.empty() || request.findings || request.places) {
        throw UsageError("--at prints its answer; it cannot be given together with --out, --findings or --places");
    }
    CheckAnswer answer;
    const AtFound found = find_at(*request.at, loaded.study, request.grids, loaded.issues);
    loaded.walk_where_possible();
    loaded.load();
    const Assessment assessment(loaded.policies, loaded.layers, std::span(&found.facts, 1), loaded.assess_options());
    const ProposalBatch batch = proposals_at(found, loaded.policies);
    const Assessed assessed = assessment.assess(batch);
    loaded.issues.verify_accounts();
    answer.tally.proposals = answer.tally.sites = 1;
    Result worst = Result::not_applicable;
    for (const Verdict& verdict : assessed.verdicts) worst = std::max(worst, verdict.result);
    ++answer.tally.by_result[static_cast<std::size_t>(worst)];
    answer.provenance =
        run_record(loaded.study, loaded.policies, facts_of(loaded.layers, loaded.options), {}, found.facts.operation);
    answer.text = at_text(assessment, batch, assessed, found.place, loaded.issues, request.width);
    answer.incomplete = loaded.issues.may_hide_breach() > 0;
    answer.issues = std::move(loaded.issues);
    return answer;
}

/// Builds the network of the study's streets. Where that cannot be, because of what the study says of them: why, for no rule may need it.
std::string build_walking(const Study& study, const LoadOptions& options, Layers& layers, Issues& issues) {
    try {
        layers.walking = load_walking_network(study, options, issues);
    } catch (const UsageError& error) {
        return error.what();
    }
    return {};
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
    LoadedStudy loaded(request);
    if (request.at) return check_at(request, loaded);
    Outputs outputs({request.out, request.findings, request.places, request.replace, request.policies}, loaded.study);

    CheckAnswer answer;
    loaded.load();
    loaded.open_proposals();
    const Assessment& assessment = *loaded.assessment;
    outputs.open(assessment, writer_options(request, loaded.study, *loaded.proposals));
    if (request.out.empty()) outputs.add(text_writer(answer.text, assessment, loaded.study.title, request.width));
    answer.tally = run(*loaded.proposals, assessment, outputs.sinks(), loaded.issues, request.progress);

    loaded.finish();
    answer.incomplete = loaded.issues.may_hide_breach() > 0;
    outputs.commit(answer.tally, loaded.issues, loaded.provenance);
    answer.issues = std::move(loaded.issues);
    answer.provenance = std::move(loaded.provenance);
    return answer;
}

InspectAnswer inspect(const fs::path& study_file, const GridFolders& grids, unsigned width) {
    const Study study = read_study(study_file);
    InspectAnswer answer;
    LoadOptions load;
    load.grids = grids;
    Layers layers = load_layers(study, load, answer.issues);
    load.study_area = layers.study_area_box();
    const std::string no_walking = build_walking(study, load, layers, answer.issues);
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
    answer.text = inspect_text(study, layers, proposal_layers, no_walking, answer.issues, width);
    return answer;
}

}  // namespace geo
