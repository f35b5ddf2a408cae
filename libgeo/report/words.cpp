// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "libgeo/base/text.h"
#include "libgeo/report/measured_words.h"

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
    std::string words;
    if (policy.from != kBeforeRecords) words += " from " + format_date_long(policy.from);
    if (policy.until != kNotEnded) words += " until " + format_date_long(policy.until);
    return words.empty() ? "" : ": in force" + words;
}

std::string uses_words(const std::vector<Use>& uses) {
    std::vector<std::string> words;
    for (const Use use : uses) words.push_back(with_article(plain_words(use)));
    return join_words(words, " or ");
}

// A clause for each note that changes what a reader may conclude. In the order of Note.
struct NoteWords {
    const Finding& finding;
    const Slot& slot;
    const Assessment& assessment;

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
                return "no entrances are known, so measured from the boundary";
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
            case Note::use_unstated:
                return "the use is not stated";
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
            case Note::population_missing:
                return "no population of the area is known on the day";
            default:
                break;
        }
        return {};
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

// What a reader needs to understand the result; accuracy and the tie are said elsewhere.
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
                                Note::applies_in_untested,
                                Note::when_untested,
                                Note::partly_inside,
                                Note::near_count_edge,
                                Note::state_of_outlets_unclear,
                                Note::street_unstated,
                                Note::two_areas,
                                Note::hours_unstated,
                                Note::itself_counted_once};
    std::vector<std::string> clauses;
    const NoteWords words{finding, slot, assessment};
    for (const Note note : kDoubts) {
        if (has(finding.notes, note)) clauses.push_back(words.of(note));
    }
    return join_words(clauses);
}

double tolerance_of(const Finding& finding) {
    return static_cast<double>(finding.tolerance_place) + static_cast<double>(finding.tolerance_site) +
           static_cast<double>(finding.tolerance_crs);
}

std::string borderline_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    std::string why = doubts(finding, slot, assessment);
    const double tolerance = tolerance_of(finding);
    if (tolerance > 0.0 && std::abs(finding.measured - finding.limit) <= tolerance) {
        why = fmt::format("known to {} m only{}{}", format_shortest(std::round(tolerance * 1000.0) / 1000.0),
                          why.empty() ? "" : "; ", why);
    }
    if (why.empty()) why = "on the line";
    return fmt::format("too close to call under {} ({}; as plotted {} the limit)", cited(rule), why,
                       finding.plain ? "within" : "beyond");
}

std::string triggered_words(const Rule& rule) {
    std::string words = fmt::format("{} asks to {}", cited(rule), word(rule.outcome.kind));
    switch (rule.outcome.kind) {
        case Outcome::Kind::condition:
            words = cited(rule) + " asks for a condition";
            break;
        case Outcome::Kind::contribute:
            words = cited(rule) + " asks for a contribution";
            break;
        case Outcome::Kind::flag:
            words = cited(rule) + " asks to flag it";
            break;
        default:
            break;
    }
    if (!rule.outcome.details.empty()) words += ": " + printable(rule.outcome.details);
    return words;
}

std::string unmeasured_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const std::vector<std::string> notes = words_of_notes(finding, slot, assessment);
    return notes.empty() ? std::string("nothing to measure") : join_words(notes);
}

std::string not_applicable_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    if (has(finding.notes, Note::other_use) && !rule.applies_to.empty()) {
        return fmt::format("{} is about {} only", cited(rule), uses_words(rule.applies_to));
    }
    return fmt::format("{} does not apply: {}", cited(rule), unmeasured_words(finding, slot, assessment));
}

}  // namespace

std::vector<std::string> words_of_notes(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    std::vector<std::string> clauses;
    const NoteWords words{finding, slot, assessment};
    for (std::uint32_t bit = 0; bit < 64; ++bit) {
        const auto note = static_cast<Note>(std::uint64_t{1} << bit);
        if (!has(finding.notes, note)) continue;
        if (std::string clause = words.of(note); !clause.empty()) clauses.push_back(std::move(clause));
    }
    return clauses;
}

