// SPDX-License-Identifier: Apache-2.0
//
// Plain sentences of `cordon effect`. They speak of outlets and openings only, never of what people eat or of their health.
#include <fmt/format.h>

#include <cmath>

#include "libgeo/base/text.h"
#include "libgeo/report/effect_answer.h"
#include "libgeo/report/remarks.h"

namespace geo {
namespace {

using What = EffectEstimate::What;

constexpr std::size_t kFewAreas = 30;

std::string percent(double share) { return format_shortest(std::round(share * 1000) / 10) + " %"; }
std::string figure(double value) { return format_fixed(value, 2); }

std::string between(const EffectEstimate& estimate, double confidence) {
    return fmt::format("{} interval {} to {}", percent(confidence), figure(estimate.estimate->lower),
                       figure(estimate.estimate->upper));
}

/// What an interval of a ratio says of "no difference".
enum class Says : std::uint8_t { fewer, more, nothing };
Says says(const Interval& ratio) {
    if (ratio.upper < 1) return Says::fewer;
    return ratio.lower > 1 ? Says::more : Says::nothing;
}

std::string uses_words(const EffectFigures& f) {
    std::vector<std::string> words;
    for (const Use use : f.uses) words.emplace_back(word(use));
    return join_words(words);
}

const EffectEstimate* find(const EffectFigures& f, What what, Zone zone) {
    for (const EffectEstimate& estimate : f.estimates.all)
        if (estimate.what == what && estimate.zone == zone) return &estimate;
    return nullptr;
}

std::string openings(std::int64_t count) { return counted(static_cast<std::uint64_t>(count), "opening"); }

std::string main_finding(const EffectFigures& f) {
    const EffectEstimate& main = f.estimates.main();
    if (!main.estimate) return "No difference in differences is given: " + main.refusal + ".";
    const EffectCounts::Tally inside = f.counts.total(Zone::inside), beyond = f.counts.total(Zone::beyond);
    std::string text = fmt::format(
        "Inside the zones there were {} before the policy and {} under it; beyond them {} and {}. Set against the "
        "change beyond, openings inside went to {} times what they were ({}, errors clustered over {} areas).",
        openings(inside.opened_before), inside.opened_after, beyond.opened_before, beyond.opened_after,
        figure(main.estimate->value), between(main, f.confidence), main.areas);
    switch (says(*main.estimate)) {
        case Says::fewer:
            return text + " The interval leaves out 1: fewer opened inside than the change beyond leads to expect.";
        case Says::more:
            return text + " The interval leaves out 1: more opened inside than the change beyond leads to expect.";
        case Says::nothing:
            break;
    }
    return text +
           " The interval holds 1: these data do not tell an effect from none. That is not the same as no effect.";
}

/// The ratio that would be seen in four of five such studies: error × (1.96 + 0.84).
std::string width_words(const EffectFigures& f) {
    constexpr double kSeenInFourOfFive = 2.8015852;
    const EffectEstimate& main = f.estimates.main();
    if (!main.estimate) return {};
    std::string text = fmt::format(
        "The interval's upper end is {} times its lower end. With so many openings an effect is mostly seen (in four "
        "of five such records) only where it brings openings to {} % of what they would have been, or fewer.",
        format_fixed(main.estimate->upper / main.estimate->lower, 1),
        format_fixed(100 * std::exp(-kSeenInFourOfFive * main.error), 0));
    if (main.areas < kFewAreas)
        text +=
            fmt::format(" {} areas are few to cluster by; smaller ones (--by) mostly give a surer figure.", main.areas);
    return text;
}

std::string displacement(const EffectFigures& f, Zone zone) {
    const EffectEstimate* ratio = find(f, What::openings_ratio, zone);
    const EffectCounts::Tally tally = f.counts.total(zone);
    const std::string where = zone == Zone::ring
                                  ? fmt::format("In the ring of {} m just outside the zones", format_shortest(f.ring_m))
                                  : std::string("Where the policy exempts");
    if (ratio == nullptr || !tally.any()) return {};
    if (!ratio->estimate)
        return fmt::format("{} there were {} before and {} after: too few to say whether openings moved there.", where,
                           openings(tally.opened_before), tally.opened_after);
    const Says verdict = says(*ratio->estimate);
    return fmt::format("{} openings went to {} times what they were, set against beyond ({}): {}.", where,
                       figure(ratio->estimate->value), between(*ratio, f.confidence),
                       verdict == Says::more    ? "more than expected, as where openings are displaced"
                       : verdict == Says::fewer ? "fewer than expected"
                                                : "no sign of displacement that these data could show");
}

std::string series_words(const EffectFigures& f, Zone zone) {
    const EffectEstimate* step = find(f, What::step, zone);
    const std::string where = zone == Zone::inside ? "inside the zones" : "beyond them";
    if (step == nullptr) return {};
    if (!step->estimate) return fmt::format("No time series {} is given: {}.", where, step->refusal);
    const EffectEstimate* slope = find(f, What::slope_change, zone);
    std::string text = fmt::format(
        "Time series by itself, {}: from the policy's first day openings stood at {} times where the trend led ({}",
        where, figure(step->estimate->value), between(*step, f.confidence));
    if (slope != nullptr && slope->estimate)
        text += fmt::format("), and then moved by {} a year against the trend before ({}",
                            figure(slope->estimate->value), between(*slope, f.confidence));
    return text + fmt::format("); dispersion {}.", figure(step->dispersion));
}

std::string difference_words(const EffectFigures& f) {
    const EffectEstimate* difference = find(f, What::openings_difference, Zone::inside);
    if (difference == nullptr || !difference->estimate) return {};
    return fmt::format(
        "As a plain difference of means: {} openings a year in each area's part inside, against its part beyond ({}).",
        format_fixed(difference->estimate->value, 3),
        fmt::format("{} interval {} to {}", percent(f.confidence), format_fixed(difference->estimate->lower, 3),
                    format_fixed(difference->estimate->upper, 3)));
}

void add(std::vector<std::string>& sentences, std::string sentence) {
    if (!sentence.empty()) sentences.push_back(std::move(sentence));
}

std::string rules_words(const EffectFigures& f) {
    std::vector<std::string> ids;
    for (const Rule& rule : f.policy.policy.rules) ids.push_back(rule.id);
    std::string text = fmt::format(
        "Zones: where {} of {} would refuse or resist {}, by exact distance, with the places and areas of {}, the "
        "policy's first day; tolerance is left aside, so an outlet near a limit is on the side where it is plotted.",
        join_words(ids), printable(f.policy.policy.id, 80), uses_words(f), format_date_long(f.window.policy));
    if (!f.policy.left_aside.empty()) text += " Rules that draw no zone: " + join_words(f.policy.left_aside) + ".";
    if (!f.policy.no_ring.empty()) text += " No ring is drawn round the areas of " + join_words(f.policy.no_ring) + ".";
    return text;
}

std::string left_out_words(const EffectCounts& counts) {
    std::vector<std::string> what;
    if (counts.not_walked > 0) what.push_back(counted(counts.not_walked, "outlet") + " to which no walk is known");
    if (counts.elsewhere > 0)
        what.push_back(counted(counts.elsewhere, "outlet") + " outside the area that the policy applies in");
    if (counts.outside_areas > 0) what.push_back(counted(counts.outside_areas, "outlet") + " in none of the areas");
    if (counts.straddling > 0)
        what.push_back(counted(counts.straddling, "opening or closure", "openings or closures") +
                       " that may lie on either side of the policy's first day");
    if (counts.across_periods > 0)
        what.push_back(counted(counts.across_periods, "opening or closure", "openings or closures") +
                       " whose period is not known (from the time series only)");
    return what.empty() ? std::string() : "Left out: " + join_words(what) + ".";
}

}  // namespace

std::vector<std::string> effect_findings(const EffectFigures& f) {
    std::vector<std::string> sentences;
    add(sentences, main_finding(f));
    add(sentences, width_words(f));
    add(sentences, displacement(f, Zone::ring));
    add(sentences, displacement(f, Zone::exempt));
    add(sentences, difference_words(f));
    add(sentences, series_words(f, Zone::inside));
    add(sentences, series_words(f, Zone::beyond));
    return sentences;
}

std::vector<std::string> effect_limits(const EffectFigures& f) {
    std::vector<std::string> sentences = {
        "This compares openings over time inside the zones and beyond. It reads as an effect of the policy only if "
        "openings would have changed alike on both sides without it; these data cannot prove that. Anything else that "
        "changed at the same time, on one side only, is in the figure too.",
        "The stock of outlets follows openings slowly: the policy closes nothing, so outlets that were there before "
        "stay until they close by themselves.",
        "It says nothing about applications that were refused, withdrawn or never made, about what people buy or eat, "
        "or about their weight or health."};
    if (f.window.years(-1) < 3)
        sentences.push_back(
            fmt::format("The record holds {} years before the policy: too few to see whether openings inside and "
                        "beyond went alike before it.",
                        format_fixed(f.window.years(-1), 1)));
    return sentences;
}

std::vector<std::string> effect_basis(const EffectFigures& f) {
    std::vector<std::string> sentences = {rules_words(f)};
    add(sentences, fmt::format("An opening is one of premises: another operator in the same shop, a move or a change "
                               "of use is none. Looked at from {} to {}{}; --from and --until change it.",
                               format_date_long(f.window.from), format_date_long(f.window.until - std::chrono::days(1)),
                               f.window.snapshots ? fmt::format(", between snapshots ({} periods)", f.window.periods())
                                                  : fmt::format(", in {} periods", f.window.periods())));
    add(sentences,
        fmt::format("Ratio: (after / before, inside) / (after / before, beyond), Poisson; its error leaves out one of "
                    "the {} after another (Student's t). Beyond: outside the zones, the ring and what is exempt.",
                    printable(f.areas->facts.name, 60)));
    add(sentences, left_out_words(f.counts));
    for (const std::string& other : f.other_policies) add(sentences, other);
    for (const std::string& remark : f.remarks) add(sentences, "Not tested: " + remark);
    return sentences;
}

std::string effect_incomplete(const EffectCounts& counts) {
    return incomplete_words(counts.without_location, counts.unclear, "zone");
}

}  // namespace geo
