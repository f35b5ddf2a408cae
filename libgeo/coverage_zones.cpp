// SPDX-License-Identifier: Apache-2.0
#include "libgeo/coverage_zones.h"

#include <algorithm>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/base/threads.h"
#include "libgeo/change_run.h"
#include "libgeo/layers/lookup.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/planning_data.h"
#include "libgeo/report/remarks.h"
#include "libgeo/report/zones_answer.h"
#include "libgeo/sources/output.h"

namespace geo {
namespace {

namespace fs = std::filesystem;

/// Not movable: the facts point into it.
struct Run {
    explicit Run(const ZonesRequest& request) : loaded(request) {}
    LoadedStudy loaded;
    Zones zones;
    ZonesFacts facts;
    std::vector<FileRecord> addresses;
    Shapes shapes;  ///< of the tables
};

void check_files(const ZonesRequest& request, const Study& study) {
    std::vector<fs::path> files = request.out;
    if (request.planning_data) {
        if (is_own_handle(*request.planning_data) || request.planning_data->extension() != ".csv")
            throw UsageError("--planning-data " + printable(request.planning_data->string(), 200) +
                             ": expected a file that ends in .csv");
        files.push_back(*request.planning_data);
    }
    check_answer_files(files, request.replace, false, study, request.policies, true);
}

Date day_of(const ZonesRequest& request, const LoadedStudy& loaded) {
    return request.on.value_or(loaded.study.as_at.value_or(loaded.assess_options().today));
}

std::string as_at_words(const ZonesRequest& request, const LoadedStudy& loaded) {
    const char* said = request.on ? " (--on)" : loaded.study.as_at ? " (study)" : " (the day of the run)";
    return format_date(day_of(request, loaded)) + said;
}

/// `--tie` is put in place of every policy's.
void set_tie(LoadedStudy& loaded) {
    if (!loaded.request.tie_m) return;
    for (Policy& policy : loaded.policies) policy.tie_m = *loaded.request.tie_m;
}

void count_addresses(Run& run, const ZoneCover& cover) {
    LoadedStudy& loaded = run.loaded;
    if (!loaded.study.uprns) return;
    const LookupPoints all =
        look_up_all(loaded.study, Lookup::uprns, loaded.layers.study_area_box(), loaded.request.grids, loaded.issues);
    cover.add(all.points, all.facts,
              run.facts.covers.emplace_back(cover.begin(LayerCover::Kind::addresses, all.facts)));
    run.addresses = all.facts.files;
}

void count_what_is_covered(Run& run) {
    const ZoneCover cover(run.loaded.policies, run.loaded.layers, run.zones);
    run.facts.covers = cover.units();
    for (LayerCover& outlets : cover.outlets(run.facts.remarks)) run.facts.covers.push_back(std::move(outlets));
    count_addresses(run, cover);
}

std::string text_of(const Run& run, unsigned width) {
    std::string text;
    append_wrapped(text, printable(run.loaded.study.title, 200), width, "", 0);
    append_wrapped(text, "Exclusion zones as at " + format_date_long(run.zones.as_at), width, "", 0);
    for (const Policy& policy : run.loaded.policies) append_wrapped(text, policy_line(policy), width, "", 2);
    text += zones_text(run.facts, width);
    append_sentences(text, "To know", zones_notes(run.facts), width);
    append_issues(text, run.loaded.issues, "every one is listed in --out FILE.json or .gpkg", width);
    const std::string incomplete = incomplete_words(run.loaded.issues);
    text += '\n';
    append_wrapped(text, incomplete.empty() ? "Complete: no row that could change a zone was left out." : incomplete,
                   width, "", 2);
    return text;
}

void fill(ChangeAnswer& answer, const ZonesRequest& request, Run& run) {
    answer.tables = zones_tables(run.facts, run.shapes);
    answer.sentences = zones_sentences(run.facts);
    for (std::string& note : zones_notes(run.facts)) answer.sentences.push_back(std::move(note));
    if (request.planning_data && run.zones.all.walking)
        answer.sentences.emplace_back(
            "The form of planning.data.gov.uk leaves out rules by walking: what is drawn of them is no outline of "
            "where a proposal would breach.");
    answer.incomplete = run.loaded.issues.may_hide_breach() > 0;
    if (answer.incomplete) answer.sentences.push_back(incomplete_words(run.loaded.issues));
    answer.provenance = run.loaded.record();
    answer.provenance.as_at = as_at_words(request, run.loaded);
    for (const FileRecord& file : run.addresses) answer.provenance.files.push_back(file);
}

/// Every file that was asked for, or none.
void write_files(const ChangeAnswer& answer, const ZonesRequest& request, const Run& run) {
    const LoadedStudy& loaded = run.loaded;
    AnswerRecord record = record_of(answer, loaded.study);
    record.grids = &request.grids;
    std::vector<OutputFile> planning;
    if (request.planning_data) {
        planning.emplace_back(*request.planning_data, request.replace);
        planning.back().write(planning_data_csv(loaded.policies, run.zones, *loaded.study.crs, request.grids));
        planning.push_back(provenance_file(*request.planning_data, record, request.replace));
        for (OutputFile& file : planning) file.prepare();
    }
    if (!request.out.empty()) write_tables(answer.tables, record, request.out, request.replace);
    for (OutputFile& file : planning) file.commit();
}

}  // namespace

ChangeAnswer zones(const ZonesRequest& request) {
    const ThreadLimit limit(request.threads);
    const auto run = std::make_shared<Run>(request);
    LoadedStudy& loaded = run->loaded;
    check_files(request, loaded.study);
    loaded.options.not_before = day_of(request, loaded);
    loaded.load(true);
    set_tie(loaded);
    run->zones = draw_zones(loaded.policies, loaded.layers, {day_of(request, loaded), 0.1, request.threads});
    run->facts.policies = loaded.policies;
    run->facts.zones = &run->zones;
    count_what_is_covered(*run);
    loaded.issues.verify_accounts();

    ChangeAnswer answer;
    fill(answer, request, *run);
    const bool to_files = !request.out.empty() || request.planning_data;
    if (!to_files) answer.text = text_of(*run, request.width);
    answer.issues = std::move(loaded.issues);
    if (to_files) write_files(answer, request, *run);
    answer.holds.push_back(run);
    return answer;
}

}  // namespace geo
