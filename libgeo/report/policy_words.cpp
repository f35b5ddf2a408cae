// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/policy_words.h"

#include <fmt/format.h>

#include "libgeo/base/text.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/remarks.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

std::string joined(const std::vector<std::string>& words, std::string_view last) { return join_words(words, last); }

std::string filter_words(const LayerFilter& filter) {
    std::string words = printable(filter.layer, 60);
    std::vector<std::string> narrowed;
    if (!filter.kinds.empty()) narrowed.push_back(joined(filter.kinds, " or "));
    if (!filter.states.empty()) narrowed.push_back(joined(filter.states, " or "));
    for (const auto& [field, values] : filter.where) narrowed.push_back(field + " " + joined(values, " or "));
    return narrowed.empty() ? words : words + " (" + joined(narrowed, ", ") + ")";
}

std::string layers_words(const std::vector<LayerFilter>& layers) {
    std::vector<std::string> words;
    for (const LayerFilter& layer : layers) words.push_back(filter_words(layer));
    return joined(words, " or ");
}

std::string uses_words(const std::vector<Use>& uses) {
    std::vector<std::string> words;
    for (const Use use : uses) words.push_back(plain_words(use));
    return joined(words, " or ");
}

std::string measure_words(const DistanceMeasure& measure) {
    std::string words = fmt::format("{} distance", measure.by == By::walking ? "walking" : "straight-line");
    switch (measure.site) {
        case Site::as_given:
            words += " from the site as it is given";
            break;
        case Site::boundary:
            words += " from the site's boundary";
            break;
        case Site::point:
            words += " from the site's point";
            break;
        case Site::entrance:
            words += " from the site's entrance";
            break;
    }
    switch (measure.from) {
        case From::boundary:
            words += " to the boundary";
            break;
        case From::entrances:
            words += " to the nearest entrance";
            break;
        case From::centroid:
            words += " to the centre";
            break;
        case From::point:
            words += " to the point";
            break;
    }
    return words + " of the nearest of: " + layers_words(measure.to);
}

std::string breach_words(const Comparison& breach) {
    if (breach.judgement) return "the policy states no number: the distance is shown, the officer judges";
    const std::string limit = limit_words(breach);
    switch (breach.comparator) {
        case Comparator::at_most:
            return "holds at " + limit + " or less (exactly " + limit + " included)";
        case Comparator::below:
            return "holds below " + limit + " (exactly " + limit + " not included)";
        case Comparator::at_least:
            return "holds at " + limit + " or more";
        case Comparator::above:
            return "holds above " + limit;
    }
    return {};
}

std::string inside_words(const InsideCondition& inside) {
    std::string words = "inside " + layers_words(inside.of);
    if (inside.extent == Extent::any) words += ", any part of the site";
    if (inside.extent == Extent::all) words += ", the whole site";
    return words;
}

std::string when_words(const When& when) {
    std::vector<std::string> words;
    if (!when.uses.empty()) words.push_back("for a " + uses_words(when.uses));
    if (when.from) words.push_back("from " + format_date_long(*when.from));
    if (when.until) words.push_back("until " + format_date_long(*when.until));
    if (when.inside) words.push_back(inside_words(*when.inside));
    return joined(words, " and ");
}

std::string outcome_words(const Rule& rule) {
    std::string words;
    switch (rule.outcome.kind) {
        case Outcome::Kind::refuse:
        case Outcome::Kind::resist:
            words = "a proposal within it is contrary to " + cited(rule) +
                    " (the policy says: " + std::string(word(rule.outcome.kind)) + ")";
            break;
        case Outcome::Kind::condition:
            words = "a condition is asked for";
            break;
        case Outcome::Kind::contribute:
            words = "a contribution is asked for";
            break;
        case Outcome::Kind::consult:
            words = "consult";
            break;
        case Outcome::Kind::flag:
            words = "the proposal is flagged";
            break;
    }
    return rule.outcome.details.empty() ? words : words + ": " + printable(rule.outcome.details, 300);
}

class PolicyText {
  public:
    explicit PolicyText(std::size_t width) : width_(width) {}

    std::string text(const Policy& policy) {
        append_wrapped(out_, policy_line(policy), width_, "", 2);
        said("authority", policy.authority);
        said("source", policy.source);
        said("applies in", policy.applies_in);
        for (const Rule& rule : policy.rules) append(rule);
        if (!policy.not_encoded.empty()) out_ += "\nNot encoded: these are not tested\n";
        for (const std::string& what : policy.not_encoded)
            append_wrapped(out_, printable(what, 400), width_, "  - ", 4);
        return std::move(out_);
    }

  private:
    void said(std::string_view what, std::string_view words) {
        if (!words.empty())
            append_wrapped(out_, printable(words, 2000), width_, fmt::format("  {:<11} ", std::string(what) + ":"), 14);
    }

    void append(const Rule& rule) {
        append_wrapped(out_, printable(rule.id, 60) + (rule.title.empty() ? "" : "  " + printable(rule.title, 200)),
                       width_, "\n", 2);
        if (!rule.text.empty()) append_wrapped(out_, "“" + prose(rule.text) + "”", width_, "  ", 2);
        said("cite", rule.cite);
        said("about", rule.applies_to.empty() ? "every use" : uses_words(rule.applies_to));
        said("measures", measure_words(std::get<DistanceMeasure>(rule.measure)));
        said("rule", breach_words(rule.breach));
        said("only when", when_words(rule.when));
        if (rule.unless.inside) said("unless", inside_words(*rule.unless.inside));
        said("then", outcome_words(rule));
        said("unchecked", rule.unchecked);
        said("superseded", rule.superseded_by);
    }

    std::size_t width_;
    std::string out_;
};

}  // namespace

std::string catalogue_words(std::span<const CatalogueEntry> entries, unsigned width) {
    TextTable table;
    table.column("Id");
    table.column("Status");
    table.column("Policy");
    for (const CatalogueEntry& entry : entries) {
        table.row(
            {printable(entry.id, 60), printable(entry.status, 20),
             printable(entry.title, 160) + (entry.authority.empty() ? "" : ", " + printable(entry.authority, 100))});
    }
    std::string out;
    table.append(out, 0, width);
    out +=
        "\n`cordon policies ID` shows one in plain words; a study names it by its id, or names a file of your own.\n";
    return out;
}

std::string policy_words(const Policy& policy, unsigned width) { return PolicyText(width).text(policy); }

}  // namespace geo
