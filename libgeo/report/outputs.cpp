// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/outputs.h"

#include <algorithm>
#include <set>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/sources/output.h"
#include "libgeo/sources/table.h"

namespace geo {
namespace {

namespace fs = std::filesystem;

fs::path whole(const fs::path& path) {
    std::error_code error;
    const fs::path absolute = fs::absolute(path, error);
    const fs::path resolved = fs::weakly_canonical(absolute, error);
    return error ? absolute.lexically_normal() : resolved;
}

void add_files(const FileSpec& file, const std::string& layer, std::vector<fs::path>& inputs) {
    inputs.push_back(file.path);
    std::error_code error;
    if (!fs::is_regular_file(file.path, error)) return;
    for (const fs::path& path : files_of({file.path, file.file, file.container_layer, layer})) inputs.push_back(path);
}

std::vector<fs::path> inputs_of(const Study& study, const std::vector<std::string>& policies) {
    std::vector<fs::path> inputs = {study.file};
    inputs.insert(inputs.end(), policies.begin(), policies.end());
    for (const Study::PolicyRef& policy : study.policies) inputs.push_back(study.folder / policy.written);
    for (const auto* file : {&study.area_file, &study.postcodes, &study.uprns}) {
        if (*file) add_files(**file, {}, inputs);
    }
    for (const LayerSpec& layer : study.layers) {
        for (const FileSpec& file : layer.files) add_files(file, layer.name, inputs);
        if (layer.entrances) add_files(layer.entrances->file, layer.name, inputs);
        for (const auto* tables : {&layer.population, &layer.deprivation}) {
            for (const JoinedFile& joined : *tables) {
                add_files(joined.file, layer.name, inputs);
                if (joined.lookup) add_files(joined.lookup->file, layer.name, inputs);
            }
        }
    }
    return inputs;
}

// Writes nothing over what the run reads, even with --force and by another name.
void refuse_inputs(const fs::path& output, const std::vector<fs::path>& inputs) {
    for (const fs::path& input : inputs) {
        std::error_code error;
        if (fs::equivalent(output, input, error) && !error) {
            throw UsageError(printable(output.string()) + ": the run reads this file; name another one for the answer");
        }
    }
}

void expect_csv(const fs::path& path, std::string_view option) {
    if (!is_file_place(path) || path.extension() == ".csv") return;
    throw UsageError(printable(path.string()) + ": " + std::string(option) +
                     " writes CSV; name a file that ends in .csv");
}

}  // namespace

std::vector<fs::path> check_outputs(std::vector<fs::path> files,
                                    const std::function<fs::path(const fs::path&)>& provenance_of, bool replace,
                                    const Study& study, const std::vector<std::string>& policies) {
    std::erase_if(files, [](const fs::path& path) { return !is_file_place(path); });
    std::vector<fs::path> provenance;
    std::set<fs::path> seen, beside;
    for (const fs::path& path : files) {
        if (!seen.insert(whole(path)).second) throw UsageError(printable(path.string()) + ": named twice as an output");
        if (fs::path its = provenance_of(path); !its.empty() && beside.insert(whole(its)).second)
            provenance.push_back(std::move(its));
    }
    for (const fs::path& path : provenance) {
        if (seen.contains(whole(path)))
            throw UsageError(printable(path.string()) + ": is written beside another output; name this one otherwise");
    }
    files.insert(files.end(), provenance.begin(), provenance.end());
    const std::vector<fs::path> inputs = inputs_of(study, policies);
    for (const fs::path& path : files) {
        refuse_inputs(path, inputs);
        const OutputFile can_be_opened(path, replace);
    }
    return provenance;
}

Outputs::Outputs(const OutputPlan& plan, const Study& study) : plan_(plan) {
    std::vector<fs::path> files = plan.verdicts;
    for (const fs::path& path : files) check_ending(path);
    if (plan.findings) expect_csv(*plan.findings, "--findings");
    if (plan.places) expect_csv(*plan.places, "--places");
    for (const auto& path : {plan.findings, plan.places}) {
        if (path) files.push_back(*path);
    }
    provenance_ = check_outputs(std::move(files), provenance_path, plan.replace, study, plan.policies);
}

void Outputs::open(const Assessment& assessment, const WriterOptions& options) {
    for (const fs::path& path : plan_.verdicts) writers_.push_back(verdict_writer(path, assessment, options));
    if (plan_.findings) writers_.push_back(findings_writer(*plan_.findings, assessment, options));
    if (plan_.places) writers_.push_back(places_writer(*plan_.places, assessment, options));
    for (const fs::path& path : provenance_) writers_.push_back(provenance_writer(path, assessment, options));
}

std::vector<Sink*> Outputs::sinks() const {
    std::vector<Sink*> sinks;
    for (const auto& writer : writers_) sinks.push_back(writer.get());
    return sinks;
}

void Outputs::commit(const Tally& tally, const Issues& issues, const Provenance& provenance) {
    for (const auto& writer : writers_) writer->finish(tally, issues, provenance);
    for (const auto& writer : writers_) writer->commit();
}

}  // namespace geo
