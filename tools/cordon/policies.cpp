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

}  // namespace

Run declare_policies(CLI::App& app) {
    const auto id = std::make_shared<std::string>();
    app.add_option("ID", *id, "A policy of the catalogue; without it, all are listed")->type_name("");
    app.footer(std::string("Examples:\n  cordon policies\n  cordon policies waltham-forest-hft-2009\n\n") +
               kExitStatuses);
    return [id] {
        print(id->empty() ? geo::catalogue_words(geo::catalogue(), terminal_width())
                          : geo::policy_words(policy_of_catalogue(*id), terminal_width()));
        return geo::ExitStatus::finished;
    };
}

}  // namespace cordon
