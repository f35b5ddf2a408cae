// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/evidence_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/assess/measures/distance.h"
#include "libgeo/base/text.h"
#include "libgeo/report/measured_words.h"
#include "libgeo/report/note_words.h"
#include "libgeo/report/walked_words.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

std::string to_the_millimetre(double metres) { return format_shortest(std::round(metres * 1000.0) / 1000.0); }

/// `schools 990001, 3 May 2026`: which record, and as at when its file is.
std::string record_words(const PlaceLayer& places, std::uint32_t place) {
    std::string words = fmt::format("{} {}", places.facts.name, printable(places.id[place], 40));
    if (places.facts.files.empty()) return words;
    const auto date = parse_date(places.facts.files.front().date, DateFormat::iso);
    return date ? words + ", " + format_date_long(*date) : words;
}

/// `Ash Primary School (schools 1001, 3 May 2026)`.
std::string place_named(const Slot& slot, const Assessment& assessment, std::uint32_t place) {
    if (slot.places == nullptr || place >= slot.places->size()) return place_words(slot, assessment, place);
    const std::string_view name = slot.places->name[place];
    const std::string record = record_words(*slot.places, place);
    return name.empty() ? record : fmt::format("{} ({})", printable(name, 100), record);
}

/// `, measured from its boundary`: which end was taken at the site.
std::string site_end(const EvidenceSubject& subject, const EvidenceEntry& entry, const Slot& slot,
                     const Assessment& assessment) {
    const std::string_view used = site_used(*subject.batch, entry.row, finding_of(subject, entry), slot, assessment);
    if (used == "boundary") return ", measured from the site's boundary";
    return used.empty() ? std::string() : ", measured from the point given for the site";
}

/// `± 13 m, of which ± 10 m of walking`.
std::string walk_tolerance_words(const Finding& finding) {
    const double walk{finding.tolerance_walk};
    if (walk <= 0.0) return tolerance_words(finding);
    if (walk >= tolerance_of(finding)) return tolerance_words(finding) + " of walking";
    return fmt::format("{}, of which ± {} m of walking", tolerance_words(finding), to_the_millimetre(walk));
}

std::string distance_sentence(const EvidenceSubject& subject, const EvidenceEntry& entry,
                              const Assessment& assessment) {
    const Finding& finding = finding_of(subject, entry);
    const Slot& slot = assessment.slots()[entry.slot];
    const std::string place = place_named(slot, assessment, finding.place);
    const std::string_view anchor = anchor_used(finding, slot, assessment);
    const double limit = std::isnan(finding.limit) ? 0.0 : finding.limit;
    const std::size_t number = site_number(subject, entry.row);
    const std::string site = number == 0 ? std::string("The site") : fmt::format("Site {}", number);
    if (finding.measured == 0.0 && anchor == "boundary") {
        return fmt::format("{} lies in {} ({}){}", site, place, tolerance_words(finding),
                           site_end(subject, entry, slot, assessment));
    }
    const std::string metres = metres_words(finding.measured, limit);
    if (is_walked(finding, assessment.rule(slot))) {
        return fmt::format("{} is {} ({}) on foot from {} {}, {}{}", site, metres, walk_tolerance_words(finding),
                           start_words(finding, slot, assessment), place, walk_parts_words(finding),
                           site_end(subject, entry, slot, assessment));
    }
    return fmt::format("{} is {} ({}) in a straight line from the {} of {}{}", site, metres, tolerance_words(finding),
                       anchor, place, site_end(subject, entry, slot, assessment));
}

/// ` In a straight line it is 310.0 m. …`: beside a walk.
std::string beside_walk(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    if (!is_walked(finding, assessment.rule(slot))) return {};
    const std::string straight = straight_words(finding, slot, assessment);
    const auto& network = assessment.layers().walking;
    return (straight.empty() ? std::string() : fmt::format(" It is {}.", straight)) +
           (network == nullptr ? std::string() : " " + walked_along(*network));
}

/// `; the limit is 400 m, so it lies 150.0 m within it`.
std::string margin_clause(const Finding& finding, const Rule& rule) {
    const Comparison& comparison = comparison_of(finding, rule);
    if (comparison.judgement || std::isnan(finding.limit)) return "; the policy states no number";
    const double margin = finding.margin();
    const std::string limit = comparison_words(comparison, finding.limit).substr(std::string_view("limit ").size());
    const std::string head = fmt::format("; the limit is {}", limit);
    if (margin == 0.0) return head + ", so it lies on it";
    return fmt::format("{}, so it lies {} {} it", head, metres_words(std::abs(margin), 0.0),
                       margin > 0 ? "within" : "beyond");
}

