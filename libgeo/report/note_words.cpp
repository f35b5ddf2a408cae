// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/note_words.h"

#include "libgeo/base/text.h"
#include "libgeo/report/measured_words.h"
#include "libgeo/report/walked_words.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

std::string layer_names(const std::vector<LayerFilter>& layers) {
    std::vector<std::string> names;
    for (const LayerFilter& layer : layers) names.push_back(layer.layer);
    return join_words(names, " or ");
}

std::string exempting_layers(const Rule& rule) {
    return rule.unless.inside ? layer_names(rule.unless.inside->of) : std::string("an area");
}

// What exempts beside areas: `class is District`, `open within 17:00-23:30`.
std::string exempting_figures(const Rule& rule) {
    std::vector<std::string> words;
    for (const FieldTest& test : rule.unless.fields)
        words.push_back(printable(test.field, 60) + " " +
                        (test.is.empty() ? printable(test.holds.text, 40) : join_words(test.is, " or ")));
    if (rule.unless.open_within) words.push_back("open within " + rule.unless.open_within->text);
    return join_words(words, " or ");
}

std::string in_force_words(const Policy& policy) {
    const std::string days = days_in_force(policy);
    return days.empty() ? days : ": in force " + days;
}

// A clause for each note that changes what a reader may conclude. In the order of Note.
struct NoteWords {
    const Finding& finding;
    const Slot& slot;
    const Assessment& assessment;
    std::string_view use_note = {};  ///< of the row: `the use “X” is not understood`

    std::string of(Note note) const {
        const Rule& rule = assessment.rule(slot);
        const Policy& policy = assessment.policy(slot);
        const std::string layer = layer_of_finding(finding, slot, assessment);
        switch (note) {
            case Note::boundary_from_point:
                return "only a point of the place is known, not its boundary";
            case Note::site_from_point:
                return "only a point of the site is known, not its boundary";
            case Note::entrances_from_boundary:
                return has(finding.notes, Note::start_from_boundary)
                           ? "no entrances are known, so walked from the boundary, the shortest way from any point of "
                             "it: the walk from the entrance can only be longer"
                           : "no entrances are known, so measured from the boundary";
            case Note::entrances_unknown:
                return "no entrances are known, only a point";
            case Note::kind_unknown:
                return "the kind of the place is not known";
            case Note::state_unclear:
                return "whether the place was open on the day is not clear";
            case Note::beyond_cover:
                return layer + " beyond the area that the file covers are not loaded";
            case Note::on_the_tie:
                return "on the line, to the millimetre";
            case Note::grid_loss:
                return "the OSTN15 grid is missing, which widens the tolerance";
            case Note::accuracy_not_stated:
                return "accuracy not stated";
            case Note::exemption_near_edge:
                return "too near the edge of " + exempt() + " to be sure of the exemption";
            case Note::exemption_partly:
                return "the site lies partly in " + exempt();
            case Note::exemption_untested:
                return "whether it lies in " + exempting_layers(rule) + " was not tested";
            case Note::layer_missing:
                return "the study has no layer " + layer;
            case Note::no_location:
                return "the proposal has no location";
            case Note::date_unread:
                return "its date of decision cannot be read, so the day to assess it as at is not known";
            case Note::use_unstated:
                return "the use is not stated";
            case Note::use_unread:
                return use_note.empty() ? "the stated use is not understood" : printable(use_note, 160);
            case Note::other_use:
                return "another use";
            case Note::same_use:
                return "the same use before and after";
            case Note::nothing_changes:
                return "the application changes no use";
            case Note::not_in_force:
                return "not in force on the day" + in_force_words(policy);
            case Note::elsewhere:
                return "outside " + policy.applies_in + ", where the policy applies";
            case Note::when_not_met:
                return "the rule's own conditions are not met";
            case Note::layer_empty:
                return "no place that the rule means was open in " + layer + " on the day";
            case Note::walking_untested:
                return "walking distance needs a streets layer";
            case Note::judgement:
                return "the policy states no number: a matter of judgement";
            case Note::applies_in_untested:
                return "no layer holds the area " + policy.applies_in + " that the policy applies in";
            case Note::when_untested:
                return "a condition of the rule could not be tested";
            case Note::near_area_edge:
                return "too near the edge of an area that the rule asks about";
            default:
                break;
        }
        return of_measures(note, layer, rule);
    }