std::string reason(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    const std::string measured = measured_words(finding, slot, assessment);
    switch (finding.result) {
        case Result::not_applicable:
            return not_applicable_words(finding, slot, assessment);
        case Result::breach: {
            const std::string doubt = doubts(finding, slot, assessment);
            return fmt::format("{}: contrary to {}{}", measured, cited(rule), doubt.empty() ? "" : " (" + doubt + ")");
        }
        case Result::borderline:
            return fmt::format("{}{}{}", measured, measured.empty() ? "" : ": ",
                               borderline_words(finding, slot, assessment));
        case Result::triggered:
            return fmt::format("{}: {}", measured, triggered_words(rule));
        case Result::exempt:
            return fmt::format("{}, but {}{}: exempt from {}", measured,
                               has(finding.notes, Note::exempt_by_field) ? "" : "in ",
                               NoteWords{finding, slot, assessment}.exempt(), cited(rule));
        case Result::unknown: {
            const std::string why = unmeasured_words(finding, slot, assessment);
            return fmt::format("{} not tested: {}{}", cited(rule), why, measured.empty() ? "" : " (" + measured + ")");
        }
        case Result::clear:
            break;
    }
    if (measured.empty())
        return fmt::format("clear of {}: {}", cited(rule), unmeasured_words(finding, slot, assessment));
    return fmt::format("{}: clear of {}", measured, cited(rule));
}

std::int32_t deciding_slot(const Assessed& assessed, std::size_t row, const Assessment& assessment) {
    const Verdict& verdict = assessed.verdicts[row];
    const std::vector<Slot>& slots = assessment.slots();
    std::int32_t best = -1;
    bool best_decides = false;
    int gravest = 0;
    double nearest = 0.0;
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        const Finding& finding = assessed.findings[slot][verdict.site];
        if (!slots[slot].counts) continue;
        // A rule that can only trigger something decides no verdict: it is shown where there is nothing else.
        const bool decides = finding.result == verdict.result && (finding.result != Result::borderline ||
                                                                  assessment.rule(slots[slot]).outcome.can_breach());
        // Metres are compared with metres only; of other measures the first of the gravest stands, after any distance.
        const bool metres = slots[slot].places != nullptr && finding.measured_something;
        const double distance = metres ? finding.measured : std::numeric_limits<double>::infinity();
        const int grave = gravity(assessment.rule(slots[slot]).outcome.kind);
        const auto better = std::make_tuple(!decides, -grave, distance);
        if (best >= 0 && std::make_tuple(!best_decides, -gravest, nearest) <= better) continue;
        best = static_cast<std::int32_t>(slot);
        best_decides = decides;
        gravest = grave;
        nearest = distance;
    }
    return best;
}

std::string verdict_reason(const ProposalBatch& batch, const Assessed& assessed, std::size_t row,
                           const Assessment& assessment) {
    const Verdict& verdict = assessed.verdicts[row];
    const std::int32_t deciding = deciding_slot(assessed, row, assessment);
    if (deciding < 0) return "no adopted policy has anything to say";
    const std::vector<Slot>& slots = assessment.slots();
    const Slot& slot = slots[static_cast<std::size_t>(deciding)];
    const Finding& finding = assessed.findings[static_cast<std::size_t>(deciding)][verdict.site];
    std::string words = reason(finding, slot, assessment);
    if (has(finding.notes, Note::other_use) && batch.use[row] != Use::unstated) {
        words = fmt::format("{}: {}", with_article(plain_words(batch.use[row])), words);
    }
    if (has(finding.notes, Note::not_in_force)) words += "; assessed as at " + format_date_long(assessed.as_at[row]);
    if (verdict.result != Result::breach) return words;
    std::vector<std::string> also;
    for (std::size_t other = 0; other < slots.size(); ++other) {
        const bool same_rule = slots[other].policy == slot.policy && slots[other].rule == slot.rule;
        if (same_rule || !slots[other].counts) continue;
        const auto breaches = [&](std::size_t site) {
            return batch.site_of[site] == row && assessed.findings[other][site].result == Result::breach;
        };
        bool any = false;
        for (std::size_t site = row; site < batch.size() && batch.site_of[site] == row; ++site)
            any = any || breaches(site);
        std::string name = cited(assessment.rule(slots[other]));
        if (any && std::find(also.begin(), also.end(), name) == also.end()) also.push_back(std::move(name));
    }
    return also.empty() ? words : words + "; also contrary to " + join_words(also);
}

int gravity(Outcome::Kind kind) {
    switch (kind) {
        case Outcome::Kind::refuse:
            return 6;
        case Outcome::Kind::resist:
            return 5;
        case Outcome::Kind::condition:
            return 4;
        case Outcome::Kind::contribute:
            return 3;
        case Outcome::Kind::consult:
            return 2;
        case Outcome::Kind::flag:
            break;
    }
    return 1;
}

std::string cited(const Rule& rule) { return printable(rule.cite.empty() ? rule.id : rule.cite, 60); }

