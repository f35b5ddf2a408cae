// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "libgeo/base/text.h"
#include "libgeo/policy/catalogue.h"
#include "libgeo/policy/policy.h"
#include "libgeo/report/policy_words.h"
#include "tools/cordon/command.h"
#include "tools/cordon/shared.h"

namespace cordon {
namespace {

geo::Policy policy_of_catalogue(const std::string& id) {
    if (const auto text = geo::catalogue_text(id)) return geo::read_policy(*text, "catalogue:" + id, {});
    std::vector<std::string> ids;
    for (const geo::CatalogueEntry& entry : geo::catalogue()) ids.push_back(entry.id);
    const auto near = geo::nearest_word(id, ids);
    throw geo::UsageError("policies " + geo::printable(id) + ": the catalogue has no policy of this id" +
                          (near ? "; did you mean " + *near + "?" : "; `cordon policies` lists what there is"));
}

/// docs/policies.md.
std::string document() {
    std::vector<geo::Policy> policies;
    for (const geo::CatalogueEntry& entry : geo::catalogue()) policies.push_back(policy_of_catalogue(entry.id));
    return geo::policies_document(policies);
}

std::string words(const std::string& id) {
    return id.empty() ? geo::catalogue_words(geo::catalogue(), terminal_width())
                      : geo::policy_words(policy_of_catalogue(id), terminal_width());
}

}  // namespace

Run declare_policies(CLI::App& app) {
    const auto id = std::make_shared<std::string>();
    const auto as_document = std::make_shared<bool>(false);
    auto* const one = app.add_option("ID", *id, "A policy of the catalogue; without it, all are listed")->type_name("");
    app.add_flag("--document", *as_document, "All of them as one Markdown page: rules, limits, what is not encoded")
        ->excludes(one);
    app.footer(std::string("Examples:\n  cordon policies\n  cordon policies waltham-forest-hft-2009\n  cordon policies "
                           "--document > policies.md\n\n") +
               kExitStatuses);
    return [id, as_document] {
        print(*as_document ? document() : words(*id));
        return geo::ExitStatus::finished;
    };
}

}  // namespace cordon