    std::string of_measures(Note note, const std::string& layer, const Rule& rule) const {
        switch (note) {
            case Note::partly_inside:
                return "the site lies partly in the area";
            case Note::value_missing:
                return "no such figure is known of " + layer;
            case Note::no_area:
                return "the site lies in none of the " + layer;
            case Note::no_unit:
                return "no unit of a frontage is the proposal's";
            case Note::two_units:
                return "two units may be the proposal's: give its UPRN or unit";
            case Note::no_snapshot:
                return "no snapshot of the outlets is on or before the day";
            case Note::near_count_edge:
                return "some lie too near the edge to be sure";
            case Note::state_of_outlets_unclear:
                return "whether some trade on the day is not clear";
            case Note::no_other:
                return "no other unit of the use along the frontage";
            case Note::street_unstated:
                return "the street of the proposal or the place is not stated";
            case Note::no_band:
                return "no band of the rule fits";
            case Note::metres_missing:
                return "the metres of frontage of some units are not known";
            case Note::hours_unstated:
                return "the opening hours of the application are not stated";
            case Note::value_not_given:
                return "the limit is a value that the study does not give: " + limit_field(rule);
            case Note::itself_counted_once:
                return "what stands there already is counted once";
            case Note::two_areas:
                return "too near the edge between areas to be sure which holds the site";
            case Note::nothing_listed:
                return "nothing of the area is listed to take a share of";
            case Note::population_missing:
                return "no population of the area is known on the day";
            default:
                break;
        }
        return of_walks(note);
    }

    std::string of_walks(Note note) const {
        switch (note) {
            case Note::start_from_point:
                return "walked from the point given for the place, not from an entrance";
            case Note::start_from_boundary:
                return "walked from the boundary of the place, the shortest way from any point of it";
            case Note::site_far_from_street:
                return "the site stands " + far_from_streets(assessment);
            case Note::place_far_from_street:
                return "a place within the limit in a straight line stands " + far_from_streets(assessment);
            case Note::no_way:
                return "no way over these streets leads to a place that is within the limit in a straight line";
            case Note::no_footpaths:
                return "the streets have no footpaths, so the walk may be shorter";
            case Note::other_street:
                return std::holds_alternative<DistanceMeasure>(assessment.rule(slot).measure)
                           ? "an end of the walk may truly lie where the walk, perhaps by another street, is on the "
                             "other side of the limit"
                           : "some ends may truly lie where a walk, perhaps by another street, is on the other side of "
                             "the radius";
            case Note::clear_in_straight_line:
                return "no walk is known, but none can be shorter than a straight line, which is longer than the "
                       "limit" +
                       straight();
            default:
                break;
        }
        return {};
    }

    std::string straight() const {
        const std::string words = straight_words(finding, slot, assessment);
        return words.empty() ? words : " (" + words + ")";
    }

    static std::string limit_field(const Rule& rule) {
        std::string field = rule.breach.field;
        for (const Band& band : rule.bands)
            if (field.empty()) field = band.breach.field;
        return printable(field, 60);
    }

    std::string exempt() const {
        if (has(finding.notes, Note::exempt_by_field)) return exempting_figures(assessment.rule(slot));
        const std::string area = exempting_area(finding, slot, assessment);
        return area.empty() ? exempting_layers(assessment.rule(slot)) : area;
    }
};

}  // namespace

std::string doubts(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    constexpr Note kDoubts[] = {Note::boundary_from_point,
                                Note::entrances_from_boundary,
                                Note::entrances_unknown,
                                Note::kind_unknown,
                                Note::state_unclear,
                                Note::beyond_cover,
                                Note::exemption_near_edge,
                                Note::exemption_partly,
                                Note::exemption_untested,
                                Note::near_area_edge,
                                Note::when_untested,
                                Note::partly_inside,
                                Note::near_count_edge,
                                Note::state_of_outlets_unclear,
                                Note::street_unstated,
                                Note::two_areas,
                                Note::hours_unstated,
                                Note::itself_counted_once,
                                Note::site_far_from_street,
                                Note::place_far_from_street,
                                Note::no_way,
                                Note::no_footpaths,
                                Note::other_street};
    std::vector<std::string> clauses;
    const NoteWords words{finding, slot, assessment};
    for (const Note note : kDoubts) {
        if (has(finding.notes, note)) clauses.push_back(words.of(note));
    }
    return join_words(clauses);
}

std::string exemption_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    return NoteWords{finding, slot, assessment}.exempt();
}

std::vector<std::string> words_of_notes(const Finding& finding, const Slot& slot, const Assessment& assessment,
                                        std::string_view use_note) {
    std::vector<std::string> clauses;
    const NoteWords words{finding, slot, assessment, use_note};
    for (std::uint32_t bit = 0; bit < 64; ++bit) {
        const auto note = static_cast<Note>(std::uint64_t{1} << bit);
        if (!has(finding.notes, note)) continue;
        const bool said = note == Note::start_from_boundary && has(finding.notes, Note::entrances_from_boundary);
        if (std::string clause = words.of(note); !clause.empty() && !said) clauses.push_back(std::move(clause));
    }
    return clauses;
}

}  // namespace geo
