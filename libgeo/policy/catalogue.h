// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace geo {

/// The policies that the program carries (`datasets/policies/`), by id.
struct CatalogueEntry {
    std::string id, title, authority, status;
    std::string file_name;  ///< `policies/waltham-forest-hft-2009.toml`
};
std::vector<CatalogueEntry> catalogue();
/// Text of the policy with this id. None if there is none.
std::optional<std::string> catalogue_text(const std::string& id);

}  // namespace geo
