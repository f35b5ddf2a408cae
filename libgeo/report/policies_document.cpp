// SPDX-License-Identifier: Apache-2.0
//
// docs/policies.md, so that what the documents say about the catalogue cannot drift from the catalogue.
#include <fmt/format.h>

#include "libgeo/base/text.h"
#include "libgeo/report/policy_words.h"
#include "libgeo/report/rule_words.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

/// Text of a policy in a line or cell of Markdown: nothing of it is taken for a mark.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : prose(text)) {
        if (std::string_view("\\|<>*_`[]").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

std::string in_force_words(const Policy& policy) {
    const std::string days = days_in_force(policy);
    return days.empty() ? "not dated: taken to hold at all times" : days;
}

std::string follows_words(const Outcome& outcome) {
    return std::string(word(outcome.kind)) + (outcome.details.empty() ? "" : ": " + outcome.details);
}

/// `unless` and `when` of a rule, and its uses where they are not those of the policy's first.
std::string limits_words(const Rule& rule, const Rule& first) {
    std::string words;
    const auto said = [&](std::string_view what, const std::string& how) {
        if (!how.empty()) words += fmt::format("{}{} {}", words.empty() ? "" : "; ", what, how);
    };
    if (rule.applies_to != first.applies_to) said("about", uses_words(rule.applies_to));
    said("unless", unless_words(rule.unless));
    said("only", when_words(rule.when));
    return words;
}

/// What is measured; of what counts only what is not so by default, which is said at the head of the page.
std::string measured_and_counted(const Rule& rule) {
    std::string words = measured_words(rule);
    const Counted* const counted = counted_by(rule);
    if (counted == nullptr) return words;
    const Counted usual;
    if (counted->states != usual.states) words += "; " + states_words(*counted);
    if (counted->proposal != usual.proposal) words += "; " + presence_words(*counted);
    return words;
}

void append_rule(std::string& out, const Rule& rule, const Rule& first) {
    const std::string cells[] = {"**" + escaped(rule.id) + "** " + escaped(rule.title),
                                 escaped(measured_and_counted(rule)),
                                 escaped(breach_words(rule)),
                                 escaped(limits_words(rule, first)),
                                 escaped(follows_words(rule.outcome)),
                                 escaped(rule.cite),
                                 escaped(rule.unchecked)};
    out += '|';
    for (const std::string& cell : cells) out += cell.empty() ? " |" : " " + cell + " |";
    out += '\n';
}

void append_policy(std::string& out, const Policy& policy) {
    out += fmt::format("\n## {}\n\n", escaped(policy.title));
    const auto said = [&](std::string_view what, const std::string& text) {
        if (!text.empty()) out += fmt::format("- {}: {}\n", what, text);
    };
    said("id", "`" + printable(policy.id) + "`");
    said("authority", escaped(policy.authority));
    said("area", escaped(policy.applies_in));
    said("kind", escaped(policy.kind));
    said("status", std::string(word(policy.status)));
    said("in force", in_force_words(policy));
    said("source", escaped(policy.source));
    if (policy.rules.empty()) return;
    said("about", uses_words(policy.rules.front().applies_to));
    out +=
        "\n| rule | measures | breach | unless, only | outcome | cite | unchecked |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n";
    for (const Rule& rule : policy.rules) append_rule(out, rule, policy.rules.front());
    if (policy.not_encoded.empty()) return;
    out += "\nNot encoded, so not tested:\n\n";
    for (const std::string& what : policy.not_encoded) out += "- " + escaped(what) + "\n";
}

}  // namespace

std::string policies_document(std::span<const Policy> policies) {
    std::string out =
        "# The policies of the catalogue\n\n"
        "This page is printed by `cordon policies --document` from the files in `datasets/policies/`; change those, "
        "not it. `cordon policies ID` says the same of one policy, with its wording.\n\n"
        "A breach is what the comparison holds for: a proposal contrary to the rule where the outcome is refuse or "
        "resist, and otherwise one for which something follows. A rule with a remark under *unchecked* rests on more "
        "than the document itself, and every finding says so. Wordings are paraphrased: read the document before "
        "quoting.\n\n"
        "Counts, shares, runs and gaps take what trades in a unit or its lawful use, with the proposal in place (a "
        "change of use takes its unit over, a new building adds one), unless a rule says otherwise.\n\n"
        "| id | policy | authority | status | rules |\n| --- | --- | --- | --- | --- |\n";
    for (const Policy& policy : policies) {
        out += fmt::format("| `{}` | {} | {} | {} | {} |\n", printable(policy.id), escaped(policy.title),
                           escaped(policy.authority), word(policy.status), policy.rules.size());
    }
    for (const Policy& policy : policies) append_policy(out, policy);
    return out;
}

}  // namespace geo
