// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/units.h"
#include "libgeo/base/uses.h"

namespace geo {

/// How to read a file that councils have: data in `datasets/presets/*.toml`, carried by the program.
struct Preset {
    std::string id, title, source;
    std::vector<std::string> kinds_of_layer;  ///< words of LayerKind it suits, the likeliest first; none: look-ups only
    std::vector<std::vector<std::string>>
        signatures;  ///< any of these sets of columns, 80 % of it present (folded names, `#` any digit)
    std::map<std::string, std::vector<std::string>>
        columns;                                   ///< our name → the file's possible names, first present wins
    std::map<std::string, std::string> kinds;      ///< values of the kind column
    std::map<std::string, std::vector<Use>> uses;  ///< values of the use column
    std::map<std::string, std::string> states;     ///< values of the state column → open | closed | proposed
    std::map<std::string, std::vector<std::string>> where;  ///< rows that matter by default
    std::string crs;                                        ///< when the file carries none
    std::optional<Metres> accuracy;
    std::string accuracy_cite;
    std::optional<DateFormat> date_format;
    std::string container_layer;
    std::string topology;  ///< of streets: a word of StreetTopology
    std::string entrances_layer,
        entrances_place;  ///< access points inside the same container, and their key to the place
    std::string licence, attribution;
    std::optional<double> low_age_primary, high_age_secondary;  ///< phase from ages when the phase says nothing
};

const std::vector<Preset>& presets();
const Preset* preset_by_id(const std::string& id);

struct PresetMatch {
    const Preset* preset = nullptr;
    double share = 0.0;  ///< of the signature's columns
};
/// The best preset for these columns, for layers of `kind` (empty: any): at least 80 % of a signature is there; the one of which most columns are
/// there, then the greater share, then the first id. `format` is not looked at: the same columns come as CSV, XML and JSON.
PresetMatch find_preset(const std::vector<std::string>& columns, const std::string& format, const std::string& kind);

/// Index of the column called `wanted`. Names are compared folded; `#` in `wanted` is any digit (`WD##CD`). The first in the file's order.
std::optional<std::size_t> find_column(const std::vector<std::string>& columns, const std::string& wanted);

}  // namespace geo
