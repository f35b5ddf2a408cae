// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/study.h"

#include <algorithm>

#include "libgeo/base/errors.h"
#include "libgeo/base/provenance.h"
#include "libgeo/base/text.h"
#include "libgeo/base/toml_reader.h"
#include "libgeo/layers/study_layers.h"

namespace geo {
namespace {

Crs read_crs(const TomlTable& study) {
    try {
        Crs crs = Crs::from_text(study.text("crs"));
        if (!crs.is_projected_in_metres()) {
            study.fail("crs",
                       crs.code() + " (" + crs.name() +
                           ") is not projected in metres; distances need such a CRS, for example \"EPSG:27700\"");
        }
        if (!crs.keeps_distances()) {
            study.fail("crs", crs.code() + " (" + crs.name() +
                                  ") does not keep distances: its metres are not metres on the ground; use a CRS whose "
                                  "are, for example "
                                  "\"EPSG:27700\"");
        }
        return crs;
    } catch (const UsageError& error) {
        const std::string place = study.file() + ":";
        if (std::string_view(error.what()).starts_with(place)) throw;
        study.fail("crs", error.what());
    }
}

void read_area(const TomlTable& table, Study& study) {
    if (table.kind("area") == TomlTable::Kind::text) {
        study.area_layer = table.text("area");
        return;
    }
    const auto area = table.optional_table("area");
    if (!area) return;
    if (area->has("file")) {
        area->expect_only(with_file_keys({}), "the study area");
        FileSpec file = read_file_spec(*area, study.folder, words_of_columns(LayerKind::areas), {});
        study.area_file = std::move(file);
        return;
    }
    area->expect_only({"layer", "file"}, "the study area");
    study.area_layer = area->text("layer");
}

std::optional<FileSpec> read_lookup(const TomlTable& lookup, const Study& study, const std::string& key,
                                    const std::string& word) {
    if (!lookup.has(key)) return std::nullopt;
    if (lookup.kind(key) == TomlTable::Kind::text) {
        FileSpec file;
        file.file = lookup.text(key);
        file.line = lookup.line(key);
        file.path = existing_file(lookup, key, study.folder);
        return file;
    }
    const auto table = lookup.optional_table(key);
    if (!table) lookup.fail(key, "a file name or a table with `file` is expected");
    table->expect_only(with_file_keys({}), "a look-up");
    return read_file_spec(*table, study.folder, std::vector<std::string>{word, "x", "y", "wkt"}, {});
}

void read_policies(const TomlTable& table, Study& study) {
    for (const auto& item : table.texts_or_tables("policies")) {
        if (item.table()) {
            throw UsageError(study.file + ":" + std::to_string(item.line) +
                             ": policies: a file name or an id of the catalogue is expected, not a table");
        }
        study.policies.push_back({item.text, item.line});
    }
}

void read_head(const TomlTable& root, Study& study) {
    const auto table = root.optional_table("study");
    if (!table) root.fail("study", "the table [study] is missing; it holds at least `crs`");
    table->expect_only({"title", "crs", "strict", "area", "as-at", "policies", "lookup", "os-licence"}, "the study");
    study.title = table->optional_text("title").value_or(std::filesystem::path(study.file).stem().string());
    if (!table->has("crs"))
        table->fail("crs", "is missing; a projected CRS in metres is needed, for example crs = \"EPSG:27700\"");
    study.crs = read_crs(*table);
    study.strict_crs = table->optional_boolean("strict").value_or(false);
    study.as_at = table->optional_date("as-at");
    study.os_licence = table->optional_text("os-licence").value_or("");
    read_area(*table, study);
    read_policies(*table, study);
    if (const auto lookup = table->optional_table("lookup")) {
        lookup->expect_only({"postcodes", "uprns"}, "look-ups");
        study.postcodes = read_lookup(*lookup, study, "postcodes", "postcode");
        study.uprns = read_lookup(*lookup, study, "uprns", "uprn");
    }
}

[[noreturn]] void unknown_layer(const Study& study, int line, const std::string& key, const std::string& name) {
    std::vector<std::string> names;
    for (const LayerSpec& layer : study.layers) {
        if (layer.kind == LayerKind::areas) names.push_back(layer.name);
    }
    const auto near = nearest_word(name, names);
    const std::string known =
        names.empty() ? "the study has no layer of kind areas" : "areas layers: " + join_words(names);
    throw UsageError(study.file + ":" + std::to_string(line) + ": " + key + ": there is no areas layer \"" +
                     printable(name) + "\"; " + (near ? "did you mean \"" + *near + "\"? " : "") + known);
}

/// `part-of` names another layer of places, which is whole itself.
void check_part_of(const Study& study, const LayerSpec& layer) {
    if (!layer.part_of) return;
    const LayerSpec* whole = study.layer(*layer.part_of);
    if (whole && whole != &layer && whole->kind == LayerKind::places && !whole->part_of) return;
    std::vector<std::string> names;
    for (const LayerSpec& other : study.layers)
        if (other.kind == LayerKind::places && !other.part_of && &other != &layer) names.push_back(other.name);
    throw UsageError(study.file + ":" + std::to_string(layer.line) + ": part-of: \"" + printable(*layer.part_of) +
                     "\" is no other layer of kind places that is whole itself; " +
                     (names.empty() ? "the study has none" : "there are " + join_words(names)));
}

void check_layer_names(const Study& study, int area_line) {
    const auto is_areas = [&study](const std::string& name) {
        const LayerSpec* layer = study.layer(name);
        return layer && layer->kind == LayerKind::areas;
    };
    if (study.area_layer && !is_areas(*study.area_layer)) unknown_layer(study, area_line, "area", *study.area_layer);
    for (const LayerSpec& layer : study.layers) {
        if (layer.covers && !is_areas(*layer.covers)) unknown_layer(study, layer.line, "covers", *layer.covers);
        check_part_of(study, layer);
    }
}

/// Side streets are looked up in the study's streets.
void check_side_streets(const Study& study) {
    const auto& layers = study.layers;
    if (std::any_of(layers.begin(), layers.end(), [](const auto& l) { return l.kind == LayerKind::streets; })) return;
    for (const LayerSpec& layer : layers) {
        if (!layer.breaks.side_streets) continue;
        throw UsageError(
            study.file + ":" + std::to_string(layer.breaks.line) +
            ": breaks: side-streets needs a layer of kind streets, and the study has none; add "
            "[layers.streets] with kind = \"streets\" and the file of street lines, or leave side-streets out");
    }
}

void read_values(const TomlTable& table, const std::string& before, std::map<std::string, double>& values) {
    for (const std::string& key : table.keys()) {
        const std::string name = before + key;
        if (const auto inner = table.kind(key) == TomlTable::Kind::table ? table.optional_table(key) : std::nullopt) {
            read_values(*inner, name + ".", values);
        } else if (const auto value = table.optional_number(key); !values.try_emplace(name, *value).second) {
            table.fail(key, "the value " + printable(name) + " is given twice");
        }
    }
}

}  // namespace

std::string_view word(LayerKind kind) {
    static constexpr std::string_view kWords[] = {"places", "outlets", "proposals", "areas", "frontages", "streets"};
    return kWords[static_cast<std::size_t>(kind)];
}

const LayerSpec* Study::layer(const std::string& name) const {
    const auto found = std::find_if(layers.begin(), layers.end(), [&](const LayerSpec& l) { return l.name == name; });
    return found == layers.end() ? nullptr : &*found;
}

std::vector<std::string> Study::layer_names() const {
    std::vector<std::string> names;
    for (const LayerSpec& layer : layers) names.push_back(layer.name);
    return names;
}

Study read_study(const std::filesystem::path& path) {
    std::string text;
    const TomlTable root = TomlTable::from_file(path, &text);
    Study study;
    study.file = path.string();
    study.folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    study.sha256 = sha256_of_text(text);
    root.expect_only({"study", "layers", "values"}, "a study");
    read_head(root, study);
    if (const auto layers = root.optional_table("layers")) {
        for (const std::string& name : layers->keys()) {
            const auto table = layers->optional_table(name);
            if (!table) layers->fail(name, "a table of a layer is expected, as in [layers." + printable(name) + "]");
            study.layers.push_back(read_layer_spec(*table, name, study.folder));
        }
    }
    if (const auto values = root.optional_table("values")) read_values(*values, "", study.values);
    const auto head = root.optional_table("study");
    check_layer_names(study, head->line("area"));
    check_side_streets(study);
    return study;
}

}  // namespace geo
