// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "libgeo/policy/catalogue.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// The catalogue as a table.
std::string catalogue_words(std::span<const CatalogueEntry> entries, unsigned width);
/// One policy in plain words: what each rule measures, from where, what is contrary to it, what exempts, what follows.
std::string policy_words(const Policy& policy, unsigned width);
/// docs/policies.md: what every policy's rules measure and from which figure they breach, as Markdown.
std::string policies_document(std::span<const Policy> policies);

}  // namespace geo
