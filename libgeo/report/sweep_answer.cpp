// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/sweep_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "libgeo/base/text.h"
#include "libgeo/report/rows.h"
#include "libgeo/report/styles.h"
#include "libgeo/report/table_rows.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

constexpr double kHectare = 10'000.0, kPerCent = 100.0;
constexpr int kHectares = 2, kShare = 3, kLimit = 3, kMetres = 3;

const SweepLine& line_of(const SweepFacts& facts, const SweepVariant& variant) {
    return facts.plan->lines[variant.line];
}
const Policy& policy_of(const SweepFacts& facts, const SweepLine& line) { return facts.plan->policies[line.policy]; }
const Rule& rule_of(const SweepFacts& facts, const SweepLine& line) { return policy_of(facts, line).rules[line.rule]; }

std::uint64_t of(const ResultCounts& counts, Result result) { return counts[static_cast<std::size_t>(result)]; }
std::int64_t whole(std::uint64_t count) { return static_cast<std::int64_t>(count); }

std::string exemption_word(const SweepLine& line) {
    return !line.has_exemptions ? std::string() : std::string(line.exemptions ? "with" : "without");
}

/// How a variant is called, in the first columns of both tables.
void variant_columns(TableRows& rows) {
    rows.texts("policy")
        .texts("rule")
        .texts("from")
        .texts("by")
        .texts("kinds")
        .texts("exemption")
        .numbers("limit_m", kLimit);
}
void put_variant(TableRows& rows, const SweepFacts& facts, const SweepVariant& variant) {
    const SweepLine& line = line_of(facts, variant);
    rows.put(policy_of(facts, line).id)
        .put(rule_of(facts, line).id)
        .put(std::string(word(line.from)))
        .put(std::string(word(line.by)))
        .put(join_words(line.kinds, ", "))
        .put(exemption_word(line))
        .put(variant.limit);
}

void put_results(TableRows& rows, const SweepCounts& counts, const SweepCounts& adopted, std::uint64_t proposals) {
    rows.put(whole(proposals));
    for (const Result result :
         {Result::breach, Result::borderline, Result::unknown, Result::exempt, Result::clear, Result::not_applicable})
        rows.put(whole(of(counts.policy, result)));
    rows.put(whole(of(counts.policy, Result::breach)) - whole(of(adopted.policy, Result::breach)));
    for (const auto figure :
         {&SweepCounts::to_breach, &SweepCounts::from_breach, &SweepCounts::granted_to_breach,
          &SweepCounts::refused_to_clear, &SweepCounts::granted_breach, &SweepCounts::refused_clear})
        rows.put(whole(counts.*figure));
    rows.put(whole(of(counts.rule, Result::breach)))
        .put(whole(of(counts.rule, Result::borderline)))
        .put(whole(of(counts.rule, Result::unknown)))
        .put(whole(of(counts.rule, Result::clear) + of(counts.rule, Result::exempt)));
}

/// Of a reading by walking, where the same was read in a straight line.
void put_compared(TableRows& rows, const SweepFacts& facts, std::size_t variant) {
    const std::vector<SweepPair>& pairs = facts.plan->pairs;
    const auto pair =
        std::find_if(pairs.begin(), pairs.end(), [&](const SweepPair& p) { return p.walking == variant; });
    if (pair == pairs.end()) {
        for (int k = 0; k < 4; ++k) rows.put(kNoWhole);
        return;
    }
    const WalkCompared& compared = facts.tally->compared[static_cast<std::size_t>(pair - pairs.begin())];
    rows.put(whole(compared.straight))
        .put(whole(compared.farther))
        .put(whole(compared.borderline))
        .put(whole(compared.unknown));
}

void put_zone(TableRows& rows, const SweepZone& zone, double area) {
    const double left = area - zone.policy_m2;
    rows.put(zone.policy_m2 / kHectare)
        .put(zone.policy_m2 / area * kPerCent)
        .put(zone.rule_m2 / kHectare)
        .put(zone.rule_m2 / area * kPerCent)
        .put(left / kHectare)
        .put(left / area * kPerCent);
}

void put_units(TableRows& rows, const SweepTally& tally, const ResultCounts& units) {
    if (tally.units == 0) {
        for (int k = 0; k < 4; ++k) rows.put(kNoWhole);
        return;
    }
    rows.put(whole(tally.units))
        .put(whole(of(units, Result::breach)))
        .put(whole(of(units, Result::borderline)))
        .put(whole(of(units, Result::clear) + of(units, Result::exempt)));
}

std::string flip_words(const SweepFlip& flip) {
    return flip.result == Result::breach ? "becomes a breach" : "no longer a breach";
}

