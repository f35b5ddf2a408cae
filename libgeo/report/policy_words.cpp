// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/policy_words.h"

#include <fmt/format.h>

#include "libgeo/base/text.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/remarks.h"
#include "libgeo/report/rule_words.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

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
        said("about", uses_words(rule.applies_to));
        said("measures", measured_words(rule));
        if (const Counted* counted = counted_by(rule))
            said("counts", states_words(*counted) + "; " + presence_words(*counted));
        said("rule", breach_words(rule));
        said("only when", when_words(rule.when));
        said("unless", unless_words(rule.unless));
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
