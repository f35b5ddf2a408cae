// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/toml_reader.h"

namespace geo {

enum class Walkable : std::uint8_t {
    yes,
    no_snap,      ///< may be walked; nothing begins or ends there
    private_way,  ///< left out unless asked for
    no,
};
std::string_view word(Walkable walkable);  ///< `walk`, `walk-no-snap`, `private`, `no-walk`

/// Which lines of a layer of streets can be walked, and why: a dated table of rules, data in `datasets/walkable/*.toml`. The first rule that fits decides.
class WalkableFilter {
  public:
    struct Rule {
        std::string id, reason;
        Walkable walkable = Walkable::yes;
        std::map<std::size_t, std::vector<std::string>> where,
            unless;  ///< by column of columns(): accepted values, small letters
    };

    /// Throws UsageError `file:line: …` for what is no such table.
    static WalkableFilter from_text(const std::string& toml, const std::string& file_name);
    /// The table that the program carries for a preset of streets; null: none.
    static const WalkableFilter* for_preset(std::string_view preset);
    /// The presets of which the program carries a table.
    static std::vector<std::string> carried_presets();

    /// Columns that the rules look at, by the names of the preset (`class`, `form`) or of the file (`highway`).
    const std::vector<std::string>& columns() const { return columns_; }
    /// Rule that decides for a line with these values, one a column (empty: none); rules().size() - 1, the last, is `otherwise`.
    std::size_t decide(std::span<const std::string_view> values) const;
    const std::vector<Rule>& rules() const { return rules_; }
    const std::string& id() const { return id_; }
    const std::string& preset() const { return preset_; }
    Date date() const { return date_; }
    const std::string& sha256() const { return sha256_; }  ///< of the table's text
    std::uint64_t bytes() const { return bytes_; }         ///< of the same
    /// False: the data have no footpaths, so that walks can only be too long.
    bool has_paths() const { return has_paths_; }

  private:
    std::size_t column(const std::string& name);
    std::map<std::size_t, std::vector<std::string>> values(const TomlTable& table, std::string_view key);
    void add_rule(const TomlTable& table);

    std::string id_, preset_, sha256_;
    std::uint64_t bytes_ = 0;
    Date date_{};
    bool has_paths_ = true;
    std::vector<std::string> columns_;
    std::vector<Rule> rules_;
};

}  // namespace geo