void put_nearest(TableRows& rows, const SweepFacts& facts, const SweepFlip& flip) {
    if (flip.place == kNoShape) {
        rows.put(std::string()).put(std::string()).put(std::string()).put(kNotMeasured);
        return;
    }
    const PlaceLayer& places = *facts.assessment->slots()[flip.slot].places;
    rows.put(places.facts.name)
        .put(std::string(places.id[flip.place]))
        .put(std::string(places.name[flip.place]))
        .put(flip.metres);
}

const std::vector<std::string> kFlipColumns = {"reference",
                                               "name",
                                               "policy",
                                               "rule",
                                               "from",
                                               "by",
                                               "kinds",
                                               "exemption",
                                               "limit_m",
                                               "decision",
                                               "decision_text",
                                               "as_at",
                                               "as_adopted",
                                               "verdict",
                                               "flip",
                                               "nearest_layer",
                                               "nearest_id",
                                               "nearest_name",
                                               "nearest_distance_m"};

}  // namespace

AnswerTable sweep_table(const SweepFacts& facts) {
    const SweepPlan& plan = *facts.plan;
    TableRows rows("sweep");
    variant_columns(rows);
    rows.texts("as_adopted").texts("policy_status");
    for (const char* name : {"proposals",
                             "breach",
                             "borderline",
                             "unknown",
                             "exempt",
                             "clear",
                             "not_applicable",
                             "change",
                             "to_breach",
                             "from_breach",
                             "granted_to_breach",
                             "refused_to_clear",
                             "granted_breach",
                             "refused_clear",
                             "rule_breach",
                             "rule_borderline",
                             "rule_unknown",
                             "rule_clear_or_exempt",
                             "straight_breach",
                             "clear_on_foot",
                             "borderline_on_foot",
                             "unknown_on_foot"})
        rows.wholes(name);
    rows.numbers("zone_ha", kHectares).numbers("zone_percent", kShare).numbers("rule_zone_ha", kHectares);
    rows.numbers("rule_zone_percent", kShare).numbers("left_ha", kHectares).numbers("left_percent", kShare);
    rows.wholes("units").wholes("units_breach").wholes("units_borderline").wholes("units_left");
    const double area = facts.zones != nullptr ? facts.zones->study_area_m2 : kNotMeasured;
    for (std::size_t v = 0; v < plan.variants.size(); ++v) {
        const SweepVariant& variant = plan.variants[v];
        const SweepVariant& adopted = plan.adopted_of(variant.line);
        const SweepCounts& counts = facts.tally->counts[v];
        put_variant(rows, facts, variant);
        rows.put(std::string(variant.adopted ? "yes" : "no"));
        rows.put(std::string(word(policy_of(facts, line_of(facts, variant)).status)));
        put_results(rows, counts, facts.tally->counts[static_cast<std::size_t>(&adopted - plan.variants.data())],
                    facts.tally->proposals);
        put_compared(rows, facts, v);
        put_zone(rows, facts.zones != nullptr ? facts.zones->zones[v] : SweepZone{}, area);
        put_units(rows, *facts.tally, counts.units);
    }
    return std::move(rows.table());
}

AnswerTable flips_table(const SweepFacts& facts, Shapes& places) {
    TableRows rows("flips");
    rows.texts("reference").texts("name");
    variant_columns(rows);
    for (const char* name : {"decision", "decision_text", "as_at", "as_adopted", "verdict", "flip", "nearest_layer",
                             "nearest_id", "nearest_name"})
        rows.texts(name);
    rows.numbers("nearest_distance_m", kMetres);
    for (const std::string& name : kept_names(facts.kept, kFlipColumns)) rows.texts(name);
    for (const FlippedProposal& proposal : facts.tally->flipped) {
        if (proposal.located)
            places.add_point(proposal.at.x, proposal.at.y);
        else
            places.add_nothing();
    }
    for (const SweepFlip& flip : facts.tally->flips) {
        const FlippedProposal& proposal = facts.tally->flipped[flip.proposal];
        rows.put(proposal.reference).put(proposal.name);
        put_variant(rows, facts, facts.plan->variants[flip.variant]);
        rows.put(std::string(word(proposal.decided_as))).put(proposal.decision).put(format_date(proposal.as_at));
        rows.put(std::string(word(flip.as_adopted))).put(std::string(word(flip.result))).put(flip_words(flip));
        put_nearest(rows, facts, flip);
        for (const std::string& cell : proposal.kept) rows.put(cell);
        rows.table().shape_of.push_back(flip.proposal);
    }
    rows.table().shapes = &places;
    rows.table().style = results_style("verdict", Symbol::marker);
    return std::move(rows.table());
}