std::string capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::string triggered_clause(const Rule& rule) {
    std::string words;
    switch (rule.outcome.kind) {
        case Outcome::Kind::condition:
            words = cited(rule) + " asks for a condition";
            break;
        case Outcome::Kind::contribute:
            words = cited(rule) + " asks for a contribution";
            break;
        case Outcome::Kind::flag:
            words = cited(rule) + " asks that this is noted";
            break;
        default:
            words = fmt::format("{} asks to {}", cited(rule), word(rule.outcome.kind));
    }
    if (!rule.outcome.details.empty()) words += ": " + printable(rule.outcome.details, 300);
    return words + ". It is no conflict with the policy.";
}

std::string borderline_sentence(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    const double tolerance = tolerance_of(finding);
    std::vector<std::string> why;
    if (is_measured_distance(finding, slot, assessment) && tolerance > 0.0 && std::abs(finding.margin()) <= tolerance)
        why.push_back(fmt::format("the distance is known to {} only", tolerance_words(finding)));
    if (std::string doubt = doubts(finding, slot, assessment); !doubt.empty()) why.push_back(std::move(doubt));
    if (why.empty()) why.emplace_back("it is on the line");
    const std::string as_it_stands =
        std::holds_alternative<DistanceMeasure>(rule.measure)
            ? fmt::format("As plotted it is {} the limit.", finding.plain ? "within" : "beyond")
            : fmt::format("As the data stand it {} contrary to it.", finding.plain ? "would be" : "would not be");
    return fmt::format("This is too close to call under {}: {}. {}", cited(rule), join_words(why), as_it_stands);
}

/// What follows from a result, after what was measured. `all_clear`: the rule is clear at every site and of every layer that it names.
std::string conclusion(const Finding& finding, const Slot& slot, const Assessment& assessment, bool all_clear) {
    const Rule& rule = assessment.rule(slot);
    const std::string doubt = doubts(finding, slot, assessment);
    switch (finding.result) {
        case Result::breach:
            return fmt::format("The proposal is contrary to {}{}.", cited(rule),
                               doubt.empty() ? "" : " (" + doubt + ")");
        case Result::borderline:
            return borderline_sentence(finding, slot, assessment);
        case Result::triggered:
            return triggered_clause(rule);
        case Result::exempt:
            return fmt::format("It is exempt from {}: {}{}.", cited(rule),
                               has(finding.notes, Note::exempt_by_field) ? "" : "the site lies in ",
                               exemption_words(finding, slot, assessment));
        case Result::clear:
            return fmt::format("{} clear of {}.", all_clear ? "The proposal is" : "By this measurement alone it is",
                               cited(rule));
        case Result::unknown:
        case Result::not_applicable:
            break;
    }
    return {};
}

/// Other measures are said in the words that `check` prints.
std::string other_sentence(const Finding& finding, const Slot& slot, const Assessment& assessment, bool all_clear,
                           std::string_view use_note) {
    if (finding.result == Result::unknown || !finding.measured_something)
        return capital(reason(finding, slot, assessment, use_note)) + ".";
    return fmt::format("{}. {}", capital(measured_words(finding, slot, assessment)),
                       conclusion(finding, slot, assessment, all_clear));
}

/// Nothing else measured under the same rule comes to another result.
bool is_clear_everywhere(const EvidenceSubject& subject, const Slot& of, const Assessment& assessment) {
    const std::vector<EvidenceEntry> entries = entries_of(subject, assessment);
    return std::all_of(entries.begin(), entries.end(), [&](const EvidenceEntry& entry) {
        const Slot& slot = assessment.slots()[entry.slot];
        if (slot.policy != of.policy || slot.rule != of.rule) return true;
        const Result result = finding_of(subject, entry).result;
        return result == Result::clear || result == Result::not_applicable;
    });
}

/// What a reader must know of the policy and the rule beside the measurement.
std::string standing_clauses(const Policy& policy, const Rule& rule) {
    std::string words;
    if (!rule.unchecked.empty())
        words = fmt::format(" The wording of {} was not checked against its source.", cited(rule));
    if (policy.status == Policy::Status::adopted) return words;
    return words + fmt::format(" {} is {} and does not count in the verdict.", printable(policy.title, 160),
                               word(policy.status));
}

