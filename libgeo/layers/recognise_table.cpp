// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/recognise_table.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "libgeo/base/text.h"
#include "libgeo/layers/presets.h"

namespace geo {
namespace {

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

struct Known {
    const char* part;  // of a preset's id, or of a folded file name
    const char* layer;
    const char* kind;
};

constexpr std::array kByPreset = {
    Known{"gias", "schools", "places"},
    Known{"council-schools", "schools", "places"},
    Known{"school-list", "schools", "places"},
    Known{"edubase-postcodes", "schools", "places"},
    Known{"os-open-greenspace", "parks", "places"},
    Known{"fhrs", "takeaways", "outlets"},
    Known{"gambling-commission", "betting-shops", "outlets"},
    Known{"planit", "applications", "proposals"},
    Known{"uniform", "applications", "proposals"},
    Known{"london-town-centres", "town-centres", "areas"},
    Known{"os-open-roads", "streets", "streets"},
    Known{"osm-streets", "streets", "streets"},
    Known{"code-point-open", "postcodes", "lookup"},
    Known{"onspd", "postcodes", "lookup"},
    Known{"open-uprn", "uprns", "lookup"},
    Known{"imd-2015", "deprivation", "join"},
    Known{"imd-2019", "deprivation", "join"},
    Known{"imd-2025", "deprivation", "join"},
};

/// Parts of names, the particular before the general.
constexpr std::array kByName = {
    Known{"application", "applications", "proposals"},
    Known{"planning", "applications", "proposals"},
    Known{"towncent", "town-centres", "areas"},
    Known{"parade", "parades", "areas"},
    Known{"youth", "youth-facilities", "places"},
    Known{"leisure", "leisure-centres", "places"},
    Known{"community", "community-centres", "places"},
    Known{"college", "colleges", "places"},
    Known{"school", "schools", "places"},
    Known{"greenspace", "parks", "places"},
    Known{"park", "parks", "places"},
    Known{"ward", "wards", "areas"},
    Known{"lsoa", "lsoas", "areas"},
    Known{"msoa", "msoas", "areas"},
    Known{"borough", "borough", "areas"},
    Known{"district", "borough", "areas"},
    Known{"takeaway", "takeaways", "outlets"},
};

/// Files that go with others and are no layer by themselves.
constexpr std::array kNotALayer = {"entrance", "gate", "access", "population", "expected",
                                   "obesity",  "road", "street", "units"};

struct Wanted {
    const char* word;
    std::vector<const char*> names;
};

/// Columns whose names are not our words: `reference = "ref"`.
std::string columns_of(const Table& table, const std::string& kind) {
    static const std::vector<Wanted> kProposal = {
        {"reference", {"reference", "ref", "application reference", "application number", "app ref", "case ref"}},
        {"name", {"name", "address", "site address"}},
        {"received", {"received", "date received", "received date"}},
        {"decided", {"decided", "decision date", "decided date", "date decided"}},
        {"use", {"use", "use class", "proposed use"}},
        {"existing-use", {"existing use"}},
        {"description", {"description", "proposal", "development description"}}};
    static const std::vector<Wanted> kPlace = {{"id", {"id", "urn", "ref", "reference", "uprn"}},
                                               {"name", {"name", "site name"}},
                                               {"kind", {"kind", "phase"}},
                                               {"state", {"state", "status"}}};
    static const std::vector<Wanted> kArea = {{"code", {"code", "id", "WD##CD", "LAD##CD", "LSOA##CD", "gss code"}},
                                              {"name", {"name", "WD##NM", "LAD##NM", "LSOA##NM", "site name"}}};
    const auto& all = kind == "proposals" ? kProposal : kind == "areas" ? kArea : kPlace;
    std::vector<std::string> pairs;
    for (const Wanted& wanted : all) {
        for (const char* name : wanted.names) {
            const auto found = find_column(table.columns(), name);
            if (!found) continue;
            const std::string& column = table.columns()[*found];
            if (folded(column) != folded(wanted.word) && column.find_first_of("\"\\\n\r\t") == std::string::npos)
                pairs.push_back(std::string(wanted.word) + " = \"" + column + "\"");
            break;
        }
    }
    return join_words(pairs, ", ");
}

/// A table without geometry is placed by columns whose names say what they hold.
bool placed(const Table& table, std::string& crs) {
    if (table.has_geometry()) return true;
    const auto has = [&](const char* x, const char* y) {
        return find_column(table.columns(), x) && find_column(table.columns(), y);
    };
    if (has("easting", "northing") || has("eastings", "northings")) {
        crs = "EPSG:27700";
        return true;
    }
    if (has("longitude", "latitude") || has("lon", "lat") || has("lng", "lat")) crs = "EPSG:4326";
    return !crs.empty();
}

void fill_by_preset(const Preset& preset, const Table& table, Recognised& out) {
    out.by_preset = true;
    out.why = preset.title;
    out.first_choice = preset.id == "gias";
    if (preset.id == "os-open-greenspace") {
        const auto function = find_column(table.columns(), "function");
        if (function) out.where = "\"" + table.columns()[*function] + "\" = [\"Public Park Or Garden\"]";
    }
    if (preset.id == "fhrs") out.use = "hot-food-takeaway";
    if (preset.id == "gambling-commission") out.use = "betting-shop";
    if (out.kind == "join") {
        const auto column = [&](const char* word) {
            const auto names = preset.columns.find(word);
            if (names == preset.columns.end()) return std::string();
            for (const std::string& name : names->second) {
                if (const auto found = find_column(table.columns(), name)) return table.columns()[*found];
            }
            return std::string();
        };
        out.columns = "code = \"" + column("code") + "\", rank = \"" + column("rank") + "\"";
        if (column("code").empty() || column("rank").empty())
            out.layer.clear(), out.why = "no column of codes and ranks is found";
    }
}

Recognised by_preset(const Preset& preset, const Table& table) {
    Recognised out;
    for (const Known& known : kByPreset) {
        if (preset.id == known.part) out.layer = known.layer, out.kind = known.kind;
    }
    if (preset.id == "ons-boundaries" && table.has_geometry()) {
        out.kind = "areas";
        const auto has = [&](const char* name) { return find_column(table.columns(), name).has_value(); };
        out.layer = has("LSOA##CD") || has("LSOA_code")   ? "lsoas"
                    : has("MSOA##CD") || has("MSOA_code") ? "msoas"
                    : has("WD##CD")                       ? "wards"
                                                          : "borough";
    }
    fill_by_preset(preset, table, out);
    return out;
}

bool usable_without_crs(const Preset& preset, const Table& table) {
    return table.has_geometry() ? !table.crs().empty() : !preset.crs.empty() || preset.kinds_of_layer.empty();
}

}  // namespace

bool looks_like_data(const std::string& file_name) {
    std::string name = lower(file_name);
    if (name.starts_with(".")) return false;
    if (name.ends_with(".gz")) name.resize(name.size() - 3);
    static constexpr std::array kEndings = {".csv", ".tsv", ".shp", ".gpkg", ".geojson", ".json", ".fgb", ".gml",
                                            ".kml", ".tab", ".mif", ".gdb",  ".xml",     ".zip",  ".osm", ".osm.pbf"};
    return std::any_of(kEndings.begin(), kEndings.end(), [&](const char* ending) { return name.ends_with(ending); });
}

Recognised recognise_table(const Table& table, const std::string& name) {
    const std::string called = folded(name);
    const PresetMatch match = find_preset(table.columns(), table.format(), "");
    if (match.preset) {
        Recognised out = by_preset(*match.preset, table);
        if (!out.layer.empty() && out.kind != "join" && !usable_without_crs(*match.preset, table)) {
            if (table.has_geometry() || !placed(table, out.crs)) {
                out.layer.clear();
                out.why = "it is " + match.preset->title + " and states no coordinate system";
                return out;
            }
        }
        if (!out.layer.empty()) return out;
    }
    Recognised out;
    if (std::any_of(kNotALayer.begin(), kNotALayer.end(),
                    [&](const char* part) { return called.find(part) != std::string::npos; })) {
        out.why = "it goes with another layer, or is not read yet";
        return out;
    }
    const auto known = std::find_if(kByName.begin(), kByName.end(),
                                    [&](const Known& k) { return called.find(k.part) != std::string::npos; });
    if (known == kByName.end()) {
        out.why = "neither its columns nor its name are known";
        return out;
    }
    if (!placed(table, out.crs) || (table.has_geometry() && table.crs().empty())) {
        out.why = "no coordinates, or no coordinate system, are stated; name them with columns and crs";
        return out;
    }
    out.layer = known->layer;
    out.kind = known->kind;
    if (out.kind == "outlets") out.use = "hot-food-takeaway";
    out.columns = columns_of(table, out.kind);
    out.why = "by its name";
    return out;
}

}  // namespace geo