namespace {

/// What differs between the lines of the answer, and so must be said of each.
struct Differing {
    bool policy = false, rule = false, from = false, by = false, kinds = false, exemptions = false;
};
/// Where nothing is by walking, nothing is said of it.
bool any_walking(const SweepPlan& plan) {
    return std::any_of(plan.lines.begin(), plan.lines.end(),
                       [](const SweepLine& line) { return line.by == By::walking; });
}
Differing differing(const SweepFacts& facts) {
    const SweepPlan& plan = *facts.plan;
    Differing differ;
    for (const SweepLine& line : plan.lines) {
        const SweepLine& first = plan.lines.front();
        differ.rule = differ.rule || line.policy != first.policy || line.rule != first.rule;
        for (const SweepLine& other : plan.lines) {
            differ.policy =
                differ.policy || (other.policy != line.policy && rule_of(facts, other).id == rule_of(facts, line).id);
            if (other.policy != line.policy || other.rule != line.rule) continue;
            differ.from = differ.from || other.from != line.from;
            differ.by = differ.by || other.by != line.by;
            differ.kinds = differ.kinds || other.kinds != line.kinds;
            differ.exemptions = differ.exemptions || other.exemptions != line.exemptions;
        }
    }
    return differ;
}

CurveSeries series_of(const SweepFacts& facts, std::uint32_t line, bool shares) {
    CurveSeries series;
    series.name = line_words(facts, line, true);
    const double area = facts.zones != nullptr ? facts.zones->study_area_m2 : kNotMeasured;
    for (std::size_t v = 0; v < facts.plan->variants.size(); ++v) {
        if (facts.plan->variants[v].line != line) continue;
        series.x.push_back(facts.plan->variants[v].limit);
        if (!shares)
            series.value.push_back(static_cast<double>(of(facts.tally->counts[v].policy, Result::breach)));
        else if (std::isfinite(area))
            series.value.push_back(facts.zones->zones[v].policy_m2 / area * kPerCent);
        else
            series.value.push_back(facts.zones->zones[v].policy_m2 / kHectare);
    }
    return series;
}

}  // namespace

std::string line_words(const SweepFacts& facts, std::uint32_t number, bool short_form) {
    const SweepLine& line = facts.plan->lines[number];
    const Differing differ =
        short_form ? differing(facts) : Differing{true, true, true, any_walking(*facts.plan), true, true};
    std::vector<std::string> parts;
    if (differ.rule || short_form)
        parts.push_back(printable(rule_of(facts, line).id, 40) +
                        (differ.policy ? " of " + printable(policy_of(facts, line).id, 60) : std::string()));
    if (differ.from)
        parts.push_back(short_form ? std::string(word(line.from)) : "from the " + std::string(word(line.from)));
    if (differ.by) parts.emplace_back(line.by == By::walking ? "on foot" : "in a straight line");
    if (differ.kinds && !line.kinds.empty()) {
        std::vector<std::string> kinds;
        for (const std::string& kind : line.kinds) kinds.push_back(printable(kind, 40));
        parts.push_back(join_words(kinds));
    } else if (differ.kinds && short_form) {
        parts.emplace_back("every kind");
    }
    if (differ.exemptions && line.has_exemptions && !(short_form && line.exemptions))
        parts.emplace_back(line.exemptions ? "with its exemptions"
                           : short_form    ? "no exemption"
                                           : "without its exemptions");
    return join_words(parts, ", ");
}

CurveChart sweep_chart(const SweepFacts& facts, const std::string& title) {
    CurveChart chart;
    chart.title = title;
    chart.across = "Limit in metres";
    chart.unit = "m";
    CurvePanel breaches{"Applications that would breach", {}};
    CurvePanel shares{facts.zones != nullptr && std::isfinite(facts.zones->study_area_m2)
                          ? "Share of the study area where a proposal would breach, %"
                          : "Hectares where a proposal would breach",
                      {}};
    for (std::uint32_t line = 0; line < facts.plan->lines.size(); ++line) {
        breaches.series.push_back(series_of(facts, line, false));
        if (facts.zones != nullptr && facts.plan->lines[line].by != By::walking)
            shares.series.push_back(series_of(facts, line, true));
    }
    chart.panels.push_back(std::move(breaches));
    const bool drawn =
        facts.zones != nullptr && std::any_of(facts.zones->zones.begin(), facts.zones->zones.end(),
                                              [](const SweepZone& zone) { return std::isfinite(zone.policy_m2); });
    if (drawn) chart.panels.push_back(std::move(shares));
    for (const SweepVariant& variant : facts.plan->variants) {
        if (!variant.adopted) continue;
        const SweepLine& line = line_of(facts, variant);
        chart.marks.push_back(
            {variant.limit,
             fmt::format("{} as {}: {} m", rule_of(facts, line).id,
                         policy_of(facts, line).status == Policy::Status::emerging ? "drafted" : "adopted",
                         format_shortest(variant.limit))});
    }
    chart.note = "Verdicts of the policy with the one rule read so, its other rules as they are.";
    return chart;
}

}  // namespace geo