using NearOfRows = std::map<std::size_t, std::vector<Assessment::NearPlace>>;

}  // namespace

EvidenceSubject subject_of_proposal(const ProposalBatch& batch, const Assessed& assessed, std::size_t row) {
    EvidenceSubject subject{&batch, &assessed, {}, nullptr, std::make_shared<NearOfRows>()};
    for (std::size_t site = row; site < batch.size() && batch.site_of[site] == row; ++site)
        subject.rows.push_back(site);
    return subject;
}

EvidenceSubject subject_of_enquiry(const ProposalBatch& batch, const Assessed& assessed, const AtPlace& place) {
    EvidenceSubject subject{&batch, &assessed, {}, &place, std::make_shared<NearOfRows>()};
    for (std::size_t row = 0; row < batch.size(); ++row) subject.rows.push_back(row);
    return subject;
}

std::vector<EvidenceEntry> entries_of(const EvidenceSubject& subject, const Assessment& assessment) {
    std::vector<EvidenceEntry> entries;
    const std::vector<Slot>& slots = assessment.slots();
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        if (subject.enquiry == nullptr) {
            for (const std::size_t row : subject.rows) entries.push_back({slot, row});
            continue;
        }
        const std::vector<Use>& uses = assessment.rule(slots[slot]).applies_to;
        const auto about = std::find_if(subject.rows.begin(), subject.rows.end(), [&](std::size_t row) {
            return std::find(uses.begin(), uses.end(), subject.batch->use[row]) != uses.end();
        });
        entries.push_back({slot, about == subject.rows.end() ? subject.rows.front() : *about});
    }
    return entries;
}

std::size_t site_number(const EvidenceSubject& subject, std::size_t row) {
    if (subject.enquiry != nullptr || subject.rows.size() < 2) return 0;
    const auto at = std::find(subject.rows.begin(), subject.rows.end(), row);
    return static_cast<std::size_t>(at - subject.rows.begin()) + 1;
}

const Finding& finding_of(const EvidenceSubject& subject, const EvidenceEntry& entry) {
    return subject.assessed->findings[entry.slot][entry.row];
}

const std::vector<Assessment::NearPlace>& near_of(const EvidenceSubject& subject, std::size_t row,
                                                  const Assessment& assessment) {
    const auto [found, fresh] = subject.near->try_emplace(row);
    if (fresh) found->second = assessment.near_places(*subject.batch, row, subject.assessed->as_at[row]);
    return found->second;
}

std::vector<UntestedPlace> untested_of(const EvidenceSubject& subject, const EvidenceEntry& entry,
                                       const Assessment& assessment) {
    if (!may_leave_untested(finding_of(subject, entry), assessment.slots()[entry.slot], assessment)) return {};
    return untested_places(finding_of(subject, entry), entry.slot, assessment, near_of(subject, entry.row, assessment));
}

std::vector<std::string> untested_lines(const EvidenceSubject& subject, const Assessment& assessment) {
    std::vector<std::string> lines;
    for (const EvidenceEntry& entry : entries_of(subject, assessment)) {
        const Slot& slot = assessment.slots()[entry.slot];
        const std::size_t number = site_number(subject, entry.row);
        const std::string rule =
            cited(assessment.rule(slot)) + (number == 0 ? std::string() : fmt::format(", site {}", number));
        for (const UntestedPlace& untested : untested_of(subject, entry, assessment))
            lines.push_back(rule + ": " + untested_words(untested, slot, assessment));
    }
    return lines;
}

EvidenceVerdict verdict_of(const EvidenceSubject& subject) {
    EvidenceVerdict worst{Result::not_applicable, subject.rows.front()};
    // A proposal's verdict stands at its first row; each use of an enquiry has its own.
    for (const std::size_t row : subject.rows) {
        if (subject.batch->site_of[row] != row) continue;
        if (const Result result = subject.assessed->verdicts[row].result; result > worst.result) worst = {result, row};
    }
    return worst;
}

bool is_measured_distance(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    return finding.result != Result::not_applicable && finding.measured_something && slot.places != nullptr &&
           finding.place < slot.places->size() &&
           std::holds_alternative<DistanceMeasure>(assessment.rule(slot).measure);
}

std::string tolerance_words(const Finding& finding) {
    return fmt::format("± {} m", to_the_millimetre(tolerance_of(finding)));
}

