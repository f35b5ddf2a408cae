// SPDX-License-Identifier: Apache-2.0
#include "libgeo/coverage_sweep.h"

#include <algorithm>

#include "libgeo/assess/fields.h"
#include "libgeo/base/pipeline.h"
#include "libgeo/base/text.h"
#include "libgeo/base/threads.h"
#include "libgeo/change_run.h"
#include "libgeo/coverage/sweep_counts.h"
#include "libgeo/coverage/sweep_zones.h"
#include "libgeo/layers/frontages.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/remarks.h"
#include "libgeo/report/sweep_answer.h"

namespace geo {
namespace {

/// A study with every reading bound to its layers. Not movable: the assessment points into the plan.
struct Run {
    explicit Run(const SweepRequest& request) : loaded(request) {}
    LoadedStudy loaded;
    SweepPlan plan;
    std::unique_ptr<Assessment> assessment;
    std::vector<std::vector<Reading>> readings;
    Date day{};
    SweepTally tally;
    std::unique_ptr<SweepZones> zones;
    Shapes places;  ///< of the flipped proposals
};

/// Units of frontages are assessed too, as layers of proposals after the study's.
void bind(Run& run) {
    std::vector<LayerFacts> facts = run.loaded.proposal_facts;
    for (const FrontageLayer& units : run.loaded.layers.frontages) facts.push_back(units.facts);
    run.assessment =
        std::make_unique<Assessment>(run.plan.policies, run.loaded.layers, facts, run.loaded.assess_options());
    run.readings = run.plan.readings_of(run.assessment->slots());
}

/// A batch on its way.
struct Parcel {
    std::unique_ptr<ProposalReader::Raw> raw;
    std::vector<Issue> issues;
    SweepTally tally;
};

void count_proposals(Run& run, const SweepCounter& counter, const SweepRequest& request) {
    ProposalReader& proposals = *run.loaded.proposals;
    const auto read = [&](Parcel& parcel) { return (parcel.raw = proposals.next()) != nullptr; };
    const auto assess = [&](Parcel& parcel) {
        ProposalBatch batch = proposals.decode(std::move(parcel.raw));
        parcel.tally = counter.count(batch, run.assessment->assess(batch, run.readings), request.flips);
        parcel.issues = std::move(batch.issues);
    };
    const auto take = [&](Parcel& parcel) {
        SweepCounter::add(run.tally, std::move(parcel.tally));
        for (Issue& issue : parcel.issues) run.loaded.issues.add(std::move(issue));
        if (request.progress) request.progress(run.tally.sites, proposals.progress());
    };
    pipeline<Parcel>(threads_meant(request.threads) + 2, read, assess, take);
    run.tally.counts.resize(run.plan.variants.size());
    run.tally.compared.resize(run.plan.pairs.size());
}

void count_units(Run& run, const SweepCounter& counter) {
    const auto batches =
        units_as_proposals(run.loaded.layers, run.loaded.policies, run.day, run.loaded.proposal_facts.size(),
                           application_fields(run.loaded.policies).size());
    for (const ProposalBatch& batch : batches)
        SweepCounter::add(run.tally, counter.count_units(batch, run.assessment->assess(batch, run.readings)));
}

SweepFacts facts_of(const Run& run) {
    SweepFacts facts;
    facts.plan = &run.plan;
    facts.assessment = run.assessment.get();
    facts.tally = &run.tally;
    facts.zones = run.zones.get();
    facts.day = run.day;
    facts.kept = run.loaded.proposals->kept_columns();
    facts.not_tested = not_tested_words(*run.loaded.assessment);
    return facts;
}

void fill(ChangeAnswer& answer, Run& run, bool flips) {
    const SweepFacts facts = facts_of(run);
    answer.tables.push_back(sweep_table(facts));
    if (flips) answer.tables.push_back(flips_table(facts, run.places));
    answer.sentences = sweep_sentences(facts);
    for (std::string& note : sweep_notes(facts)) answer.sentences.push_back(std::move(note));
    answer.svg =
        curve_svg(sweep_chart(facts, "What other limits would decide: " + printable(run.loaded.study.title, 60)));
}

std::string text_of(const Run& run, unsigned width) {
    const SweepFacts facts = facts_of(run);
    std::string text;
    append_wrapped(text, printable(run.loaded.study.title, 200), width, "", 0);
    for (const Policy& policy : run.loaded.policies) append_wrapped(text, policy_line(policy), width, "", 2);
    text += sweep_text(facts, width);
    append_sentences(text, "To know", sweep_notes(facts), width);
    append_issues(text, run.loaded.issues, "every one is listed in --out FILE.json or .gpkg", width);
    const std::string incomplete = incomplete_words(run.loaded.issues);
    text += '\n';
    append_wrapped(text, incomplete.empty() ? "Complete: no row that could hide a breach was left out." : incomplete,
                   width, "", 2);
    return text;
}

}  // namespace

ChangeAnswer sweep(const SweepRequest& request) {
    const ThreadLimit limit(request.threads);
    const auto run = std::make_shared<Run>(request);
    LoadedStudy& loaded = run->loaded;
    check_answer_files(request.out, request.replace, true, loaded.study, request.policies);
    loaded.options.frontages = true;  // their units are counted whether or not a policy asks for them
    loaded.options.walking = loaded.options.walking || std::find(request.sweep.by.begin(), request.sweep.by.end(),
                                                                 By::walking) != request.sweep.by.end();
    const auto& from = request.sweep.from;
    if (std::find(from.begin(), from.end(), From::entrances) != from.end()) loaded.options.entrances_of.reset();
    loaded.load();
    run->plan = plan_sweep(loaded.policies, loaded.layers, request.sweep);
    loaded.open_proposals();
    bind(*run);
    run->day = request.on.value_or(loaded.study.as_at.value_or(loaded.assess_options().today));
    const SweepCounter counter(run->plan, *run->assessment);
    count_proposals(*run, counter, request);
    loaded.finish();
    count_units(*run, counter);
    if (request.zones)
        run->zones = std::make_unique<SweepZones>(sweep_zones(run->plan, loaded.layers, run->day, request.threads));

    ChangeAnswer answer;
    fill(answer, *run, request.flips);
    answer.incomplete = loaded.issues.may_hide_breach() > 0;
    if (answer.incomplete) answer.sentences.push_back(incomplete_words(loaded.issues));
    if (request.out.empty()) answer.text = text_of(*run, request.width);
    answer.issues = std::move(loaded.issues);
    answer.provenance = std::move(loaded.provenance);
    if (!request.out.empty())
        write_tables(answer.tables, record_of(answer, loaded.study), request.out, request.replace);
    answer.holds.push_back(run);
    return answer;
}

}  // namespace geo
