// SPDX-License-Identifier: Apache-2.0
#include "libgeo/policy/catalogue.h"

#include <algorithm>

#include "libgeo/base/embedded.h"
#include "libgeo/base/toml_reader.h"

namespace geo {

std::vector<CatalogueEntry> catalogue() {
    std::vector<CatalogueEntry> out;
    for (const EmbeddedFile& file : embedded_files()) {
        if (!file.name.starts_with("policies/")) continue;
        const std::string name(file.name);
        const auto head = TomlTable::from_text(file.text, name).optional_table("policy");
        if (!head) throw UsageError(name + ": has no [policy]");
        out.push_back({head->text("id"), head->text("title"), head->optional_text("authority").value_or(""),
                       head->optional_text("status").value_or("adopted"), name});
    }
    std::sort(out.begin(), out.end(), [](const CatalogueEntry& a, const CatalogueEntry& b) { return a.id < b.id; });
    return out;
}

std::optional<std::string> catalogue_text(const std::string& id) {
    for (const CatalogueEntry& entry : catalogue()) {
        if (entry.id != id) continue;
        for (const EmbeddedFile& file : embedded_files()) {
            if (file.name == entry.file_name) return std::string(file.text);
        }
    }
    return std::nullopt;
}

}  // namespace geo
