// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/base/text.h"
#include "libgeo/report/evidence_words.h"
#include "libgeo/report/measured_words.h"
#include "libgeo/report/note_words.h"
#include "libgeo/report/walked_words.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

std::string position(Point p) { return fmt::format("{}, {}", format_fixed(p.x, 3), format_fixed(p.y, 3)); }
std::string metres(double value) { return format_shortest(std::round(value * 1000.0) / 1000.0) + " m"; }

/// Cut off after the decimetre, as a rounded one could be too much; below that after the millimetre.
std::string no_more_than(double value) {
    const double parts = value < 0.1 ? 1000.0 : 10.0;
    return format_shortest(std::floor(value * parts + 1e-6) / parts) + " m";
}

/// One finding that is not settled, and a step for each reason.
class Settling {
  public:
    Settling(const EvidenceSubject& subject, const EvidenceEntry& entry, const Assessment& assessment)
        : subject_(subject),
          entry_(entry),
          assessment_(assessment),
          slot_(assessment.slots()[entry.slot]),
          finding_(finding_of(subject, entry)),
          untested_(untested_of(subject, entry, assessment)) {}

    std::vector<std::string> steps() {
        if (finding_.result != Result::borderline && finding_.result != Result::unknown) return {};
        by_tolerance();
        by_notes();
        by_walk();
        by_missing();
        if (!untested_.empty()) step(find_out_words(untested_, slot_, assessment_));
        if (steps_.empty() && finding_.result == Result::borderline) {
            steps_.push_back(fmt::format(
                "It is on the line: whether {} includes its own limit is a matter of its wording.", cited(rule())));
        }
        return std::move(steps_);
    }

  private:
    const Rule& rule() const { return assessment_.rule(slot_); }
    bool noted(Note note) const { return has(finding_.notes, note); }
    std::string place() const { return place_words(slot_, assessment_, finding_.place); }
    std::string layer() const { return layer_of_finding(finding_, slot_, assessment_); }
    void step(std::string words) { steps_.push_back(std::move(words)); }

    /// The margin lies within the tolerance: measure better, first at the end that is known worst.
    void by_tolerance() {
        const double tolerance = tolerance_of(finding_);
        if (!finding_.measured_something || slot_.places == nullptr || tolerance <= 0.0) return;
        const double margin = std::abs(finding_.margin());
        if (!(margin < tolerance)) return;
        const std::string settles =
            (margin > 0.0005 ? fmt::format("better than ± {} settles it", no_more_than(margin))
                             : std::string("it lies on the limit to the millimetre, so the survey itself decides")) +
            (untested_.empty() ? "" : " for this place");
        const double place{finding_.tolerance_place}, site{finding_.tolerance_site}, crs{finding_.tolerance_crs};
        const double walk{finding_.tolerance_walk};
        if (is_walked(finding_, rule())) {
            step(
                fmt::format("Walk the way with a measuring wheel, from ({}) at the site to ({}), {} {}. It is known to "
                            "± {}; {}.",
                            position(finding_.site), position(finding_.place_point),
                            start_words(finding_, slot_, assessment_), this->place(), metres(tolerance), settles));
            if (walk >= place && walk >= site && walk >= crs) return;
        } else {
            step(fmt::format(
                "Measure the distance on the ground from ({}) at the site to ({}) on the {} of {}. Both ends "
                "together are known to ± {}; {}.",
                position(finding_.site), position(finding_.place_point), anchor_used(finding_, slot_, assessment_),
                this->place(), metres(tolerance), settles));
        }
        if (crs > place && crs > site)
            step(
                fmt::format("Most of this, {}, is lost by a missing grid of coordinates: run again with the OSTN15 "
                            "grid.",
                            metres(crs)));
        else if (place >= site)
            step(fmt::format("The larger part of this, {}, is the place's end ({}): survey that end first.",
                             metres(place), layer()));
        else
            step(fmt::format("The larger part of this, {}, is the site's end: plot or survey the site first.",
                             metres(site)));
    }

    void by_notes() {
        if (noted(Note::boundary_from_point))
            step(
                fmt::format("Get the boundary of {}: only a point of it is known, and its boundary may be nearer by up "
                            "to {}.",
                            place(), metres(slot_.places == nullptr ? 0.0 : slot_.places->facts.site_radius.value)));
        if (noted(Note::site_from_point)) step("Plot the boundary of the site: only a point of it is known.");
        if (noted(Note::site_entrance_unknown)) step("Find the entrance of the site: it is not known.");
        if (noted(Note::entrances_from_boundary) || noted(Note::entrances_unknown))
            step(fmt::format("Survey the gates of {}: none are known.", place()));
        if (noted(Note::kind_unknown)) step(fmt::format("Find out of which kind {} is: the data do not say.", place()));
        if (noted(Note::state_unclear))
            step(fmt::format("Find out whether {} was open on {}.", place(),
                             format_date_long(subject_.assessed->as_at[entry_.row])));
        if (noted(Note::beyond_cover))
            step(
                fmt::format("Add the {} beyond the area that the file covers: those across the boundary are not "
                            "loaded.",
                            layer()));
        exemptions();
        if (noted(Note::near_area_edge) || noted(Note::two_areas) || noted(Note::partly_inside))
            step("Compare the site with the map that the policy refers to: it lies too near the edge of an area.");
        if (noted(Note::near_count_edge))
            step("Look on the ground which outlets lie within the limit: some are too near its edge.");
        if (noted(Note::state_of_outlets_unclear))
            step("Find out which of the outlets traded on the day: of some it is not clear.");
        if (noted(Note::street_unstated)) step("State the street of the site and of the place.");
        if (noted(Note::when_untested))
            step("Test the condition that the rule itself makes: the study has no data for it.");
    }

