// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/untested_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/assess/measures/distance.h"
#include "libgeo/base/text.h"
#include "libgeo/report/walked_words.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

From anchor_asked(const Rule& rule) { return std::get<DistanceMeasure>(rule.measure).from; }

bool anchor_known(const Assessment::NearPlace& near, From from) {
    return !std::isnan(from == From::entrances ? near.entrances : near.boundary);
}

/// As it can be measured: from the boundary, else from the point.
UntestedPlace as_plotted(const Assessment::NearPlace& near, bool walking) {
    UntestedPlace untested{near.place};
    const bool point = std::isnan(near.boundary);
    untested.straight = point ? near.centroid : near.boundary;
    if (walking) untested.walked = point ? near.walk_centroid : near.walk_boundary;
    return untested;
}

double best_known(const UntestedPlace& untested) {
    return std::isnan(untested.walked) ? untested.straight : untested.walked;
}

/// Not surely beyond the limit: as the assessment has it (decide_distance, decide_walked).
bool within_reach(const UntestedPlace& untested, const Finding& finding, const PlaceLayer& places, const Rule& rule) {
    const bool point = places.point_only[untested.place] != 0;
    const double radius = point ? places.facts.site_radius.value : 0.0;
    // No walk from a bare point says how long the one from its entrances is: a straight line alone rules it out.
    const bool by_straight = point && anchor_asked(rule) == From::entrances;
    const double metres = by_straight ? untested.straight : best_known(untested);
    const double walk = by_straight ? static_cast<double>(finding.tolerance_walk) : 0.0;
    return metres <= rule.breach.limit + radius + tolerance_of(finding) - walk;
}

std::string anchors_of(const Rule& rule) { return anchor_asked(rule) == From::entrances ? "entrances" : "boundary"; }

std::string metres_away(double metres, const Rule& rule) { return metres_words(metres, rule.breach.limit); }

}  // namespace

bool may_leave_untested(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    const bool by_distance = std::holds_alternative<DistanceMeasure>(rule.measure) && slot.places != nullptr;
    if (!by_distance || rule.breach.judgement || !smaller_breaches(rule.breach)) return false;
    if (rule.when.same_street) return false;  // those near are of other streets too
    // From a point in place of a boundary: what is surely within breaches, so only what is too close to call leaves it open.
    if (anchor_asked(rule) == From::boundary) return finding.result == Result::borderline;
    return anchor_asked(rule) == From::entrances &&
           (finding.result == Result::breach || finding.result == Result::borderline ||
            finding.result == Result::triggered || finding.result == Result::unknown);
}

std::vector<UntestedPlace> untested_places(const Finding& finding, std::size_t slot, const Assessment& assessment,
                                           std::span<const Assessment::NearPlace> near) {
    const Slot& of = assessment.slots()[slot];
    const Rule& rule = assessment.rule(of);
    std::vector<UntestedPlace> untested;
    if (!may_leave_untested(finding, of, assessment)) return untested;
    for (const Assessment::NearPlace& one : near) {
        if (one.slot != slot || one.place == finding.place || anchor_known(one, anchor_asked(rule))) continue;
        // The days of a place count where it is known to be open; else it is asked about whatever the day.
        if (!one.open && of.places->state[one.place] == PlaceState::open) continue;
        const UntestedPlace plotted = as_plotted(one, asks_walking(rule));
        if (within_reach(plotted, finding, *of.places, rule)) untested.push_back(plotted);
    }
    std::stable_sort(untested.begin(), untested.end(),
                     [](const UntestedPlace& a, const UntestedPlace& b) { return best_known(a) < best_known(b); });
    return untested;
}

std::string untested_words(const UntestedPlace& untested, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    const bool walked = !std::isnan(untested.walked);
    const std::string away = walked
                                 ? fmt::format("{} away on foot ({} in a straight line)",
                                               metres_away(untested.walked, rule), metres_away(untested.straight, rule))
                                 : metres_away(untested.straight, rule) + " away in a straight line";
    return fmt::format(
        "{} could not be tested by this rule, because its {} not known. As plotted, by its {}, it is {}.",
        place_words(slot, assessment, untested.place),
        anchors_of(rule) + (anchor_asked(rule) == From::entrances ? " are" : " is"),
        slot.places->point_only[untested.place] != 0 ? "point" : "boundary", away);
}

std::string find_out_words(std::span<const UntestedPlace> untested, const Slot& slot, const Assessment& assessment) {
    constexpr std::size_t kNamed = 5;
    const Rule& rule = assessment.rule(slot);
    std::vector<std::string> names;
    for (const UntestedPlace& one : untested.first(std::min(untested.size(), kNamed)))
        names.push_back(fmt::format("{}, {} away{}", place_words(slot, assessment, one.place),
                                    metres_away(best_known(one), rule), std::isnan(one.walked) ? "" : " on foot"));
    if (untested.size() > kNamed) names.push_back(counted(untested.size() - kNamed, "more place"));
    return fmt::format(
        "Find out the {} of what could not be tested: {} (as plotted). Until then only a breach by another place "
        "settles it.",
        anchors_of(rule), fmt::join(names, "; "));
}

}  // namespace geo
