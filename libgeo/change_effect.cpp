// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/base/threads.h"
#include "libgeo/change.h"
#include "libgeo/change_run.h"
#include "libgeo/change_zones.h"
#include "libgeo/density/area_counts.h"
#include "libgeo/density/effect_counts.h"
#include "libgeo/density/effect_estimates.h"
#include "libgeo/density/policy_zones.h"
#include "libgeo/report/effect_answer.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/remarks.h"

namespace geo {
namespace {

/// Of the policy's uses those that were asked for and that some outlet has.
std::vector<Use> uses_looked_at(const EffectRequest& request, const Change& change, const ZonePolicy& policy) {
    unsigned there = 0;
    for (const Premises& layer : change.premises)
        for (const UseSet uses : layer.uses) there |= uses;
    std::vector<Use> uses;
    for (unsigned k = 1; k <= static_cast<unsigned>(Use::other); ++k) {
        const auto use = static_cast<Use>(k);
        const auto holds = [use](const std::vector<Use>& list) {
            return list.empty() || std::find(list.begin(), list.end(), use) != list.end();
        };
        if ((there & use_bit(use)) != 0 && holds(policy.uses) && holds(request.uses)) uses.push_back(use);
    }
    if (!uses.empty()) return uses;
    std::vector<std::string> words;
    for (const Use use : policy.uses) words.emplace_back(word(use));
    throw UsageError(fmt::format("no outlet of the layers looked at has a use that {} is about{}{}",
                                 policy_name(policy.policy), words.empty() ? "" : ": ", join_words(words)));
}

EffectFigures figures_of(const EffectRequest& request, Change& change) {
    EffectFigures figures;
    figures.policy =
        zone_policy(policy_with_zones(change, last_day_on_record(change), "effect", figures.other_policies));
    const Policy& policy = figures.policy.policy;
    figures.uses = uses_looked_at(request, change, figures.policy);
    figures.policy.uses = figures.uses;
    figures.window = effect_window(change.premises, policy.from, policy.until,
                                   {request.from, request.until, request.months, change.study.as_at});
    std::vector<std::vector<Zone>> zones;
    std::vector<std::vector<std::uint32_t>> area_of;
    for (const Premises& layer : change.premises) {
        zones.push_back(zones_of(layer, figures.policy, change.layers, request.ring_m, figures.remarks));
        area_of.push_back(area_of_each(layer.shapes, *change.areas, request.threads));
    }
    figures.counts =
        effect_counts(change.premises, zones, area_of, change.areas->size(), use_set(figures.uses), figures.window);
    figures.estimates = effect_estimates(figures.counts, figures.window, request.confidence);
    figures.areas = change.areas;
    figures.ring_m = request.ring_m;
    figures.confidence = request.confidence;
    return figures;
}

/// Without an inside or a beyond there is nothing to be told, not even counts that could mislead.
void expect_two_sides(const EffectFigures& figures) {
    const auto refuse = [&](const char* what) {
        throw DataError(
            fmt::format("{}: {}; an effect is told from outlets inside the zones and others beyond them, both before "
                        "and under the policy",
                        policy_name(figures.policy.policy), what));
    };
    if (!figures.counts.total(Zone::inside).any()) refuse("no outlet stands inside its zones");
    if (!figures.counts.total(Zone::beyond).any())
        refuse("no outlet stands beyond its zones: there is no comparison area");
}

std::string text_of(const EffectRequest& request, const Change& change, const EffectFigures& figures,
                    const std::string& incomplete) {
    std::string out = head_text(change, policy_line(figures.policy.policy), request.width);
    out += '\n';
    append_wrapped(out,
                   fmt::format("Outlets on three days; openings before the policy and under it, and a year (by {}, {})",
                               printable(change.areas->facts.name, 60), counted(change.areas->size(), "area")),
                   request.width, "", 0);
    out += effect_text(figures, request.width);
    append_sentences(out, "What changed", effect_findings(figures), request.width);
    append_sentences(out, "What this can and cannot show", effect_limits(figures), request.width);
    append_sentences(out, "What it rests on", effect_basis(figures), request.width);
    append_end(out, change, incomplete, "outlet", request.width);
    return out;
}

std::vector<std::string> sentences_of(const EffectFigures& figures) {
    std::vector<std::string> all;
    for (const auto& sentences : {effect_findings(figures), effect_limits(figures), effect_basis(figures)})
        all.insert(all.end(), sentences.begin(), sentences.end());
    return all;
}

}  // namespace

ChangeAnswer effect(const EffectRequest& request) {
    const ThreadLimit limit(request.threads);
    Study study = read_study(request.study);
    check_answer_files(request.out, request.replace, true, study, request.policies);
    const std::shared_ptr<Change> change = load_change(request, std::move(study), true);
    const EffectFigures figures = figures_of(request, *change);
    expect_two_sides(figures);
    const std::string incomplete = effect_incomplete(figures.counts);
    ChangeAnswer answer;
    answer.tables = effect_tables(figures);
    answer.sentences = sentences_of(figures);
    answer.svg = trend_svg(effect_chart(figures, change->study.title));
    if (request.out.empty()) answer.text = text_of(request, *change, figures, incomplete);
    finish(request, change, incomplete, answer);
    return answer;
}

}  // namespace geo