std::string tolerance_parts(const Finding& finding, const Slot& slot, const Assessment& assessment, std::size_t layer) {
    const auto part = [](std::string_view name, float metres, const LayerFacts* facts) {
        std::string words = fmt::format("{} {} m", name, to_the_millimetre(static_cast<double>(metres)));
        if (facts == nullptr) return words;
        return words + (facts->accuracy_stated ? fmt::format(" ({})", facts->name)
                                               : fmt::format(" ({}: accuracy not stated)", facts->name));
    };
    const LayerFacts* places = slot.places == nullptr ? nullptr : &slot.places->facts;
    const LayerFacts* sites = layer < assessment.proposals().size() ? &assessment.proposals()[layer] : nullptr;
    std::vector<std::string> parts = {part("place", finding.tolerance_place, places),
                                      part("site", finding.tolerance_site, sites),
                                      part("coordinates", finding.tolerance_crs, nullptr)};
    if (is_walked(finding, assessment.rule(slot))) parts.push_back(part("walking", finding.tolerance_walk, nullptr));
    return join_words(parts, ", ");
}

std::string status_words(const Policy& policy) {
    std::string words(word(policy.status));
    if (const std::string days = days_in_force(policy); !days.empty()) words += ", in force " + days;
    if (policy.status != Policy::Status::adopted) words += ": not counted in the verdict";
    return words;
}

std::string rule_named(const Slot& slot, const Assessment& assessment) {
    const Policy& policy = assessment.policy(slot);
    return fmt::format("{} of {} ({})", cited(assessment.rule(slot)), printable(policy.title, 160),
                       status_words(policy));
}

std::string rule_paragraph(const EvidenceSubject& subject, const EvidenceEntry& entry, const Assessment& assessment) {
    const Finding& finding = finding_of(subject, entry);
    const Slot& slot = assessment.slots()[entry.slot];
    if (finding.result == Result::not_applicable) return {};
    const bool all_clear = is_clear_everywhere(subject, slot, assessment);
    std::string text;
    if (is_measured_distance(finding, slot, assessment) && finding.result != Result::unknown) {
        text = fmt::format("{}{}.{} {}", distance_sentence(subject, entry, assessment),
                           margin_clause(finding, assessment.rule(slot)), beside_walk(finding, slot, assessment),
                           conclusion(finding, slot, assessment, all_clear));
    } else {
        text = other_sentence(finding, slot, assessment, all_clear, subject.batch->use_note[entry.row]);
    }
    if (const std::string slack = slack_words(finding, slot, assessment); !slack.empty()) text += " " + slack;
    return text + standing_clauses(assessment.policy(slot), assessment.rule(slot));
}

std::string as_at_reason(const EvidenceSubject& subject, const Assessment& assessment) {
    const std::size_t row = subject.rows.front();
    const AssessOptions& options = assessment.options();
    const std::string day = format_date_long(subject.assessed->as_at[row]);
    if (options.on) return day + ": the day asked for";
    if (subject.batch->decided[row] != kBeforeRecords) return day + ": the proposal's date of decision";
    if (subject.batch->date_unread(row))
        return fmt::format("a day that is not known: the proposal's date of decision, “{}”, cannot be read",
                           printable(subject.batch->decided_unread[row], 60));
    if (subject.enquiry != nullptr)
        return day +
               (options.study_as_at ? ": the study's as-at date" : ": the day of the run, as the study gives none");
    if (options.study_as_at) return day + ": the study's as-at date, as the proposal has no date of decision";
    return day + ": the day of the run, as neither the proposal nor the study gives one";
}

std::string verdict_word(Result result) {
    switch (result) {
        case Result::breach:
            return "Breach: contrary to an adopted policy";
        case Result::borderline:
            return "Borderline: too close to call";
        case Result::unknown:
            return "Unknown: something that is needed is missing";
        case Result::exempt:
            return "Exempt: within a limit, and exempt";
        case Result::clear:
            return "Clear of the adopted policies that were tested";
        case Result::triggered:
        case Result::not_applicable:
            break;
    }
    return "Not applicable: no adopted policy is about it";
}

std::string verdict_sentence(const EvidenceSubject& subject, const Assessment& assessment) {
    const EvidenceVerdict verdict = verdict_of(subject);
    return capital(verdict_reason(*subject.batch, *subject.assessed, verdict.row, assessment)) + ".";
}

}  // namespace geo