std::string limit_words(const Comparison& comparison, double limit) {
    if (!comparison.field.empty()) {
        const std::string field = printable(comparison.field, 60);
        return std::isnan(limit) ? field : fmt::format("{} ({})", format_shortest(limit), field);
    }
    std::string_view written = trimmed(comparison.text);
    while (!written.empty() &&
           (written.front() == '<' || written.front() == '>' || written.front() == '=' || written.front() == ' '))
        written.remove_prefix(1);
    if (comparison.unit != Unit::metres) return printable(written, 40);
    const std::string metres = format_shortest(comparison.limit) + " m";
    const std::optional<Quantity> as_written = parse_quantity(written);
    const bool in_metres = written.size() > 1 && written.back() == 'm' && (written[written.size() - 2] != 'k');
    return in_metres || !as_written ? metres : printable(written, 40) + " (" + metres + ")";
}

std::string comparison_words(const Comparison& comparison, double value) {
    if (comparison.judgement) return "no number in the policy";
    const std::string limit = limit_words(comparison, value);
    switch (comparison.comparator) {
        case Comparator::at_most:
            return "limit " + limit;
        case Comparator::below:
            return "limit below " + limit;
        case Comparator::at_least:
            return "limit " + limit + " or more";
        case Comparator::above:
            return "limit above " + limit;
    }
    return {};
}

std::string metres_words(double metres, double limit) {
    return format_fixed(metres, std::abs(metres - limit) < 0.1 ? 3 : 1) + " m";
}

std::string place_words(const Slot& slot, const Assessment& assessment, std::uint32_t place) {
    const std::string layer = layer_of_finding({}, slot, assessment);
    if (slot.places == nullptr || place >= slot.places->size()) return layer;
    const std::string id = printable(slot.places->id[place], 40);
    const std::string_view name = slot.places->name[place];
    return name.empty() ? layer + " " + id : fmt::format("{} ({} {})", printable(name, 60), layer, id);
}

std::string_view anchor_used(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    if (has(finding.notes, Note::boundary_from_point) || has(finding.notes, Note::entrances_unknown)) return "point";
    if (has(finding.notes, Note::entrances_from_boundary)) return "boundary";
    const auto* measure = std::get_if<DistanceMeasure>(&assessment.rule(slot).measure);
    if (measure == nullptr) return {};
    const From from = measure->from;
    return from == From::entrances ? std::string_view("entrance") : word(from);
}

std::string_view site_used(const ProposalBatch& batch, std::size_t row, const Finding& finding, const Slot& slot,
                           const Assessment& assessment) {
    if (!batch.shapes.has_location(row)) return {};
    const Measure& measure = assessment.rule(slot).measure;
    Site site = Site::as_given;
    if (const auto* distance = std::get_if<DistanceMeasure>(&measure)) site = distance->site;
    if (const auto* count = std::get_if<CountMeasure>(&measure)) site = count->site;
    const bool point = site == Site::point || site == Site::entrance || has(finding.notes, Note::site_from_point) ||
                       !batch.shapes.has_surface(row);
    return point ? "point" : "boundary";
}

std::string exempting_area(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    if (finding.exempt_layer < 0 || !rule.unless.inside ||
        static_cast<std::size_t>(finding.exempt_layer) >= rule.unless.inside->of.size())
        return {};
    const std::string& name = rule.unless.inside->of[static_cast<std::size_t>(finding.exempt_layer)].layer;
    const AreaLayer* areas = assessment.layers().area_layer(name);
    if (areas == nullptr || finding.exempt_area >= areas->size()) return name;
    const std::string code = printable(areas->code[finding.exempt_area], 40);
    const std::string_view called = areas->name[finding.exempt_area];
    return called.empty() || called == areas->code[finding.exempt_area]
               ? name + " " + code
               : fmt::format("{} ({} {})", printable(called, 60), name, code);
}

std::string prose(std::string_view text) {
    std::string line;
    bool blank = false;
    for (const char c : trimmed(text)) {
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            blank = true;
            continue;
        }
        if (blank) line += ' ';
        blank = false;
        line += c;
    }
    return printable(line, 4000);
}

std::string with_article(std::string_view words) {
    const bool vowel = !words.empty() && std::string_view("aeiou").find(words.front()) != std::string_view::npos;
    return fmt::format("{} {}", vowel ? "an" : "a", words);
}

std::string plain_words(Use use) {
    std::string words(word(use));
    std::replace(words.begin(), words.end(), '-', ' ');
    return words;
}

}  // namespace geo