    /// What the streets do not say.
    void by_walk() {
        if (noted(Note::start_from_point) && !noted(Note::entrances_unknown) && !noted(Note::boundary_from_point))
            step(fmt::format("Survey where the walk to {} begins: it was taken from the point given for it.", place()));
        const std::string straight = straight_words(finding_, slot_, assessment_);
        const std::string beside = straight.empty() ? std::string() : " It is " + straight + ".";
        if (noted(Note::no_footpaths))
            step(
                "Look for a footpath or a cut-through on the ground: the streets have none, and by one the walk may be "
                "shorter." +
                beside);
        if (noted(Note::other_street)) plot_better();
        if (noted(Note::site_far_from_street))
            step(fmt::format("Add the street or path that the site is reached by{}. It stands {}.{}", or_join(),
                             far_from_streets(assessment_), beside));
        if (noted(Note::place_far_from_street))
            step(
                fmt::format("Add the street or path that the place is reached by{}. One within the limit in a straight "
                            "line stands {}.{}",
                            or_join(), far_from_streets(assessment_), beside));
        if (noted(Note::no_way))
            step(
                "Look for a street, path, bridge or crossing that is missing from the streets: no way over them leads "
                "to a place that is within the limit in a straight line." +
                beside);
    }

    void plot_better() {
        const double place{finding_.tolerance_place}, site{finding_.tolerance_site};
        if (slot_.places == nullptr)
            step(
                "Plot the site and the outlets more exactly: some may lie where a walk, perhaps by another street, is "
                "on "
                "the other side of the radius.");
        else
            step(
                fmt::format("Plot {} more exactly: within ± {} it may lie where the walk, perhaps by another street, "
                            "is on the other side of the limit.",
                            site >= place ? "the site" : this->place(), metres(std::max(site, place))));
    }

    /// The street may be there, in a part that nothing joins: then it is not missing.
    std::string or_join() const {
        const auto& network = assessment_.layers().walking;
        if (network == nullptr || network->small_parts == 0) return {};
        return ", or join the part of the streets that stands alone (the `small-part` issues say where such parts are)";
    }

    void exemptions() {
        const std::string by = exemption_words(finding_, slot_, assessment_);
        if (noted(Note::exemption_near_edge))
            step(
                fmt::format("Compare the site with the edge of {}: it lies too near to be sure of the exemption.", by));
        if (noted(Note::exemption_partly))
            step(fmt::format("Decide whether a site that lies partly in {} is exempt: the policy's wording governs.",
                             by));
        if (noted(Note::exemption_untested))
            step(fmt::format("Find out whether the site is exempt ({}): the study has no such data.", by));
        if (noted(Note::hours_unstated))
            step("Ask the applicant for the opening hours: the exemption depends on them.");
    }

    /// Something that is needed is not there.
    void by_missing() {
        if (noted(Note::no_location)) step("Plot the site: the proposal has no location.");
        if (noted(Note::date_unread))
            step(fmt::format("Correct the date of decision: “{}” is no date.",
                             printable(subject_.batch->decided_unread[entry_.row], 60)));
        if (noted(Note::use_unread))
            step(fmt::format("State the proposed use in words that are understood: {}.",
                             printable(subject_.batch->use_note[entry_.row], 160)));
        if (noted(Note::use_unstated)) step("State the proposed use: the register does not.");
        if (noted(Note::layer_missing)) step(fmt::format("Add a layer `{}` to the study: there is none.", layer()));
        if (noted(Note::walking_untested))
            step("Walk and measure the way: the rule asks for walking distance, which was not measured.");
        if (noted(Note::applies_in_untested))
            step(fmt::format("Add the area {} that the policy applies in: no layer holds it.",
                             printable(assessment_.policy(slot_).applies_in, 60)));
        if (noted(Note::judgement) && finding_.result == Result::unknown)
            step("The policy states no number: it is a matter of judgement.");
        if (noted(Note::no_unit)) step("Give the UPRN or the unit of the proposal: no unit of a frontage is its own.");
        if (noted(Note::two_units)) step("Give the UPRN or the unit of the proposal: two units may be its own.");
        if (noted(Note::no_snapshot)) step("Add a snapshot of the outlets from on or before the day.");
        if (noted(Note::value_missing))
            step(fmt::format("Add the figure that the rule asks for: {} has none.", layer()));
        if (noted(Note::value_not_given)) step("Give the study the value that the policy's limit refers to.");
        if (noted(Note::population_missing)) step("Add the population of the area for the day.");
        if (noted(Note::metres_missing)) step("Measure the frontage of the units whose metres are not known.");
        if (noted(Note::outlets_without_location))
            step("Locate the outlets that have no position: they may count too.");
        if (noted(Note::layer_empty))
            step(fmt::format("Locate the {} that have no position: none that the rule means could be measured to.",
                             layer()));
    }

    const EvidenceSubject& subject_;
    EvidenceEntry entry_;
    const Assessment& assessment_;
    const Slot& slot_;
    const Finding& finding_;
    std::vector<UntestedPlace>
        untested_;  ///< that could decide as well: no measurement of the finding's place settles it
    std::vector<std::string> steps_;
};

}  // namespace

std::vector<std::string> settle_words(const EvidenceSubject& subject, const EvidenceEntry& entry,
                                      const Assessment& assessment) {
    return Settling(subject, entry, assessment).steps();
}

}  // namespace geo
