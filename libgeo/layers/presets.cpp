// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/presets.h"

#include <algorithm>

#include "libgeo/base/embedded.h"
#include "libgeo/base/text.h"
#include "libgeo/base/toml_reader.h"

namespace geo {
namespace {

constexpr double kEnough = 0.8;  // of a signature's columns

/// Every key of a table with its text or texts.
std::map<std::string, std::vector<std::string>> lists(const TomlTable& file, const char* key) {
    std::map<std::string, std::vector<std::string>> out;
    const auto table = file.optional_table(key);
    if (!table) return out;
    for (const std::string& name : table->keys()) {
        out[name] = table->texts(name);
        if (out[name].empty()) table->fail(name, "an empty list; expected one text or several");
    }
    return out;
}

std::map<std::string, std::string> words(const TomlTable& file, const char* key) {
    std::map<std::string, std::string> out;
    const auto table = file.optional_table(key);
    if (!table) return out;
    for (const std::string& name : table->keys()) out[name] = table->optional_text(name).value_or("");
    return out;
}

std::map<std::string, std::vector<Use>> uses(const TomlTable& file) {
    std::map<std::string, std::vector<Use>> out;
    const auto table = file.optional_table("uses");
    if (!table) return out;
    for (const std::string& name : table->keys()) {
        for (const std::string& written : table->texts(name)) {
            const auto use = use_from_word(written);
            if (!use)
                table->fail(
                    name, "`" + printable(written) + "` is no use; expected one of " + join_words(use_words(), " or "));
            out[name].push_back(*use);
        }
    }
    return out;
}

void read_head(const TomlTable& head, Preset& preset) {
    head.expect_only({"id", "title", "source", "layers", "crs", "accuracy", "accuracy-cite", "date-format", "layer",
                      "entrances", "low-age-primary", "high-age-secondary", "licence", "attribution", "topology"},
                     "a preset");
    preset.id = head.text("id");
    preset.title = head.text("title");
    preset.source = head.optional_text("source").value_or("");
    preset.kinds_of_layer = head.texts("layers");
    preset.crs = head.optional_text("crs").value_or("");
    if (const auto accuracy = head.optional_text("accuracy")) {
        preset.accuracy = parse_length(*accuracy);
        if (!preset.accuracy)
            head.fail("accuracy", "`" + printable(*accuracy) + "` is no length; expected one like `5 m`");
        preset.accuracy_cite = head.text("accuracy-cite");
    }
    if (const auto format = head.optional_text("date-format")) {
        preset.date_format = date_format_from(*format);
        if (!preset.date_format)
            head.fail("date-format",
                      "`" + printable(*format) + "` is no date format; expected dd/mm/yyyy, mm/dd/yyyy or yyyy-mm-dd");
    }
    preset.container_layer = head.optional_text("layer").value_or("");
    preset.topology = head.optional_text("topology").value_or("");
    if (const auto entrances = head.optional_table("entrances")) {
        entrances->expect_only({"layer", "place"}, "entrances");
        preset.entrances_layer = entrances->text("layer");
        preset.entrances_place = entrances->text("place");
    }
    preset.low_age_primary = head.optional_number("low-age-primary");
    preset.high_age_secondary = head.optional_number("high-age-secondary");
    preset.licence = head.optional_text("licence").value_or("");
    preset.attribution = head.optional_text("attribution").value_or("");
}

Preset read_preset(const EmbeddedFile& embedded) {
    const TomlTable file = TomlTable::from_text(embedded.text, std::string(embedded.name));
    file.expect_only({"preset", "signature", "columns", "kinds", "uses", "states", "where"}, "a preset's file");
    Preset preset;
    const auto head = file.optional_table("preset");
    if (!head) file.fail("preset", "missing; expected a table [preset]");
    read_head(*head, preset);
    for (const TomlTable& signature : file.tables("signature")) {
        signature.expect_only({"columns"}, "a signature");
        preset.signatures.push_back(signature.texts("columns"));
        if (preset.signatures.back().size() < 2)
            signature.fail("columns", "fewer than two columns tell no file from another; give more");
    }
    preset.columns = lists(file, "columns");
    preset.kinds = words(file, "kinds");
    preset.uses = uses(file);
    preset.states = words(file, "states");
    for (const auto& [value, state] : preset.states) {
        if (state != "open" && state != "closed" && state != "proposed") {
            file.fail("states",
                      "`" + printable(value) + "` is `" + printable(state) + "`; expected open, closed or proposed");
        }
    }
    preset.where = lists(file, "where");
    return preset;
}

std::vector<Preset> read_presets() {
    std::vector<Preset> out;
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.name.starts_with("presets/")) out.push_back(read_preset(file));
    }
    return out;
}

/// Two folded names; `#` in `pattern` is any digit.
bool same_name(std::string_view pattern, std::string_view name) {
    return std::equal(pattern.begin(), pattern.end(), name.begin(), name.end(),
                      [](char p, char c) { return p == c || (p == '#' && c >= '0' && c <= '9'); });
}

std::vector<std::string> folded_all(const std::vector<std::string>& names) {
    std::vector<std::string> out;
    out.reserve(names.size());
    for (const std::string& name : names) out.push_back(folded(name));
    return out;
}

bool suits(const Preset& preset, const std::string& kind) {
    return kind.empty() ||
           std::find(preset.kinds_of_layer.begin(), preset.kinds_of_layer.end(), kind) != preset.kinds_of_layer.end();
}

std::size_t present(const std::vector<std::string>& signature, const std::vector<std::string>& folded_columns) {
    return static_cast<std::size_t>(std::count_if(signature.begin(), signature.end(), [&](const std::string& wanted) {
        const std::string pattern = folded(wanted);
        return std::any_of(folded_columns.begin(), folded_columns.end(),
                           [&](const std::string& name) { return same_name(pattern, name); });
    }));
}

}  // namespace

const std::vector<Preset>& presets() {
    static const std::vector<Preset> all = read_presets();
    return all;
}

const Preset* preset_by_id(const std::string& id) {
    for (const Preset& preset : presets()) {
        if (preset.id == id) return &preset;
    }
    return nullptr;
}

PresetMatch find_preset(const std::vector<std::string>& columns, const std::string& /*format*/,
                        const std::string& kind) {
    const std::vector<std::string> names = folded_all(columns);
    PresetMatch best;
    std::size_t most = 0;
    for (const Preset& preset : presets()) {
        if (!suits(preset, kind)) continue;
        for (const auto& signature : preset.signatures) {
            const std::size_t there = present(signature, names);
            const double share = static_cast<double>(there) / static_cast<double>(signature.size());
            if (share < kEnough || there < most || (there == most && share <= best.share)) continue;
            best = {&preset, share};
            most = there;
        }
    }
    return best;
}

std::optional<std::size_t> find_column(const std::vector<std::string>& columns, const std::string& wanted) {
    const std::string pattern = folded(wanted);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (same_name(pattern, folded(columns[i]))) return i;
    }
    return std::nullopt;
}

}  // namespace geo
